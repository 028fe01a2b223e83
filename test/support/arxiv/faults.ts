/** Which of arXiv's three services a request goes to. */
export type Door = 'oai' | 'api' | 'feed'

interface Scope {
  /** Only requests of this service. */
  readonly door?: Door
  /** How many requests it befalls; without it all until it is switched off. */
  readonly times?: number
}

/** What can go wrong, each with where it was seen. */
export interface Faults {
  /** 429 "Rate exceeded." as plain text; `retryAfter` is the header's value, seconds or a date. */
  readonly rateLimited: Scope & { readonly retryAfter?: string }
  /** 503 with Retry-After in seconds. */
  readonly unavailable: Scope & { readonly retryAfter: number }
  /** 403 with an HTML page "Access Denied" (info.arxiv.org/help/robots). */
  readonly forbidden: Scope
  /** An HTML page in place of the answer, status 200. */
  readonly htmlPage: Scope
  /** The document ends early while the transport is whole; `keep` is the part that comes, 0 to 1. */
  readonly truncated: Scope & { readonly keep?: number }
  /** The connection drops in the middle of the body. */
  readonly dropped: Scope & { readonly keep?: number }
  /** The answer takes this long. */
  readonly slow: Scope & { readonly ms: number }
  /** Query API: pages from `start` on (1 unless told) come without entries, the total stands (lukasschwab/arxiv.py#43). */
  readonly emptyPage: Scope & { readonly start?: number }
  /** Query API: the total is another on each page. */
  readonly shiftingTotals: Scope
  /** Query API: sortBy and sortOrder count for nothing (November 2025). */
  readonly sortIgnored: Scope
  /** OAI lists leave these numbers out on the day of their datestamp, UTC, and have them from the next (scirate/scirate#500). */
  readonly missingRun: Scope & { readonly ids: readonly string[] }
  /** Feeds leave these numbers out (hundreds of a category were, while its feed looked current). */
  readonly missingItems: Scope & { readonly ids: readonly string[] }
  /** What is announced shows so much later: metadata come "typically" at 22:30 (info.arxiv.org/help/oa). */
  readonly late: Scope & { readonly ms: number }
  /** OAI: a noRecordsMatch, once given, is given again for the same request until 00:00 UTC. */
  readonly pinnedEmpty: Scope
  /** OAI: every resumption token is refused. */
  readonly expiredToken: Scope
  /** OAI: these records are deleted, from the moment of switching on. */
  readonly deleted: Scope & { readonly ids: readonly string[] }
  /** The feeds that include this category are still those of the listing before. */
  readonly staleFeed: Scope & { readonly category: string }
  /** All that is not ASCII comes as numeric character references, decimal and hexadecimal. */
  readonly numericReferences: Scope
}

export type FaultName = keyof Faults

export interface FaultSwitches {
  /** Switches a fault on, at `now` of the fake's clock; on again replaces its settings. */
  on<Name extends FaultName>(name: Name, settings: Faults[Name]): void
  off(name: FaultName): void
  allOff(): void
}

export interface ActiveFaults extends FaultSwitches {
  /** The settings of a fault that befalls a request to this service, with the instant of switching on; counts the request against `times`. */
  befalls<Name extends FaultName>(
    name: Name,
    door: Door | undefined,
  ): (Faults[Name] & { readonly since: number }) | undefined
}

export type Switched<Settings> = Settings & { readonly since: number }

/** A board of switches, all off. */
export function createFaults(now: () => number): ActiveFaults {
  const active: { -readonly [Name in FaultName]?: Faults[Name] } = {}
  const since = new Map<FaultName, number>()
  const left = new Map<FaultName, number>()
  return {
    on(name, settings) {
      active[name] = settings
      since.set(name, now())
      left.set(name, settings.times ?? Number.POSITIVE_INFINITY)
    },
    off(name) {
      left.delete(name)
    },
    allOff() {
      left.clear()
    },
    befalls(name, door) {
      const settings = settingsOf<Faults, typeof name>(active, name)
      const remaining = left.get(name) ?? 0
      if (settings === undefined || remaining <= 0) return undefined
      if (settings.door !== undefined && settings.door !== door) return undefined
      left.set(name, remaining - 1)
      return { ...settings, since: since.get(name) ?? now() }
    },
  }
}

function settingsOf<All, Name extends keyof All>(all: Partial<All>, name: Name): All[Name] | undefined {
  return all[name]
}
