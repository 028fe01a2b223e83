import type { Clock } from '../../clock.ts'

/** How many requests of one kind may go, for each lane apart: some at once, then one after the other. */
export interface Allowance {
  /** Whether a request may go now; when it may, it is counted. */
  take(lane: string): boolean
  /** Counts the next request that may go, and says how long to wait for it, in ms. */
  reserve(lane: string): number
  /** Slack answered that it was too early. */
  heed(lane: string, retryAfterMs: number): void
}

export interface Rate {
  readonly atOnce: number
  readonly everyMs: number
}

const LANES = 10_000

export function createAllowance(clock: Pick<Clock, 'now'>, { atOnce, everyMs }: Rate): Allowance {
  /** When each lane would have let all of its requests go one after the other. */
  const ends = new Map<string, number>()
  const slackMs = (atOnce - 1) * everyMs

  const endOf = (lane: string) => Math.max(ends.get(lane) ?? 0, clock.now())
  const waitFor = (lane: string) => Math.max(0, endOf(lane) - slackMs - clock.now())
  const count = (lane: string) => {
    ends.set(lane, endOf(lane) + everyMs)
    if (ends.size > LANES) for (const [each, end] of ends) if (end <= clock.now()) ends.delete(each)
  }

  return {
    take(lane) {
      if (waitFor(lane) > 0) return false
      count(lane)
      return true
    },
    reserve(lane) {
      const wait = waitFor(lane)
      count(lane)
      return wait
    },
    heed(lane, retryAfterMs) {
      ends.set(lane, Math.max(endOf(lane), clock.now() + retryAfterMs + slackMs))
    },
  }
}
