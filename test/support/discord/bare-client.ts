import { WebSocket } from 'ws'
import type { FakeDiscord } from './fake-types.ts'
import { isObject, type JsonObject, objectOf } from './json-value.ts'

export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  /** Undefined where there is no JSON. */
  readonly body: unknown
}

/** One request with the bot's token, nothing retried, nothing waited for. Rejects when the connection ends without an answer. */
export async function askApi(
  discord: FakeDiscord,
  method: string,
  path: string,
  body?: unknown,
  token = discord.token,
): Promise<ApiAnswer> {
  const answer = await fetch(`${discord.url}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json', connection: 'close' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: parsed(text) }
}

export interface BareGateway {
  /** Everything that came, in order. */
  readonly received: readonly JsonObject[]
  /** Waits for the next payload that is this opcode, or this event. */
  next(what: number | string): Promise<JsonObject>
  send(payload: unknown): void
  /** Resolves with the code when the connection is closed. */
  readonly closed: Promise<number>
  close(code?: number): void
}

/** A connection to the gateway that does nothing by itself. */
export async function openGateway(discord: FakeDiscord, query = '?v=10&encoding=json'): Promise<BareGateway> {
  const { body } = await askApi(discord, 'GET', '/gateway/bot')
  const socket = new WebSocket(`${objectOf(body).url}/${query}`)
  const received: JsonObject[] = []
  const waiting = new Set<() => void>()
  let taken = 0
  socket.on('message', (raw, binary) => {
    const payload = parsed(String(raw))
    if (binary || !isObject(payload)) return
    received.push(payload)
    for (const wake of [...waiting]) wake()
  })
  socket.on('error', () => {})
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  return {
    received,
    next: (what) =>
      new Promise((resolve) => {
        const look = () => {
          const at = received.findIndex((each, place) => place >= taken && (each.op === what || each.t === what))
          const found = received[at]
          if (found === undefined) return
          taken = at + 1
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    send: (payload) => socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    closed,
    close: (code = 1000) => socket.close(code),
  }
}

/** Says who it is and waits until it is ready. */
export async function identify(
  discord: FakeDiscord,
  settings: { readonly intents?: number; readonly shard?: readonly [number, number] } = {},
): Promise<BareGateway> {
  const gateway = await openGateway(discord)
  await gateway.next(10)
  gateway.send({ op: 2, d: { token: discord.token, intents: 1, properties: {}, ...settings } })
  await gateway.next('READY')
  return gateway
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
