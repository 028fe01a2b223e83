import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import type { Question } from '../../../src/delivery/platform.ts'
import { notice } from '../../../src/message/message.ts'
import { createSlack } from '../../../src/platforms/slack/connection.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { keptLog, TEAM } from './stub.ts'

const stops: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

/** Slack's Socket Mode, as far as one envelope and its acknowledgement go. */
async function aSocketServer(opens: (attempt: number) => object | undefined = () => undefined) {
  const acknowledged: unknown[] = []
  const answers: unknown[] = []
  const open: Duplex[] = []
  let attempts = 0
  const connections = waiting<number>()
  const responses = waiting<number>()
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '', 'http://x')
      const reply = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
      if (pathname === '/api/apps.connections.open')
        return reply(opens(++attempts) ?? { ok: true, url: `ws://127.0.0.1:${port()}/link` })
      if (pathname === '/api/auth.test') return reply({ ok: true, team_id: TEAM, user_id: 'U0BOT', user: 'paperboy' })
      if (pathname === '/answer') {
        answers.push(JSON.parse(Buffer.concat(chunks).toString()))
        responses.tell(answers.length)
      }
      reply({ ok: true })
    })
  })
  const port = () => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }
  server.on('upgrade', (request, socket: Duplex) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    socket.on('data', (frame: Buffer) => {
      const { code, text } = readFrame(frame)
      if (code === 8) return socket.end(Buffer.from([0x88, 0]))
      if (code === 1) acknowledged.push(JSON.parse(text))
    })
    socket.on('error', () => {})
    open.push(socket)
    send({ type: 'hello' })
    connections.tell(open.length)
  })
  const send = (message: object) => {
    const text = Buffer.from(JSON.stringify(message))
    open.at(-1)?.write(Buffer.concat([Buffer.from([0x81, 126, text.length >> 8, text.length & 255]), text]))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(async () => {
    for (const socket of open) socket.destroy()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://127.0.0.1:${port()}/`,
    acknowledged,
    answers,
    send,
    drop: () => open.at(-1)?.destroy(),
    connections: connections.until,
    responses: responses.until,
    attempts: () => attempts,
  }
}

async function aSlackOn(server: { readonly url: string }) {
  const { log, events } = keptLog()
  const settings = { apiUrl: `${server.url}api/`, botToken: 'bot', appToken: 'app' }
  const slack = createSlack(settings, { clock: systemClock, fetch, store: openMemoryStore(), log })
  const questions: Question[] = []
  await slack.start(
    {
      ask: async (question) => {
        questions.push(question)
        return { kind: 'message', to: 'asker', message: notice('info', 'Yes') }
      },
      on: async () => undefined,
    },
    new AbortController().signal,
  )
  stops.push(() => slack.stop())
  return { slack, questions, events }
}

const envelope = (server: { readonly url: string }, id = 'e1') => ({
  envelope_id: id,
  type: 'slash_commands',
  accepts_response_payload: true,
  payload: {
    command: '/papers',
    text: 'help',
    team_id: TEAM,
    channel_id: 'D1',
    user_id: 'U1',
    response_url: `${server.url}answer`,
  },
})

test('what is typed comes over Socket Mode, is acknowledged and answered', async () => {
  const server = await aSocketServer()
  const { questions } = await aSlackOn(server)
  server.send(envelope(server))
  await server.responses(1)
  expect(server.acknowledged).toMatchObject([{ envelope_id: 'e1' }])
  expect(questions).toMatchObject([{ kind: 'command', input: { text: 'help' } }])
  expect(server.answers).toMatchObject([{ text: 'Yes', response_type: 'ephemeral' }])
})

test.each(['a dropped connection', 'Slack’s own farewell'])('after %s it comes back', async (what) => {
  const server = await aSocketServer()
  await aSlackOn(server)
  if (what === 'a dropped connection') server.drop()
  else server.send({ type: 'disconnect', reason: 'refresh_requested' })
  await server.connections(2)
  server.send(envelope(server, 'e2'))
  await server.responses(1)
  expect(server.acknowledged).toMatchObject([{ envelope_id: 'e2' }])
})

test('a refused connection is tried again, and ends nothing', async () => {
  const server = await aSocketServer((attempt) => (attempt === 1 ? { ok: false, error: 'internal_error' } : undefined))
  const { events } = await aSlackOn(server)
  expect(server.attempts()).toBe(2)
  expect(events.map(({ event }) => event)).toContain('slack.socket.failed')
})

test('it stops while it is connected, and does not come back', async () => {
  const server = await aSocketServer()
  const { slack } = await aSlackOn(server)
  await slack.stop()
  expect(server.attempts()).toBe(1)
})

/** Tells of a number once it is reached. */
function waiting<T extends number>() {
  let reached = 0
  const waiters: { readonly at: number; readonly resolve: () => void }[] = []
  return {
    tell: (count: T) => {
      reached = count
      for (const { at, resolve } of waiters) if (reached >= at) resolve()
    },
    until: (at: number): Promise<void> =>
      reached >= at ? Promise.resolve() : new Promise((resolve) => waiters.push({ at, resolve })),
  }
}

function readFrame(frame: Buffer): { readonly code: number; readonly text: string } {
  const code = (frame[0] ?? 0) & 15
  const short = (frame[1] ?? 0) & 127
  const at = short === 126 ? 4 : 2
  const length = short === 126 ? frame.readUInt16BE(2) : short
  const mask = frame.subarray(at, at + 4)
  const data = frame.subarray(at + 4, at + 4 + length).map((byte, place) => byte ^ (mask[place % 4] ?? 0))
  return { code, text: Buffer.from(data).toString() }
}
