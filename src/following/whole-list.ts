import type { ChannelId } from '../message/channel.ts'
import { channelKey, tenantKey } from '../store/keys.ts'
import type { Scope } from '../store/scope.ts'
import type { Operation, Store } from '../store/store.ts'
import { put, putIf, putIfAbsent } from '../store/store.ts'
import type { Follows } from './subscription.ts'
import {
  listSubscriptions,
  type NewSubscription,
  recordOf,
  sameFollows,
  subscriptionsEdition,
} from './subscriptions.ts'

const attempts = 8

/**
 * Follows a whole list, in as many channels as it names, in one commit: all of it or nothing. What a channel follows already is passed over.
 * Answers with how many were added.
 */
export async function addWholeList(
  store: Store,
  scopeIn: (channel: ChannelId) => Scope,
  added: readonly NewSubscription[],
): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const operations: Operation[] = []
    let count = 0
    for (const [channel, asked] of Map.groupBy(added, (each) => each.channel)) {
      const scope = scopeIn(channel)
      const edition = ['subscriptions', channel]
      const before = await store.meta.get(edition)
      const followed: Follows[] = (await listSubscriptions(store, scope, channel)).map((listed) => listed.follows)
      const fresh = asked.filter(({ follows }) => {
        if (followed.some((each) => sameFollows(each, follows))) return false
        followed.push(follows)
        return true
      })
      if (fresh.length === 0) continue
      const next = typeof before === 'number' ? before + 1 : 1
      operations.push(
        putIf(store.meta, edition, before, next),
        put(store.meta, subscriptionsEdition, `${channel} ${next}`),
        ...fresh.flatMap((each) => [
          putIfAbsent(store.subscriptions, channelKey(channel, each.id), recordOf(each)),
          ...(each.follows.kind === 'author'
            ? [put(store.profiles, tenantKey(scope.tenant, each.id), each.follows.profile)]
            : []),
        ]),
      )
      count += fresh.length
    }
    if (count === 0 || (await store.commit(operations)) === 'committed') return count
  }
  throw new Error(`what is followed was changed by others ${attempts} times in a row; try again`)
}
