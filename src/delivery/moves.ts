import { isoAt } from '../clock.ts'
import type { LedgerStep, PartCourse, PartState, Receipt, RefusedUntil, SentContent } from '../store/records.ts'
import type { FindResult, PostResult } from './platform.ts'

/** How a part goes from one state to the next; commitMove writes it together with all that follows from it. */
export interface Move {
  readonly state: PartState
  /** What the ledger of its papers says of it. */
  readonly step?: LedgerStep['what']
  readonly detail?: string
  /** The papers as they were written, where they were posted. */
  readonly papers?: SentContent['papers']
  /** The whole channel waits until somebody resumes it. */
  readonly parksChannel?: { readonly reason: string; readonly until: RefusedUntil }
}

export type StateOf<Kind extends PartState['kind']> = Extract<PartState, { readonly kind: Kind }>

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A look that failed is repeated after 15 s, twice that, and so on: ten failures are more than an hour. */
const FAILED_LOOKS = 10
const FAILED_LOOKS_OVERDUE = 3
const LONGEST_PAUSE = 15 * MINUTE

/** From this many requests of unknown outcome on, a part is written plainly: some contents are answered with a 500 each time. */
const PLAIN_FROM = 3
/** After this many the part is given a day's rest, when it alone is at fault. */
const TIRED_FROM = 6

/** Permits one request; committed before it is made. */
export function begin(
  state: StateOf<'ready'>,
  sent: SentContent,
  now: number,
): Move & { readonly state: StateOf<'sending'> } {
  const details = [
    ...(state.attempt > 1 ? [`attempt ${state.attempt}`] : []),
    ...(state.manner?.mayRepeat ? ['marked "(may repeat)"'] : []),
  ]
  return {
    state: { kind: 'sending', ...courseOf(state), startedAt: isoAt(now), sent },
    step: 'sending',
    ...(details.length === 0 ? {} : { detail: details.join(', ') }),
  }
}

/** What the platform's answer makes of a part that was being sent; `inThreadAlone`: outside its thread it would be a second post. */
export function settlePost(
  state: StateOf<'sending'>,
  result: PostResult,
  now: number,
  settleMs: number,
  inThreadAlone = false,
): Move {
  const again = { ...courseOf(state), kind: 'ready', attempt: state.attempt + 1 } as const
  switch (result.kind) {
    case 'posted':
      return posted(state, state.sent, result.receipt, now)
    case 'throttled':
      return { state: { ...again, notBefore: isoAt(now + throttleMs(result.retryAfterMs)) } }
    case 'unknown':
      return doubt(state, result.cause, now, settleMs)
    case 'refused': {
      const reason = result.detail === '' ? result.reason : `${result.reason}: ${result.detail}`
      if (inThreadAlone && result.reason === 'message-gone') {
        return { state: { kind: 'refused', reason }, step: 'refused', detail: reason }
      }
      if (result.reason === 'message-gone' && state.sent.parent !== undefined) {
        return { state: { ...again, manner: { ...state.manner, alone: true } } }
      }
      if (result.until === 'plainer' && state.manner?.plain !== true) {
        return { state: { ...again, manner: { ...state.manner, plain: true } } }
      }
      if (result.until === 'never' || result.until === 'plainer') {
        const refused: Move = { state: { kind: 'refused', reason }, step: 'refused', detail: reason }
        return result.reason === 'channel-gone' ? { ...refused, parksChannel: { reason, until: 'never' } } : refused
      }
      return {
        ...park(state, 'refused', reason, result.until, now),
        parksChannel: { reason, until: result.until },
      }
    }
  }
}

/** The outcome can't be told: the part is looked for once a late request must have landed. */
export function doubt(state: StateOf<'sending'>, cause: string, now: number, settleMs: number): Move {
  const began = Date.parse(state.startedAt)
  const times = (state.doubt?.times ?? 0) + 1
  return {
    state: {
      ...courseOf(state),
      kind: 'unknown',
      startedAt: state.startedAt,
      sent: state.sent,
      doubt: { since: state.doubt?.since ?? state.startedAt, times },
      cause,
      // A clock that was set back must not make it wait for more than one settling time.
      lookAt: isoAt(Math.min(began, now) + settleMs),
      absences: 0,
      failures: 0,
    },
    step: 'unknown',
    detail: cause,
  }
}

/**
 * What a look makes of a part of unknown outcome; `failed` is a look that ended without an answer. Only the second
 * definite absence permits another request. `aloneAtFault`: the platform takes other parts meanwhile.
 */
export function settleLook(
  state: StateOf<'unknown'>,
  look: FindResult | { readonly kind: 'failed'; readonly why: string },
  now: number,
  options: { readonly settleMs: number; readonly aloneAtFault: boolean },
): Move {
  switch (look.kind) {
    case 'found':
      return posted(state, state.sent, look.receipt, now, 'found after its outcome was unknown')
    case 'cannot-look':
      if (state.overdue) return sendMarked(state)
      return parkUnknown(state, `${state.cause}; looking for it is not possible: ${look.why}`, now)
    case 'failed': {
      const failures = state.failures + 1
      if (state.overdue && failures >= FAILED_LOOKS_OVERDUE) return sendMarked(state)
      if (failures >= FAILED_LOOKS) {
        return parkUnknown(state, `${state.cause}; looking for it failed ${failures} times: ${look.why}`, now)
      }
      const pause = Math.min(LONGEST_PAUSE, secondLookMs(options.settleMs) * 2 ** (failures - 1))
      return { state: { ...state, failures, lookAt: isoAt(now + pause) } }
    }
    case 'absent': {
      if (state.absences === 0) {
        return { state: { ...state, absences: 1, lookAt: isoAt(now + secondLookMs(options.settleMs)) } }
      }
      const times = state.doubt?.times ?? 1
      const old = now - Date.parse(state.doubt?.since ?? state.startedAt) >= DAY
      if (times >= TIRED_FROM && (options.aloneAtFault || old)) {
        const reason = `${times} requests came to nothing: ${state.cause}`
        return retriedTomorrow(park(state, 'refused', reason, 'answered', now), now)
      }
      return {
        state: {
          ...courseOf(state),
          kind: 'ready',
          attempt: state.attempt + 1,
          ...(times >= PLAIN_FROM ? { manner: { ...state.manner, plain: true } } : {}),
        },
      }
    }
  }
}

/** Rendering it failed: an admin is asked, and after a day it is tried again. */
export function parkUnwritable(state: StateOf<'ready'>, reason: string, now: number): Move {
  return retriedTomorrow(park(state, 'refused', reason, 'answered', now), now)
}

/** A parked part is sent again. */
export function sendAgain(state: StateOf<'parked'>): Move {
  return { state: { ...courseOf(state), kind: 'ready', attempt: state.attempt + 1 }, step: 'resumed' }
}

/** A parked part is looked for again where its outcome is unknown, for looking may be possible by now, and sent again otherwise. */
export function resume(state: StateOf<'parked'>, now: number): Move {
  const { startedAt, sent } = state
  if (state.why !== 'unknown' || startedAt === undefined || sent === undefined) return sendAgain(state)
  return {
    state: {
      ...courseOf(state),
      kind: 'unknown',
      startedAt,
      sent,
      cause: state.reason,
      lookAt: isoAt(now),
      absences: 0,
      failures: 0,
      ...(now - Date.parse(startedAt) >= DAY && state.manner?.mayRepeat === undefined ? { overdue: true } : {}),
    },
    step: 'resumed',
  }
}

/** A person says that the part stands in the channel; the receipt's id is empty when looking did not find it. */
export function toldPosted(state: StateOf<'parked'>, receipt: Receipt, now: number): Move {
  return posted(state, state.sent, receipt, now, 'an admin says that it is there')
}

/** The part's channel is no more, and nothing that anybody does brings it back. */
export function lostChannel(reason: string): Move {
  return { state: { kind: 'refused', reason }, step: 'refused', detail: reason }
}

/** A person gives the part up. */
export function dropped(): Move {
  return {
    state: { kind: 'refused', reason: 'dropped by an admin' },
    step: 'refused',
    detail: 'dropped by an admin',
  }
}

/** How long a platform's request to wait is taken to be: at least a second, at most a day, 30 s when it makes no sense. */
export function throttleMs(retryAfterMs: number): number {
  return Number.isFinite(retryAfterMs) ? Math.min(Math.max(retryAfterMs, 1000), DAY) : 30_000
}

/** 15 s with the usual settling time of 90 s, and as much shorter as that is. */
function secondLookMs(settleMs: number): number {
  return settleMs / 6
}

function posted(
  course: PartCourse,
  sent: SentContent | undefined,
  receipt: Receipt,
  now: number,
  detail?: string,
): Move {
  return {
    state: {
      kind: 'posted',
      receipt,
      postedAt: isoAt(now),
      hash: sent?.hash ?? '',
      ...(course.manner === undefined ? {} : { manner: course.manner }),
    },
    step: 'posted',
    ...(sent === undefined ? {} : { papers: sent.papers }),
    ...(detail === undefined ? {} : { detail }),
  }
}

/** A part that was marked already is not posted once more by itself: a person has to say so. */
function parkUnknown(state: StateOf<'unknown'>, reason: string, now: number): Move {
  const parked = park(state, 'unknown', reason, 'answered', now)
  if (state.manner?.mayRepeat) return parked
  return { ...parked, state: { ...parked.state, retryAt: isoAt(Date.parse(state.startedAt) + DAY) } }
}

function sendMarked(state: StateOf<'unknown'>): Move {
  const manner = { ...state.manner, mayRepeat: true } as const
  return { state: { ...courseOf(state), kind: 'ready', attempt: state.attempt + 1, manner } }
}

function retriedTomorrow(parked: Move & { readonly state: StateOf<'parked'> }, now: number): Move {
  return { ...parked, state: { ...parked.state, retryAt: isoAt(now + DAY) } }
}

function park(
  state: StateOf<'ready' | 'sending' | 'unknown'>,
  why: 'unknown' | 'refused',
  reason: string,
  until: RefusedUntil | 'answered',
  now: number,
): Move & { readonly state: StateOf<'parked'> } {
  return {
    state: {
      ...courseOf(state),
      kind: 'parked',
      why,
      reason,
      until,
      at: isoAt(now),
      ...(state.kind === 'ready' ? {} : { startedAt: state.startedAt, sent: state.sent }),
    },
    step: 'parked',
    detail: reason,
  }
}

function courseOf(state: PartCourse): PartCourse {
  return {
    attempt: state.attempt,
    ...(state.manner === undefined ? {} : { manner: state.manner }),
    ...(state.doubt === undefined ? {} : { doubt: state.doubt }),
  }
}
