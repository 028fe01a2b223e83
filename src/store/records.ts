import type { ChannelId, TenantId } from '../message/channel.ts'
import type { Message } from '../message/message.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Profile } from '../people/profile.ts'
import type { ProfileDifference } from '../people/profile-difference.ts'
import type { Json } from './json.ts'

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
  edits: { readonly wanted: string; readonly at: string }
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
}

export type SeenState =
  | { readonly state: 'baseline' }
  /** `askedIn`: the digest that asked, or whose list of questions it went to. */
  | { readonly state: 'asked'; readonly askedIn?: string }
  | { readonly state: 'pending' }
  | { readonly state: 'digested'; readonly digest: string; readonly part: number }
  | {
      readonly state: 'posted'
      readonly digest: string
      readonly part: number
      readonly receipt: Receipt
      readonly version?: number
      readonly hash: string
    }
  | { readonly state: 'listed'; readonly digest: string }
  /** `why`: a person says so; without it the platform would not have it. */
  | { readonly state: 'refused'; readonly by: string; readonly why?: 'not-theirs' }
  | { readonly state: 'muted' }
  | { readonly state: 'parked'; readonly reason: string; readonly digest: string; readonly part: number }

export type Seen = SeenState & { readonly at: string; readonly reasons: readonly Reason[] }

/** What the platform says of a posted part; `id` means something only to its driver, and is empty where a person told us that the part is there. */
export interface Receipt {
  readonly id: string
  readonly url?: string
  /** The parent's id, for a part that stands in a thread. */
  readonly parent?: string
}

/** What one channel gets at one slot; immutable. */
export interface DigestRecord {
  readonly id: string
  readonly channel: ChannelId
  /** The instant at which it fell due. */
  readonly slot: string
  readonly n: number
  readonly decidedAt: string
  /** Since when its papers waited, where slots were missed and it covers several days. */
  readonly since?: string
  /** Papers by part, in order. */
  readonly parts: readonly (readonly DigestItem[])[]
  readonly listed: readonly DigestItem[]
  /** Papers that are perhaps somebody's, asked about at the end of the last part. */
  readonly questions?: readonly DigestItem[]
  /** How many more there are, in the channel's list of questions. */
  readonly moreQuestions?: number
}

export interface DigestItem {
  readonly paper: PaperId
  readonly reasons: readonly Reason[]
}

export type RefusedUntil = 'invited' | 'permitted' | 'plainer' | 'never'

/** How a part is written, when not as usual. */
export interface Manner {
  /** Nothing but text: the platform would not have it otherwise. */
  readonly plain?: true
  /** Marked "(may repeat)": whether it stands there already can't be told. */
  readonly mayRepeat?: true
  /** Outside its digest's thread, whose first message is gone. */
  readonly alone?: true
}

/** What an open part carries through its states. */
export interface PartCourse {
  /** The number of the next or last request, from 1. */
  readonly attempt: number
  readonly manner?: Manner
  /** Requests whose outcome could not be told: the first one's moment, and how many. */
  readonly doubt?: { readonly since: string; readonly times: number }
}

/** What was asked of the platform, kept so that a part found later is recorded as it was sent. */
export interface SentContent {
  readonly hash: string
  readonly papers: readonly { readonly id: PaperId; readonly version?: number }[]
  readonly parent?: Receipt
}

export type PartState =
  | (PartCourse & { readonly kind: 'ready'; readonly notBefore?: string })
  | (PartCourse & { readonly kind: 'sending'; readonly startedAt: string; readonly sent: SentContent })
  /** Whether it was posted can't be told yet: it is looked for at `lookAt`. */
  | (PartCourse & {
      readonly kind: 'unknown'
      readonly startedAt: string
      readonly sent: SentContent
      readonly cause: string
      readonly lookAt: string
      /** Looks that found it absent for certain, and looks that failed. */
      readonly absences: number
      readonly failures: number
      /** A day has passed: where it still can't be looked for, it is posted marked. */
      readonly overdue?: true
    })
  | {
      readonly kind: 'posted'
      readonly receipt: Receipt
      readonly postedAt: string
      readonly hash: string
      readonly manner?: Manner
    }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `unknown`: whether it was posted can't be told; an admin is asked, and at `retryAt` it is looked for once more and posted. */
  | (PartCourse & {
      readonly kind: 'parked'
      readonly why: 'unknown' | 'refused'
      readonly reason: string
      readonly until: RefusedUntil | 'answered'
      readonly at: string
      readonly startedAt?: string
      readonly sent?: SentContent
      readonly retryAt?: string
      /** An admin was told. */
      readonly told?: true
    })

export interface PartRecord {
  readonly digest: string
  readonly channel: ChannelId
  readonly slot: string
  readonly n: number
  readonly part: number
  readonly of: number
  /** Known to the platform: what a driver looks for when it can't tell whether the part was posted. */
  readonly key: string
  readonly papers: readonly PaperId[]
  readonly state: PartState
}

/** An index of `seen` by paper, for what is to be said of a paper later on. */
export interface Posting {
  readonly slot: string
  readonly n: number
  readonly part: number
  readonly version?: number
}

export interface LedgerStep {
  readonly at: string
  readonly what:
    | 'matched'
    /** Perhaps theirs: it waits for someone's word and is posted by no digest. */
    | 'asked'
    /** Somebody says that it is theirs. */
    | 'confirmed'
    | 'digested'
    | 'listed'
    | 'sending'
    | 'posted'
    | 'unknown'
    | 'parked'
    | 'refused'
    | 'resumed'
    | 'edited'
    | 'not-them'
    /** A correction was taken back. */
    | 'undone'
    /** Nobody here follows it any more. */
    | 'muted'
    | 'baseline'
  readonly detail?: string
}

export interface WebPost {
  readonly key: string
  readonly channel: ChannelId
  readonly part: string
  readonly postedAt: string
  readonly editedAt?: string
  readonly message: Message
  readonly papers: readonly { readonly id: PaperId; readonly version?: number }[]
}

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
  readonly undo?:
    | {
        readonly until: string
        readonly action: 'subscribe' | 'unsubscribe'
        readonly subscriptions: readonly SubscriptionRecord[]
      }
    | { readonly until: string; readonly action: 'correction'; readonly correction: Correction }
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
