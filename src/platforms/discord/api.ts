import type { PlatformHouse } from '../../delivery/platform.ts'
import { createPace, isGlobal, type Route, retryAfterMs, type Scope } from './pace.ts'

/** Discord's REST API: one request, never repeated. */
export interface DiscordApi {
  request(method: Method, path: string, options: RequestOptions): Promise<Answer>
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface RequestOptions {
  readonly signal: AbortSignal
  readonly body?: unknown
  readonly file?: { readonly name: string; readonly type: string; readonly body: string }
  /** An interaction's own token, in its path, vouches for it. */
  readonly anonymous?: boolean
  /** How long it may stand in line for its bucket, in milliseconds; 1 s unless told. */
  readonly patienceMs?: number
}

/** `failed`: no answer, or none that can be read, so that nobody knows whether it was carried out. */
export type Answer =
  | { readonly kind: 'ok'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'error'; readonly status: number; readonly code: number; readonly message: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly scope: Scope }
  | { readonly kind: 'failed'; readonly cause: string }

interface ApiHouse extends Pick<PlatformHouse, 'clock' | 'fetch'> {
  /** Without the version. */
  readonly apiUrl: string
  readonly token: string
}

const VERSION = 'v10'
const TIMEOUT_MS = 15_000
const PATIENCE_MS = 1000
const USER_AGENT = 'DiscordBot (paperboy, 0.1)'

export function createApi({ apiUrl, token, clock, fetch }: ApiHouse): DiscordApi {
  const pace = createPace(clock)

  return {
    async request(method, path, { signal, body, file, anonymous = false, patienceMs = PATIENCE_MS }) {
      const route = routeOf(method, path)
      for (let patience = patienceMs; ; ) {
        if (signal.aborted) return { kind: 'failed', cause: 'it was given up before it was asked for' }
        const { waitMs, scope } = pace.ask(route)
        if (waitMs <= 0) break
        if (waitMs > patience) return { kind: 'throttled', retryAfterMs: waitMs, scope }
        patience -= waitMs
        try {
          await clock.sleep(waitMs, signal)
        } catch {
          return { kind: 'failed', cause: 'it was given up before it was asked for' }
        }
      }
      try {
        const response = await fetch(`${apiUrl}/${VERSION}${path}`, {
          method,
          signal: AbortSignal.any([signal, clock.timeout(TIMEOUT_MS)]),
          redirect: 'manual',
          headers: {
            'user-agent': USER_AGENT,
            ...(anonymous ? {} : { authorization: `Bot ${token}` }),
            ...(body === undefined || file !== undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: file === undefined ? JSON.stringify(body) : formOf(body, file) }),
        })
        pace.learn(route, response.status, response.headers)
        return await answerOf(response)
      } catch (error) {
        return { kind: 'failed', cause: causeOf(error) }
      }
    },
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response
  const text = await response.text()
  if (status === 429) {
    return { kind: 'throttled', retryAfterMs: retryAfterMs(headers), scope: isGlobal(headers) ? 'platform' : 'channel' }
  }
  if (status === 204) return { kind: 'ok', status, body: undefined }
  const body = readJson(text)
  if (status >= 200 && status < 300) {
    return body === undefined
      ? { kind: 'failed', cause: `an answer ${status} that is no JSON` }
      : { kind: 'ok', status, body }
  }
  if (status < 400 || status >= 500) return { kind: 'failed', cause: `Discord answered ${status}` }
  return { kind: 'error', status, code: codeIn(body), message: messageIn(body) ?? `HTTP ${status}` }
}

/** The route's bucket: ids are left out of it, but for the first, on which limits are counted apart. */
export function routeOf(method: Method, path: string): Route {
  const [bare = ''] = path.split('?', 1)
  if (bare.startsWith('/interactions/')) {
    const [, , id = ''] = bare.split('/')
    return { method, template: '/interactions/:id/:token/callback', major: id, exempt: true }
  }
  const webhook = /^\/webhooks\/(\d+)\/([^/]+)/.exec(bare)
  if (webhook !== null) {
    return {
      method,
      template: bare.replace(/^\/webhooks\/\d+\/[^/]+/, '/webhooks/:id/:token').replace(/\/\d{5,}/g, '/:id'),
      major: webhook[2] ?? '',
      exempt: true,
    }
  }
  const major = /^\/(?:channels|guilds)\/(\d+)/.exec(bare)?.[1] ?? ''
  return { method, template: bare.replace(/\/\d{5,}/g, '/:id'), major }
}

function formOf(body: unknown, { name, type, body: content }: NonNullable<RequestOptions['file']>): FormData {
  const form = new FormData()
  form.append('payload_json', JSON.stringify(body))
  form.append('files[0]', new Blob([content], { type }), name)
  return form
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function codeIn(body: unknown): number {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'number' ? body.code : 0
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined
  return typeof body.message === 'string' ? body.message : undefined
}

/** `fetch failed` says little; its cause says what. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
