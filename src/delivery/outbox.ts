import { isDeepStrictEqual } from 'node:util'
import { isoAt } from '../clock.ts'
import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { ulid } from '../random.ts'
import { channelKey, digestKey, ledgerKey, partKey, postingKey, seenKey } from '../store/keys.ts'
import type { ChannelRecord, PartRecord, PartState, Posting, Receipt, Seen, SeenState } from '../store/records.ts'
import type { Key, Operation, Store } from '../store/store.ts'
import { put, putIf, remove } from '../store/store.ts'
import type { Move } from './moves.ts'

/** What names a part. */
export type PartPlace = Pick<PartRecord, 'channel' | 'slot' | 'n' | 'part'>

export interface Bookkeeping {
  readonly store: Store
  /** Epoch ms. */
  readonly now: number
  readonly random: Random
}

/** The parts that are neither posted nor given up, a page of them in key order: channel by channel. */
export async function openParts(
  store: Store,
  options: { readonly after?: Key; readonly limit: number },
): Promise<readonly { readonly key: Key; readonly part: PartRecord }[]> {
  const entries = await store.scan(store.outbox, [], options)
  const parts = await store.parts.getMany(entries.map((entry) => entry.key))
  return entries.flatMap(({ key }, at) => {
    const part = parts[at]
    return part === undefined ? [] : [{ key, part }]
  })
}

/** The open parts of all channels, or of one: by channel, each channel's in the order in which they are to be posted. */
export async function openPartsByChannel(
  store: Store,
  channel?: ChannelId,
): Promise<ReadonlyMap<ChannelId, readonly PartRecord[]>> {
  const byChannel = new Map<ChannelId, PartRecord[]>()
  for (let after: Key | undefined; ; ) {
    const entries = await store.scan(store.outbox, channel === undefined ? [] : [channel], {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    })
    for (const part of await store.parts.getMany(entries.map((entry) => entry.key))) {
      if (part === undefined) continue
      const parts = byChannel.get(part.channel)
      if (parts === undefined) byChannel.set(part.channel, [part])
      else parts.push(part)
    }
    if (entries.length < PAGE) break
    after = entries.at(-1)?.key
  }
  for (const parts of byChannel.values()) parts.sort(inOrder)
  return byChannel
}

/** Writes a move: the part, the outbox, what is seen of its papers, the ledger, a parked channel, all or nothing. Undefined when the part has moved meanwhile. */
export async function commitMove(
  { store, now, random }: Bookkeeping,
  part: PartRecord,
  move: Move,
): Promise<PartRecord | undefined> {
  const key = partKey(part)
  const next: PartRecord = { ...part, state: move.state }
  for (let tries = 0; tries < TRIES; tries++) {
    const operations = [
      putIf(store.parts, key, part, next),
      isOpen(move.state) ? put(store.outbox, key, { state: move.state.kind }) : remove(store.outbox, key),
      ...(await seenOperations(store, part, move, now)),
      ...ledgerOperations(store, part, move, { now, random }),
      ...(await channelOperations(store, part, move, now)),
    ]
    if ((await store.commit(operations)) === 'committed') return next
    if (!isDeepStrictEqual(await store.parts.get(key), part)) return undefined
  }
  throw new Error(`part ${key.join(' ')} can't be written: the records of its papers change all the time`)
}

/** The digest's first message, for the thread of the later ones. */
export async function parentOf(store: Store, part: PartRecord): Promise<Receipt | undefined> {
  const [first] = await store.scan(store.parts, digestKey(part), { limit: 1 })
  const state = first?.value.state
  if (first?.value.part === part.part || state?.kind !== 'posted' || state.receipt.id === '') return undefined
  return state.receipt
}

/** Lets a parked channel's parts go out again; false when it was not parked. */
export async function unparkChannel(store: Store, channel: ChannelId): Promise<boolean> {
  const key = channelKey(channel)
  for (let tries = 0; tries < TRIES; tries++) {
    const record = await store.channels.get(key)
    if (record?.parked === undefined) return false
    const { parked: _, ...free } = record
    if ((await store.commit([putIf(store.channels, key, record, free)])) === 'committed') return true
  }
  throw new Error(`channel ${channel} can't be resumed: its record changes all the time`)
}

/** Notes of a channel that it is gone; one of which nothing is kept stays unknown. `now` in epoch ms. */
export async function loseChannel(store: Store, channel: ChannelId, reason: string, now: number): Promise<void> {
  const key = channelKey(channel)
  for (let tries = 0; tries < TRIES; tries++) {
    const record = await store.channels.get(key)
    const followed = record ?? (await store.scan(store.subscriptions, key, { limit: 1 }))[0]
    if (followed === undefined) return
    const { tenant, place } = channelParts(channel)
    const known: ChannelRecord = record ?? { channel, tenant, name: place, addedAt: isoAt(now) }
    const lost: ChannelRecord = { ...known, parked: { reason, until: 'never', at: isoAt(now) } }
    if ((await store.commit([putIf(store.channels, key, record, lost)])) === 'committed') return
  }
  throw new Error(`channel ${channel} can't be given up: its record changes all the time`)
}

const PAGE = 500
const TRIES = 5

function inOrder(one: PartRecord, other: PartRecord): number {
  // What is said of posted papers makes way for papers.
  if ((one.update === undefined) !== (other.update === undefined)) return one.update === undefined ? -1 : 1
  if (one.slot !== other.slot) return one.slot < other.slot ? -1 : 1
  return one.n - other.n || one.part - other.part
}

function isOpen(state: PartState): boolean {
  return state.kind !== 'posted' && state.kind !== 'refused'
}

/** What a part's state says of one of its papers. */
function seenOf(part: PartRecord, { state, papers }: Move, paper: PaperId): SeenState {
  const place = { digest: part.digest, part: part.part }
  switch (state.kind) {
    case 'ready':
    case 'sending':
    case 'unknown':
      return { state: 'digested', ...place }
    case 'posted': {
      const version = papers?.find(({ id }) => id === paper)?.version
      return {
        state: 'posted',
        ...place,
        receipt: state.receipt,
        ...(version === undefined ? {} : { version }),
        hash: state.hash,
      }
    }
    case 'refused':
      return { state: 'refused', by: state.reason }
    case 'parked':
      return { state: 'parked', reason: state.reason, ...place }
  }
}

async function seenOperations(store: Store, part: PartRecord, move: Move, now: number): Promise<Operation[]> {
  if (isUnderWay(part.state) && isUnderWay(move.state)) return []
  if (part.state.kind === 'parked' && move.state.kind === 'parked') return []
  const papers = [...new Set(part.papers)]
  const known = await store.seen.getMany(papers.map((paper) => seenKey(part.channel, paper)))
  return papers.flatMap((paper, nth) => {
    const before = known[nth]
    const state = seenOf(part, move, paper)
    // An edit is no post: the paper has been there since it was posted.
    const at = before?.state === 'posted' && state.state === 'posted' ? before.at : isoAt(now)
    const after: Seen = { ...state, at, reasons: before?.reasons ?? [] }
    const written = putIf(store.seen, seenKey(part.channel, paper), before, after)
    if (after.state !== 'posted' || before?.state === 'posted') return [written]
    return [written, put(store.postings, postingKey(paper, part.channel), postingOf(part, move.papers, paper))]
  })
}

function postingOf({ slot, n, part }: PartRecord, papers: Move['papers'], paper: PaperId): Posting {
  const { id: _, ...as } = papers?.find(({ id }) => id === paper) ?? { id: paper }
  return { slot, n, part, ...as }
}

function isUnderWay(state: PartState): boolean {
  return state.kind === 'ready' || state.kind === 'sending' || state.kind === 'unknown'
}

function ledgerOperations(
  store: Store,
  part: PartRecord,
  move: Move,
  { now, random }: { readonly now: number; readonly random: Random },
): Operation[] {
  const { step, detail } = move
  if (step === undefined) return []
  const entry = { at: isoAt(now), what: step, ...(detail === undefined ? {} : { detail }) }
  return [...new Set(part.papers)].map((paper) =>
    put(store.ledger, ledgerKey(part.channel, paper, ulid(now, random)), entry),
  )
}

async function channelOperations(store: Store, part: PartRecord, move: Move, now: number): Promise<Operation[]> {
  if (move.parksChannel === undefined) return []
  const key = channelKey(part.channel)
  const before = await store.channels.get(key)
  const { tenant, place } = channelParts(part.channel)
  const record: ChannelRecord = before ?? { channel: part.channel, tenant, name: place, addedAt: isoAt(now) }
  return [putIf(store.channels, key, before, { ...record, parked: { ...move.parksChannel, at: isoAt(now) } })]
}
