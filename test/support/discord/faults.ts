import type { Random } from '../../../src/random.ts'
import { type Scope as AnyScope, createFaultBoard, type FaultBoard, type Switches } from '../fault-board.ts'
import type { RouteName } from './routes.ts'

interface Scope extends AnyScope {
  /** Only requests of these routes; without it of all. */
  readonly routes?: readonly RouteName[]
}

/** What can go wrong on the way there, in the servers, and on the way back. Faults of different names add up. */
export interface Faults {
  /** The connection ends before anything happened. */
  readonly dropped: Scope
  /** 500 in place of the effect. */
  readonly failedBefore: Scope & { readonly status?: number }
  /** 429 in place of the effect, whatever the buckets say. */
  readonly rateLimited: Scope & { readonly retryAfterMs: number; readonly scope?: 'user' | 'global' | 'shared' }
  /** The effect comes this much later, though the client is gone by then. */
  readonly late: Scope & { readonly ms: number }
  /** The effect, and then the connection ends without an answer. */
  readonly replyLost: Scope
  /** The effect, and then 500. */
  readonly failedAfter: Scope & { readonly status?: number }
  /** The effect, and then a page that is no JSON, with status 200. */
  readonly garbage: Scope
  /** The effect at once, the answer this much later. */
  readonly slow: Scope & { readonly ms: number }
  /** The gateway closes every connection as it comes. */
  readonly gatewayDown: Scope
}

export type FaultName = keyof Faults

export type FaultSwitches = Switches<Faults>

export type ActiveFaults = FaultBoard<Faults, RouteName>

export function createFaults(random: Random): ActiveFaults {
  return createFaultBoard(random, (settings) => settings.routes)
}
