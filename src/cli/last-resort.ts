import type { Log } from '../log.ts'

/** A process that tells of errors which nobody has caught; `process` itself, or a test. */
export interface Uncaught {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
  off(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown
}

/**
 * What nobody caught: out of a library that talks to a platform it is logged, and everything else goes on, for such a
 * connection comes back by itself. Anything else is a bug of which nobody knows what it left: the program stops in
 * order, `failed` being called once. Answers with the way to listen no more.
 */
export function lastResort(source: Uncaught, log: Log, failed: (error: unknown) => void): () => void {
  const hear = (error: unknown) => {
    const isLibrarys = isOfPlatformLibrary(error)
    log({ event: isLibrarys ? 'platform.library.failed' : 'process.failed', error })
    if (!isLibrarys) failed(error)
  }
  source.on('uncaughtException', hear)
  source.on('unhandledRejection', hear)
  return () => {
    source.off('uncaughtException', hear)
    source.off('unhandledRejection', hear)
  }
}

const LIBRARIES = /[/\\]node_modules[/\\](?:@slack|discord\.js|@discordjs|@sapphire|undici|ws)[/\\]/

/** Where the first frame that is not Node’s own stands in such a library. */
function isOfPlatformLibrary(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at .*[/\\]/.test(line) && !line.includes('node:'))
  return LIBRARIES.test(frames[0] ?? '')
}
