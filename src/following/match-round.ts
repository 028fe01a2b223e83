import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { ulid } from '../random.ts'
import type { Json } from '../store/json.ts'
import { ledgerKey, matchedKey, seenKey } from '../store/keys.ts'
import type { MatchedMark, Reason, Seen } from '../store/records.ts'
import type { Operation, Store } from '../store/store.ts'
import { put, putIf, putIfAbsent } from '../store/store.ts'
import { type Concern, concernsOf } from './concerns.ts'
import { buildFollowIndex, type FollowIndex } from './follow-index.ts'
import { isNews } from './news.ts'
import type { Subscription } from './subscription.ts'
import { allSubscriptions, endedSubscriptions, subscriptionsEdition } from './subscriptions.ts'
import { isSure, seenChange, waitingFor } from './waiting.ts'

export interface Matching {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'id' | 'changesAfter' | 'getMany' | 'papersBy'>
  readonly clock: Clock
  readonly random: Random
  readonly log?: Log
  /** The sources' marks from which a rebuilt catalogue would have to go on. */
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
  let known: Known | undefined
  let stale = 0
  let changes = 0
  let matched = 0
  for (;;) {
    const before = await store.matched.get(matchedKey)
    const seq = before?.catalogId === catalog.id ? before.seq : 0
    const page = await catalog.changesAfter(seq, pageSize)
    const last = page.at(-1)
    if (last === undefined) break
    const news = page.filter(isNews)
    if (news.length > 0) known = await knownNow(house, known)
    const found = known === undefined ? [] : await concernsOf(house, news, known.index)
    // Where subscriptions change faster than they can be read, a round goes on with those that it has.
    const given = await give(house, found, last.seq, stale < mostStale ? known : undefined)
    matched += given.count
    stale = given.stale ? stale + 1 : 0
    if (given.stale) {
      log?.({ event: 'match.subscriptions-changed', times: stale })
      continue
    }
    changes += page.length
    if (page.length < pageSize) break
  }
  return { changes, matched }
}

/** What is followed, as of one edition of it. */
interface Known {
  readonly index: FollowIndex
  readonly edition: Json
}

const mostStale = 3

async function knownNow(house: Matching, known: Known | undefined): Promise<Known> {
  const { store, log } = house
  const edition = (await store.meta.get(subscriptionsEdition)) ?? (await firstEdition(store))
  if (known !== undefined && known.edition === edition) return known
  const index = buildFollowIndex(await followed(house))
  for (const { id, channel } of index.unreadable) log?.({ event: 'subscription.unreadable', subscription: id, channel })
  return { index, edition }
}

/** What was just given up is among them, so that whoever takes that back has missed nothing; a digest leaves it out. */
async function followed({ store, clock, log }: Matching): Promise<readonly Subscription[]> {
  const subscriptions: Subscription[] = []
  for await (const subscription of allSubscriptions(store, log)) subscriptions.push(subscription)
  for await (const subscription of endedSubscriptions(store, isoAt(clock.now()))) subscriptions.push(subscription)
  return subscriptions
}

async function firstEdition(store: Store): Promise<Json> {
  await store.commit([putIfAbsent(store.meta, subscriptionsEdition, 'first')])
  return (await store.meta.get(subscriptionsEdition)) ?? 'first'
}

interface Given {
  readonly count: number
  /** What is followed has changed since `known`: the rest is to be matched again. */
  readonly stale: boolean
}

/** Writes concerns and moves the mark, in commits of a bounded size; the mark never passes a change before all its concerns are written. */
async function give(
  house: Matching,
  found: readonly Concern[],
  through: number,
  known: Known | undefined,
): Promise<Given> {
  let count = 0
  let at = 0
  do {
    const slice = found.slice(at, at + givenAtOnce)
    at += slice.length
    const next = found[at]
    // The change of the first concern that is left has to be read again if we stop here.
    const given = await giveSlice(house, slice, next === undefined ? through : next.seq - 1, known)
    count += given.count
    if (given.stale) return { count, stale: true }
  } while (at < found.length)
  return { count, stale: false }
}

async function giveSlice(
  house: Matching,
  slice: readonly Concern[],
  through: number,
  known: Known | undefined,
): Promise<Given> {
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
      // The mark must not pass a change that concerns someone who began to follow while we looked.
      ...(known === undefined ? [] : [putIf(store.meta, subscriptionsEdition, known.edition, known.edition)]),
    ]
    if ((await store.commit(operations)) === 'committed') return { count: fresh.length, stale: false }
    if (known !== undefined && (await store.meta.get(subscriptionsEdition)) !== known.edition) {
      return { count: 0, stale: true }
    }
  }
  throw new Error(`the matches up to change ${through} met with other writers ${attempts} times in a row`)
}

/** A concern that the channel has not been given, and what is seen of it so far. */
interface Fresh extends Concern {
  readonly before: Seen | undefined
}

/** Those that have nothing to do with each other yet, under any name of the paper; and each once. */
async function unseen(store: Store, slice: readonly Concern[]): Promise<readonly Fresh[]> {
  const names = slice.flatMap(({ channel, paper }) =>
    [paper.id, ...paper.aliases].map((id: PaperId) => seenKey(channel, id)),
  )
  const found = await store.seen.getMany(names)
  const taken = new Set<string>()
  let next = 0
  return slice.flatMap((concern) => {
    const { channel, paper, reasons } = concern
    const records = found.slice(next, next + 1 + paper.aliases.length)
    next += 1 + paper.aliases.length
    const name = `${channel} ${paper.id}`
    if (taken.has(name) || records.some((record) => isSettled(record, reasons))) return []
    taken.add(name)
    return [{ ...concern, before: records[0] }]
  })
}

/**
 * What somebody was shown when they began to follow, what was perhaps theirs or is not, and what nobody followed any more,
 * is still news to whoever follows it for another reason here.
 */
function isSettled(seen: Seen | undefined, reasons: readonly Reason[]): boolean {
  if (seen === undefined) return false
  const known = seen.reasons.map((reason) => reason.subscription)
  const others = reasons.filter((reason) => !known.includes(reason.subscription))
  switch (seen.state) {
    case 'baseline':
      return known.length === 0 || !others.some(isSure)
    case 'asked':
      return !reasons.some(isSure)
    case 'refused':
      return seen.why !== 'not-theirs' || !others.some(isSure)
    case 'muted':
      return others.length === 0
    default:
      return true
  }
}

function operationsOf(
  { store, clock, random }: Matching,
  { channel, paper, reasons, before }: Fresh,
): readonly Operation[] {
  const now = clock.now()
  const at = isoAt(now)
  const waiting = waitingFor(reasons, at)
  const detail = reasons.map(({ label, confidence }) => `${label} (${confidence})`).join('; ')
  return [
    ...seenChange(store, channel, paper.id, before, waiting),
    put(store.ledger, ledgerKey(channel, paper.id, ulid(now, random)), {
      at,
      what: waiting.state === 'pending' ? 'matched' : 'asked',
      detail,
    }),
  ]
}
