/** The only place that reads time. Everything else is handed a Clock, so that a whole season can be lived through in a test. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. */
  now(): number
  /** Resolves after `ms` milliseconds, at once when they are not positive; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** A signal that aborts with a TimeoutError after `ms` milliseconds. */
  timeout(ms: number): AbortSignal
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
        Math.max(0, ms),
      )
      signal?.addEventListener('abort', stop, { once: true })
    }),
  timeout: (ms) => AbortSignal.timeout(ms),
}

/** The instant as ISO 8601 in UTC with milliseconds, the form in which every moment is kept. */
export function isoAt(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

/** Does something after `ms` milliseconds of real time, unless the process is over by then: it does not wait for this. */
export function unlessOver(ms: number, action: () => void): void {
  setTimeout(action, ms).unref()
}
