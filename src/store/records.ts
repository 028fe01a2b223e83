import type { ChannelId, TenantId } from '../message/channel.ts'
import type { MentionedPerson } from '../message/message.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Profile } from '../people/profile.ts'
import type { ProfileDifference } from '../people/profile-difference.ts'
import type { Score } from '../people/score.ts'
import type { Json } from './json.ts'
import type { RecallRecord } from './recall-record.ts'
import type {
  DigestRecord,
  LedgerStep,
  PartRecord,
  PartState,
  Posting,
  Receipt,
  RefusedUntil,
  WebPost,
} from './sent-records.ts'

// What is said of digests and their parts stands in a file of its own.
export type * from './sent-records.ts'

/** What each namespace holds. Moments are ISO 8601 in UTC. */
export interface Records {
  /** tenant/channel */
  channels: ChannelRecord
  /** tenant/channel */
  settings: ChannelSettings
  /** tenant/channel/subscription */
  subscriptions: SubscriptionRecord
  /** tenant/profile */
  profiles: Profile
  /** channel/paper, for ever: the one record of what a channel and a paper have to do with each other. */
  seen: Seen
  /** channel/paper: the papers that wait for the channel's next digest, or to be asked about in it; an index of `seen`. */
  pending: { readonly at: string }
  /** channel/paper: the papers about which somebody's word is awaited, an index of `seen`. */
  questions: { readonly at: string }
  /** tenant/channel/subscription: what was followed until a moment ago; it goes on being matched while that can be undone. */
  ended: { readonly record: SubscriptionRecord; readonly until: string }
  /** channel/slot/n */
  digests: DigestRecord
  /** channel/slot/n/part */
  parts: PartRecord
  /** channel/slot/n/part: the parts that are neither posted nor given up, an index of `parts`. */
  outbox: { readonly state: PartState['kind'] }
  /** paper/channel: where a paper is posted, and the version that was posted first. */
  postings: Posting
  /** channel/slot/n/part: what a posted part should look like by now. */
  edits: { readonly wanted: string; readonly at: string; readonly notBefore?: string }
  /** channel: what was posted there between a backup and its restore has to be asked of the platform. */
  recalls: RecallRecord
  /** channel/paper/ulid */
  ledger: LedgerStep
  /** `matched` */
  matched: MatchedMark
  /** channel: when the channel's last slot was decided. */
  slots: { readonly lastSlot: string; readonly n: number }
  /** channel/ulid: the web's own messages, in the order in which they were posted. */
  webPosts: WebPost
  /** channel/part key: which of the web's messages holds that part. */
  webParts: { readonly post: string }
  /** tenant/person/…: reading lists and the like. */
  people: Json
  /** tenant/key: arguments too long for a button. */
  actions: { readonly args: readonly string[]; readonly at: string }
  /** job: its last run. */
  jobs: JobRecord
  /** tenant: encrypted tokens. */
  installations: Json
  /** tenant/ulid: who did what. */
  audit: AuditEntry
  meta: Json
}

export interface ChannelRecord {
  readonly channel: ChannelId
  readonly tenant: TenantId
  readonly name: string
  readonly addedAt: string
  /** Why nothing is posted there for now. */
  readonly parked?: { readonly reason: string; readonly until: RefusedUntil; readonly at: string }
}

export interface ChannelSettings {
  /** `immediate`, `daily HH:MM`, `every 6 hours`, `cron …`: digest/schedule-text.ts reads it. */
  readonly schedule: string
  /** IANA. */
  readonly timezone: string
  /** `22:00-07:00` */
  readonly quiet?: string
  /** Papers in one digest; the rest is listed. */
  readonly cap: number
  /** Where it is also said that a posted paper has changed: as a line in its digest's thread; without it in the paper's place alone. */
  readonly updates?: 'thread'
  /** No digest before `until`, or before someone resumes them; `by` is the actor's id. */
  readonly paused?: { readonly by: string; readonly until?: string }
}

/** From when on a subscription matches: what was announced before is not news to it. */
export interface Since {
  readonly catalogId: string
  readonly seq: number
  /** The sources' own marks of what had been announced, by source. */
  readonly announcedThrough: Readonly<Record<string, string>>
}

export interface MatchedMark extends Since {}

export interface Narrowing {
  /** Only papers in one of these categories. */
  readonly only?: readonly string[]
  /** Not papers with one of these words in title or abstract. */
  readonly without?: readonly string[]
  /** Only papers with the author in this place of the byline. */
  readonly position?: 'first' | 'last'
}

export type FollowsRecord =
  | { readonly kind: 'author'; readonly profile: string }
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'category'; readonly category: string }

export interface SubscriptionRecord {
  readonly id: string
  readonly channel: ChannelId
  readonly follows: FollowsRecord
  readonly narrowing: Narrowing
  readonly since: Since
  /** The actor's id and the name they are known by. */
  readonly by: { readonly id: string; readonly name: string }
  readonly at: string
  /** What it matches `from` that moment `until` this one, or until somebody says otherwise, is not posted. */
  readonly muted?: { readonly by: string; readonly from: string; readonly until?: string }
  /** Who asked to be called when it has a paper. */
  readonly mentions?: readonly MentionedPerson[]
}

export type Confidence = 'certain' | 'likely' | 'possible'

/** Why a paper concerns a channel: one subscription's view of it. */
export interface Reason {
  readonly subscription: string
  /** The followed author, query or category, for people. */
  readonly label: string
  readonly kind: 'author' | 'query' | 'category'
  /** The name in the byline, where an author is followed. */
  readonly author?: string
  /** Zero-based place in the byline. */
  readonly position?: number
  readonly confidence: Confidence
  readonly evidence: readonly string[]
  /** What an author was weighed at; missing where an id or somebody's word decided, and in what was matched before scores were kept. */
  readonly score?: Score
}

export type SeenState =
  | { readonly state: 'baseline' }
  /** `askedIn`: the digest that asked, or whose list of questions it went to. */
  | { readonly state: 'asked'; readonly askedIn?: string }
  | { readonly state: 'pending' }
  | { readonly state: 'digested'; readonly digest: string; readonly part: number }
  | {
      readonly state: 'posted'
      /** Not known of a post of which only the platform knew, after a backup was restored. */
      readonly digest?: string
      readonly part?: number
      readonly receipt: Receipt
      readonly version?: number
      readonly hash: string
    }
  | { readonly state: 'listed'; readonly digest: string }
  /** `why`: a person says so; without it the platform would not have it. */
  | { readonly state: 'refused'; readonly by: string; readonly why?: 'not-theirs' }
  /** `why`: somebody muted what it came for; without it nobody follows that any more. */
  | { readonly state: 'muted'; readonly why?: 'silenced' }
  | { readonly state: 'parked'; readonly reason: string; readonly digest: string; readonly part: number }

export type Seen = SeenState & { readonly at: string; readonly reasons: readonly Reason[] }

export interface JobRecord {
  readonly startedAt: string
  readonly endedAt?: string
  readonly error?: string
}

export interface AuditEntry {
  readonly at: string
  readonly actor: string
  readonly channel: ChannelId
  readonly what: string
  /** What takes it back, while `until` has not passed. */
  readonly undo?: Undo & { readonly until: string }
}

export type Undo =
  | { readonly action: 'subscribe' | 'unsubscribe'; readonly subscriptions: readonly SubscriptionRecord[] }
  /** The subscriptions as they were before. */
  | { readonly action: 'mute'; readonly since: string; readonly subscriptions: readonly SubscriptionRecord[] }
  | { readonly action: 'move'; readonly to: ChannelId }
  | { readonly action: 'correction'; readonly correction: Correction }
  | { readonly action: 'also'; readonly joining: Joining }
  | { readonly action: 'split'; readonly splitting: Splitting }

/** What it changed that some who were followed are one. */
export interface Joining {
  /** The profile's key within its tenant. */
  readonly profile: string
  readonly learnt: ProfileDifference
  /** Those that went up in it. */
  readonly subscriptions: readonly SubscriptionRecord[]
}

/** What it changed that papers of one who was followed are another's. */
export interface Splitting {
  /** The profile's key within its tenant. */
  readonly profile: string
  readonly learnt: ProfileDifference
  /** Papers that waited, or were asked about. */
  readonly seen: readonly { readonly paper: PaperId; readonly before: Seen; readonly after: Seen }[]
}

/** What somebody's word on a paper changed. */
export interface Correction {
  readonly paper: PaperId
  readonly subscription: string
  /** The profile's key within its tenant. */
  readonly profile: string
  readonly learnt: ProfileDifference
  readonly seen?: { readonly before: Seen; readonly after: Seen }
}
