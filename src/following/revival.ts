import type { PaperId } from '../papers/paper.ts'
import type { SubscriptionRecord } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { entriesOf } from '../store/store.ts'
import { seenChange, waitingFor } from './waiting.ts'

/**
 * Lets papers wait again that a digest left out because nobody followed them any more, when one of the subscriptions
 * that they came for is back. A paper that changed meanwhile stays as it is.
 */
export async function revivePapers(store: Store, restored: readonly SubscriptionRecord[]): Promise<number> {
  const back = new Set(restored.map((record) => record.id))
  let revived = 0
  for (const channel of new Set(restored.map((record) => record.channel))) {
    for await (const { key, value: seen } of entriesOf(store, store.seen, [channel])) {
      if (
        seen.state !== 'muted' ||
        seen.why !== undefined ||
        !seen.reasons.some((reason) => back.has(reason.subscription))
      )
        continue
      const paper = key[1] as PaperId
      const outcome = await store.commit(seenChange(store, channel, paper, seen, waitingFor(seen.reasons, seen.at)))
      if (outcome === 'committed') revived++
    }
  }
  return revived
}
