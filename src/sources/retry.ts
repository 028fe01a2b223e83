import type { Random } from '../random.ts'

/** Exponential back-off with jitter, in milliseconds: twice the spacing after the first failure in a row, four times more after each further one, an hour at most. */
export function retryDelayMs(failuresInARow: number, spacingMs: number, random: Random): number {
  const delay = Math.max(spacingMs, 1) * 2 * 4 ** (failuresInARow - 1)
  return Math.min(delay, 3_600_000) * (0.75 + random.next() / 4)
}

/** What a Retry-After header asks for, in milliseconds from `now` (RFC 9110, 10.2.3: seconds or an HTTP date); undefined when it says nothing readable. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,7}$/.test(text)) return Number(text) * 1000
  // Date.parse takes almost anything that holds a number; an HTTP date begins with a weekday.
  const moment = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now)
}
