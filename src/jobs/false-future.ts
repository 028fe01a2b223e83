import { isoAt } from '../clock.ts'
import type { Json } from '../store/json.ts'
import { decidedThroughKey } from '../store/keys.ts'
import type { PartState } from '../store/records.ts'
import { entriesOf, type Operation, putIf, type Store } from '../store/store.ts'

export interface FalseFuture {
  /** The present, epoch ms. */
  readonly now: number
  /** The last moment at which the time is known to have been right. */
  readonly lastTrue: number
  readonly settleMs: number
}

const DAY = 24 * 3_600_000

/**
 * Brings back what was noted while the clock was ahead, so that nothing waits for a moment that is far off: slots that were decided go on from the last true moment,
 * and a part of unknown outcome is looked for since then. What was posted stays posted. Safe to repeat; rejects when the store does.
 */
export async function leaveFalseFuture(store: Store, future: FalseFuture): Promise<void> {
  const now = isoAt(future.now)
  const lastTrue = isoAt(future.lastTrue)
  const back = (at: string) => (at > now ? lastTrue : at)
  await rewrite(store, store.slots, (slot) => (slot.lastSlot > now ? { lastSlot: lastTrue, n: 0 } : slot))
  await rewrite(store, store.pending, (waiting) => (waiting.at > now ? { at: now } : waiting))
  await rewrite(store, store.recalls, (recall) => (recall.lookAt > now ? { ...recall, lookAt: now } : recall))
  for (const kind of ['burst', 'parked-told']) {
    await rewrite(store, store.meta, (value) => (isDated(value) && value.at > now ? { ...value, at: now } : value), [
      kind,
    ])
  }
  for await (const { key } of entriesOf(store, store.outbox, [])) {
    const part = await store.parts.get(key)
    if (part === undefined) continue
    const state = stateBack(part.state, future, back)
    if (state !== part.state) await store.commit([putIf(store.parts, key, part, { ...part, state })])
  }
  const through = await store.meta.get(decidedThroughKey)
  if (typeof through === 'string' && through > now) await store.meta.set(decidedThroughKey, lastTrue)
}

function isDated(value: Json): value is { readonly [key: string]: Json | undefined; readonly at: string } {
  return typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'string'
}

async function rewrite<T>(
  store: Store,
  namespace: Parameters<typeof putIf<T>>[0],
  change: (value: T) => T,
  prefix: readonly string[] = [],
): Promise<void> {
  const changed: Operation[] = []
  for await (const { key, value } of entriesOf(store, namespace, prefix)) {
    const next = change(value)
    if (next !== value) changed.push(putIf(namespace, key, value, next))
  }
  // Each for itself: one that somebody else changes at the same moment keeps no other from being brought back.
  for (const operation of changed) await store.commit([operation])
}

function stateBack(state: PartState, { now, settleMs }: FalseFuture, back: (at: string) => string): PartState {
  if (state.kind === 'posted' || state.kind === 'refused') return state
  const notLater = (at: string, most: number) => (Date.parse(at) > now + most ? isoAt(now + most) : at)
  const course = state.doubt === undefined ? {} : { doubt: { ...state.doubt, since: back(state.doubt.since) } }
  switch (state.kind) {
    case 'ready':
      return {
        ...state,
        ...course,
        ...(state.notBefore === undefined ? {} : { notBefore: notLater(state.notBefore, settleMs) }),
      }
    case 'sending':
      return { ...state, ...course, startedAt: back(state.startedAt) }
    case 'unknown':
      return { ...state, ...course, startedAt: back(state.startedAt), lookAt: notLater(state.lookAt, settleMs) }
    case 'parked':
      return {
        ...state,
        ...course,
        ...(state.startedAt === undefined ? {} : { startedAt: back(state.startedAt) }),
        ...(state.retryAt === undefined ? {} : { retryAt: notLater(state.retryAt, DAY) }),
      }
  }
}
