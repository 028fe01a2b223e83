import type { Learnt } from '../catalog/change.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import type { Json } from '../store/json.ts'

/** Where papers are learnt of. */
export interface Source {
  readonly name: string
  /** As people write it, `arXiv`; the name where it is left out. */
  readonly title?: string
  /**
   * One pass, oldest first, safe to repeat: each batch goes into the catalogue together with its cursor before the next
   * is asked for. It decides by the memory what to ask for, and yields nothing when nothing is due.
   * Rejects with a SourceError when an answer can't be believed; what was yielded before stands.
   */
  harvest(memory: SourceMemory, options: HarvestOptions): AsyncIterable<Batch>
  /** Fills the catalogue backwards, with history only; safe to stop anywhere and to repeat. Has a cursor of its own: `backfill` of the memory. */
  backfill?(memory: SourceMemory, options: { readonly signal: AbortSignal }): AsyncIterable<Batch>
  /** How complete we are, told from the memory alone. */
  status(memory: SourceMemory, now: number): SourceStatus
  /** The highest mark announced so far, kept with a subscription's `since`. */
  announcedThrough(memory: SourceMemory): string | undefined
  /** The mark below which no announcement is left to come, from which a rebuilt catalogue goes on; without it the highest one announced. */
  settledThrough?(memory: SourceMemory): string | undefined
  /** Live search at the source, for what the catalogue does not hold. Rate-limited: `wait` says how long it may take. */
  search?(query: string, limit: number, signal: AbortSignal): Promise<readonly Learnt[]>
  /** The papers of several authors in as few requests as can be; always history. */
  historyOf?(names: readonly string[], signal: AbortSignal): Promise<readonly Learnt[]>
  /** By id; unknown ids are left out. */
  fetch?(ids: readonly PaperId[], signal: AbortSignal): Promise<readonly Learnt[]>
  /** Asks for something small, only to be answered: each answer says what time it is. */
  askTime?(signal: AbortSignal): Promise<unknown>
  /** How long an interactive request would wait now, in milliseconds. */
  wait?(): number
}

/** What a source is called in a sentence. */
export function titleOf({ name, title = name }: Pick<Source, 'name' | 'title'>): string {
  return title
}

/** What the catalogue keeps for a source. */
export interface SourceMemory {
  /** Epoch ms: since when anything is followed, while the first harvest is not complete: what is announced later is news, though it learns of it as a first one. */
  readonly followedSince?: number
  readonly cursor?: Json
  /** Where its filling backwards stands. */
  readonly backfill?: Json
  /** The mark through which an earlier catalogue was settled when it was last matched, so that a rebuilt one misses nothing that is news. */
  readonly announcedThrough?: string
}

export interface HarvestOptions {
  readonly signal: AbortSignal
  /** `YYYY-MM-DD`: where a first harvest begins; without it two days back. */
  readonly since?: string
}

export interface Batch {
  readonly records: readonly Learnt[]
  readonly cursor: Json
}

export type SourceState = 'fresh' | 'waiting' | 'quiet' | 'stalled' | 'failed'

export interface SourceStatus {
  readonly name: string
  readonly state: SourceState
  /** Every paper announced up to this day (US Eastern for arXiv) is in the catalogue; null when that can't be said. */
  readonly completeThrough: string | null
  /** One sentence for people. */
  readonly detail: string
  readonly sets: readonly {
    readonly set: string
    readonly state: SourceState
    readonly lastSuccess?: string
    readonly detail?: string
  }[]
  /** What became of each day's announcement, newest first. */
  readonly days?: readonly LedgerDay[]
  /** What an admin is to be told of, once, and once more when it is over. */
  readonly alarms?: readonly Alarm[]
  /** How far back the catalogue is to reach, and does. */
  readonly reach?: Reach
}

/** One day of a source's own count: assigned = announced + withheld + pending. */
export interface LedgerDay {
  /** `YYYY-MM-DD`, the evening (US Eastern for arXiv) of the announcement. */
  readonly day: string
  /** `quiet`: the calendar has none; `silent`: there was none after all; `awaited`: none is in yet. */
  readonly kind: 'announced' | 'quiet' | 'silent' | 'awaited'
  readonly assigned: number
  readonly announced: number
  readonly withheld: number
  readonly pending: number
  readonly isComplete: boolean
  /** What each witness showed first, by archive of the first category. */
  readonly sets: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Epoch milliseconds. */
  readonly pendingSince?: number
  /** The first few that are pending. */
  readonly missing?: readonly string[]
}

export interface Alarm {
  /** The same for as long as it is the same trouble. */
  readonly key: string
  readonly text: string
  /** What is said when it is over. */
  readonly over: string
}

export interface Reach {
  /** `YYYY-MM-DD`: everything changed since then is in; absent where nothing was read yet. */
  readonly back?: string
  /** `YYYY-MM-DD`: as far as it is to go. */
  readonly since: string
  readonly isDone: boolean
  readonly records: number
}

export type SourceFailure = 'unreachable' | 'throttled' | 'forbidden' | 'unreadable' | 'rejected' | 'aborted'

/** A source that does not answer as it should; expected, and never the end of the process. */
export class SourceError extends Error {
  readonly failure: SourceFailure
  readonly retryAfterMs: number | undefined

  constructor(
    failure: SourceFailure,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.name = 'SourceError'
    this.failure = failure
    this.retryAfterMs = options.retryAfterMs
  }
}

/** For `parse --source`: a whole recorded answer to papers; throws SourceError when it is broken, never gives a part. */
export type AnswerParser = (body: string) => readonly Paper[]
