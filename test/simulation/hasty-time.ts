import { SimulatedClock } from '../support/simulated-clock.ts'

/** A header by which a chat service is told the program's time, in epoch ms. */
export const NOW_HEADER = 'x-now'

/** As long as a request may be under way, in real milliseconds, before time goes on without it. */
const PATIENCE_MS = 200
const FIRST_STEP_MS = 50
/** Shorter than any time-out, so that none is over before the request could be made. */
const LONGEST_STEP_MS = 5000

/** Time that stands still while something goes over the network, and hurries on when nothing does. */
export class HastyTime {
  readonly clock: SimulatedClock
  readonly #told: string
  #underWay = 0
  #quietSince = performance.now()

  /** `told`: requests that begin so tell the time. */
  constructor(start: number, told: string) {
    this.clock = new SimulatedClock(start)
    this.#told = told
  }

  readonly fetch: typeof fetch = async (input, init) => {
    this.#underWay++
    this.#quietSince = performance.now()
    try {
      const request = new Request(input, init)
      if (request.url.startsWith(this.#told)) request.headers.set(NOW_HEADER, String(this.clock.now()))
      const answer = await fetch(request)
      const body = await answer.arrayBuffer()
      return new Response(body.byteLength === 0 ? null : body, { status: answer.status, headers: answer.headers })
    } finally {
      this.#underWay--
      this.#quietSince = performance.now()
    }
  }

  async during<T>(task: Promise<T>): Promise<T> {
    let over = false
    const ended = task.finally(() => {
      over = true
    })
    ended.catch(() => {})
    for (let step = FIRST_STEP_MS; !over; ) {
      await new Promise((resolve) => setTimeout(resolve, 1))
      if (this.#underWay > 0 && performance.now() - this.#quietSince < PATIENCE_MS) {
        step = FIRST_STEP_MS
        continue
      }
      await this.clock.advance(step)
      step = Math.min(LONGEST_STEP_MS, step * 2)
    }
    return ended
  }
}
