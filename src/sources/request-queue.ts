import type { PoliteAnswer } from './exchange.ts'

/** Most urgent first. */
export type Priority = 'interactive' | 'announcements' | 'repair' | 'history' | 'backfill'

export interface Waiting {
  readonly priority: Priority
  /** Epoch milliseconds. */
  readonly since: number
  /** Epoch milliseconds; later after a failure. */
  notBefore: number
  attempts: number
  /** When its last try began, in epoch milliseconds. */
  begunAt: number
  attempt(attempt: number): Promise<PoliteAnswer | undefined>
  succeed(answer: PoliteAnswer): void
  fail(error: unknown): void
}

const ranks: Readonly<Record<Priority, number>> = {
  interactive: 0,
  announcements: 1,
  repair: 2,
  history: 3,
  backfill: 4,
}
/** What has waited this long counts as one step more urgent, up to announcements: nobody starves, and people still go first. */
const ageMs = 60_000
const mostWaiting = 200

/** Requests that wait for their turn, at most 200. */
export class RequestQueue {
  readonly #waiting: Waiting[] = []
  #wake: (() => void) | undefined

  get size(): number {
    return this.#waiting.length
  }

  /** False when the queue is full. */
  add(request: Waiting): boolean {
    if (this.#waiting.length >= mostWaiting) return false
    this.putBack(request)
    return true
  }

  /** A request that was taken and comes again has its place. */
  putBack(request: Waiting): void {
    this.#waiting.push(request)
    this.#changed()
  }

  remove(request: Waiting): boolean {
    const place = this.#waiting.indexOf(request)
    if (place < 0) return false
    this.#waiting.splice(place, 1)
    this.#changed()
    return true
  }

  all(): readonly Waiting[] {
    return [...this.#waiting]
  }

  count(priority: Priority): number {
    return this.#waiting.filter((request) => request.priority === priority).length
  }

  /** The moment from which any request may be taken. */
  nextReadyAt(): number {
    return Math.min(...this.#waiting.map((request) => request.notBefore))
  }

  /** Takes the most urgent request that is ready, the longest waiting among equals. */
  take(now: number): Waiting | undefined {
    let best: Waiting | undefined
    for (const request of this.#waiting) {
      if (request.notBefore > now) continue
      if (best === undefined || urgency(request, now) < urgency(best, now)) best = request
    }
    if (best !== undefined) this.#waiting.splice(this.#waiting.indexOf(best), 1)
    return best
  }

  /** Resolves when the queue changes. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #changed(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}

function urgency(request: Waiting, now: number): number {
  if (request.priority === 'interactive') return 0
  return Math.max(1, ranks[request.priority] - Math.floor((now - request.since) / ageMs))
}
