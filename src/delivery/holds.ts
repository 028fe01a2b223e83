import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import { throttleMs } from './moves.ts'
import type { PostResult } from './platform.ts'

/**
 * Where nothing may be asked for now: scopes that a platform told us to leave alone, and platforms that have stopped
 * answering. Kept in memory only: a restart costs at most one refused request for each.
 */
export interface Holds {
  /** Whether a request may be made now. `go` must be followed by `report` or `forgo`. */
  ask(channel: ChannelId, now: number): 'go' | 'held'
  report(channel: ChannelId, result: PostResult, now: number): void
  /** The request was not made after all. */
  forgo(channel: ChannelId): void
  /** When a request may be made again, in epoch ms; undefined for at once. */
  heldUntil(channel: ChannelId, now: number): number | undefined
  /** Whether the platform has stopped answering altogether. */
  isDown(channel: ChannelId): boolean
}

/** A platform that fails this often in a row, in whatever channels, is left alone for a while. */
const FAILURES_TO_OPEN = 5
const FIRST_PAUSE = 30_000
const LONGEST_PAUSE = 15 * 60_000

interface Breaker {
  failures: number
  /** Undefined while requests may be made. */
  until: number | undefined
  pause: number
  /** One request is out to see whether the platform answers again. */
  probing: boolean
}

export function createHolds(): Holds {
  const throttles = new Map<string, number>()
  const breakers = new Map<string, Breaker>()

  const breakerOf = (channel: ChannelId): Breaker => {
    const { platform } = channelParts(channel)
    const known = breakers.get(platform)
    if (known !== undefined) return known
    const made: Breaker = { failures: 0, until: undefined, pause: FIRST_PAUSE, probing: false }
    breakers.set(platform, made)
    return made
  }

  const throttledUntil = (channel: ChannelId, now: number): number | undefined => {
    const moments = Object.values(scopesOf(channel)).flatMap((scope) => throttles.get(scope) ?? [])
    const last = Math.max(...moments)
    return last > now ? last : undefined
  }

  return {
    ask(channel, now) {
      const breaker = breakerOf(channel)
      if (throttledUntil(channel, now) !== undefined) return 'held'
      if (breaker.until === undefined) return 'go'
      if (breaker.probing || breaker.until > now) return 'held'
      breaker.probing = true
      return 'go'
    },

    report(channel, result, now) {
      const breaker = breakerOf(channel)
      const probed = breaker.probing
      if (result.kind === 'throttled') {
        throttles.set(scopesOf(channel)[result.scope], now + throttleMs(result.retryAfterMs))
      }
      if (result.kind !== 'unknown') {
        Object.assign(breaker, { failures: 0, until: undefined, pause: FIRST_PAUSE, probing: false })
        return
      }
      breaker.failures++
      // Requests that were under way when the breaker opened say nothing new.
      if (breaker.until !== undefined && !probed) return
      if (breaker.failures < FAILURES_TO_OPEN) return
      breaker.until = now + breaker.pause
      breaker.pause = Math.min(LONGEST_PAUSE, breaker.pause * 2)
      breaker.probing = false
    },

    forgo(channel) {
      breakerOf(channel).probing = false
    },

    heldUntil(channel, now) {
      const breaker = breakerOf(channel)
      const moments = [throttledUntil(channel, now), breaker.until].filter((moment) => moment !== undefined)
      const last = Math.max(...moments)
      return last > now ? last : undefined
    },

    isDown: (channel) => breakerOf(channel).until !== undefined,
  }
}

function scopesOf(channel: ChannelId): Readonly<Record<'channel' | 'tenant' | 'platform', string>> {
  const { platform, tenant } = channelParts(channel)
  return { channel: `channel ${channel}`, tenant: `tenant ${tenant}`, platform: `platform ${platform}` }
}
