import type { Random } from '../../../src/random.ts'
import type { RouteName } from './routes.ts'

interface Scope {
  /** Only requests of these routes; without it of all. */
  readonly routes?: readonly RouteName[]
  /** Only requests that name this channel. */
  readonly channel?: string
  /** How many requests it befalls; without it all until it is switched off. */
  readonly times?: number
  /** How likely each is to be befallen, 0 to 1; without it certain. */
  readonly chance?: number
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

export interface FaultSwitches {
  /** Switches a fault on; on again replaces its settings. */
  on<Name extends FaultName>(name: Name, settings: Faults[Name]): void
  off(name: FaultName): void
  allOff(): void
}

export interface ActiveFaults extends FaultSwitches {
  /** The settings of a fault that befalls this request, counted against `times`. */
  befalls<Name extends FaultName>(name: Name, route?: RouteName, channel?: string): Faults[Name] | undefined
}

/** A board of switches, all off. */
export function createFaults(random: Random): ActiveFaults {
  const active: { -readonly [Name in FaultName]?: Faults[Name] } = {}
  const left = new Map<FaultName, number>()
  return {
    on(name, settings) {
      active[name] = settings
      left.set(name, settings.times ?? Number.POSITIVE_INFINITY)
    },
    off(name) {
      left.delete(name)
    },
    allOff() {
      left.clear()
    },
    befalls(name, route, channel) {
      const settings = settingsOf<Faults, typeof name>(active, name)
      const remaining = left.get(name) ?? 0
      if (settings === undefined || remaining <= 0) return undefined
      if (settings.routes !== undefined && (route === undefined || !settings.routes.includes(route))) return undefined
      if (settings.channel !== undefined && settings.channel !== channel) return undefined
      if (settings.chance !== undefined && random.next() >= settings.chance) return undefined
      left.set(name, remaining - 1)
      return settings
    },
  }
}

function settingsOf<All, Name extends keyof All>(all: Partial<All>, name: Name): All[Name] | undefined {
  return all[name]
}
