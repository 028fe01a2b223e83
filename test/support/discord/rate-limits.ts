import { createHash } from 'node:crypto'
import type { MatchedRoute } from './routes.ts'
import { RULES } from './rules.ts'

export interface RateAnswer {
  /** The headers of the request's bucket. */
  readonly headers: Readonly<Record<string, string>>
  /** Set when the request comes too early. */
  readonly limited?: { readonly retryAfterMs: number; readonly scope: 'user' | 'global' }
}

interface Window {
  readonly endsAt: number
  used: number
}

export interface RateLimits {
  /** Counts a request. */
  take(route: MatchedRoute): RateAnswer
  /** Counts an answer that is 401, 403 or 429. */
  invalid(): void
  /** Invalid requests of the last ten minutes. */
  readonly invalidRequests: number
  readonly banned: boolean
}

/** topics/rate-limits: a bucket a route and top-level resource, one bucket for the bot as a whole, and the count of invalid requests. */
export function createRateLimits(now: () => number): RateLimits {
  const windows = new Map<string, Window>()
  let invalid: number[] = []
  let everything: Window = { endsAt: 0, used: 0 }

  const recentInvalid = (): number => {
    const since = now() - RULES.invalidWindowMs
    if ((invalid[0] ?? since) <= since) invalid = invalid.filter((at) => at > since)
    return invalid.length
  }

  return {
    take(route) {
      const at = now()
      if (route.rule.open !== true) {
        if (at >= everything.endsAt) everything = { endsAt: at + 1_000, used: 0 }
        everything.used++
        if (everything.used > RULES.globalPerSecond) {
          const retryAfterMs = everything.endsAt - at
          return { headers: limitedHeaders(retryAfterMs, 'global'), limited: { retryAfterMs, scope: 'global' } }
        }
      }
      const { bucket, key } = bucketOf(route)
      const known = windows.get(key)
      const window = known !== undefined && at < known.endsAt ? known : { endsAt: at + route.rule.perMs, used: 0 }
      windows.set(key, window)
      const over = window.used >= route.rule.limit
      if (!over) window.used++
      const leftMs = window.endsAt - at
      const headers = {
        'X-RateLimit-Limit': String(route.rule.limit),
        'X-RateLimit-Remaining': String(route.rule.limit - window.used),
        'X-RateLimit-Reset': (window.endsAt / 1_000).toFixed(3),
        'X-RateLimit-Reset-After': (leftMs / 1_000).toFixed(3),
        'X-RateLimit-Bucket': bucket,
      }
      if (!over) return { headers }
      return {
        headers: { ...headers, ...limitedHeaders(leftMs, 'user') },
        limited: { retryAfterMs: leftMs, scope: 'user' },
      }
    },
    invalid() {
      invalid.push(now())
    },
    get invalidRequests() {
      return recentInvalid()
    },
    get banned() {
      return recentInvalid() >= RULES.invalidRequests
    },
  }
}

/** What a 429 says beside the bucket; Retry-After is in whole seconds. */
export function limitedHeaders(
  retryAfterMs: number,
  scope: 'user' | 'global' | 'shared',
): Readonly<Record<string, string>> {
  return {
    'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))),
    'X-RateLimit-Scope': scope,
    ...(scope === 'global' ? { 'X-RateLimit-Global': 'true' } : {}),
  }
}

/** "Exceeding A Rate Limit": the body of a 429, in seconds with decimals. */
export function limitedBody(
  retryAfterMs: number,
  scope: 'user' | 'global' | 'shared',
): Readonly<Record<string, unknown>> {
  return {
    message: scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.',
    retry_after: retryAfterMs / 1_000,
    global: scope === 'global',
  }
}

/** The header names the bucket without its top-level resource; the count goes by both. */
function bucketOf({ name, params, rule }: MatchedRoute): { readonly bucket: string; readonly key: string } {
  const bucket = createHash('sha256')
    .update(rule.bucket ?? name)
    .digest('hex')
    .slice(0, 32)
  return { bucket, key: `${rule.bucket ?? name} ${rule.major === undefined ? '' : params[rule.major]}` }
}
