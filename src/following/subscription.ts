import type { ChannelId } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Profile } from '../people/profile.ts'
import type { Narrowing, Reason, Since, SubscriptionRecord } from '../store/records.ts'

/** What a subscription follows, its profile at hand. */
export type Follows =
  | { readonly kind: 'author'; readonly profile: Profile }
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'category'; readonly category: string }

/** A subscription with its profile: what the matcher works on. */
export interface Subscription {
  readonly id: string
  readonly channel: ChannelId
  readonly follows: Follows
  readonly narrowing: Narrowing
  /** Undefined for a list that is read from a file: everything may match. */
  readonly since?: Since
  /** When it was made, ISO 8601, UTC. */
  readonly at?: string
}

/** One paper concerns one channel, for one reason. */
export interface Match {
  readonly paper: PaperId
  readonly channel: ChannelId
  readonly reason: Reason
}

/** As people see it in a list. */
export interface ListedSubscription {
  readonly record: SubscriptionRecord
  readonly follows: Follows
}
