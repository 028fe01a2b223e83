import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import type { Log } from '../log.ts'
import { digestKey, partKey, postingKey } from '../store/keys.ts'
import type { DigestRecord } from '../store/records.ts'
import type { Operation, Store } from '../store/store.ts'
import { entriesOf, putIf, remove } from '../store/store.ts'

const KEPT_MS = 90 * 24 * 3_600_000

/**
 * Lets go of what nobody needs any more: digests and their parts 90 days after they were decided, once every part is posted or
 * given up, the long arguments of buttons after 90 days, and ended subscriptions that can't be brought back any more. What was seen stays for ever. Rejects when the store does.
 */
export async function tidy({
  store,
  clock,
  log,
}: {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
}): Promise<void> {
  const before = isoAt(clock.now() - KEPT_MS)
  let digests = 0
  for await (const { value } of entriesOf(store, store.digests, [])) {
    if (value.decidedAt < before && (await removeFinished(store, value))) digests++
  }
  let actions = 0
  for await (const { key, value } of entriesOf(store, store.actions, [])) {
    if (value.at >= before) continue
    await store.commit([remove(store.actions, key)])
    actions++
  }
  const now = isoAt(clock.now())
  for await (const { key, value } of entriesOf(store, store.ended, [])) {
    if (value.until < now) await store.commit([putIf(store.ended, key, value, value), remove(store.ended, key)])
  }
  log({ event: 'tidied', digests, actions })
}

/** False when a part of it is still open, or has moved meanwhile. */
async function removeFinished(store: Store, digest: DigestRecord): Promise<boolean> {
  const operations: Operation[] = [remove(store.digests, digestKey(digest))]
  for await (const { value: part } of entriesOf(store, store.parts, digestKey(digest))) {
    if (part.state.kind !== 'posted' && part.state.kind !== 'refused') return false
    const key = partKey(part)
    operations.push(putIf(store.parts, key, part, part), remove(store.parts, key), remove(store.edits, key))
    for (const paper of part.papers) operations.push(remove(store.postings, postingKey(paper, part.channel)))
  }
  return (await store.commit(operations)) === 'committed'
}
