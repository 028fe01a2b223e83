import { expect, test } from 'vitest'
import type { Handlers } from '../../../src/delivery/platform.ts'
import { notice } from '../../../src/message/message.ts'
import { createSlack } from '../../../src/platforms/slack/connection.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { API, commandBody, interactionBody, keptLog, SECRET, settle, signed, slackStub, sleepingClock } from './stub.ts'

const MINUTE = 60_000

async function aReceiver(ask?: Handlers['ask'], clock = sleepingClock()) {
  const stub = slackStub(clock)
  const { log, events } = keptLog()
  const slack = createSlack(
    { apiUrl: API, botToken: 'xoxb-test', signingSecret: SECRET },
    { clock, fetch: stub.fetch, store: openMemoryStore(), log },
  )
  const asked: string[] = []
  const handlers: Handlers = {
    ask: async (question, options) => {
      asked.push(question.kind)
      return ask?.(question, options) ?? { kind: 'message', to: 'asker', message: notice('info', 'Yes') }
    },
    on: async (event) => {
      asked.push(event.kind)
      return undefined
    },
  }
  await slack.start(handlers, new AbortController().signal)
  const send = async (request: Request) => {
    const response = await slack.inbound?.handle(request)
    await settle()
    if (response === undefined) throw new Error('there is no way in')
    return response
  }
  return { clock, stub, slack, asked, send, events }
}

const event = (over: object = {}) =>
  JSON.stringify({
    type: 'event_callback',
    team_id: 'T012',
    event_id: 'Ev1',
    event: { type: 'channel_left', channel: 'C345' },
    ...over,
  })

test('a signed command is acknowledged with an empty 200, and asked', async () => {
  const { send, asked, clock } = await aReceiver()
  const response = await send(signed(commandBody('help'), { at: clock.now() }))
  expect([response.status, await response.text()]).toEqual([200, ''])
  expect(asked).toEqual(['command'])
})

test.each([
  ['held back', { type: 'app_rate_limited', event: undefined }],
  ['null', { event: null }],
  ['without a type', { event: {} }],
])('an event that is %s is acknowledged at once, and dropped with the reason', async (_, over) => {
  const { send, asked, clock, events } = await aReceiver()
  expect((await send(signed(event(over), { at: clock.now(), type: 'application/json' }))).status).toBe(200)
  expect(asked).toEqual([])
  expect(events).toContainEqual({ event: 'slack.request.dropped', why: expect.any(String) })
})

test('it is acknowledged before the question is answered', async () => {
  const answering = Promise.withResolvers<never>()
  const { send, asked, clock } = await aReceiver(() => answering.promise)
  expect((await send(signed(commandBody('help'), { at: clock.now() }))).status).toBe(200)
  expect(asked).toEqual(['command'])
})

test.each<[string, (now: number) => Request]>([
  ['another secret', (at) => signed(commandBody('help'), { at, secret: 'guessed' })],
  ['a moment more than five minutes ago', (now) => signed(commandBody('help'), { at: now - 5 * MINUTE - 1000 })],
  ['a moment more than five minutes ahead', (now) => signed(commandBody('help'), { at: now + 5 * MINUTE + 1000 })],
  ['no signature', (at) => without(signed(commandBody('help'), { at }), 'x-slack-signature')],
  ['no moment', (at) => without(signed(commandBody('help'), { at }), 'x-slack-request-timestamp')],
  [
    'a signature of another body',
    (at) => new Request(signed(commandBody('help'), { at }), { body: commandBody('settings cap=1'), method: 'POST' }),
  ],
  ['half a signature', (at) => altered(signed(commandBody('help'), { at }), (text) => text.slice(0, 30))],
  ['a signature in capitals', (at) => altered(signed(commandBody('help'), { at }), (text) => text.toUpperCase())],
])('a request with %s is refused, and nothing is asked', async (_, request) => {
  const { send, asked, clock } = await aReceiver()
  expect((await send(request(clock.now()))).status).toBe(401)
  expect(asked).toEqual([])
})

test.each([-4, 4])('a clock that differs by %i minutes is no reason to refuse', async (minutes) => {
  const { send, clock } = await aReceiver()
  expect((await send(signed(commandBody('help'), { at: clock.now() + minutes * MINUTE }))).status).toBe(200)
})

test('the same signed request is taken once', async () => {
  const { send, asked, clock } = await aReceiver()
  const request = () => signed(commandBody('help'), { at: clock.now() - 4 * MINUTE })
  const first = request()
  const again = first.clone()
  expect((await send(first)).status).toBe(200)
  expect((await send(again)).status).toBe(401)
  expect(asked).toEqual(['command'])
})

test('a request from ahead of our clock is not taken again while it stays fresh', async () => {
  const { send, asked, clock } = await aReceiver()
  const first = signed(commandBody('help'), { at: clock.now() + 4 * MINUTE })
  const again = first.clone()
  await send(first)
  clock.pass(8 * MINUTE)
  expect((await send(again)).status).toBe(401)
  expect(asked).toEqual(['command'])
})

test.each<[number, (now: number) => Request]>([
  [405, () => new Request('https://paperboy.test/slack/events')],
  [404, (at) => signed(commandBody('help'), { at, path: '/slack/events/more' })],
  [404, (at) => signed(commandBody('help'), { at, path: '/slack/install' })],
  [415, (at) => signed('hello', { at, type: 'text/plain' })],
  [413, (at) => signed('x'.repeat(1024 * 1024 + 1), { at })],
  [400, (at) => signed('{"type":', { at, type: 'application/json' })],
  [400, (at) => signed('[]', { at, type: 'application/json' })],
  [400, (at) => signed('payload=%7B', { at })],
])('%i', async (status, request) => {
  const { send, asked, clock } = await aReceiver()
  expect((await send(request(clock.now()))).status).toBe(status)
  expect(asked).toEqual([])
})

test('the address is confirmed with the challenge, signed like everything', async () => {
  const { send, clock } = await aReceiver()
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' })
  const response = await send(signed(body, { at: clock.now(), type: 'application/json; charset=utf-8' }))
  expect(await response.json()).toEqual({ challenge: 'abc' })
  expect((await send(signed(body, { at: clock.now(), type: 'application/json', secret: 'guessed' }))).status).toBe(401)
})

test('an event that Slack repeats is told once', async () => {
  const { send, asked, clock } = await aReceiver()
  await send(signed(event(), { at: clock.now(), type: 'application/json' }))
  clock.pass(MINUTE)
  const again = signed(event(), { at: clock.now(), type: 'application/json', headers: { 'x-slack-retry-num': '1' } })
  expect((await send(again)).status).toBe(200)
  expect(asked).toEqual(['bot-removed'])
})

test.each<[string, string]>([
  ['a kind of request that is not known', JSON.stringify({ type: 'what_is_this' })],
  ['an event that is not known', event({ event: { type: 'next_years_event', channel: { nested: true } } })],
  ['an event of nothing', event({ event: { type: 'channel_left' } })],
])('%s is acknowledged and left alone', async (_, body) => {
  const { send, asked, clock } = await aReceiver()
  expect((await send(signed(body, { at: clock.now(), type: 'application/json' }))).status).toBe(200)
  expect(asked).toEqual([])
})

test('a shortcut, a closed form and a press of nothing are acknowledged and left alone', async () => {
  const { send, asked, clock } = await aReceiver()
  for (const payload of [
    { type: 'shortcut', callback_id: 'x' },
    { type: 'view_closed', view: { callback_id: 'paperboy-form', type: 'modal' } },
    { type: 'block_actions', channel: { id: 'C345' }, actions: [{ action_id: 'open-1', type: 'button' }] },
    { type: 'block_actions', channel: { id: 'C345' }, actions: [{ action_id: 'x', value: '<none of ours>' }] },
  ])
    expect((await send(signed(interactionBody(payload), { at: clock.now() }))).status).toBe(200)
  expect(asked).toEqual([])
})

test('before it has started and after it has stopped, nothing is asked, and Slack may try again', async () => {
  const { slack, send, asked, clock } = await aReceiver()
  await slack.stop()
  expect((await send(signed(commandBody('help'), { at: clock.now() }))).status).toBe(503)
  expect(asked).toEqual([])
})

test('a form that takes its time is acknowledged within 3 s', async () => {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  const stub = slackStub(clock)
  const slack = createSlack(
    { apiUrl: API, botToken: 'xoxb-test', signingSecret: SECRET },
    { clock, fetch: stub.fetch, store: openMemoryStore(), log: () => {} },
  )
  const never = Promise.withResolvers<never>()
  await slack.start({ ask: () => never.promise, on: async () => undefined }, new AbortController().signal)
  const view = {
    callback_id: 'paperboy-form',
    private_metadata: JSON.stringify({ conversation: 'C345', submit: 'settings-save' }),
    state: { values: {} },
  }
  const began = clock.now()
  const response = await clock.run(
    slack.inbound?.handle(signed(interactionBody({ type: 'view_submission', view }), { at: began })) ??
      Promise.reject(),
  )
  expect(response.status).toBe(200)
  expect(clock.now() - began).toBeLessThan(3000)
})

function without(request: Request, header: string): Request {
  const headers = new Headers(request.headers)
  headers.delete(header)
  return new Request(request, { headers })
}

function altered(request: Request, change: (signature: string) => string): Request {
  const headers = new Headers(request.headers)
  headers.set('x-slack-signature', change(headers.get('x-slack-signature') ?? ''))
  return new Request(request, { headers })
}
