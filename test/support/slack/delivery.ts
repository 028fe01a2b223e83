import { randomUUID } from 'node:crypto'
import type { Clock } from '../../../src/clock.ts'
import type { JsonObject } from '../discord/json-value.ts'
import type { Delivery, Outcome } from './fake-types.ts'
import { RULES } from './rules.ts'
import { signatureOf } from './signing.ts'
import type { SocketMode } from './socket-mode.ts'
import type { World } from './world.ts'

export type Fetch = (request: Request) => Promise<Response>

export interface SignedOptions {
  readonly contentType?: string
  /** Milliseconds by which the timestamp lies in the future, or, negative, in the past. */
  readonly skewMs?: number
  /** How the signature is wrong: by another secret, of another body, of a wrong version, or left out. */
  readonly signature?: 'good' | 'other-secret' | 'other-body' | 'v1' | 'none'
  readonly headers?: Readonly<Record<string, string>>
}

export interface Couriers {
  readonly deliveries: readonly Delivery[]
  /** Where HTTP requests go from now on; without it everything goes over the socket. */
  requestUrl(url: string | undefined, fetcher?: Fetch): void
  /** Sends a command or an interaction once. */
  once(kind: Delivery['kind'], payload: JsonObject): Promise<Outcome>
  /** Sends an event, again and again until it is acknowledged or given up (apis/events-api, "Retries"). */
  event(payload: JsonObject): Promise<Outcome>
  /** Sends a body of the test's own to the request URL. */
  signed(body: string, options?: SignedOptions): Promise<Response>
  /** The last HTTP request once more, byte for byte. */
  replay(): Promise<Response>
}

interface Target {
  readonly url: string
  readonly fetcher: Fetch
}

/** What carries payloads to the app: Socket Mode, or signed HTTP requests. */
export function createCouriers(
  world: World,
  clock: Pick<Clock, 'now' | 'sleep'>,
  socket: SocketMode,
  closing: AbortSignal,
): Couriers {
  const deliveries: Delivery[] = []
  let target: Target | undefined
  let last: { readonly body: string; readonly headers: Readonly<Record<string, string>> } | undefined

  const post = (body: string, headers: Readonly<Record<string, string>>): Promise<Response> => {
    if (target === undefined) throw new Error('there is no request URL: call requestUrl() first')
    last = { body, headers }
    return target.fetcher(new Request(target.url, { method: 'POST', body, headers }))
  }
  const headersFor = (body: string, options: SignedOptions): Record<string, string> => {
    const { skewMs = 0, signature = 'good', contentType = 'application/x-www-form-urlencoded' } = options
    const timestamp = String(Math.floor((clock.now() + skewMs) / 1_000))
    const secret = signature === 'other-secret' ? 'another secret' : world.app.signingSecret
    const good = signatureOf(secret, timestamp, signature === 'other-body' ? `${body} ` : body)
    return {
      'content-type': contentType,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      ...(signature === 'none' ? {} : { 'x-slack-signature': signature === 'v1' ? good.replace('v0', 'v1') : good }),
      ...options.headers,
    }
  }

  /** Waits three seconds for an acknowledgement. */
  const within = async (answer: Promise<Outcome>): Promise<Outcome> => {
    const patience = new AbortController()
    const stop = () => patience.abort()
    closing.addEventListener('abort', stop, { once: true })
    const timedOut = clock.sleep(RULES.acknowledgeMs, patience.signal).then(
      (): Outcome => ({ kind: 'operation_timeout' }),
      (): Outcome => ({ kind: 'operation_timeout' }),
    )
    try {
      return await Promise.race([answer, timedOut])
    } finally {
      closing.removeEventListener('abort', stop)
      patience.abort()
    }
  }

  const overSocket = async (delivery: Delivery, retry: JsonObject): Promise<Outcome> => {
    const id = randomUUID()
    const envelope = {
      envelope_id: id,
      type: delivery.kind,
      payload: delivery.payload,
      accepts_response_payload: delivery.kind !== 'events_api',
      ...retry,
    }
    let sent = false
    const answer = new Promise<Outcome>((resolve) => {
      sent = socket.send(envelope, (payload) => {
        resolve({ kind: 'acknowledged', afterMs: clock.now() - delivery.at, payload })
      })
    })
    if (!sent) return { kind: 'dispatch_failed', status: undefined }
    const outcome = await within(answer)
    socket.forget(id)
    return outcome
  }

  const overHttp = async (
    delivery: Delivery,
    headers: Readonly<Record<string, string>>,
  ): Promise<Outcome & { readonly noRetry?: boolean }> => {
    const body = bodyOf(delivery)
    const contentType = delivery.kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded'
    let noRetry = false
    const answer = post(body, headersFor(body, { contentType, headers })).then(
      async (response): Promise<Outcome> => {
        const text = await response.text()
        delivery.status = response.status
        noRetry = response.headers.get('x-slack-no-retry') === '1'
        if (response.status !== 200) return { kind: 'dispatch_failed', status: response.status }
        return { kind: 'acknowledged', afterMs: clock.now() - delivery.at, payload: payloadOf(text) }
      },
      (): Outcome => ({ kind: 'dispatch_failed', status: undefined }),
    )
    const outcome = await within(answer)
    return { ...outcome, ...(noRetry ? { noRetry } : {}) }
  }

  const send = async (kind: Delivery['kind'], payload: JsonObject, attempt: number, reason: string | undefined) => {
    const transport = target === undefined ? 'socket' : 'http'
    const delivery: Delivery = { at: clock.now(), transport, kind, payload, attempt }
    deliveries.push(delivery)
    const again = reason === undefined ? {} : { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason }
    const retry = kind === 'events_api' ? { retry_attempt: attempt, retry_reason: reason ?? '' } : {}
    const outcome: Outcome & { readonly noRetry?: boolean } =
      transport === 'http' ? await overHttp(delivery, again) : await overSocket(delivery, retry)
    if (outcome.kind === 'acknowledged') {
      delivery.acknowledgedAfterMs = outcome.afterMs
      delivery.acknowledgement = outcome.payload
    }
    world.changed()
    return outcome
  }

  return {
    deliveries,
    requestUrl(url, fetcher = (request) => fetch(request)) {
      target = url === undefined ? undefined : { url, fetcher }
    },
    once: (kind, payload) => send(kind, payload, 0, undefined),
    async event(payload) {
      let outcome = await send('events_api', payload, 0, undefined)
      for (const [place, pause] of RULES.eventRetriesMs.entries()) {
        if (outcome.kind === 'acknowledged' || outcome.noRetry || closing.aborted) return outcome
        await clock.sleep(pause, closing)
        outcome = await send('events_api', payload, place + 1, reasonOf(outcome))
      }
      return outcome
    },
    signed: (body, options = {}) => post(body, headersFor(body, options)),
    replay() {
      if (last === undefined) throw new Error('nothing was sent yet')
      return post(last.body, last.headers)
    },
  }
}

/** x-slack-retry-reason (apis/events-api, "Retries"). */
function reasonOf(outcome: Outcome): string {
  if (outcome.kind === 'operation_timeout') return 'http_timeout'
  return outcome.kind === 'dispatch_failed' && outcome.status !== undefined ? 'http_error' : 'connection_failed'
}

/** Events are JSON, commands a form, interactions a form with JSON in `payload`. */
function bodyOf({ kind, payload }: Delivery): string {
  if (kind === 'events_api') return JSON.stringify(payload)
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  return new URLSearchParams(
    Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)])),
  ).toString()
}

function payloadOf(text: string): unknown {
  if (text === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return { text }
  }
}
