import type { Learnt } from '../src/catalog/change.ts'
import { isoAt } from '../src/clock.ts'
import { type FollowText, parseFollow } from '../src/following/follow-text.ts'
import type { Follows } from '../src/following/subscription.ts'
import { addSubscription, followsLabel } from '../src/following/subscriptions.ts'
import type { Paper } from '../src/papers/paper.ts'
import { compareNames } from '../src/people/compare.ts'
import { profileFromPapers } from '../src/people/profile.ts'
import { ulid } from '../src/random.ts'
import { SourceError, titleOf } from '../src/sources/source.ts'
import { ledgerKey, seenKey } from '../src/store/keys.ts'
import type { Narrowing, Since, SubscriptionRecord } from '../src/store/records.ts'
import { put, putIfAbsent } from '../src/store/store.ts'
import type { Context } from './command.ts'
import { tell } from './replies.ts'

/** How long a person waits for a source's history before the subscription is made without it. */
const HISTORY_MS = 20_000
const KNOWN_PAPERS = 200

export interface FollowOptions {
  /** Take every person of the name as one. */
  readonly all?: boolean
  /** How many of the latest papers are posted; the last three are shown and never posted otherwise. */
  readonly backfill?: number
}

export type Followed =
  | {
      readonly kind: 'followed'
      readonly record: SubscriptionRecord
      readonly label: string
      /** The followed author's. */
      readonly name?: string
      readonly latest: readonly Paper[]
      readonly trouble?: string
    }
  | { readonly kind: 'already'; readonly label: string }
  | { readonly kind: 'several'; readonly name: string; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'wrong'; readonly why: string }

export interface Candidate {
  readonly name: string
  readonly papers: readonly Paper[]
}

/** Follows what a line asks for; several people behind one name are handed back to choose from. */
export async function follow(context: Context, text: string, options: FollowOptions = {}): Promise<Followed> {
  const read = parseFollow(text)
  if (read.kind === 'error') return { kind: 'wrong', why: read.message }
  const trouble = read.follows.kind === 'author' ? await learnHistory(context, [read.follows.name]) : undefined
  const resolved = await resolve(context, read, options)
  if (resolved.kind === 'several') return resolved
  return subscribe(context, resolved.follows, read.narrowing, resolved.latest, options, trouble)
}

/** Asks the sources once for the authors' earlier papers, many in one query; says in a sentence what did not work. */
export async function learnHistory(context: Context, names: readonly string[]): Promise<string | undefined> {
  for (const source of context.sources) {
    if (source.historyOf === undefined) continue
    const wait = Math.ceil((source.wait?.() ?? 0) / 1000) + 2
    context.progress(tell('info', `Asking ${titleOf(source)} for earlier papers, about ${wait} s.`))
    try {
      const signal = AbortSignal.any([context.signal, context.clock.timeout(HISTORY_MS)])
      const learnt: readonly Learnt[] = await source.historyOf(names, signal)
      await context.catalog.upsert(source.name, learnt)
    } catch (error) {
      if (context.signal.aborted) throw error
      if (!(error instanceof SourceError) && !isTimeout(error)) throw error
      return `${titleOf(source)} could not be asked for earlier papers just now; new ones will come all the same.`
    }
  }
  return undefined
}

/** From now on: what is announced later is news to it. */
export async function sinceNow(context: Context): Promise<Since> {
  const announcedThrough: Record<string, string> = {}
  for (const source of context.sources) {
    const cursor = await context.catalog.cursorOf(source.name)
    const mark = source.announcedThrough(cursor === undefined ? {} : { cursor })
    if (mark !== undefined) announcedThrough[source.name] = mark
  }
  return { catalogId: context.catalog.id, seq: await context.catalog.lastSeq(), announcedThrough }
}

type Resolved =
  | { readonly kind: 'one'; readonly follows: Follows; readonly latest: readonly Paper[] }
  | { readonly kind: 'several'; readonly name: string; readonly candidates: readonly Candidate[] }

async function resolve(context: Context, read: FollowText, { all = false }: FollowOptions): Promise<Resolved> {
  const { follows } = read
  if (follows.kind === 'query') return { kind: 'one', follows, latest: [] }
  if (follows.kind === 'category') return { kind: 'one', follows, latest: [] }
  const papers = await context.catalog.papersBy([follows.name], { limit: KNOWN_PAPERS })
  const candidates = candidatesIn(papers, follows.name)
  const same = candidates.filter((candidate) => compareNames(candidate.name, follows.name) === 'same')
  const meant = all || same.length === 0 ? candidates : same
  if (!all && same.length === 0 && candidates.length > 1) return { kind: 'several', name: follows.name, candidates }
  const theirs = meant.length === 0 ? [] : papers.filter((paper) => meant.some((one) => one.papers.includes(paper)))
  // An initial that only one known person can stand for is followed under that person's name.
  const name = same.length === 0 && meant.length === 1 ? (meant[0]?.name ?? follows.name) : follows.name
  const variants = meant.map((one) => one.name).filter((each) => each !== name)
  const profile = { ...profileFromPapers(name, theirs), variants }
  return { kind: 'one', follows: { kind: 'author', profile }, latest: theirs }
}

/** The people behind a name: byline names that agree with it, forms of one name together. */
function candidatesIn(papers: readonly Paper[], name: string): readonly Candidate[] {
  const candidates: { name: string; papers: Paper[] }[] = []
  for (const paper of papers) {
    for (const author of paper.authors) {
      if (compareNames(author.name, name) === 'different') continue
      const known = candidates.find((candidate) => compareNames(candidate.name, author.name) === 'same')
      if (known === undefined) candidates.push({ name: author.name, papers: [paper] })
      else if (!known.papers.includes(paper)) known.papers.push(paper)
    }
  }
  return candidates.toSorted((a, b) => b.papers.length - a.papers.length)
}

async function subscribe(
  context: Context,
  follows: Follows,
  narrowing: Narrowing,
  latest: readonly Paper[],
  { backfill }: FollowOptions,
  trouble: string | undefined,
): Promise<Followed> {
  const { store, scope, channel, clock, random, actor } = context
  const label = followsLabel(follows, narrowing)
  const now = clock.now()
  const added = await addSubscription(store, scope, {
    id: ulid(now, random),
    channel,
    follows,
    narrowing,
    since: await sinceNow(context),
    by: { id: actor.id, name: actor.name },
    at: isoAt(now),
  })
  if (added.kind === 'already') return { kind: 'already', label: followsLabel(follows, added.subscription.narrowing) }
  const newest = latest.toSorted((a, b) => b.published.localeCompare(a.published))
  const posted = newest.slice(0, backfill ?? 0)
  const shown = backfill === undefined ? newest.slice(0, 3) : posted
  await remember(
    context,
    added.subscription,
    label,
    follows,
    backfill === undefined ? shown : posted,
    backfill === undefined ? 'baseline' : 'pending',
  )
  return {
    kind: 'followed',
    record: added.subscription,
    label,
    latest: shown,
    ...(follows.kind === 'author' ? { name: follows.profile.displayName } : {}),
    ...(trouble === undefined ? {} : { trouble }),
  }
}

/** What the person was shown is not news any more; what they asked to have posted waits for the next digest. */
async function remember(
  context: Context,
  record: SubscriptionRecord,
  label: string,
  follows: Follows,
  papers: readonly Paper[],
  state: 'baseline' | 'pending',
): Promise<void> {
  const { store, channel, clock, random } = context
  const at = isoAt(clock.now())
  for (const paper of papers) {
    const position =
      follows.kind === 'author'
        ? paper.authors.findIndex((each) => compareNames(each.name, follows.profile.displayName) !== 'different')
        : -1
    const reason = {
      subscription: record.id,
      label,
      kind: follows.kind,
      confidence: 'certain' as const,
      evidence: [],
      ...(position < 0 ? {} : { position, author: paper.authors[position]?.name ?? label }),
    }
    await store.commit([
      putIfAbsent(store.seen, seenKey(channel, paper.id), { state, at, reasons: [reason] }),
      put(store.ledger, ledgerKey(channel, paper.id, ulid(clock.now(), random)), {
        at,
        what: state === 'baseline' ? 'baseline' : 'matched',
        detail: label,
      }),
      ...(state === 'pending' ? [put(store.pending, seenKey(channel, paper.id), { at })] : []),
    ])
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
}
