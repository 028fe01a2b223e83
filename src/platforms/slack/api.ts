import { type Logger, LogLevel, webApi } from '@slack/bolt'
import type { Clock } from '../../clock.ts'

/** What comes of asking Slack once. `failed`: whether it was carried out can't be told. */
export type Answer =
  | { readonly kind: 'ok'; readonly data: Readonly<Record<string, unknown>>; readonly scopes?: readonly string[] }
  | { readonly kind: 'error'; readonly error: string; readonly scopes?: readonly string[] }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'failed'; readonly cause: string }

/**
 * Asks a method of the Web API once, and never again by itself; not at all before the wait is over that Slack asked for.
 * Never rejects; ends by the signal or after 15 s.
 */
export type CallSlack = (
  method: string,
  args?: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
) => Promise<Answer>

interface ApiOptions {
  readonly apiUrl: string
  readonly token: string
  readonly fetch: typeof fetch
  readonly clock: Clock
}

const CALL_MS = 15_000
/** Where a refusal for haste does not say how long. */
const RETRY_S = 30

export function slackApi({ apiUrl, token, fetch: ask, clock }: ApiOptions): CallSlack {
  const waits = createWaits(clock)
  return async (method, args = {}, signal) => {
    if (signal?.aborted) return { kind: 'failed', cause: 'it was given up before it was asked for' }
    const lane = laneOf(method, args)
    const left = waits.left(lane)
    if (left > 0) return { kind: 'throttled', retryAfterMs: left }
    const limit = clock.timeout(CALL_MS)
    const bound = signal === undefined ? limit : AbortSignal.any([limit, signal])
    // A client for each call, so that each has its own signal.
    const client = new webApi.WebClient(token, {
      slackApiUrl: apiUrl,
      allowAbsoluteUrls: false,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: silent,
      fetch: async (url, init) => withRetryAfter(await ask(url, { ...init, signal: bound })),
    })
    try {
      const { ok: _ok, response_metadata: metadata, ...data } = await client.apiCall(method, { ...args })
      return { kind: 'ok', data: { ...data, response_metadata: metadata }, ...scopesOf(metadata) }
    } catch (error) {
      const answer = answerOf(error)
      if (answer.kind === 'throttled') waits.add(lane, answer.retryAfterMs)
      return answer
    }
  }
}

/** Limits are a method's; posting has one for each channel besides (docs.slack.dev, rate limits). */
function laneOf(method: string, { channel }: Readonly<Record<string, unknown>>): string {
  return method === 'chat.postMessage' ? `${method} ${String(channel)}` : method
}

/** The waits that Slack asked for and that are not over, in milliseconds. */
function createWaits(clock: Pick<Clock, 'now'>) {
  const ends = new Map<string, number>()
  return {
    left: (lane: string) => (ends.get(lane) ?? 0) - clock.now(),
    add(lane: string, ms: number): void {
      const now = clock.now()
      for (const [each, end] of ends) if (end <= now) ends.delete(each)
      ends.set(lane, now + ms)
    },
  }
}

/** What an error of the library means. */
export function answerOf(error: unknown): Exclude<Answer, { kind: 'ok' }> {
  if (error instanceof webApi.WebAPIRateLimitedError) return throttled(error.retryAfter)
  if (error instanceof webApi.WebAPIHTTPError) return { kind: 'failed', cause: `Slack answered ${error.statusCode}` }
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: name, response_metadata: metadata } = error.data
    // What can't be read as JSON comes as its own text.
    if (typeof name !== 'string' || !/^[a-z0-9_]{2,80}$/.test(name))
      return { kind: 'failed', cause: 'Slack’s answer can’t be read' }
    if (name === 'ratelimited' || name === 'rate_limited') return throttled(metadata?.retryAfter ?? RETRY_S)
    return { kind: 'error', error: name, ...scopesOf(metadata) }
  }
  const cause = error instanceof webApi.WebAPIRequestError ? error.original : error
  return { kind: 'failed', cause: reasonOf(cause) }
}

function throttled(seconds: number): Extract<Answer, { kind: 'throttled' }> {
  return { kind: 'throttled', retryAfterMs: Math.max(1, seconds) * 1000 }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}

function scopesOf(metadata: { readonly scopes?: readonly string[] } | undefined): { scopes?: readonly string[] } {
  return metadata?.scopes === undefined ? {} : { scopes: metadata.scopes }
}

/** The client takes a 429 that does not say how long for a failure of unknown outcome. */
export function withRetryAfter(response: Response): Response {
  if (response.status !== 429 || /^\d+$/.test(response.headers.get('retry-after') ?? '')) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', String(RETRY_S))
  return new Response(null, { status: 429, headers })
}

const nothing = () => {}

/** The library's own log repeats requests, tokens and all. */
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
}
