import type { Clock } from '../../clock.ts'

/** Lets requests go as fast as Discord permits, and no faster, by what its answers say of their buckets. */
export interface Pace {
  /** When the request may be made: `wait` in milliseconds, 0 for now, and whose limit it is. `0` counts it as made. */
  ask(route: Route): { readonly waitMs: number; readonly scope: Scope }
  /** What an answer said of its bucket. */
  learn(route: Route, status: number, headers: Headers): void
}

/** A route's bucket is shared by its method and template; within it each channel or server counts for itself. */
export interface Route {
  readonly method: string
  /** With placeholders, e.g. `/channels/:id/messages`. */
  readonly template: string
  /** The channel, server or webhook in it (docs.discord.com, rate limits, top-level resources). */
  readonly major: string
  /** Interactions and their follow-ups are outside the global limit. */
  readonly exempt?: boolean
}

export type Scope = 'channel' | 'platform'

/** Requests a second over all routes (docs.discord.com, rate limits). */
const GLOBAL = 50
const SECOND = 1000
/** A little longer than the second that is meant, for the way there is not always equally long. */
const WINDOW = 1020
/** 10,000 answers of 401, 403 and 429 within ten minutes ban the address; we stop well before. */
const INVALID = 5000
const INVALID_WINDOW = 10 * 60_000
const BUCKETS = 10_000

interface Bucket {
  remaining: number
  resetAt: number
}

export function createPace(clock: Clock): Pace {
  const bucketNames = new Map<string, string>()
  const buckets = new Map<string, Bucket>()
  /** When each of the last requests was made. */
  const recent: number[] = []
  let globalUntil = 0
  let invalid = { count: 0, until: 0 }

  const keyOf = ({ method, template, major }: Route) =>
    `${bucketNames.get(`${method} ${template}`) ?? `${method} ${template}`} ${major}`

  return {
    ask(route) {
      const now = clock.now()
      if (invalid.until > now && invalid.count >= INVALID) return { waitMs: invalid.until - now, scope: 'platform' }
      if (!route.exempt && globalUntil > now) return { waitMs: globalUntil - now, scope: 'platform' }
      const bucket = buckets.get(keyOf(route))
      if (bucket !== undefined && bucket.remaining <= 0 && bucket.resetAt > now)
        return { waitMs: bucket.resetAt - now, scope: 'channel' }
      if (!route.exempt) {
        while (recent.length > 0 && (recent[0] ?? 0) <= now - WINDOW) recent.shift()
        if (recent.length >= GLOBAL) return { waitMs: (recent[0] ?? now) + WINDOW - now, scope: 'platform' }
        recent.push(now)
      }
      if (bucket !== undefined) bucket.remaining--
      return { waitMs: 0, scope: 'channel' }
    },

    learn(route, status, headers) {
      const now = clock.now()
      if (status === 401 || status === 403 || (status === 429 && headers.get('x-ratelimit-scope') !== 'shared')) {
        invalid =
          invalid.until > now ? { ...invalid, count: invalid.count + 1 } : { count: 1, until: now + INVALID_WINDOW }
      }
      const name = headers.get('x-ratelimit-bucket')
      if (name !== null) bucketNames.set(`${route.method} ${route.template}`, name)
      const number = (header: string) => {
        const value = headers.get(header)
        return value === null || !Number.isFinite(Number(value)) ? undefined : Number(value)
      }
      if (status === 429) {
        const until = now + retryAfterMs(headers)
        if (isGlobal(headers)) globalUntil = Math.max(globalUntil, until)
        else buckets.set(keyOf(route), { remaining: 0, resetAt: until })
        return
      }
      const remaining = number('x-ratelimit-remaining')
      const resetAfter = number('x-ratelimit-reset-after')
      if (remaining === undefined || resetAfter === undefined) return
      const known = buckets.get(keyOf(route))
      const resetAt = now + Math.ceil(resetAfter * SECOND)
      // Answers overtake each other: within one window the smallest remainder is the truth.
      const inWindow = known !== undefined && known.resetAt > now && known.remaining < remaining
      buckets.set(keyOf(route), { remaining: inWindow ? known.remaining : remaining, resetAt })
      if (buckets.size > BUCKETS) for (const [key, each] of buckets) if (each.resetAt <= now) buckets.delete(key)
    },
  }
}

/** How long a 429 asks to wait, in milliseconds. */
export function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? headers.get('x-ratelimit-reset-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * SECOND) : 30_000
}

/** Cloudflare's own refusals have none of Discord's headers, and are the whole address's. */
export function isGlobal(headers: Headers): boolean {
  return (
    headers.has('x-ratelimit-global') ||
    headers.get('x-ratelimit-scope') === 'global' ||
    (headers.get('x-ratelimit-scope') === null && headers.get('x-ratelimit-bucket') === null)
  )
}
