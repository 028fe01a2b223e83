import type { Clock } from '../clock.ts'

/**
 * Runs a task that must end within `ms` milliseconds: then, or when `outer` aborts, its signal aborts and the promise
 * rejects with the signal's reason, whether or not the task heeds it.
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  task: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const controller = new AbortController()
  const timer = new AbortController()
  const stop = () => controller.abort(outer?.reason)
  if (outer?.aborted) stop()
  outer?.addEventListener('abort', stop, { once: true })
  clock.sleep(ms, timer.signal).then(
    () => controller.abort(new DOMException(`It did not end within ${ms / 1000} s.`, 'TimeoutError')),
    () => {},
  )
  const { signal } = controller
  try {
    return await new Promise<T>((resolve, reject) => {
      if (signal.aborted) reject(signal.reason)
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      // A synchronous throw becomes a rejection too.
      Promise.resolve(signal).then(task).then(resolve, reject)
    })
  } finally {
    timer.abort()
    outer?.removeEventListener('abort', stop)
  }
}
