import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Clock } from '../../../src/clock.ts'
import type { ActiveFaults, FaultName, Faults } from './faults.ts'
import { limitedBody, limitedHeaders, type RateLimits } from './rate-limits.ts'
import { REFUSALS, Refusal } from './refusal.ts'
import type { FakeViolation, LoggedRequest } from './request-log.ts'
import { readBody } from './request-reading.ts'
import { type MatchedRoute, matchRoute, type RouteName } from './routes.ts'
import type { Answer, Handlers } from './servers.ts'

export interface HttpOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly token: string
  readonly faults: ActiveFaults
  readonly limits: RateLimits
  readonly handlers: Handlers<RouteName>
  readonly log: LoggedRequest[]
  readonly snowflake: () => string
  /** Ends everything that still sleeps when the servers shut. */
  readonly closing: AbortSignal
  violate(violation: Omit<FakeViolation, 'at'>): void
}

interface Outgoing extends Answer {
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is. */
  readonly raw?: string
}

interface Incoming {
  readonly method: string
  readonly url: URL
  readonly contentType: string
  readonly authorization: string | undefined
  readonly body: Uint8Array<ArrayBuffer>
}

/** What goes back over the wire; `dropped` where the connection ends without a word. */
type Sent =
  | { readonly kind: 'dropped' }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly text: string
    }

const PREFIX = '/api/v10'

/** The door of loopback HTTP. */
export function httpServer(options: HttpOptions): Server {
  return createServer((request, response) => {
    answerOverHttp(options, request, response).catch((error: unknown) => {
      if (options.closing.aborted) return
      options.violate({ route: 'unknown', rule: 'fake', path: [], message: `the fake itself broke: ${error}` })
      if (!response.destroyed) response.writeHead(500).end(String(error))
    })
  })
}

async function answerOverHttp(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const sent = await serve(options, {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', 'http://loopback'),
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization,
    body: Buffer.concat(chunks),
  })
  if (sent.kind === 'dropped') {
    response.destroy()
    request.socket.destroy()
    return
  }
  if (response.destroyed) return
  response.writeHead(sent.status, { 'Content-Length': String(Buffer.byteLength(sent.text)), ...sent.headers })
  response.end(sent.text)
}

/** The door for simulations: the shape of `fetch`, the same rules, no socket. Aborting ends the waiting, not the effect. */
export function inProcessFetch(options: HttpOptions): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const answer = serve(options, {
      method: request.method,
      url: new URL(request.url),
      contentType: request.headers.get('content-type') ?? '',
      authorization: request.headers.get('authorization') ?? undefined,
      body: new Uint8Array(await request.arrayBuffer()),
    })
    const sent = await unlessAborted(answer, request.signal)
    if (sent.kind === 'dropped') {
      const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
      throw new TypeError('fetch failed', { cause })
    }
    return new Response(sent.text === '' ? null : sent.text, { status: sent.status, headers: sent.headers })
  }
}

function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** The HTTP API: a request is logged, counted, perhaps befallen by faults, answered. Both doors lead here. */
async function serve(options: HttpOptions, incoming: Incoming): Promise<Sent> {
  const { method, url } = incoming
  const path = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname
  const route = url.pathname.startsWith(PREFIX) ? matchRoute(method, path) : undefined
  const { body, files, broken } = await readBody(incoming.body, incoming.contentType, options.snowflake)
  const logged: LoggedRequest = {
    at: options.clock.now(),
    method,
    path: path + url.search,
    route: route?.name,
    params: route?.params ?? {},
    body,
    faults: [],
  }
  options.log.push(logged)

  const befalls = <Name extends FaultName>(name: Name): Faults[Name] | undefined => {
    const fault = options.faults.befalls(name, route?.name, route?.params.channel)
    if (fault !== undefined) logged.faults.push(name)
    return fault
  }
  const send = ({ status, body: sent, headers = {}, raw }: Outgoing): Sent => {
    logged.status = status
    const text = raw ?? (sent === undefined ? '' : JSON.stringify(sent))
    const type = raw === undefined ? 'application/json' : 'text/html'
    return { kind: 'answer', status, headers: { ...(text === '' ? {} : { 'Content-Type': type }), ...headers }, text }
  }

  if (befalls('dropped')) return { kind: 'dropped' }
  const early = refusedEarly(options, incoming, route, befalls)
  if (early !== undefined) return send(early.answer)
  if (route === undefined) {
    options.violate({ route: 'unknown', rule: 'route', path: [], message: `${method} ${url.pathname} is no route` })
    return send(refusalAnswer(new Refusal(...REFUSALS.notFound)))
  }

  const { headers, limited } = options.limits.take(route)
  if (limited !== undefined) {
    options.limits.invalid()
    return send({ status: 429, body: limitedBody(limited.retryAfterMs, limited.scope), headers })
  }
  const before = befalls('failedBefore')
  if (before) return send({ ...failure(before.status), headers })
  const late = befalls('late')
  if (late) await options.clock.sleep(late.ms, options.closing)

  const answer = broken ? brokenJson() : perform(options, route, { query: url.searchParams, body, files })
  if (answer.status === 401 || answer.status === 403 || answer.status === 429) options.limits.invalid()

  if (befalls('replyLost')) return { kind: 'dropped' }
  const after = befalls('failedAfter')
  if (after) return send({ ...failure(after.status), headers })
  const slow = befalls('slow')
  if (slow) await options.clock.sleep(slow.ms, options.closing)
  if (befalls('garbage')) return send({ status: 200, raw: '<html><body>Something is wrong.</body></html>', headers })
  return send({ ...answer, headers: { ...headers, ...answer.headers } })
}

/** What is refused before anybody looks at the route: banned addresses, unknown bots, 429s that were asked for. */
function refusedEarly(
  { limits, token }: HttpOptions,
  { authorization }: Incoming,
  route: MatchedRoute | undefined,
  befalls: <Name extends FaultName>(name: Name) => Faults[Name] | undefined,
): { readonly answer: Outgoing } | undefined {
  // Cloudflare's answer, which is no JSON (topics/rate-limits, "Invalid Request Limit").
  if (limits.banned) return { answer: { status: 429, raw: 'error code: 1015', headers: { 'Retry-After': '3600' } } }
  if (route?.rule.open !== true && authorization !== `Bot ${token}`) {
    limits.invalid()
    return { answer: refusalAnswer(new Refusal(...REFUSALS.unauthorized)) }
  }
  const limited = befalls('rateLimited')
  if (limited === undefined) return undefined
  const { retryAfterMs, scope = 'user' } = limited
  if (scope !== 'shared') limits.invalid()
  return {
    answer: { status: 429, body: limitedBody(retryAfterMs, scope), headers: limitedHeaders(retryAfterMs, scope) },
  }
}

function perform(
  { handlers }: HttpOptions,
  { name, params }: MatchedRoute,
  rest: Pick<Parameters<Handlers<RouteName>[RouteName]>[0], 'query' | 'body'> & {
    readonly files: Parameters<Handlers<RouteName>[RouteName]>[0]['files']
  },
): Outgoing {
  try {
    return handlers[name]({ route: name, params, ...rest })
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error)
    throw error
  }
}

function refusalAnswer({ status, code, message, details }: Refusal): Outgoing {
  const retryAfter = details.retry_after
  return {
    status,
    body: { message, code, ...details },
    ...(typeof retryAfter === 'number' ? { headers: limitedHeaders(retryAfter * 1_000, 'user') } : {}),
  }
}

function brokenJson(): Outgoing {
  return refusalAnswer(new Refusal(400, 50109, 'The request body contains invalid JSON.'))
}

function failure(status = 500): Outgoing {
  return { status, body: { message: `${status}: Internal Server Error`, code: 0 } }
}
