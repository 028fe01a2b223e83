import type { Target } from './faults.ts'
import { isMethod, RULES, ruleOf } from './rules.ts'

/** One call that came too early. */
export interface LimitedCall {
  readonly at: number
  readonly method: Target
  readonly bucket: 'method' | 'channel' | 'workspace' | 'fault'
  readonly retryAfterMs: number
  /** It came although an answer before it said to wait longer: the client did not heed Retry-After. */
  readonly unheeded: boolean
  /** A client that keeps to the published figures and to Retry-After would not have got it. */
  readonly avoidable: boolean
}

export interface RateLimits {
  /** Counts a call; gives the wait where it came too early. */
  take(call: {
    readonly method: Target
    readonly teamId: string
    readonly channel: string | undefined
  }): LimitedCall | undefined
  /** A 429 that was ordered. */
  order(method: Target, teamId: string, retryAfterMs: number): LimitedCall
  readonly calls: readonly LimitedCall[]
}

interface Bucket {
  tokens: number
  at: number
}

/** apis/web-api/rate-limits: a bucket a method, workspace and app; posts also one a channel and one a workspace. */
export function createRateLimits(now: () => number, commercial: boolean): RateLimits {
  const buckets = new Map<string, Bucket>()
  const until = new Map<string, number>()
  const calls: LimitedCall[] = []

  const wait = (key: string, capacity: number, perMinute: number): number => {
    const known = buckets.get(key)
    const rate = perMinute / 60_000
    const tokens = known === undefined ? capacity : Math.min(capacity, known.tokens + (now() - known.at) * rate)
    buckets.set(key, { tokens, at: now() })
    return tokens >= 1 - 1e-9 ? 0 : (1 - tokens) / rate
  }
  const spend = (key: string) => {
    const bucket = buckets.get(key)
    if (bucket !== undefined) bucket.tokens -= 1
  }
  const limited = (method: Target, key: string, bucket: LimitedCall['bucket'], retryAfterMs: number): LimitedCall => {
    // Retry-After is in whole seconds.
    const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000)) * 1_000
    const unheeded = now() < (until.get(key) ?? 0)
    until.set(key, Math.max(until.get(key) ?? 0, now() + seconds))
    const call = {
      at: now(),
      method,
      bucket,
      retryAfterMs: seconds,
      unheeded,
      avoidable: bucket !== 'fault' || unheeded,
    }
    calls.push(call)
    return call
  }

  return {
    calls,
    order: (method, teamId, retryAfterMs) => limited(method, `${teamId} ${method}`, 'fault', retryAfterMs),
    take({ method, teamId, channel }) {
      const asked: [LimitedCall['bucket'], string, number, number][] = []
      const posts = method === 'chat.postMessage' || method === 'response_url'
      if (posts) {
        if (channel !== undefined) {
          asked.push(['channel', `channel ${channel}`, RULES.postBurst, RULES.postsPerSecond * 60])
        }
        if (method === 'chat.postMessage') {
          asked.push(['workspace', `posts ${teamId}`, RULES.postsPerMinute, RULES.postsPerMinute])
        }
      } else if (isMethod(method)) {
        const history = commercial && (method === 'conversations.history' || method === 'conversations.replies')
        const { tier } = ruleOf(method)
        const perMinute = history ? RULES.commercialHistory.perMinute : RULES.tiers[tier]
        const capacity = tier === 1 ? RULES.tier1Burst : perMinute
        asked.push(['method', `${teamId} ${method}`, capacity, perMinute])
      }
      const waits = asked.map(([bucket, key, capacity, perMinute]) => ({ bucket, ms: wait(key, capacity, perMinute) }))
      const early = waits.find(({ ms }) => ms > 0)
      const whole = `${teamId} ${method}`
      const heldUntil = until.get(whole) ?? 0
      if (early?.bucket === 'channel') return limited(method, `channel ${channel}`, 'channel', early.ms)
      if (early !== undefined) return limited(method, whole, early.bucket, early.ms)
      if (now() < heldUntil) return limited(method, whole, 'method', heldUntil - now())
      for (const [, key] of asked) spend(key)
      return undefined
    },
  }
}
