import { z } from 'zod'
import { parseQuery } from '../catalog/query.ts'
import type { ChannelId } from '../message/channel.ts'
import { parseChannel } from '../message/channel.ts'
import { bareAuthorIds } from '../papers/author-ids.ts'
import { canonicalPaperId } from '../papers/identity.ts'
import type { AuthorIds, Paper } from '../papers/paper.ts'
import { LONGEST_NAME } from '../people/author-name.ts'
import type { Profile } from '../people/profile.ts'
import { profileFromPapers } from '../people/profile.ts'
import type { Json } from '../store/json.ts'
import type { Narrowing } from '../store/records.ts'
import { firstWrong, inPlainWords } from '../wrong-field.ts'
import type { Follows, Subscription } from './subscription.ts'

/** One line of a subscriptions file. */
export interface ImportedSubscription {
  readonly channel: ChannelId
  readonly follows: Follows
  readonly narrowing: Narrowing
  /** Whole papers that the line brought along, of which the profile has learnt. */
  readonly learnFrom: readonly Paper[]
  /** `follows` as it stood in the file. */
  readonly asRead: Json
}

/** `error`: one sentence that names the line, the field and what is wrong; then nothing was read. */
export type SubscriptionsRead =
  | { readonly kind: 'subscriptions'; readonly subscriptions: readonly ImportedSubscription[] }
  | { readonly kind: 'error'; readonly message: string }

/** Reads subscriptions as printExport writes them, a JSON object a line; empty lines count for nothing. */
export function parseImport(text: string): SubscriptionsRead {
  const subscriptions: ImportedSubscription[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = readLine(line)
    if (typeof read === 'string') return { kind: 'error', message: `line ${at + 1} is no subscription: ${read}.` }
    subscriptions.push(read)
  }
  return { kind: 'subscriptions', subscriptions }
}

/** One subscription as a line of NDJSON, without the line break; what is empty is left out. */
export function printExport({
  channel,
  follows,
  narrowing,
}: Pick<Subscription, 'channel' | 'follows' | 'narrowing'>): string {
  const printed = follows.kind === 'author' ? { kind: 'author', profile: printProfile(follows.profile) } : follows
  return JSON.stringify({ channel, follows: printed, ...withoutEmpty({ narrowing }) })
}

/** A profile as files and scripts know it: under `name`, without what is empty. */
export function printProfile({ displayName, ...rest }: Profile): object {
  return { name: displayName, ...withoutEmpty({ ...rest }) }
}

function withoutEmpty(fields: Readonly<Record<string, object | boolean>>): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value === true || Object.keys(value).length > 0),
  )
}

const text = z.string().min(1)
const name = text.refine(
  (value) => value.length <= LONGEST_NAME,
  `is longer than ${LONGEST_NAME} characters, which no name is`,
)
const counts = z.record(text, z.int().positive())

const paperId = text.transform((value, context) => {
  const id = canonicalPaperId(value)
  if (id === undefined) context.addIssue({ code: 'custom', message: `names no paper: “${value}”` })
  return id ?? z.NEVER
})

const ids = z
  .object({ orcid: text, arxiv: text, openalex: text, s2: text, dblp: text })
  .partial()
  .transform((read) => bareAuthorIds(defined<AuthorIds>(read)))

/** A paper as NDJSON bears it; what is missing and not needed to know a person gets a plain default. */
const wholePaper = z.object({
  id: paperId,
  aliases: z.array(paperId).default([]),
  version: z.int().positive().optional(),
  title: text,
  abstract: z.string().default(''),
  authors: z.array(
    z.object({
      name,
      given: text.optional(),
      family: text.optional(),
      suffix: text.optional(),
      ids: ids.optional(),
      affiliation: text.optional(),
    }),
  ),
  categories: z.array(text).default([]),
  venue: z.string().default('arXiv.org'),
  published: z.string(),
  updated: z.string(),
  announced: z.string().optional(),
  links: z.object({ abstract: z.string(), pdf: text.optional(), html: text.optional(), doi: text.optional() }),
  comment: z.string().optional(),
  journalRef: z.string().optional(),
  withdrawn: z.boolean().optional(),
  tldr: z.string().optional(),
})

const paperOrId = z.union([paperId, wholePaper])

const profile = z.object({
  name,
  variants: z.array(name).default([]),
  ids: ids.prefault({}),
  papers: z.array(paperOrId).default([]),
  not: z.array(paperOrId).default([]),
  coauthors: counts.default({}),
  categories: counts.default({}),
  words: counts.optional(),
  years: z.tuple([z.int(), z.int()]).optional(),
  affiliations: z.array(text).optional(),
  strangers: counts.optional(),
  everyone: z.literal(true).optional(),
})

const query = text.superRefine((value, context) => {
  const read = parseQuery(value)
  if (read.kind === 'error')
    context.addIssue({ code: 'custom', message: `is no query: ${read.message.replace(/\.$/, '')}` })
})

const channel = text.transform((value, context) => {
  const parsed = parseChannel(value)
  if (parsed === undefined) {
    context.addIssue({
      code: 'custom',
      message: `is no channel: “${value}”; web:demo/papers or slack:T012/C345 would be one`,
    })
  }
  return parsed ?? z.NEVER
})

const subscriptionLine = z.object({
  channel,
  follows: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('author'), profile }),
    z.object({ kind: z.literal('query'), query }),
    z.object({ kind: z.literal('category'), category: text }),
  ]),
  narrowing: z
    .object({ only: z.array(text), without: z.array(text), position: z.enum(['first', 'last']) })
    .partial()
    .default({}),
})

type AuthorLine = z.output<typeof profile>

function readLine(line: string): ImportedSubscription | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'it is no JSON; one JSON object a line is expected (NDJSON)'
  }
  const read = subscriptionLine.safeParse(value, { error: inPlainWords })
  if (!read.success) return firstWrong(read.error, 'it')
  const { follows } = read.data
  const narrowing = defined<Narrowing>(read.data.narrowing)
  // JSON.parse gave it: it is JSON.
  const asRead = (value as { readonly follows: Json }).follows
  const common = { channel: read.data.channel, narrowing, asRead }
  if (follows.kind !== 'author') return { ...common, follows, learnFrom: [] }
  const learnFrom = follows.profile.papers.flatMap((paper) =>
    typeof paper === 'string' ? [] : [defined<Paper>(paper)],
  )
  return { ...common, follows: { kind: 'author', profile: learn(follows.profile, learnFrom) }, learnFrom }
}

/** What is told outweighs what is learnt from papers: of two counts the larger holds. */
function learn(read: AuthorLine, papers: readonly Paper[]): Profile {
  const ids = defined<AuthorIds>(read.ids)
  const learnt = profileFromPapers(read.name, papers, read.variants, ids)
  const refused = read.not.flatMap((paper) => (typeof paper === 'string' ? [] : [defined<Paper>(paper)]))
  const strangers = larger(read.strangers ?? {}, profileFromPapers(read.name, refused, read.variants, ids).coauthors)
  const idOf = (paper: AuthorLine['papers'][number]) => (typeof paper === 'string' ? paper : paper.id)
  const words = larger(read.words ?? {}, learnt.words ?? {})
  const years = read.years ?? learnt.years
  const affiliations = [...new Set([...(read.affiliations ?? []), ...(learnt.affiliations ?? [])])]
  return {
    displayName: read.name,
    variants: [...new Set([...read.variants, ...learnt.variants])],
    ids: learnt.ids,
    papers: [...new Set(read.papers.map(idOf))],
    not: [...new Set(read.not.map(idOf))],
    coauthors: larger(read.coauthors, learnt.coauthors),
    categories: larger(read.categories, learnt.categories),
    ...withoutEmpty({ words, affiliations, strangers, ...(years === undefined ? {} : { years }) }),
    ...(read.everyone === undefined ? {} : { everyone: read.everyone }),
  }
}

function larger(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const counted = new Map(Object.entries(a))
  for (const [name, count] of Object.entries(b)) counted.set(name, Math.max(count, counted.get(name) ?? 0))
  return Object.fromEntries(counted)
}

/** Fields that a schema left undefined are left out, as our types have it. */
function defined<T extends object>(value: object): T {
  return JSON.parse(JSON.stringify(value)) as T
}
