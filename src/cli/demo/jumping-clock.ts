import type { Clock } from '../../clock.ts'
import { systemClock } from '../../clock.ts'

/** A clock that runs as time does and can be set forward; whoever sleeps past the new moment wakes at once. */
export interface JumpingClock extends Clock {
  /** Sets the clock to a moment (epoch ms); never back. */
  jumpTo(moment: number): void
}

export function jumpingClock(start: number, real: Clock = systemClock): JumpingClock {
  let ahead = start - real.now()
  const sleepers = new Set<{ readonly at: number; readonly wake: AbortController }>()
  const now = () => real.now() + ahead

  const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    const sleeper = { at: now() + ms, wake: new AbortController() }
    sleepers.add(sleeper)
    try {
      await real.sleep(ms, signal === undefined ? sleeper.wake.signal : AbortSignal.any([signal, sleeper.wake.signal]))
    } catch (error) {
      if (signal?.aborted) throw error
    } finally {
      sleepers.delete(sleeper)
    }
  }

  return {
    now,
    sleep,
    timeout: (ms) => real.timeout(ms),
    jumpTo: (moment) => {
      ahead = Math.max(ahead, moment - real.now())
      for (const sleeper of sleepers) if (sleeper.at <= now()) sleeper.wake.abort()
    },
  }
}
