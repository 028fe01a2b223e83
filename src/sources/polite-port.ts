import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Random } from '../random.ts'
import type { Pause, SpacingMemory } from './definition.ts'
import type { PoliteAnswer, TextSink } from './exchange.ts'
import type { Priority } from './request-queue.ts'

export interface PoliteHttpOptions {
  readonly clock: Clock
  readonly random: Random
  readonly fetch: typeof fetch
  /** Between the beginnings of two requests, over all hosts, in milliseconds. */
  readonly spacingMs: number
  readonly spacing: SpacingMemory
  /** The addresses below which anything may be asked for. */
  readonly bases: readonly string[]
  readonly userAgent: string
  /** Of a body, decompressed. */
  readonly maxBytes: number
  /** For a request with its whole body. */
  readonly timeoutMs: number
  readonly log: Log
  /** A pass without any answer for so long, in milliseconds, is given up; without it only single requests are. */
  readonly patienceMs?: number
}

export interface GetOptions {
  readonly priority: Priority
  readonly signal: AbortSignal
  readonly etag?: string
  readonly lastModified?: string
  readonly accept?: string
  /** Makes what takes the body piece by piece, anew for each try; the answer's own body is empty then. */
  readonly into?: () => TextSink
}

export interface PoliteHttp {
  /**
   * Answers with status 200, 304 (nothing new) or 400 (arXiv explains itself in the body of it); everything else is a SourceError.
   * Failures that may pass are tried again: four times in all, an interactive request twice.
   */
  get(url: string, options: GetOptions): Promise<PoliteAnswer>
  /** How long an interactive request would wait before it is sent, in milliseconds. */
  wait(): number
  /** Why the last request got no answer; undefined when it got one. */
  trouble(): string | undefined
  /** The pause that the hosts have asked for, if one is left; known once `remember` has ended. */
  pause(): Pause | undefined
  /** A pass begins: what an earlier one gave up is tried again. */
  begin(): void
  /** Recalls what is kept over restarts. */
  remember(): Promise<void>
}
