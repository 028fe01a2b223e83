import type { Clock } from '../../clock.ts'

/** Lets requests go as fast as Slack takes them, and no faster. */
export interface Pace {
  /** Resolves when the request may go; or at once, with the wait, when that is longer than anybody should stand in line. */
  turn(
    lane: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'go' } | { readonly kind: 'later'; readonly waitMs: number }>
  /** Slack wants quiet: who stands in line waits, too. */
  hold(ms: number): void
}

interface PaceOptions {
  /** Between two of one lane. */
  readonly laneMs: number
  /** Between any two. */
  readonly allMs: number
}

/**
 * chat.postMessage: one message a second per channel, and "several hundred a minute" per workspace (docs.slack.dev, rate
 * limits), taken for 300. Both a little slower, for the way there is not always equally long.
 */
export const POSTING: PaceOptions = { laneMs: 1020, allMs: 205 }
/** chat.update is of tier 3: 50 a minute and more. */
export const EDITING: PaceOptions = { laneMs: 1220, allMs: 1220 }

const LONGEST_WAIT_MS = 10_000
const LANES = 10_000

export function createPace(clock: Clock, { laneMs, allMs }: PaceOptions): Pace {
  const lanes = new Map<string, number>()
  let nextOfAll = 0

  return {
    hold(ms) {
      nextOfAll = Math.max(nextOfAll, clock.now() + ms)
    },
    async turn(lane, signal) {
      for (;;) {
        const now = clock.now()
        const at = Math.max(lanes.get(lane) ?? 0, nextOfAll)
        if (at <= now) {
          // What a late timer lost is caught up with; after a rest nothing is, so that never two go at once.
          nextOfAll = (now - nextOfAll < allMs ? nextOfAll : now) + allMs
          lanes.set(lane, now + laneMs)
          if (lanes.size > LANES) for (const [each, next] of lanes) if (next <= now) lanes.delete(each)
          return { kind: 'go' }
        }
        if (at - now > LONGEST_WAIT_MS) return { kind: 'later', waitMs: at - now }
        await clock.sleep(at - now, signal)
      }
    },
  }
}
