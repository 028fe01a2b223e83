import type { Clock } from '../clock.ts'
import { documentDecoder } from './document-text.ts'
import { retryAfterMs } from './retry.ts'
import { SourceError } from './source.ts'

export interface PoliteAnswer {
  readonly status: 200 | 304 | 400
  /** Empty with 304, and where it was written into a sink. */
  readonly body: string
  readonly etag?: string
  readonly lastModified?: string
}

/** `passing` failures may be gone when the request is sent again. */
export type Exchange =
  | { readonly kind: 'answer'; readonly answer: PoliteAnswer }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'failed'; readonly error: SourceError; readonly passing: boolean }

interface ExchangeRequest {
  readonly signal: AbortSignal
  readonly etag?: string
  readonly lastModified?: string
  readonly accept?: string
  readonly into?: () => TextSink
}

/** Takes the body of an answer piece by piece. */
export interface TextSink {
  write(text: string): void
}

interface ExchangeRules {
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly bases: readonly string[]
  readonly userAgent: string
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** One request and its whole answer, within the bases, the time and the size that are allowed. */
export async function exchange(url: string, request: ExchangeRequest, rules: ExchangeRules): Promise<Exchange> {
  const address = new URL(url)
  const place = `${address.host}${address.pathname}`
  if (!isWithin(address, rules.bases)) return failed('rejected', `${place} is not an address that may be asked`, false)
  const timeout = rules.clock.timeout(rules.timeoutMs)
  const signal = AbortSignal.any([request.signal, timeout])
  try {
    const response = await orAbort(
      rules.fetch(address.href, {
        method: 'GET',
        redirect: 'manual',
        headers: headersOf(request, rules.userAgent),
        signal,
      }),
      signal,
    )
    const verdict = judge(response, address, place, rules)
    if (verdict !== undefined) {
      await response.body?.cancel().catch(() => {})
      return verdict
    }
    const status = response.status === 304 ? 304 : response.status === 400 ? 400 : 200
    const body =
      status === 304 ? '' : await orAbort(readBody(response, rules.maxBytes, place, signal, request.into?.()), signal)
    return { kind: 'answer', answer: { status, body, ...validators(response) } }
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'failed', error, passing: false }
    if (request.signal.aborted)
      return failed('aborted', 'The request was given up before arXiv answered', false, request.signal.reason)
    if (timeout.aborted)
      return failed(
        'unreachable',
        `${place} did not answer within ${Math.round(rules.timeoutMs / 1000)} s`,
        true,
        error,
      )
    return failed('unreachable', `${place} can't be reached: ${causeOf(error)}`, true, error)
  }
}

function judge(response: Response, address: URL, place: string, rules: ExchangeRules): Exchange | undefined {
  const { status } = response
  if (status === 200 || status === 304 || status === 400) return undefined
  if ([301, 302, 303, 307, 308].includes(status)) return redirect(response, address, place, rules.bases)
  const retryAfter = retryAfterMs(response.headers.get('retry-after'), rules.clock.now())
  const asked = retryAfter === undefined ? {} : { retryAfterMs: retryAfter }
  if (status === 403) return failed('forbidden', `${place} denies us access (403)`, false)
  if (status === 429 || (status === 503 && retryAfter !== undefined)) {
    return {
      kind: 'failed',
      passing: true,
      error: new SourceError('throttled', `${place} asks for fewer requests (${status})`, asked),
    }
  }
  if (status >= 500 || status === 408) {
    return {
      kind: 'failed',
      passing: true,
      error: new SourceError('unreachable', `${place} is out of order (${status})`, asked),
    }
  }
  return failed('rejected', `${place} answered with status ${status}`, false)
}

function redirect(response: Response, address: URL, place: string, bases: readonly string[]): Exchange {
  const location = response.headers.get('location')
  const target = location === null ? null : URL.parse(location, address.href)
  if (target === null || !isWithin(target, bases)) {
    return failed(
      'rejected',
      `${place} redirects to ${target?.host ?? 'nowhere'}, which is not an address that may be asked`,
      false,
    )
  }
  return { kind: 'redirect', to: target.href }
}

/** Within a base: same origin (or its https), and the base's path or below it. */
function isWithin(address: URL, bases: readonly string[]): boolean {
  if (address.username !== '' || address.password !== '') return false
  return bases.some((text) => {
    const base = new URL(text)
    const upgraded =
      base.protocol === 'http:' &&
      address.protocol === 'https:' &&
      base.hostname === address.hostname &&
      address.port === ''
    const path = base.pathname.replace(/\/$/, '')
    return (
      (base.origin === address.origin || upgraded) &&
      (address.pathname === path || address.pathname.startsWith(`${path}/`))
    )
  })
}

async function readBody(
  response: Response,
  maxBytes: number,
  place: string,
  signal: AbortSignal,
  sink?: TextSink,
): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = documentDecoder(`The answer of ${place}`, response.headers.get('content-type'))
  let size = 0
  let text = ''
  const take = (piece: string) => {
    if (sink === undefined) text += piece
    else sink.write(piece)
  }
  const stop = () => void reader.cancel().catch(() => {})
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      size += value.byteLength
      if (size > maxBytes) {
        stop()
        throw new SourceError(
          'unreadable',
          `The answer of ${place} is larger than ${Math.round(maxBytes / 1_000_000)} MB`,
        )
      }
      take(decoder.write(value))
    }
    take(decoder.end())
    return text
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function headersOf(request: ExchangeRequest, userAgent: string): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: request.accept ?? 'application/xml, text/xml, application/atom+xml, application/rss+xml',
    ...(request.etag === undefined ? {} : { 'if-none-match': request.etag }),
    ...(request.lastModified === undefined ? {} : { 'if-modified-since': request.lastModified }),
  }
}

function validators(response: Response): { readonly etag?: string; readonly lastModified?: string } {
  const etag = response.headers.get('etag')
  const lastModified = response.headers.get('last-modified')
  return { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) }
}

/** A promise that ends with the signal, also where the other side does not listen to it. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function failed(failure: SourceError['failure'], message: string, passing: boolean, cause?: unknown): Exchange {
  return { kind: 'failed', passing, error: new SourceError(failure, message, cause === undefined ? {} : { cause }) }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  return code ?? (cause instanceof Error ? cause.message.replace(/\?\S*/g, '').slice(0, 120) : 'unknown reason')
}
