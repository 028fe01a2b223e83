import type { ChannelId } from '../message/channel.ts'
import type { Scope } from '../store/scope.ts'
import type { Operation, Store } from '../store/store.ts'
import type { Follows } from './subscription.ts'
import { additionOf, editionRaised, listSubscriptions, type NewSubscription, sameFollows } from './subscriptions.ts'

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
      const edition = await editionRaised(store, channel)
      const followed: Follows[] = (await listSubscriptions(store, scope, channel)).map((listed) => listed.follows)
      const fresh = asked.filter(({ follows }) => {
        if (followed.some((each) => sameFollows(each, follows))) return false
        followed.push(follows)
        return true
      })
      if (fresh.length === 0) continue
      operations.push(...edition, ...fresh.flatMap((each) => additionOf(store, scope, each)))
      count += fresh.length
    }
    if (count === 0 || (await store.commit(operations)) === 'committed') return count
  }
  throw new Error(`what is followed was changed by others ${attempts} times in a row; try again`)
}
