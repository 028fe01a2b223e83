import type { Random } from '../../../src/random.ts'
import { type Scope as AnyScope, createFaultBoard, type FaultBoard, type Switches } from '../fault-board.ts'
import type { MethodName } from './rules.ts'

/** A method, the posts to response_urls, or the uploads of files. */
export type Target = MethodName | 'response_url' | 'upload'

interface Scope extends AnyScope {
  /** Only calls of these; without it of all. */
  readonly methods?: readonly Target[]
}

/** What can go wrong on the way there, in the servers, and on the way back. Faults of different names add up. */
export interface Faults {
  /** The connection ends before anything happened. */
  readonly dropped: Scope
  /** 5xx in place of the effect. */
  readonly failedBefore: Scope & { readonly status?: number }
  /** 429 in place of the effect, whatever the buckets say. */
  readonly rateLimited: Scope & { readonly retryAfterMs: number; readonly withoutHeader?: boolean }
  /** An error of Slack's in place of the effect, e.g. `fatal_error`, `team_access_not_granted`. */
  readonly refused: Scope & { readonly error: string }
  /** The effect comes this much later, though the client is gone by then. */
  readonly late: Scope & { readonly ms: number }
  /** The effect, and then the connection ends without an answer. */
  readonly replyLost: Scope
  /** The effect, and then 5xx. */
  readonly failedAfter: Scope & { readonly status?: number }
  /** The effect, and then `{ ok: false }` with this error: `fatal_error` and `internal_error` may mean so (chat.postMessage). */
  readonly deniedAfter: Scope & { readonly error?: string }
  /** The effect, and then a page that is no JSON, with status 200. */
  readonly garbage: Scope
  /** The effect at once, the answer this much later. */
  readonly slow: Scope & { readonly ms: number }
  /** Socket Mode connections are closed as they come. */
  readonly socketDown: Scope
}

export type FaultName = keyof Faults

export type FaultSwitches = Switches<Faults>

export type ActiveFaults = FaultBoard<Faults, Target>

export function createFaults(random: Random): ActiveFaults {
  return createFaultBoard(random, (settings) => settings.methods)
}
