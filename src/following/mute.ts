import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import { channelKey } from '../store/keys.ts'
import type { SubscriptionRecord } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import type { Operation, Store } from '../store/store.ts'
import { entriesOf, putIf } from '../store/store.ts'
import { seenChange, waitingFor } from './waiting.ts'

type Muted = SubscriptionRecord['muted']

/** Whether what a subscription matched at an instant (ISO 8601, UTC) is not to be posted. */
export function isMuted({ muted }: Pick<SubscriptionRecord, 'muted'>, at: string): boolean {
  return muted !== undefined && muted.from <= at && (muted.until === undefined || at < muted.until)
}

/**
 * Mutes subscriptions of a channel, or lets them be heard again where `muted` gives undefined. Answers with them as they were
 * before; those that are no more are left out. Throws for a channel of another tenant.
 */
export async function muteSubscriptions(
  store: Store,
  scope: Scope,
  channel: ChannelId,
  ids: readonly string[],
  muted: (record: SubscriptionRecord) => Muted,
  also: (before: readonly SubscriptionRecord[]) => readonly Operation[] = () => [],
): Promise<readonly SubscriptionRecord[]> {
  if (channelParts(channel).tenant !== scope.tenant) throw new Error(`${channel} does not belong to ${scope.tenant}`)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await store.subscriptions.getMany(ids.map((id) => channelKey(channel, id)))
    const before = found.flatMap((record) => (record === undefined ? [] : [record]))
    if (before.length === 0) return []
    const changes = before.map((record) => {
      const { muted: _, ...heard } = record
      const next = muted(record)
      const after = next === undefined ? heard : { ...heard, muted: next }
      return putIf<SubscriptionRecord>(store.subscriptions, channelKey(channel, record.id), record, after)
    })
    if ((await store.commit([...changes, ...also(before)])) === 'committed') return before
  }
  throw new Error(`what ${channel} follows was changed by others ${attempts} times in a row; try again`)
}

/** Lets the papers wait again that were kept back since an instant because the subscriptions were muted. */
export async function reviveSilenced(
  store: Store,
  channel: ChannelId,
  ids: readonly string[],
  since: string,
): Promise<number> {
  let revived = 0
  for await (const { key, value: seen } of entriesOf(store, store.seen, [channel])) {
    if (seen.state !== 'muted' || seen.why !== 'silenced' || seen.at < since) continue
    if (!seen.reasons.some((reason) => ids.includes(reason.subscription))) continue
    const waiting = waitingFor(seen.reasons, seen.at)
    if ((await store.commit(seenChange(store, channel, key[1] as PaperId, seen, waiting))) === 'committed') revived++
  }
  return revived
}

const attempts = 5
