import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import { channelKey } from '../store/keys.ts'
import type { SubscriptionRecord } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import type { Operation, Store } from '../store/store.ts'
import { putIf } from '../store/store.ts'

type Mentioned = NonNullable<SubscriptionRecord['mentions']>[number]

/** Of one subscription: more would call half a channel. */
export const MOST_MENTIONED = 10

/**
 * Has a person called when one of these subscriptions has a paper, or no more where `wanted` is false. Answers with the
 * subscriptions that were changed; one that calls as many as it may is left out. Throws for a channel of another tenant.
 */
export async function mentionPerson(
  store: Store,
  scope: Scope,
  channel: ChannelId,
  ids: readonly string[],
  { id, name, wanted }: Mentioned & { readonly wanted: boolean },
  also: () => readonly Operation[] = () => [],
): Promise<readonly SubscriptionRecord[]> {
  if (channelParts(channel).tenant !== scope.tenant) throw new Error(`${channel} does not belong to ${scope.tenant}`)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await store.subscriptions.getMany(ids.map((each) => channelKey(channel, each)))
    const changed = found.flatMap((record) => {
      if (record === undefined || isMentioned(record, id) === wanted) return []
      if (wanted && (record.mentions ?? []).length >= MOST_MENTIONED) return []
      const after = wanted
        ? { ...record, mentions: [...(record.mentions ?? []), { id, name }] }
        : withoutMention(record, id)
      return [{ record, after }]
    })
    if (changed.length === 0) return []
    const writes = changed.map(({ record, after }) =>
      putIf<SubscriptionRecord>(store.subscriptions, channelKey(channel, record.id), record, after),
    )
    if ((await store.commit([...writes, ...also()])) === 'committed') return changed.map(({ after }) => after)
  }
  throw new Error(`what ${channel} follows was changed by others ${ATTEMPTS} times in a row; try again`)
}

/** Whether the person asked to be called when the subscription has a paper. */
export function isMentioned({ mentions = [] }: Pick<SubscriptionRecord, 'mentions'>, id: string): boolean {
  return mentions.some((person) => person.id === id)
}

function withoutMention(record: SubscriptionRecord, id: string): SubscriptionRecord {
  const { mentions = [], ...rest } = record
  const others = mentions.filter((person) => person.id !== id)
  return others.length === 0 ? rest : { ...rest, mentions: others }
}

const ATTEMPTS = 5
