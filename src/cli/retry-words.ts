import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

/** Where a source is tried again quickly, as on loopback, nobody could read more. */
const BETWEEN_MS = 1000

/** A log in which each failed try of a source is a sentence for people, at most one a second; everything else goes on to `log`. */
export function tellingRetries(log: Log, say: (sentence: string) => void, clock: Clock): Log {
  let last = Number.NEGATIVE_INFINITY
  return (event) => {
    const { detail, delayMs } = event
    if (event.event !== 'source.retry' || typeof detail !== 'string' || typeof delayMs !== 'number') return log(event)
    const now = clock.now()
    if (now - last < BETWEEN_MS) return
    last = now
    say(`No answer yet (${detail}); trying again in ${inWords(delayMs)}.`)
  }
}

function inWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`
}
