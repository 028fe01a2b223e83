import type { Learnt } from '../src/catalog/change.ts'
import { isoAt } from '../src/clock.ts'
import { type FollowText, parseFollow } from '../src/following/follow-text.ts'
import type { Follows } from '../src/following/subscription.ts'
import { addSubscription, followsLabel } from '../src/following/subscriptions.ts'
import { seenChange } from '../src/following/waiting.ts'
import type { Paper } from '../src/papers/paper.ts'
import { type Profile, placeIn } from '../src/people/profile.ts'
import { ulid } from '../src/random.ts'
import { SourceError, titleOf } from '../src/sources/source.ts'
import { ledgerKey, seenKey } from '../src/store/keys.ts'
import type { LedgerStep, Narrowing, Reason, Since, SubscriptionRecord } from '../src/store/records.ts'
import { type Operation, put } from '../src/store/store.ts'
import { candidatesIn } from './candidates.ts'
import type { Context } from './command.ts'
import { nothingFound } from './findings.ts'
import { tell } from './replies.ts'
import { type FollowOptions, KNOWN_PAPERS, resolve, type Several } from './whom.ts'

/** How long a person waits for a source's history before the subscription is made without it. */
const HISTORY_MS = 20_000
/** How many of the latest papers whoever begins to follow is shown. */
const SHOWN = 3

export type Followed =
  | {
      readonly kind: 'followed'
      readonly record: SubscriptionRecord
      readonly label: string
      /** The followed author's. */
      readonly name?: string
      readonly latest: readonly Paper[]
      /** How many of theirs are known. */
      readonly known: number
      readonly trouble?: string
    }
  | { readonly kind: 'already'; readonly record: SubscriptionRecord; readonly label: string }
  | Several
  /** Nothing of it is in the catalogue. */
  | { readonly kind: 'unknown'; readonly read: FollowText; readonly trouble?: string }
  | { readonly kind: 'wrong'; readonly why: string }

/** Follows what a line asks for; several people behind one name, and a name that may be words, are handed back to choose from. */
export async function follow(context: Context, text: string, options: FollowOptions = {}): Promise<Followed> {
  const parsed = parseFollow(text)
  if (parsed.kind === 'error') return { kind: 'wrong', why: parsed.message }
  const meant = options.words === true ? undefined : await peopleMeant(context, parsed)
  if (meant !== undefined && options.all !== true) return meant
  const read: FollowText = meant === undefined ? parsed : { ...parsed, follows: { kind: 'author', name: meant.name } }
  // Whoever was chosen was chosen after the sources had been asked.
  const isChosen = options.papers !== undefined || options.nameAlone === true
  const trouble =
    read.follows.kind === 'author' && !isChosen ? await learnHistory(context, [read.follows.name]) : undefined
  const resolved = await resolve(context, read, options)
  if (resolved.kind !== 'one') return resolved
  const { follows } = resolved
  const nothing = options.ifKnown
    ? await nothingFound(context, read.follows, read.narrowing, resolved.latest.length)
    : undefined
  if (nothing !== undefined) return { kind: 'unknown', read, ...(trouble === undefined ? {} : { trouble }) }
  return subscribe(context, follows, read.narrowing, resolved.latest, options, trouble)
}

/** A name in quotes, or one word, that would be followed as words. */
export function bareName({ follows }: FollowText): string | undefined {
  if (follows.kind !== 'query') return undefined
  const [, quoted, word] = /^(?:"([^":*()]+)"|([\p{L}][\p{L}\p{M}'’.-]*))$/u.exec(follows.query.trim()) ?? []
  return quoted?.trim() ?? word
}

/** Those whom the catalogue knows by a name that is written as words are; undefined when it knows nobody. */
async function peopleMeant(context: Context, read: FollowText): Promise<Several | undefined> {
  const name = bareName(read)
  if (name === undefined || name === '') return undefined
  const candidates = candidatesIn(await context.catalog.papersBy([name], { limit: KNOWN_PAPERS }), name)
  if (candidates.length === 0) return undefined
  return { kind: 'several', name, candidates, narrowing: read.narrowing, words: true }
}

/** Asks the sources once for the authors' earlier papers, many in one query; says in a sentence what did not work. */
export async function learnHistory(context: Context, names: readonly string[]): Promise<string | undefined> {
  for (const source of context.sources) {
    if (source.historyOf === undefined) continue
    const wait = Math.ceil((source.wait?.() ?? 0) / 1000) + 2
    context.progress(
      tell('info', `Asking ${titleOf(source)} for earlier papers, about ${wait} s and at most ${HISTORY_MS / 1000} s.`),
    )
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
  const id = ulid(now, random)
  const newest = latest.toSorted((a, b) => b.published.localeCompare(a.published))
  const shown = newest.slice(0, backfill ?? SHOWN)
  const state = backfill === undefined ? 'baseline' : 'pending'
  const added = await addSubscription(
    store,
    scope,
    {
      id,
      channel,
      follows,
      narrowing,
      since: await sinceNow(context),
      by: { id: actor.id, name: actor.name },
      at: isoAt(now),
    },
    () => remembered(context, id, label, follows, shown, state),
  )
  if (added.kind === 'already')
    return {
      kind: 'already',
      record: added.subscription,
      label: followsLabel(follows, added.subscription.narrowing),
    }
  return {
    kind: 'followed',
    record: added.subscription,
    label,
    latest: shown,
    known: latest.length,
    ...(follows.kind === 'author' ? { name: follows.profile.displayName } : {}),
    ...(trouble === undefined ? {} : { trouble }),
  }
}

/** What the person was shown is not news any more; what they asked to have posted waits for the next digest. What the channel has seen stays as it is. */
async function remembered(
  { store, channel, clock, random }: Context,
  subscription: string,
  label: string,
  follows: Follows,
  papers: readonly Paper[],
  state: 'baseline' | 'pending',
): Promise<readonly Operation[]> {
  const at = isoAt(clock.now())
  const known = await store.seen.getMany(papers.map((paper) => seenKey(channel, paper.id)))
  return papers.flatMap((paper, place): readonly Operation[] => {
    if (known[place] !== undefined) return []
    const position = follows.kind === 'author' ? placeOf(follows.profile, paper) : -1
    const reason: Reason = {
      subscription,
      label,
      kind: follows.kind,
      confidence: 'certain',
      evidence: follows.kind === 'author' ? ['known as theirs when they were followed'] : [],
      ...(position < 0 ? {} : { position, author: paper.authors[position]?.name ?? label }),
    }
    const step: LedgerStep = { at, what: state === 'baseline' ? 'baseline' : 'matched', detail: label }
    return [
      ...seenChange(store, channel, paper.id, undefined, { state, at, reasons: [reason] }),
      put(store.ledger, ledgerKey(channel, paper.id, ulid(clock.now(), random)), step),
    ]
  })
}

function placeOf({ displayName, variants, ids }: Profile, paper: Paper): number {
  return placeIn(paper, [displayName, ...variants], ids)
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
}
