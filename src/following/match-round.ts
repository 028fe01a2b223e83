import type { Catalog } from '../catalog/catalog.ts'
import type { Change } from '../catalog/change.ts'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import type { Log } from '../log.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { ulid } from '../random.ts'
import { ledgerKey, matchedKey, seenKey } from '../store/keys.ts'
import type { MatchedMark, Reason, Since } from '../store/records.ts'
import type { Operation, Store } from '../store/store.ts'
import { put, putIf, putIfAbsent } from '../store/store.ts'
import { buildFollowIndex, type FollowIndex } from './follow-index.ts'
import { matchPaper } from './matcher.ts'
import type { Subscription } from './subscription.ts'
import { allSubscriptions } from './subscriptions.ts'

export interface Matching {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'id' | 'changesAfter' | 'getMany'>
  readonly clock: Clock
  readonly random: Random
  readonly log?: Log
  /** The sources' marks of what they have announced, for whoever follows from now on. */
  announcedThrough(): Promise<Readonly<Record<string, string>>>
}

const pageSize = 1000
/** Papers that one commit gives to channels, three operations each. */
const givenAtOnce = 600
const attempts = 5

/**
 * MATCH, transaction 2: reads the changes that no round has read, and writes down whom each new paper concerns.
 * Stopped at any moment and repeated, it gives nobody a paper twice and passes none over. Rejects when store or catalogue do.
 */
export async function matchRound(house: Matching): Promise<{ readonly changes: number; readonly matched: number }> {
  const { store, catalog, log } = house
  let index: FollowIndex | undefined
  let changes = 0
  let matched = 0
  for (;;) {
    const before = await store.matched.get(matchedKey)
    const seq = before?.catalogId === catalog.id ? before.seq : 0
    const page = await catalog.changesAfter(seq, pageSize)
    const last = page.at(-1)
    if (last === undefined) break
    const news = page.filter(isNews)
    if (news.length > 0 && index === undefined) {
      index = buildFollowIndex(await followed(house))
      for (const { id, channel } of index.unreadable)
        log?.({ event: 'subscription.unreadable', subscription: id, channel })
    }
    const found = index === undefined ? [] : await concerns(house, news, index)
    matched += await give(house, found, last.seq)
    changes += page.length
    if (page.length < pageSize) break
  }
  return { changes, matched }
}

async function followed({ store, log }: Matching): Promise<readonly Subscription[]> {
  const subscriptions: Subscription[] = []
  for await (const subscription of allSubscriptions(store, log)) subscriptions.push(subscription)
  return subscriptions
}

function isNews(change: Change): boolean {
  return change.origin === 'announced' && (change.kind === 'new' || change.kind === 'crosslisted')
}

/** One paper concerns one channel, with all reasons. */
interface Concern {
  readonly seq: number
  readonly channel: ChannelId
  readonly paper: Paper
  readonly reasons: readonly Reason[]
}

async function concerns(
  { catalog, log }: Matching,
  news: readonly Change[],
  index: FollowIndex,
): Promise<readonly Concern[]> {
  const papers = await catalog.getMany(news.map((change) => change.paper))
  return news.flatMap((change, at) => {
    const paper = papers[at]
    if (paper === undefined) {
      log?.({ event: 'match.paper-missing', paper: change.paper, seq: change.seq })
      return []
    }
    const byChannel = new Map<ChannelId, Reason[]>()
    const matches = matchPaper(paper, index, (subscription) => isNewsTo(subscription, change, catalog.id))
    const others = change.kind === 'crosslisted' ? withoutCrossLists(paper, index) : undefined
    for (const { channel, reason } of matches) {
      if (others?.has(subscriptionOf(channel, reason)) === true) continue
      const reasons = byChannel.get(channel)
      if (reasons === undefined) byChannel.set(channel, [reason])
      else reasons.push(reason)
    }
    return [...byChannel].map(([channel, reasons]) => ({ seq: change.seq, channel, paper, reasons }))
  })
}

/**
 * Whether the change came after the subscription was made: by the log's number, or in a catalogue that was rebuilt since,
 * by the source's own mark. What bears no mark is given: `seen` keeps it from coming twice, nothing would bring it back.
 */
export function isNewsTo({ since, follows }: Subscription, change: Change, catalogId: string): boolean {
  // An author's paper was theirs before it was cross-listed.
  if (change.kind === 'crosslisted' && follows.kind === 'author') return false
  if (since === undefined) return true
  if (since.catalogId === catalogId) return change.seq > since.seq
  return isAfterMark(since, change)
}

function isAfterMark({ announcedThrough }: Since, { mark, source }: Change): boolean {
  const through = announcedThrough[source]
  return mark === undefined || through === undefined || mark > through
}

/** Who would have had the paper for its primary category alone: its cross-listing is no news to them. */
function withoutCrossLists(paper: Paper, index: FollowIndex): ReadonlySet<string> {
  const primary = { ...paper, categories: paper.categories.slice(0, 1) }
  return new Set(matchPaper(primary, index).map(({ channel, reason }) => subscriptionOf(channel, reason)))
}

function subscriptionOf(channel: ChannelId, reason: Reason): string {
  return `${channel} ${reason.subscription}`
}

/** Writes concerns and moves the mark, in commits of a bounded size; the mark never passes a change before all its concerns are written. */
async function give(house: Matching, found: readonly Concern[], through: number): Promise<number> {
  let given = 0
  let at = 0
  do {
    const slice = found.slice(at, at + givenAtOnce)
    at += slice.length
    const next = found[at]
    // The change of the first concern that is left has to be read again if we stop here.
    given += await giveSlice(house, slice, next === undefined ? through : next.seq - 1)
  } while (at < found.length)
  return given
}

async function giveSlice(house: Matching, slice: readonly Concern[], through: number): Promise<number> {
  const { store, catalog } = house
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await store.matched.get(matchedKey)
    const fresh = await unseen(store, slice)
    const after: MatchedMark = {
      catalogId: catalog.id,
      seq: before?.catalogId === catalog.id ? Math.max(before.seq, through) : through,
      announcedThrough: await house.announcedThrough(),
    }
    const operations = [
      ...fresh.flatMap((concern) => operationsOf(house, concern)),
      putIf(store.matched, matchedKey, before, after),
    ]
    if ((await store.commit(operations)) === 'committed') return fresh.length
  }
  throw new Error(`the matches up to change ${through} met with other writers ${attempts} times in a row`)
}

/** Those that have nothing to do with each other yet, under any name of the paper; and each once. */
async function unseen(store: Store, slice: readonly Concern[]): Promise<readonly Concern[]> {
  const names = slice.flatMap(({ channel, paper }) =>
    [paper.id, ...paper.aliases].map((id: PaperId) => seenKey(channel, id)),
  )
  const found = await store.seen.getMany(names)
  const taken = new Set<string>()
  let next = 0
  return slice.filter(({ channel, paper }) => {
    const records = found.slice(next, next + 1 + paper.aliases.length)
    next += 1 + paper.aliases.length
    const name = `${channel} ${paper.id}`
    if (taken.has(name) || records.some((record) => record !== undefined)) return false
    taken.add(name)
    return true
  })
}

function operationsOf({ store, clock, random }: Matching, { channel, paper, reasons }: Concern): readonly Operation[] {
  const now = clock.now()
  const at = isoAt(now)
  const key = seenKey(channel, paper.id)
  // Perhaps is not enough for a digest: someone has to say whether it is theirs.
  const sure = reasons.some((reason) => reason.confidence !== 'possible')
  const detail = reasons.map(({ label, confidence }) => `${label} (${confidence})`).join('; ')
  return [
    putIfAbsent(store.seen, key, { state: sure ? 'pending' : 'asked', at, reasons }),
    ...(sure ? [put(store.pending, key, { at })] : []),
    put(store.ledger, ledgerKey(channel, paper.id, ulid(now, random)), {
      at,
      what: sure ? 'matched' : 'asked',
      detail,
    }),
  ]
}
