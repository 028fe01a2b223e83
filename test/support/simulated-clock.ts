import type { Clock } from '../../src/clock.ts'

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** A clock that stands still until it is moved; sleepers wake in order. Nothing in it waits for real time. */
export class SimulatedClock implements Clock {
  #now: number
  readonly #sleepers: Sleeper[] = []

  constructor(start: string | number) {
    this.#now = typeof start === 'string' ? Date.parse(start) : start
  }

  now(): number {
    return this.#now
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (ms <= 0) return resolve()
      // As the computer's clock, it knows whole milliseconds only.
      const sleeper: Sleeper = { at: this.#now + Math.ceil(ms), wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener(
        'abort',
        () => {
          const place = this.#sleepers.indexOf(sleeper)
          if (place >= 0) this.#sleepers.splice(place, 1)
          reject(signal.reason)
        },
        { once: true },
      )
    })
  }

  timeout(ms: number): AbortSignal {
    const controller = new AbortController()
    void this.sleep(ms).then(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')))
    return controller.signal
  }

  /** Moves to the moment `ms` from now, waking on the way whoever sleeps, and letting what they start run in between. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + Math.ceil(ms)
    await settle()
    for (;;) {
      const next = this.#sleepers.reduce<Sleeper | undefined>(
        (first, each) => (first && first.at <= each.at ? first : each),
        undefined,
      )
      if (next === undefined || next.at > until) break
      this.#sleepers.splice(this.#sleepers.indexOf(next), 1)
      this.#now = Math.max(this.#now, next.at)
      next.wake()
      await settle()
    }
    this.#now = until
    await settle()
  }

  /** Runs a task to its end, moving time on whenever everything sleeps. */
  async run<T>(task: Promise<T>, limitMs = 400 * 24 * 3_600_000): Promise<T> {
    let done = false
    const finished = task.finally(() => {
      done = true
    })
    finished.catch(() => {})
    const end = this.#now + limitMs
    while (!done) {
      await settle()
      if (done) break
      const next = Math.min(...this.#sleepers.map((sleeper) => sleeper.at))
      if (!Number.isFinite(next)) {
        await new Promise((resolve) => setImmediate(resolve))
        continue
      }
      if (next > end) throw new Error(`the task did not end within ${limitMs} simulated ms`)
      await this.advance(next - this.#now)
    }
    return finished
  }
}

/** Lets promises and immediates that are ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve))
}
