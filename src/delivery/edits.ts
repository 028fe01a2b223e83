import { isoAt } from '../clock.ts'
import { channelKey, partKey } from '../store/keys.ts'
import type { PartRecord, Records } from '../store/records.ts'
import type { Entry, Key, Store } from '../store/store.ts'
import { put, putIf, remove } from '../store/store.ts'
import { within } from './deadline.ts'
import type { Holds } from './holds.ts'
import type { CourierHouse } from './house.ts'
import type { PartPlace } from './outbox.ts'
import { commitMove } from './outbox.ts'
import type { PostResult, RefusalReason } from './platform.ts'
import { shownPaper } from './requests.ts'

/** Says what a posted part should look like by now; a later wish replaces an earlier one. `at`: ISO 8601, UTC. */
export async function wantEdit(store: Store, part: PartPlace, hash: string, at: string): Promise<void> {
  await store.commit([put(store.edits, partKey(part), { wanted: hash, at })])
}

export interface EditsHouse extends Omit<CourierHouse, 'tellAdmin' | 'settleMs'> {
  readonly holds: Holds
}

/**
 * Brings posted parts up to date, where what a reader sees has changed. A message that is gone is not posted again, and one
 * that may not be edited stays as it is; where the bot is not let in, it is tried again every hour. An edit may be repeated, so an unknown outcome is simply tried again. After some seconds
 * it makes way for what is to be posted: `next` is where to go on `from`. Rejects when the store does.
 */
export async function sendEdits(
  house: EditsHouse,
  signal: AbortSignal,
  from?: Key,
): Promise<{ readonly edited: number; readonly nextAt?: number; readonly next?: Key }> {
  const { store, clock, holds } = house
  const end = clock.now() + TURN_MS
  let edited = 0
  let nextAt = Number.POSITIVE_INFINITY
  for (let after = from; ; ) {
    const wishes = await store.scan(store.edits, [], { limit: PAGE, ...(after === undefined ? {} : { after }) })
    for (const wish of wishes) {
      if (signal.aborted) return { edited }
      const outcome = await fulfil(house, wish)
      if (clock.now() >= end)
        return { edited: outcome === 'edited' ? edited + 1 : edited, nextAt: clock.now(), next: wish.key }
      if (outcome === 'edited') edited++
      if (outcome !== 'later') continue
      const channel = (await store.parts.get(wish.key))?.channel
      const until = channel && holds.heldUntil(channel, clock.now())
      nextAt = Math.min(nextAt, until ?? clock.now() + RETRY_MS)
    }
    if (wishes.length < PAGE) break
    after = wishes.at(-1)?.key
  }
  return { edited, ...(Number.isFinite(nextAt) ? { nextAt } : {}) }
}

const PAGE = 200
/** However much changed at the source, a post waits no longer than this for edits. */
const TURN_MS = 5000
const EDIT_MS = 30_000
const RETRY_MS = 60_000
/** Says nothing of the message: whoever invites the bot or mends its token lets it be edited. */
const MENDED_BY_SOMEBODY: readonly RefusalReason[] = ['not-in-channel', 'archived', 'unauthorized']
const MENDED_LOOK_MS = 3_600_000

type Wish = Entry<Records['edits']>

/** `open`: nothing can be done until the part is posted, or its channel resumed. */
async function fulfil(house: EditsHouse, wish: Wish): Promise<'edited' | 'dropped' | 'later' | 'open'> {
  const { store, clock, holds, log } = house
  const part = await store.parts.get(wish.key)
  if (part === undefined || part.state.kind === 'refused') return drop(store, wish)
  const { state } = part
  if (state.kind !== 'posted' || (wish.value.notBefore ?? '') > isoAt(clock.now())) return 'open'
  const platform = house.platforms(part.channel)
  if (state.hash === wish.value.wanted || state.receipt.id === '') return drop(store, wish)
  const parked = (await store.channels.get(channelKey(part.channel)))?.parked !== undefined
  if (platform === undefined || parked) return 'open'
  if (holds.ask(part.channel, clock.now()) === 'held') return 'later'
  let composed: Awaited<ReturnType<EditsHouse['compose']>>
  try {
    composed = await within(clock, EDIT_MS, () => house.compose(part, state.manner ?? {}))
  } catch (error) {
    holds.forgo(part.channel)
    log({ event: 'edit.unwritable', channel: part.channel, key: part.key, error })
    return 'later'
  }
  const { hash, message, papers } = composed
  if (hash === state.hash) {
    holds.forgo(part.channel)
    return drop(store, wish)
  }
  const outgoing = { key: part.key, message, papers: papers.map(shownPaper) }
  const result = await within(clock, EDIT_MS, (signal) =>
    platform.edit(part.channel, state.receipt, outgoing, signal),
  ).catch((error): PostResult => ({ kind: 'unknown', cause: String(error) }))
  holds.report(part.channel, result, clock.now())
  log({ event: `edit.${result.kind}`, channel: part.channel, key: part.key, ...result })
  if (result.kind === 'refused')
    return MENDED_BY_SOMEBODY.includes(result.reason) ? postpone(house, wish) : drop(store, wish)
  if (result.kind !== 'posted') return 'later'
  await recordEdit(house, part, { ...state, receipt: result.receipt, hash }, papers)
  await drop(store, wish)
  return 'edited'
}

async function recordEdit(
  { store, clock, random }: EditsHouse,
  part: PartRecord,
  state: PartRecord['state'],
  papers: PartPapers,
): Promise<void> {
  const now = clock.now()
  await commitMove({ store, now, random }, part, { state, step: 'edited', papers })
}

type PartPapers = Awaited<ReturnType<EditsHouse['compose']>>['papers']

/** Nobody need have told that it is mended: it is tried again now and then. */
async function postpone({ store, clock }: EditsHouse, { key, value }: Wish): Promise<'open'> {
  await store.commit([putIf(store.edits, key, value, { ...value, notBefore: isoAt(clock.now() + MENDED_LOOK_MS) })])
  return 'open'
}

/** Removes the wish unless another has taken its place meanwhile. */
async function drop(store: Store, { key, value }: Wish): Promise<'dropped'> {
  await store.commit([putIf(store.edits, key, value, value), remove(store.edits, key)])
  return 'dropped'
}
