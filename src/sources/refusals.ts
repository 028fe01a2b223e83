import { SourceError } from './source.ts'

/** After a 403. */
export function forbiddenFor(retryAfterMs: number): SourceError {
  return new SourceError(
    'forbidden',
    `arXiv refused us (403), so nothing is asked before ${inWords(retryAfterMs)} are over`,
    { retryAfterMs },
  )
}

/** While a pause that arXiv asked for is longer than people wait. */
export function pausedFor(retryAfterMs: number, reason: string): SourceError {
  return new SourceError(
    'throttled',
    `arXiv asked for a pause (${reason}); it can be asked again in ${inWords(retryAfterMs)}`,
    { retryAfterMs },
  )
}

/** When no host has answered for as long as a pass may take. */
export function givenUp(trouble: string | undefined): SourceError {
  return new SourceError(
    'unreachable',
    `arXiv was given up for this time${trouble === undefined ? '' : ` (${trouble})`}`,
  )
}

/** When the queue is full. */
export function tooManyWait(retryAfterMs: number): SourceError {
  return new SourceError('throttled', 'Too many requests wait for arXiv already; please try again later', {
    retryAfterMs,
  })
}

/** When whoever asked does not wait any more. */
export function aborted(signal: AbortSignal): SourceError {
  return new SourceError('aborted', 'The request was given up before arXiv answered', { cause: signal.reason })
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`
}
