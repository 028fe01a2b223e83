import type { ChannelId } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import { seenKey } from '../store/keys.ts'
import type { Reason, Seen } from '../store/records.ts'
import type { Operation, Store } from '../store/store.ts'
import { put, putIf, remove } from '../store/store.ts'

/** Whether the reason is enough for a digest; what is only perhaps somebody's is asked about. */
export function isSure(reason: Reason): boolean {
  return reason.confidence !== 'possible'
}

/** How a paper waits for its channel: to be posted when a reason is sure, to be asked about otherwise. */
export function waitingFor(reasons: readonly Reason[], at: string): Seen {
  return { state: reasons.some(isSure) ? 'pending' : 'asked', at, reasons }
}

/** What is seen goes from one state to the other, with the indexes of what waits and of what is asked; a conflict when it is no longer `before`. */
export function seenChange(
  store: Store,
  channel: ChannelId,
  paper: PaperId,
  before: Seen | undefined,
  after: Seen,
): readonly Operation[] {
  const key = seenKey(channel, paper)
  const waits = after.state === 'pending' || (after.state === 'asked' && after.askedIn === undefined)
  const asks = after.state === 'asked'
  const stood = before?.state === 'pending' || before?.state === 'asked'
  return [
    putIf<Seen>(store.seen, key, before, after),
    ...(waits ? [put(store.pending, key, { at: after.at })] : stood ? [remove(store.pending, key)] : []),
    ...(asks ? [put(store.questions, key, { at: after.at })] : stood ? [remove(store.questions, key)] : []),
  ]
}
