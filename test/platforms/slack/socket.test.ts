import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { type Clock, systemClock } from '../../../src/clock.ts'
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
async function aSocketServer(opens: (attempt: number) => object | number | undefined = () => undefined) {
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
      if (pathname === '/api/apps.connections.open') {
        const opened = opens(++attempts) ?? { ok: true, url: `ws://127.0.0.1:${port()}/link` }
        if (typeof opened !== 'number') return reply(opened)
        return response.writeHead(429, opened > 0 ? { 'retry-after': String(opened) } : {}).end()
      }
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
    socket.on('data', (bytes: Buffer) => {
      for (const { code, text } of readFrames(bytes)) {
        if (code === 8) socket.end(Buffer.from([0x88, 0]))
        if (code === 1) acknowledged.push(JSON.parse(text))
      }
    })
    socket.on('error', () => {})
    open.push(socket)
    send({ type: 'hello' })
    connections.tell(open.length)
  })
  const send = (message: object) => sendFrame(JSON.stringify(message))
  const sendFrame = (content: string, code = 1) => {
    const text = Buffer.from(content)
    open.at(-1)?.write(Buffer.concat([Buffer.from([0x80 | code, 126, text.length >> 8, text.length & 255]), text]))
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
    sendFrame,
    drop: () => open.at(-1)?.destroy(),
    connections: connections.until,
    responses: responses.until,
    attempts: () => attempts,
  }
}

async function aSlackOn(server: { readonly url: string }, clock: Clock = systemClock) {
  const { log, events } = keptLog()
  const settings = { apiUrl: `${server.url}api/`, botToken: 'bot', appToken: 'app' }
  const slack = createSlack(settings, { clock, fetch, store: openMemoryStore(), log })
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

test.each([
  [
    'a word of Slack’s that events are held back',
    { type: 'events_api', payload: { type: 'app_rate_limited', team_id: TEAM } },
  ],
  ['an event that is null', { type: 'events_api', payload: { type: 'event_callback', event: null } }],
  ['an event without a type', { type: 'events_api', payload: { type: 'event_callback', event: {} } }],
  ['an envelope without a payload', { type: 'events_api' }],
  ['a command that is a list', { type: 'slash_commands', payload: [] }],
  ['a press that is text', { type: 'interactive', payload: 'pressed' }],
  ['an unknown type', { type: 'slack_event', payload: {} }],
])('%s is acknowledged, dropped with the reason, and ends nothing', async (_what, message) => {
  const server = await aSocketServer()
  const { events } = await aSlackOn(server)
  server.send({ envelope_id: 'e8', ...message })
  server.send(envelope(server, 'e9'))
  await server.responses(1)
  expect(server.acknowledged).toMatchObject([{ envelope_id: 'e8', payload: {} }, { envelope_id: 'e9' }])
  expect(events).toContainEqual({
    event: 'slack.envelope.dropped',
    type: message.type,
    envelopeId: 'e8',
    why: expect.any(String),
  })
})

test.each([
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['no JSON', '{"type":'],
  ['nothing', ''],
  ['bytes', 'bytes', 2],
  ['an object without anything', '{}'],
  ['an envelope with an id that is none', '{"type":"events_api","envelope_id":7,"payload":{}}'],
  [
    'an event named as the library names its own',
    '{"type":"events_api","envelope_id":"e","payload":{"event":{"type":"close"}}}',
  ],
])('a frame of %s ends nothing', async (_what, text, code = 1) => {
  const server = await aSocketServer()
  const { questions } = await aSlackOn(server)
  server.sendFrame(text, code)
  server.send(envelope(server))
  await server.responses(1)
  expect(questions).toHaveLength(1)
  expect(server.attempts()).toBe(1)
})

test.each([
  ['the same envelope', 'e1', 'trigger'],
  ['the same trigger in another envelope', 'e2', 'trigger'],
])('%s is handled once, and acknowledged again', async (_what, id, trigger) => {
  const server = await aSocketServer()
  const { questions } = await aSlackOn(server)
  const command = (envelopeId: string, text: string, triggerId: string) => {
    const { payload, ...rest } = envelope(server, envelopeId)
    return { ...rest, payload: { ...payload, text, trigger_id: triggerId } }
  }
  server.send(command('e1', 'help', trigger))
  server.send(command(id, 'help', trigger))
  server.send(command('e3', 'status', 'another'))
  await server.responses(2)
  expect(questions).toMatchObject([{ input: { text: 'help' } }, { input: { text: 'status' } }])
  expect(server.acknowledged.map((each) => idIn(each)).sort()).toEqual(['e1', id, 'e3'].sort())
})

test.each([
  ['26 s', 26, 26_000],
  ['minutes', 300, 300_000],
  ['no time that it tells', 0, 30_000],
])('when Slack wants quiet for %s before a connection, it is not asked sooner', async (_what, seconds, ms) => {
  const server = await aSocketServer((attempt) => (attempt <= 2 ? seconds : undefined))
  const slept: number[] = []
  const clock: Clock = {
    ...systemClock,
    sleep: (wait, signal) => {
      // Of the pauses between two attempts, and not of what bounds an attempt.
      if (wait !== 20_000 && wait !== 10_000) slept.push(wait)
      return systemClock.sleep(wait === ms ? 0 : wait, signal)
    },
  }
  await aSlackOn(server, clock)
  expect(server.attempts()).toBe(3)
  expect(slept.filter((wait) => wait >= 1000).slice(0, 2)).toEqual([ms, ms])
})

test('it stops while it is connected, and does not come back', async () => {
  const server = await aSocketServer()
  const { slack } = await aSlackOn(server)
  await slack.stop()
  expect(server.attempts()).toBe(1)
})

function idIn(acknowledgement: unknown): string {
  return /"envelope_id":"(\w+)"/.exec(JSON.stringify(acknowledgement))?.[1] ?? ''
}

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

/** Those of one piece of the stream; each is short. */
function readFrames(bytes: Buffer): readonly { readonly code: number; readonly text: string }[] {
  if (bytes.length < 2) return []
  const code = (bytes[0] ?? 0) & 15
  const short = (bytes[1] ?? 0) & 127
  const at = short === 126 ? 4 : 2
  const length = short === 126 ? bytes.readUInt16BE(2) : short
  const mask = bytes.subarray(at, at + 4)
  const end = at + 4 + length
  const data = bytes.subarray(at + 4, end).map((byte, place) => byte ^ (mask[place % 4] ?? 0))
  return [{ code, text: Buffer.from(data).toString() }, ...readFrames(bytes.subarray(end))]
}
