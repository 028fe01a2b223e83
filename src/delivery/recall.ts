import { isoAt } from '../clock.ts'
import type { ChannelId } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import { ulid } from '../random.ts'
import { digestKey, ledgerKey, partKey, seenKey } from '../store/keys.ts'
import type { PartRecord, Receipt, Seen } from '../store/records.ts'
import { recallOf } from '../store/restored.ts'
import type { Operation, Store } from '../store/store.ts'
import { put, putIf, remove } from '../store/store.ts'
import type { Move } from './moves.ts'
import type { Bookkeeping } from './outbox.ts'
import { commitMove, openPartsByChannel, parentOf } from './outbox.ts'
import type { Platform, RecalledPart, RecallResult } from './platform.ts'

/** A message of ours may bear a somewhat earlier time than our clock's. */
const CLOCK_SKEW_MS = 120_000
const TRIES = 5

/** Whether a channel is left alone because a backup was restored and it is not known yet what stands in it. */
export async function awaitsRecall(store: Store, channel: ChannelId): Promise<boolean> {
  const record = await recallOf(store, channel)
  return record !== undefined && record.done === undefined
}

/**
 * Asks the platform what stands in the channel since the backup, and writes down what the store does not know of it: papers
 * that stand there are posted, parts that stand there are settled. Answers with all that stands there. Stopped at any moment and repeated, it writes the same.
 * Rejects when looking failed for now, or the store does.
 */
export async function recallChannel(
  house: Bookkeeping,
  platform: Platform,
  channel: ChannelId,
  from: string,
  signal: AbortSignal,
): Promise<RecallResult> {
  const since = Date.parse(from) - CLOCK_SKEW_MS
  const recalled = await platform.recall(channel, since, signal)
  if (recalled.kind === 'cannot-look') return recalled
  const standing = new Map(recalled.parts.flatMap((part) => part.papers.map((paper) => [paper, part] as const)))
  for (const part of (await openPartsByChannel(house.store, channel)).get(channel) ?? []) {
    if (isLookedFor(part)) continue
    const found = await receiptIn(house.store, platform, part, recalled.parts, since, signal)
    if (found.kind === 'cannot-look') return found
    if (found.kind === 'found') await settled(house, part, foundAgain(part, found.receipt, house.now))
    else if (part.papers.some((paper) => standing.has(paper))) await undecide(house, part, standing)
  }
  for (const part of recalled.parts) await remember(house, channel, part)
  return recalled
}

/** The papers are posted, as the platform or a person says; what was posted or settled before stays as it is. */
export async function remember(
  house: Bookkeeping,
  channel: ChannelId,
  { papers, receipt }: Pick<RecalledPart, 'papers' | 'receipt'>,
  detail = FOUND,
): Promise<void> {
  const { store } = house
  for (let tries = 0; tries < TRIES; tries++) {
    const known = await store.seen.getMany(papers.map((paper) => seenKey(channel, paper)))
    const operations = papers.flatMap((paper, at) => {
      const before = known[at]
      const isSettled = before !== undefined && SETTLED.includes(before.state)
      return isSettled || papers.indexOf(paper) < at
        ? []
        : postedOperations(house, channel, paper, before, receipt, detail)
    })
    if (operations.length === 0 || (await store.commit(operations)) === 'committed') return
  }
  throw new Error(`what stands in ${channel} can't be written down: its papers change all the time`)
}

/** What a person refused stays refused; what is listed came with its digest. */
const SETTLED: readonly Seen['state'][] = ['posted', 'refused', 'listed']
const FOUND = 'found in the channel after a backup was restored'

/** Parts that the courier looks for by itself, since the request that may have posted them. */
function isLookedFor({ state }: PartRecord): boolean {
  return state.kind === 'sending' || state.kind === 'unknown' || (state.kind === 'parked' && state.why === 'unknown')
}

/** A part of a thread whose beginning is older than the backup is not among what was recalled. */
async function receiptIn(
  store: Store,
  platform: Platform,
  part: PartRecord,
  recalled: readonly RecalledPart[],
  since: number,
  signal: AbortSignal,
) {
  const there = recalled.find(({ key }) => key === part.key)
  if (there !== undefined) return { kind: 'found', receipt: there.receipt } as const
  const parent = await parentOf(store, part)
  if (parent === undefined) return { kind: 'absent' } as const
  const sought = { key: part.key, papers: part.papers.map((id) => ({ id })), parent }
  return platform.find(part.channel, sought, since, signal)
}

/** A part that was to be sent, or parked, stands in the channel. */
export function foundAgain({ state }: PartRecord, receipt: Receipt, now: number, detail = FOUND): Move {
  const sent = state.kind === 'parked' ? state.sent : undefined
  return {
    state: { kind: 'posted', receipt, postedAt: isoAt(now), hash: sent?.hash ?? '' },
    step: 'posted',
    detail,
    ...(sent === undefined ? {} : { papers: sent.papers }),
  }
}

async function settled(house: Bookkeeping, part: PartRecord, move: Move): Promise<void> {
  if ((await commitMove(house, part, move)) === undefined)
    throw new Error(`part ${part.part} of ${part.digest} was moved meanwhile`)
}

/**
 * Takes a part back that holds papers which stand in the channel already: those are posted, and the others, with all that
 * could only be reached from it, wait for the next digest.
 */
async function undecide(
  house: Bookkeeping,
  part: PartRecord,
  standing: ReadonlyMap<PaperId, RecalledPart>,
): Promise<void> {
  const { store, now } = house
  const { channel } = part
  const key = partKey(part)
  const reason = 'some of it stood there already, so the rest was decided anew'
  const digest = part.part === 1 ? await store.digests.get(digestKey(part)) : undefined
  const papers = [...new Set([...part.papers, ...(digest?.listed ?? []).map((item) => item.paper)])]
  const known = await store.seen.getMany(papers.map((paper) => seenKey(channel, paper)))
  const operations: Operation[] = [
    putIf(store.parts, key, part, { ...part, state: { kind: 'refused', reason } }),
    remove(store.outbox, key),
  ]
  for (const [at, paper] of papers.entries()) {
    const before = known[at]
    if (before === undefined || !('digest' in before) || before.digest !== part.digest) continue
    if (before.state === 'posted') continue
    const there = standing.get(paper)
    if (there !== undefined) {
      operations.push(...postedOperations(house, channel, paper, before, there.receipt, FOUND))
      continue
    }
    const place = seenKey(channel, paper)
    operations.push(
      putIf<Seen>(store.seen, place, before, { state: 'pending', at: isoAt(now), reasons: before.reasons }),
      put(store.pending, place, { at: isoAt(now) }),
      ledger(house, channel, paper, 'resumed', reason),
    )
  }
  if ((await store.commit(operations)) === 'conflict')
    throw new Error(`part ${part.part} of ${part.digest} was moved meanwhile`)
}

function postedOperations(
  house: Bookkeeping,
  channel: ChannelId,
  paper: PaperId,
  before: Seen | undefined,
  receipt: Receipt,
  detail: string,
): readonly Operation[] {
  const { store, now } = house
  const key = seenKey(channel, paper)
  const after: Seen = {
    state: 'posted',
    receipt,
    hash: '',
    at: isoAt(now),
    reasons: before?.reasons ?? [],
  }
  return [
    putIf<Seen>(store.seen, key, before, after),
    remove(store.pending, key),
    remove(store.questions, key),
    ledger(house, channel, paper, 'posted', detail),
  ]
}

function ledger(
  { store, now, random }: Bookkeeping,
  channel: ChannelId,
  paper: PaperId,
  what: 'posted' | 'resumed',
  detail: string,
): Operation {
  return put(store.ledger, ledgerKey(channel, paper, ulid(now, random)), { at: isoAt(now), what, detail })
}
