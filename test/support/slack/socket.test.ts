import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { isObject, type JsonObject } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam, FakeUser } from './fake-types.ts'

/** A client that says what a test tells it to. */
interface Line {
  readonly socket: WebSocket
  /** The next message, or the first of a kind. */
  next(type?: string): Promise<JsonObject>
  acknowledge(envelope: JsonObject, payload?: unknown): void
  readonly closed: Promise<void>
}

let clock: SimulatedClock
let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel
let ada: FakeUser

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  slack = await createFakeSlack({ clock })
  team = slack.addTeam()
  ada = slack.addUser(team, { name: 'ada' })
  channel = slack.addChannel(team, { creator: ada })
})
afterEach(() => slack.close())

const address = async () => String((await callApi(slack, slack.app.appToken, 'apps.connections.open')).body.url)
const connect = (url: string): Line => {
  const socket = new WebSocket(url)
  const heard: JsonObject[] = []
  const waiting = new Set<() => void>()
  socket.on('error', () => {})
  socket.on('message', (data) => {
    const message: unknown = JSON.parse(String(data))
    if (isObject(message)) heard.push(message)
    for (const look of [...waiting]) look()
  })
  return {
    socket,
    closed: new Promise((resolve) => socket.on('close', () => resolve())),
    acknowledge: (envelope, payload) =>
      socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, ...(payload === undefined ? {} : { payload }) })),
    next: (type) =>
      new Promise((resolve) => {
        const look = () => {
          const place = heard.findIndex((each) => type === undefined || each.type === type)
          const [found] = place < 0 ? [] : heard.splice(place, 1)
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}
const connected = async (): Promise<Line> => {
  const line = connect(await address())
  await line.next('hello')
  return line
}

describe('Socket Mode (apis/events-api/using-socket-mode)', () => {
  it('says hello with the number of connections', async () => {
    const line = connect(await address())
    expect(await line.next()).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: slack.app.id },
    })
    expect(slack.socket.connected).toBe(1)
  })

  it('gives addresses that are good once', async () => {
    const url = await address()
    await connect(url).next('hello')
    await connect(url).closed
    expect(slack.violations).toMatchObject([{ rule: 'socket-ticket' }])
  })

  it('needs the app token', async () => {
    expect((await callApi(slack, 'xapp-guess', 'apps.connections.open')).body.error).toBe('invalid_auth')
  })

  it('sends commands that may be answered at once', async () => {
    const line = await connected()
    const asked = slack.command('/papers', 'help', { user: ada, channel })
    const envelope = await line.next()
    expect(envelope).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { text: 'help' },
    })
    await clock.advance(700)
    line.acknowledge(envelope, { text: 'Here is how.' })
    expect(await asked.acknowledged()).toBe(700)
    expect(await asked.reply()).toMatchObject({ text: 'Here is how.', ephemeralTo: ada.id })
  })

  it('reads an empty payload as none', async () => {
    const line = await connected()
    const asked = slack.command('/papers', 'help', { user: ada, channel })
    line.acknowledge(await line.next(), {})
    expect(await asked.outcome()).toMatchObject({ kind: 'acknowledged', payload: undefined })
  })

  it('gives commands three seconds and does not repeat them', async () => {
    const line = await connected()
    const asked = slack.command('/papers', 'help', { user: ada, channel })
    await line.next('slash_commands')
    await clock.advance(3_000)
    expect(await asked.outcome()).toEqual({ kind: 'operation_timeout' })
    await clock.advance(400_000)
    expect(slack.deliveries).toHaveLength(1)
  })

  it('repeats events that are not acknowledged, with attempt and reason', async () => {
    const line = await connected()
    const told = slack.mention(channel, ada, 'hello')
    expect(await line.next()).toMatchObject({ type: 'events_api', accepts_response_payload: false, retry_attempt: 0 })
    await clock.advance(3_000)
    const again = await line.next()
    expect(again).toMatchObject({ retry_attempt: 1, retry_reason: 'http_timeout' })
    line.acknowledge(again)
    expect(await told).toMatchObject({ kind: 'acknowledged' })
  })

  it('takes no answer to an event, which is noted', async () => {
    const line = await connected()
    const told = slack.mention(channel, ada, 'hello')
    line.acknowledge(await line.next(), { text: 'hi' })
    await told
    expect(slack.violations).toMatchObject([{ rule: 'socket-payload' }])
  })

  it('fails commands at once while nobody is connected', async () => {
    const asked = slack.command('/papers', 'help', { user: ada, channel })
    expect(await asked.outcome()).toEqual({ kind: 'dispatch_failed', status: undefined })
  })

  it('sends each payload over one of the connections', async () => {
    const [first, second] = [await connected(), await connected()]
    for (let turn = 0; turn < 2; turn++) slack.command('/papers', `${turn}`, { user: ada, channel })
    expect(await Promise.all([first.next(), second.next()])).toMatchObject([
      { type: 'slash_commands' },
      { type: 'slash_commands' },
    ])
  })

  it('turns away the eleventh connection', async () => {
    for (let turn = 0; turn < 10; turn++) {
      await connected()
      await clock.advance(60_000)
    }
    expect(await connect(await address()).next()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' })
  })

  it('warns while everything still works, and closes some seconds later', async () => {
    const line = await connected()
    slack.socket.disconnect('warning')
    expect(await line.next()).toMatchObject({ type: 'disconnect', reason: 'warning' })
    slack.command('/papers', 'help', { user: ada, channel })
    expect(await line.next()).toMatchObject({ type: 'slash_commands' })
    await clock.advance(10_000)
    await line.closed
  })

  it('asks for a refresh and sends what comes over the new connection', async () => {
    const old = await connected()
    slack.socket.disconnect('refresh_requested')
    await old.next('disconnect')
    const fresh = await connected()
    slack.command('/papers', 'help', { user: ada, channel })
    expect(await fresh.next()).toMatchObject({ type: 'slash_commands' })
  })

  it('can drop everything, and be down', async () => {
    const line = await connected()
    slack.socket.drop()
    await line.closed
    slack.faults.on('socketDown', { times: 1 })
    await connect(await address()).closed
    expect((await connected()).socket.readyState).toBe(WebSocket.OPEN)
  })
})
