import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { broken } from './limits.ts'

export const SELF = '900000000000000001'
export const GUILD = '100000000000000001'
export const CHANNEL = '200000000000000001'
export const OTHER = '200000000000000002'
export const APPLICATION = '900000000000000000'

export interface Standing {
  readonly id: string
  readonly channel: string
  readonly author: { readonly id: string }
  body: Readonly<Record<string, unknown>>
}

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

type Fault = (response: ServerResponse, carryOut: () => void) => void

/** As much of Discord's REST as the driver's own tests need: messages of two channels, permissions, commands. */
export interface Stub {
  readonly url: string
  readonly messages: Standing[]
  readonly asked: Asked[]
  readonly guild: { owner_id: string; roles: { id: string; name: string; permissions: string }[] }
  readonly overwrites: { id: string; type: number; allow: string; deny: string }[]
  commands: unknown[]
  /** Epoch ms of the next message. */
  now: number
  /** What the next request that changes something meets with. */
  fault: Fault | undefined
  close(): Promise<void>
}

const EPOCH = 1_420_070_400_000

export async function openStub(): Promise<Stub> {
  let serial = 0
  const state: Omit<Stub, 'url' | 'close'> = {
    messages: [],
    asked: [],
    guild: {
      owner_id: '1',
      roles: [{ id: GUILD, name: '@everyone', permissions: String((1n << 10n) | (1n << 11n) | (1n << 16n)) }],
    },
    overwrites: [],
    commands: [],
    now: Date.parse('2026-11-24T09:00:00Z'),
    fault: undefined,
  }

  const carryOut = (method: string, path: string, query: URLSearchParams, body: Readonly<Record<string, unknown>>) => {
    const place = /^\/channels\/(\d+)\/messages/.exec(path)?.[1] ?? ''
    const target = /\/messages\/(\d+)$/.exec(path)?.[1] ?? ''
    if (path === '/users/@me') return { id: SELF, username: 'paperboy' }
    if (path === '/applications/@me') return { id: APPLICATION, name: 'Paperboy' }
    if (path === '/gateway/bot')
      return { url: 'wss://none', shards: 1, session_start_limit: { total: 1000, remaining: 1000 } }
    if (path.endsWith('/commands')) {
      if (method === 'PUT' && Array.isArray(body)) state.commands = body
      return state.commands
    }
    if (path === '/users/@me/channels') return { id: '300000000000000001' }
    if (path === `/guilds/${GUILD}`) return { id: GUILD, ...state.guild }
    if (path === `/guilds/${GUILD}/members/${SELF}`) return { roles: [], user: { id: SELF } }
    if (/^\/channels\/\d+$/.test(path))
      return { id: path.slice(10), type: 0, name: 'papers', guild_id: GUILD, permission_overwrites: state.overwrites }
    if (method === 'GET' && place !== '') {
      const after = BigInt(query.get('after') ?? '0')
      const own = state.messages.filter((each) => each.channel === place && BigInt(each.id) > after)
      return own
        .slice(0, Number(query.get('limit')))
        .toReversed()
        .map(shown)
    }
    if (method === 'POST' && place !== '') {
      const known = state.messages.find((each) => each.channel === place && each.body.nonce === body.nonce)
      if (known !== undefined && body.nonce !== undefined) return shown(known)
      const id = String((BigInt(state.now - EPOCH) << 22n) + BigInt(++serial))
      const made = { id, channel: place, author: { id: SELF }, body }
      state.messages.push(made)
      return shown(made)
    }
    if (method === 'PATCH' && place !== '') {
      const known = state.messages.find((each) => each.id === target && each.channel === place)
      if (known === undefined) return undefined
      known.body = { ...known.body, ...body }
      return shown(known)
    }
    return path.startsWith('/interactions/') || path.startsWith('/webhooks/') ? { id: '1' } : undefined
  }

  const server = createServer(async (request, response) => {
    const { path, query, body } = await read(request)
    const method = request.method ?? 'GET'
    state.asked.push({ method, path, body })
    const sends = method !== 'GET' && /^\/channels\/\d+\/messages/.test(path)
    const wrong = sends ? broken(body) : []
    if (wrong.length > 0) return answer(response, 400, { code: 50035, message: wrong.join('; ') })
    const { fault } = state
    if (sends && fault !== undefined) {
      state.fault = undefined
      return fault(response, () => carryOut(method, path, query, body))
    }
    const made = carryOut(method, path, query, body)
    if (made === undefined) answer(response, 404, { code: 10008, message: 'Unknown Message' })
    else answer(response, 200, made)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}/api`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** The nonce is not kept with a message. */
function shown({ id, author, body, channel }: Standing) {
  const { nonce: _, enforce_nonce: _enforced, ...kept } = body
  return { id, author, channel_id: channel, ...kept }
}

async function read(request: IncomingMessage) {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const url = new URL(request.url ?? '/', 'http://stub')
  const text = Buffer.concat(parts).toString()
  const json = (request.headers['content-type'] ?? '').startsWith('application/json')
  return {
    path: url.pathname.replace('/api/v10', ''),
    query: url.searchParams,
    body: json ? JSON.parse(text) : { text },
  }
}
