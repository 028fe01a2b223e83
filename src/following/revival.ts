import type { SubscriptionRecord } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { entriesOf, put, putIf } from '../store/store.ts'

/**
 * Lets papers wait again that a digest left out because nobody followed them any more, when one of the subscriptions
 * that they came for is back. A paper that changed meanwhile stays as it is.
 */
export async function revivePapers(store: Store, restored: readonly SubscriptionRecord[]): Promise<number> {
  const back = new Set(restored.map((record) => record.id))
  let revived = 0
  for (const channel of new Set(restored.map((record) => record.channel))) {
    for await (const { key, value: seen } of entriesOf(store, store.seen, [channel])) {
      if (seen.state !== 'muted' || !seen.reasons.some((reason) => back.has(reason.subscription))) continue
      const { at, reasons } = seen
      const outcome = await store.commit([
        putIf(store.seen, key, seen, { state: 'pending', at, reasons }),
        put(store.pending, key, { at }),
      ])
      if (outcome === 'committed') revived++
    }
  }
  return revived
}
