import type { ChannelId } from '../message/channel.ts'
import type { Message } from '../message/message.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Reason } from './records.ts'

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
  /** Two lines a paper, as it was decided: an edit keeps the form in which it was posted. Digests of before there were two forms are full. */
  readonly brief?: true
  /** Of papers that may stand in the channel already, and so may what it lists. */
  readonly mayRepeat?: true
  /** Who asked to be called when these papers come, and in which part (they count from 1). */
  readonly mentions?: readonly DigestMention[]
}

export interface DigestMention {
  readonly id: string
  readonly name: string
  readonly part: number
  /** What of it they asked for, for people. */
  readonly labels: readonly string[]
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
  readonly papers: readonly SentPaper[]
  readonly parent?: Receipt
}

/** A paper as it stood in a message, so that what became of it since can be told. */
export interface SentPaper extends PostedAs {
  readonly id: PaperId
}

export interface PostedAs {
  readonly version?: number
  /** A short fingerprint of its title; where it is missing, nothing is known but the version. */
  readonly titled?: string
  /** It had been published, or withdrawn, already. */
  readonly published?: true
  readonly withdrawn?: true
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
  /** A line in the digest's thread, in place of papers: what became of one. */
  readonly update?: { readonly paper: PaperId; readonly note: string }
  readonly state: PartState
}

/** An index of `seen` by paper, for what is to be said of a paper later on. */
export interface Posting extends PostedAs {
  readonly slot: string
  readonly n: number
  readonly part: number
  /** When its publication was learnt of, where that was later. */
  readonly publishedAt?: string
  /** What was said of it last, in the digest's thread. */
  readonly told?: string
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
  /** The post under which it stands, as a line in its thread. */
  readonly under?: string
  readonly message: Message
  readonly papers: readonly { readonly id: PaperId; readonly version?: number }[]
}
