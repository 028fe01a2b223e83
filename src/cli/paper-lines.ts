import { z } from 'zod'
import { bareAuthorIds } from '../papers/author-ids.ts'
import { parsePaperId } from '../papers/identity.ts'
import type { AuthorIds, Paper, PaperId } from '../papers/paper.ts'
import { plainText } from '../papers/plain-text.ts'
import { venueOf } from '../papers/venue.ts'
import { LONGEST_NAME } from '../people/author-name.ts'
import { firstWrong, inPlainWords } from '../wrong-field.ts'
import { monthOf, revisedByOrder } from './undated.ts'
import { Refusal } from './verb.ts'

const text = z.string()
/** Whoever made the file, its texts are cleaned as a source's are, and its links lead to the web alone. */
const clean = text.transform(plainText)
const filled = clean.refine((value) => value !== '', 'is empty')
const link = z.url({ protocol: /^https?$/, error: 'is no address on the web' })
const day = z.string().regex(/^\d{4}-\d{2}(-\d{2}(T.*Z)?)?$/, 'is neither a day nor an instant in UTC')
const ids = z
  .strictObject({ orcid: text, arxiv: text, openalex: text, s2: text, dblp: text })
  .partial()
  .transform((read) => bareAuthorIds(JSON.parse(JSON.stringify(read)) as AuthorIds))

const paperId = text.transform((value, context) => {
  const id = parsePaperId(value)?.id
  if (id === undefined) context.addIssue({ code: 'custom', message: `is no paper’s id: “${value}”` })
  return id ?? z.NEVER
})

const name = filled.refine(
  (value) => value.length <= LONGEST_NAME,
  `is longer than ${LONGEST_NAME} characters, which no name is`,
)

const author = z.object({
  name,
  given: clean.optional(),
  family: clean.optional(),
  suffix: clean.optional(),
  ids: ids.optional(),
  affiliation: clean.optional(),
})

/** A Paper as NDJSON bears it, what can be told from the id left out or not; unknown fields are dropped, so that what search prints can be read again. */
const paperSchema = z.object({
  id: paperId,
  aliases: z.array(paperId).default([]),
  version: z.int().positive().optional(),
  title: filled,
  abstract: clean.default(''),
  authors: z.array(z.union([name.transform((each) => ({ name: each })), author])),
  categories: z.array(clean).default([]),
  venue: clean.optional(),
  published: day.optional(),
  updated: day.optional(),
  announced: day.optional(),
  links: z.object({ abstract: link, pdf: link.optional(), html: link.optional(), doi: link.optional() }).optional(),
  comment: clean.optional(),
  journalRef: clean.optional(),
  withdrawn: z.boolean().optional(),
  tldr: clean.optional(),
})

/** One JSON value a line; a line that is none is named by its number. */
export function jsonLines(body: string, name: string): readonly { readonly line: number; readonly value: unknown }[] {
  return body.split('\n').flatMap((each, place) => {
    if (each.trim() === '') return []
    try {
      return [{ line: place + 1, value: JSON.parse(each) as unknown }]
    } catch {
      const what = isOneValue(body) ? ' holds one JSON value over several lines' : `, line ${place + 1}, is no JSON`
      throw new Refusal(`${name}${what}: one JSON object a line is expected (NDJSON). Nothing was taken.`)
    }
  })
}

function isOneValue(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

/**
 * Paper NDJSON to papers; throws a Refusal that names line and field, and takes nothing then. A list in which no paper says
 * when it was revised is taken as newest first.
 */
export function readPapers(body: string, name: string): readonly Paper[] {
  const drafts = jsonLines(body, name).map(({ line, value }) => readDraft(value, `${name}, line ${line}`))
  if (drafts.some((draft) => draft.updated !== undefined)) return drafts.map((draft) => paperOf(draft))
  const revised = revisedByOrder(drafts.map(publishedOf))
  return drafts.map((draft, place) => paperOf(draft, revised[place]))
}

type Draft = z.output<typeof paperSchema>

function readDraft(value: unknown, place: string): Draft {
  const read = paperSchema.safeParse(value, { error: inPlainWords })
  if (read.success) return read.data
  throw new Refusal(`${place}, is no paper: ${firstWrong(read.error, 'it')}. Nothing was taken.`)
}

function paperOf(draft: Draft, revised = publishedOf(draft)): Paper {
  const whole = {
    ...draft,
    venue: draft.venue ?? venueOf(draft.categories),
    published: publishedOf(draft),
    updated: draft.updated ?? revised,
    links: draft.links ?? { abstract: pageOf(draft.id) },
  }
  return JSON.parse(JSON.stringify(whole)) as Paper
}

function publishedOf({ id, published, announced }: Draft): string {
  return published ?? announced ?? monthOf(id)
}

function pageOf(id: PaperId): string {
  const [scheme = '', ...rest] = id.split(':')
  const value = rest.join(':')
  if (scheme === 'arxiv') return `https://arxiv.org/abs/${value}`
  return scheme === 'doi' ? `https://doi.org/${encodeURI(value)}` : `https://identifiers.org/${encodeURI(id)}`
}

export function looksLikePaper(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'title' in value
}
