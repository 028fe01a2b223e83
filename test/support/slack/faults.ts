import type { Random } from '../../../src/random.ts'
import type { MethodName } from './rules.ts'

/** A method, the posts to response_urls, or the uploads of files. */
export type Target = MethodName | 'response_url' | 'upload'

interface Scope {
  /** Only calls of these; without it of all. */
  readonly methods?: readonly Target[]
  /** Only calls that name this channel. */
  readonly channel?: string
  /** How many calls it befalls; without it all until it is switched off. */
  readonly times?: number
  /** How likely each is to be befallen, 0 to 1; without it certain. */
  readonly chance?: number
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

export interface FaultSwitches {
  /** Switches a fault on; on again replaces its settings. */
  on<Name extends FaultName>(name: Name, settings: Faults[Name]): void
  off(name: FaultName): void
  allOff(): void
}

export interface ActiveFaults extends FaultSwitches {
  /** The settings of a fault that befalls this call, counted against `times`. */
  befalls<Name extends FaultName>(name: Name, method?: Target, channel?: string): Faults[Name] | undefined
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
    befalls(name, method, channel) {
      const settings = settingsOf<Faults, typeof name>(active, name)
      const remaining = left.get(name) ?? 0
      if (settings === undefined || remaining <= 0) return undefined
      if (settings.methods !== undefined && (method === undefined || !settings.methods.includes(method)))
        return undefined
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
