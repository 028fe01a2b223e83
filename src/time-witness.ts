import type { Clock } from './clock.ts'

/** Hears from others what time it is, in the answers that they give anyway. */
export interface TimeWitness {
  readonly fetch: typeof fetch
  /** Whether an answer of the last ten minutes bore the time that the machine's clock had, within five minutes. */
  agrees(): boolean
}

const WITHIN_MS = 5 * 60_000
const LASTING_MS = 10 * 60_000

/** Reads the `Date` of each answer (RFC 9110, 6.6.1), and its `Age` where a cache gave it. */
export function witnessTime(ask: typeof fetch, clock: Clock): TimeWitness {
  let heard: { readonly at: number; readonly off: number } | undefined
  return {
    fetch: async (input, init) => {
      const answer = await ask(input, init)
      const said = Date.parse(answer.headers.get('date') ?? '')
      const age = Number(answer.headers.get('age') ?? 0) * 1000
      const at = clock.now()
      if (Number.isFinite(said) && Number.isFinite(age)) heard = { at, off: Math.abs(said + age - at) }
      return answer
    },
    agrees: () => {
      if (heard === undefined || heard.off > WITHIN_MS) return false
      const since = clock.now() - heard.at
      return since >= 0 && since <= LASTING_MS
    },
  }
}
