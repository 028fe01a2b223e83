/**
 * Something that is done by one at a time: who asks while it is under way gets a further run after it, shared with all who ask
 * meanwhile. `work` must not reject.
 */
export function createLane(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let queued: Promise<void> | undefined

  const begin = (): Promise<void> => {
    const run = work().finally(() => {
      if (running === run) running = undefined
    })
    running = run
    return run
  }

  return () => {
    if (queued !== undefined) return queued
    if (running === undefined) return begin()
    queued = running.then(() => {
      queued = undefined
      return begin()
    })
    return queued
  }
}
