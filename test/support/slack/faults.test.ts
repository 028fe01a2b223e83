import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { objectOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam } from './fake-types.ts'

const METHODS = ['chat.postMessage'] as const
let clock: SimulatedClock
let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  slack = await createFakeSlack({ clock, listen: false })
  team = slack.addTeam()
  channel = slack.addChannel(team)
})
afterEach(() => slack.close())

const call = (method: string, args: Record<string, unknown> = {}, signal?: AbortSignal) =>
  callApi(slack, team.token, method, args, signal)
const post = (signal?: AbortSignal) =>
  call('chat.postMessage', { channel: channel.id, text: 'one', unfurl_links: false, unfurl_media: false }, signal)
const posted = () => slack.messages(channel).length

describe('faults', () => {
  it('dropped: nothing happened', async () => {
    slack.faults.on('dropped', { methods: METHODS, times: 1 })
    await expect(post()).rejects.toThrow('fetch failed')
    expect(posted()).toBe(0)
  })

  it('replyLost: it happened, and nobody says so', async () => {
    slack.faults.on('replyLost', { methods: METHODS, times: 1 })
    await expect(post()).rejects.toThrow('fetch failed')
    expect(posted()).toBe(1)
  })

  it('late: the effect comes after the client is gone', async () => {
    slack.faults.on('late', { methods: METHODS, times: 1, ms: 30_000 })
    const gone = expect(post(clock.timeout(10_000))).rejects.toThrow('timed out')
    await clock.advance(10_000)
    await gone
    expect(posted()).toBe(0)
    await clock.advance(20_000)
    expect(posted()).toBe(1)
    expect(slack.messages(channel)[0]?.at).toBe(clock.now())
  })

  it.each([
    ['failedBefore', 0],
    ['failedAfter', 1],
  ] as const)('%s: 500 with %i messages posted', async (name, count) => {
    slack.faults.on(name, { methods: METHODS, times: 1 })
    expect((await post()).status).toBe(500)
    expect(posted()).toBe(count)
  })

  it('refused: an error in place of the effect', async () => {
    slack.faults.on('refused', { methods: METHODS, times: 1, error: 'restricted_action' })
    expect((await post()).body).toEqual({ ok: false, error: 'restricted_action' })
    expect(posted()).toBe(0)
  })

  it('deniedAfter: fatal_error though it was posted', async () => {
    slack.faults.on('deniedAfter', { methods: METHODS, times: 1 })
    expect((await post()).body.error).toBe('fatal_error')
    expect(posted()).toBe(1)
  })

  it('garbage: a page that is no JSON', async () => {
    slack.faults.on('garbage', { methods: METHODS, times: 1 })
    expect((await post()).raw).toContain('<html>')
    expect(posted()).toBe(1)
  })

  it('slow: the effect at once, the answer later', async () => {
    slack.faults.on('slow', { methods: METHODS, times: 1, ms: 8_000 })
    const answer = post()
    await clock.advance(7_999)
    expect(posted()).toBe(1)
    await clock.advance(1)
    expect((await answer).body.ok).toBe(true)
  })

  it('befall the next n calls of their method and channel only, and are logged', async () => {
    slack.faults.on('failedBefore', { methods: METHODS, channel: channel.id, times: 2 })
    expect((await call('auth.test')).status).toBe(200)
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([500, 500, 200])
    expect(slack.calls.map(({ faults }) => faults)).toEqual([[], ['failedBefore'], ['failedBefore'], []])
  })

  it('rateLimited: 429 with Retry-After, which nobody could avoid', async () => {
    slack.faults.on('rateLimited', { methods: METHODS, times: 1, retryAfterMs: 30_000 })
    const { status, headers, body } = await post()
    expect([status, headers.get('retry-after'), body.error]).toEqual([429, '30', 'ratelimited'])
    expect(slack.limited).toMatchObject([{ bucket: 'fault', avoidable: false }])
  })
})

describe('rate limits (apis/web-api/rate-limits)', () => {
  const statuses = async (count: number, ask: () => Promise<{ status: number }>) => {
    const all: number[] = []
    for (let turn = 0; turn < count; turn++) all.push((await ask()).status)
    return all
  }

  it('let a short burst into a channel, then a message a second', async () => {
    expect(await statuses(5, () => post())).toEqual([200, 200, 200, 200, 429])
    expect(slack.limited).toMatchObject([{ bucket: 'channel', avoidable: true, retryAfterMs: 1_000 }])
    await clock.advance(1_000)
    expect(await statuses(2, () => post())).toEqual([200, 429])
  })

  it('count a person and their direct messages as one channel', async () => {
    const ada = slack.addUser(team)
    const dm = slack.directMessages(ada)
    const to = (id: string) => () => call('chat.postMessage', { channel: id, text: 'one' })
    expect(await statuses(2, to(ada.id))).toEqual([200, 200])
    expect(await statuses(3, to(dm.id))).toEqual([200, 200, 429])
  })

  it('let several hundred messages a minute into a workspace', async () => {
    const channels = Array.from({ length: 101 }, () => slack.addChannel(team))
    const all: number[] = []
    for (const each of channels) {
      all.push(...(await statuses(3, () => call('chat.postMessage', { channel: each.id, text: 'one' }))))
    }
    expect(all.filter((status) => status === 429)).toHaveLength(3)
    expect(slack.limited[0]).toMatchObject({ bucket: 'workspace' })
  })

  it('do not know of each other in different workspaces', async () => {
    await statuses(5, () => post())
    const other = slack.addTeam()
    const answer = await callApi(slack, other.token, 'chat.postMessage', {
      channel: slack.addChannel(other).id,
      text: 'one',
    })
    expect(answer.status).toBe(200)
  })

  it.each([
    ['conversations.list', 20],
    ['conversations.info', 50],
    ['users.info', 100],
  ])('take %s %i times a minute', async (method, most) => {
    const ask = () => call(method, { channel: channel.id, user: team.botUserId })
    const all = await statuses(most + 1, ask)
    expect(all.indexOf(429)).toBe(most)
    await clock.advance(60_000)
    expect((await ask()).status).toBe(200)
  })

  it('note a client that comes back before Retry-After is over', async () => {
    slack.faults.on('rateLimited', { methods: METHODS, times: 1, retryAfterMs: 30_000 })
    await post()
    await clock.advance(29_000)
    expect((await post()).status).toBe(429)
    expect(slack.limited.at(-1)).toMatchObject({ unheeded: true, avoidable: true })
    expect(slack.violations).toMatchObject([{ rule: 'retry-after' }])
    await clock.advance(2_000)
    expect((await post()).status).toBe(200)
  })

  it('read history once a minute, 15 messages at a time, for commercial apps (changelog/2025/05/29)', async () => {
    const shop = await createFakeSlack({ clock, listen: false, distribution: 'commercial' })
    const there = shop.addTeam()
    const place = shop.addChannel(there)
    const ada = shop.addUser(there)
    for (let turn = 0; turn < 16; turn++) shop.say(place, ada, 'one')
    await clock.advance(2_000)
    const read = () => callApi(shop, there.token, 'conversations.history', { channel: place.id, limit: 100 })
    expect(objectOf((await read()).body)).toMatchObject({ messages: { length: 15 }, has_more: true })
    expect((await read()).status).toBe(429)
    await clock.advance(60_000)
    expect((await read()).status).toBe(200)
    await shop.close()
  })
})

it('calls in process take no simulated time, whatever else sleeps', async () => {
  const before = clock.now()
  void clock.sleep(1)
  await clock.run(post())
  expect(clock.now()).toBe(before)
})
