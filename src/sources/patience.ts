import type { Clock } from '../clock.ts'

/** How long a pass goes on without any answer before nothing more is tried in it. */
export interface Patience {
  /** A pass begins, with all the patience there is. */
  begin(): void
  answered(): void
  /** A request that began then, in epoch milliseconds, got no answer. */
  failed(startedAt: number): void
  /** Whether there is none left, after a further wait of so many milliseconds. */
  isOver(waitMs?: number): boolean
}

/** Without `patienceMs` it never ends. */
export function createPatience(clock: Clock, patienceMs = Number.POSITIVE_INFINITY): Patience {
  let failingSince: number | undefined
  return {
    begin() {
      failingSince = undefined
    },
    answered() {
      failingSince = undefined
    },
    failed(startedAt) {
      failingSince ??= startedAt
    },
    isOver: (waitMs = 0) => failingSince !== undefined && clock.now() + waitMs - failingSince >= patienceMs,
  }
}
