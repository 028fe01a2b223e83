import { type Breakers, createBreakers } from './breakers.ts'
import type { Pause } from './definition.ts'
import { exchange, type PoliteAnswer } from './exchange.ts'
import { createPatience } from './patience.ts'
import type { GetOptions, PoliteHttp, PoliteHttpOptions } from './polite-port.ts'
import { aborted, forbiddenFor, givenUp, pausedFor, tooManyWait } from './refusals.ts'
import { type Priority, RequestQueue, type Waiting } from './request-queue.ts'
import { retryDelayMs } from './retry.ts'
import { SourceError } from './source.ts'

export type { PoliteAnswer } from './exchange.ts'
export type { GetOptions, PoliteHttp, PoliteHttpOptions } from './polite-port.ts'
export type { Priority } from './request-queue.ts'

const mostAttempts = { interactive: 2, other: 4 }
/** People do not wait longer than this for a host that asked for a pause. */
const peopleWaitMs = 10_000
const longestPauseMs = 3_600_000
const unreachableMs = 5 * 60_000
/** arXiv takes requests after "Access Denied" for an attack (https://info.arxiv.org/help/robots.html). */
const forbiddenMs = 24 * 3_600_000
const mostRedirects = 5

/**
 * One connection and one request per `spacingMs` over all hosts of a source and over restarts, as arXiv's terms of use ask (https://info.arxiv.org/help/api/tou.html).
 * The most urgent request goes first, so an interactive one waits for the request under way and one pause, never for a queue.
 */
export function createPoliteHttp(options: PoliteHttpOptions): PoliteHttp {
  const { clock, log } = options
  const queue = new RequestQueue()
  let lastStart: number | undefined
  let remembered: Promise<void> | undefined
  let pausedUntil = 0
  let pauseReason = ''
  let forbiddenUntil = 0
  const breakers: Breakers = createBreakers(clock)
  const patience = createPatience(clock, options.patienceMs)
  const longestWaitMs = (priority: Priority) =>
    priority === 'interactive' ? peopleWaitMs : Math.min(options.patienceMs ?? longestPauseMs, longestPauseMs)
  let failuresInARow = 0
  let trouble: string | undefined
  let underWay = false
  let pumping = false

  return { get, wait, trouble: () => trouble, pause, remember, begin: patience.begin }

  function get(url: string, request: GetOptions): Promise<PoliteAnswer> {
    return new Promise((resolve, reject) => {
      const refused = refusal(request.priority) ?? breakers.refusal(url)
      if (request.signal.aborted) return reject(aborted(request.signal))
      if (refused !== undefined) return reject(refused)
      const leave = () => {
        if (queue.remove(waiting)) reject(aborted(request.signal))
      }
      const settle = (finish: () => void) => {
        request.signal.removeEventListener('abort', leave)
        finish()
      }
      const waiting: Waiting = {
        priority: request.priority,
        since: clock.now(),
        notBefore: 0,
        begunAt: 0,
        attempt: (attempt) => tryOnce(url, request, waiting, attempt),
        succeed: (answer) => settle(() => resolve(answer)),
        fail: (error) => settle(() => reject(error)),
        attempts: 0,
      }
      if (!queue.add(waiting)) {
        return reject(tooManyWait(wait()))
      }
      request.signal.addEventListener('abort', leave, { once: true })
      void pump()
    })
  }

  function wait(): number {
    const now = clock.now()
    const free = Math.max(pausedUntil, forbiddenUntil, (lastStart ?? Number.NEGATIVE_INFINITY) + options.spacingMs)
    const ahead = queue.count('interactive') + (underWay ? 1 : 0)
    return Math.max(0, free - now) + ahead * options.spacingMs
  }

  /** Why a request of that priority is not even queued now. */
  function refusal(priority: Priority): SourceError | undefined {
    const now = clock.now()
    if (forbiddenUntil > now) {
      return forbiddenFor(forbiddenUntil - now)
    }
    if (pausedUntil - now > longestWaitMs(priority)) return pausedFor(pausedUntil - now, pauseReason)
    if (priority !== 'interactive' && patience.isOver()) return givenUp(trouble)
    return undefined
  }

  function pause(): Pause | undefined {
    const now = clock.now()
    if (forbiddenUntil > now) return { kind: 'forbidden', until: forbiddenUntil, reason: pauseReason }
    return pausedUntil > now ? { kind: 'busy', until: pausedUntil, reason: pauseReason } : undefined
  }

  function remember(): Promise<void> {
    remembered ??= recall()
    return remembered
  }

  async function recall(): Promise<void> {
    // Where the memory can't be read, the pause since now is the safe guess.
    lastStart = await options.spacing.read().catch(() => clock.now())
    const kept = await options.spacing.readPause?.().catch(() => undefined)
    // A clock that was set back must not hold us up for longer than any pause is.
    if (kept === undefined || kept.until <= clock.now() || kept.until > clock.now() + forbiddenMs) return
    pauseReason = kept.reason
    if (kept.kind === 'forbidden') forbiddenUntil = kept.until
    else pausedUntil = kept.until
    refuseWaiting()
  }

  async function keepPause(): Promise<void> {
    const kept = pause()
    if (kept !== undefined) await options.spacing.writePause?.(kept).catch(() => {})
  }

  function refuseWaiting(): void {
    for (const other of queue.all()) {
      const refused = refusal(other.priority)
      if (refused !== undefined && queue.remove(other)) other.fail(refused)
    }
  }

  async function pump(): Promise<void> {
    if (pumping) return
    pumping = true
    try {
      await remember()
      while (queue.size > 0) {
        const pause = queue.nextReadyAt() - clock.now()
        const gap = Math.max(pause, pausedUntil - clock.now(), await gapMs())
        if (gap > 0) {
          // A timer that nobody waits for any more would keep the process from ending.
          const awake = new AbortController()
          await Promise.race([clock.sleep(gap, awake.signal).catch(() => {}), queue.changed()])
          awake.abort()
          continue
        }
        const waiting = queue.take(clock.now())
        if (waiting === undefined) continue
        underWay = true
        await serve(waiting).finally(() => {
          underWay = false
        })
      }
    } finally {
      pumping = false
    }
  }

  async function gapMs(): Promise<number> {
    if (lastStart === undefined) return 0
    // A clock that was set back must not hold us up for more than one pause.
    lastStart = Math.min(lastStart, clock.now())
    return lastStart + options.spacingMs - clock.now()
  }

  async function serve(waiting: Waiting): Promise<void> {
    waiting.attempts += 1
    try {
      lastStart = clock.now()
      waiting.begunAt = lastStart
      // Written before the request: a crash in between costs a pause, not arXiv's patience.
      await options.spacing.write(lastStart)
      const answer = await waiting.attempt(waiting.attempts)
      if (answer !== undefined) waiting.succeed(answer)
    } catch (error) {
      waiting.fail(error)
    }
  }

  /** The answer, or undefined when the request was queued again. */
  async function tryOnce(
    url: string,
    request: GetOptions,
    waiting: Waiting,
    attempt: number,
  ): Promise<PoliteAnswer | undefined> {
    let address = url
    for (let hop = 0; hop <= mostRedirects; hop++) {
      if (hop > 0) await nextSlot(request.signal)
      const result = await exchange(address, request, options)
      if (result.kind === 'answer') {
        failuresInARow = 0
        trouble = undefined
        patience.answered()
        breakers.answered(url)
        return result.answer
      }
      if (result.kind === 'failed') return again(url, result.error, result.passing, request, waiting, attempt)
      address = result.to
    }
    throw new SourceError('unreadable', `${new URL(url).host} redirects more than ${mostRedirects} times`)
  }

  async function nextSlot(signal: AbortSignal): Promise<void> {
    await clock.sleep(await gapMs(), signal).catch(() => {
      throw aborted(signal)
    })
    lastStart = clock.now()
    await options.spacing.write(lastStart)
  }

  async function again(
    url: string,
    error: SourceError,
    passing: boolean,
    request: GetOptions,
    waiting: Waiting,
    attempt: number,
  ): Promise<undefined> {
    if (error.failure === 'forbidden') {
      forbiddenUntil = clock.now() + forbiddenMs
      pauseReason = error.message
      log({ event: 'source.forbidden', detail: error.message })
      refuseWaiting()
      await keepPause()
    }
    if (!passing) throw error
    // People's own questions must not push the harvest's next try further away.
    if (request.priority !== 'interactive') failuresInARow += 1
    patience.failed(waiting.begunAt)
    trouble = error.message
    const backOff = retryDelayMs(Math.max(1, failuresInARow), options.spacingMs, options.random)
    // Who can't be reached is spared nothing by long pauses; who answers that it is busy is.
    const delay = Math.max(
      error.retryAfterMs ?? 0,
      error.failure === 'unreachable' ? Math.min(backOff, unreachableMs) : backOff,
    )
    if (error.failure === 'throttled') {
      // The limits count over all requests, so the pause does, too.
      pausedUntil = clock.now() + Math.min(delay, longestPauseMs)
      pauseReason = error.message
      refuseWaiting()
      await keepPause()
    }
    const isBroken = request.priority !== 'interactive' && breakers.failed(url, error, delay)
    const limit = request.priority === 'interactive' ? mostAttempts.interactive : mostAttempts.other
    const tooLong =
      delay > longestWaitMs(request.priority) || (request.priority !== 'interactive' && patience.isOver(delay))
    if (attempt >= limit || tooLong || isBroken) {
      throw new SourceError(error.failure, error.message, { cause: error.cause, retryAfterMs: delay })
    }
    log({ event: 'source.retry', detail: error.message, attempt, delayMs: Math.round(delay) })
    waiting.notBefore = clock.now() + delay
    if (request.signal.aborted) throw aborted(request.signal)
    queue.putBack(waiting)
    return undefined
  }
}
