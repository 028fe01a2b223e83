import type { Log } from '../log.ts'
import { channelParts } from '../message/channel.ts'
import type { Profile } from '../people/profile.ts'
import { tenantKey } from '../store/keys.ts'
import type { FollowsRecord, SubscriptionRecord } from '../store/records.ts'
import type { Entry, Store } from '../store/store.ts'
import { entriesOf } from '../store/store.ts'
import type { Follows, Subscription } from './subscription.ts'

/** Every subscription of every tenant: for the program's own jobs, never for an answer to a person. */
export async function* allSubscriptions(store: Store, log?: Log): AsyncGenerator<Subscription> {
  let after: readonly string[] | undefined
  for (;;) {
    const page: readonly Entry<SubscriptionRecord>[] = await store.scan(store.subscriptions, [], {
      limit: 1000,
      ...(after === undefined ? {} : { after }),
    })
    const records = page.map(({ value }) => value)
    yield* withProfiles(store, records, log)
    if (page.length < 1000) return
    after = page.at(-1)?.key
  }
}

/** When the first of all that are followed anywhere was begun, epoch ms; undefined when nothing is. */
export async function followedFrom(store: Store): Promise<number | undefined> {
  let first: string | undefined
  for await (const { value } of entriesOf(store, store.subscriptions, [])) {
    if (first === undefined || value.at < first) first = value.at
  }
  return first === undefined ? undefined : Date.parse(first)
}

/** Those of every tenant that were ended and can be brought back at `now` (ISO 8601, UTC): for the program's own jobs. */
export async function* endedSubscriptions(store: Store, now: string): AsyncGenerator<Subscription> {
  const records: SubscriptionRecord[] = []
  for await (const { value } of entriesOf(store, store.ended, [])) if (value.until > now) records.push(value.record)
  yield* withProfiles(store, records)
}

async function* withProfiles(
  store: Store,
  records: readonly SubscriptionRecord[],
  log?: Log,
): AsyncGenerator<Subscription> {
  const authors = records.flatMap(({ channel, follows }) =>
    follows.kind === 'author' ? [tenantKey(channelParts(channel).tenant, follows.profile)] : [],
  )
  const profiles = await store.profiles.getMany(authors)
  let next = 0
  for (const { id, channel, follows: kept, narrowing, since, at } of records) {
    const profile = kept.kind === 'author' ? profiles[next++] : undefined
    const follows = followsWith(kept, profile)
    // One damaged record must not keep all other channels from their papers.
    if (follows === undefined) log?.({ event: 'subscription.profile-missing', subscription: id })
    else yield { id, channel, follows, narrowing, since, at }
  }
}

/** What a record follows, with its profile; undefined when that is missing. */
export function followsWith(follows: FollowsRecord, profile: Profile | undefined): Follows | undefined {
  if (follows.kind !== 'author') return follows
  return profile === undefined ? undefined : { kind: 'author', profile }
}
