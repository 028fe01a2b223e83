import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { askApi } from './bare-client.ts'
import { createFakeDiscord } from './fake.ts'
import type { FakeChannel, FakeDiscord, FakeGuild } from './fake-types.ts'

let clock: SimulatedClock
let discord: FakeDiscord
let guild: FakeGuild
let channel: FakeChannel

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  discord = await createFakeDiscord({ clock })
  guild = discord.addGuild()
  channel = discord.addChannel(guild)
})
afterEach(() => discord.close())

const post = (to = channel) =>
  askApi(discord, 'POST', `/channels/${to.id}/messages`, { content: 'x', allowed_mentions: { parse: [] } })

async function times<T>(count: number, act: () => Promise<T>): Promise<readonly T[]> {
  const done: T[] = []
  for (let at = 0; at < count; at++) done.push(await act())
  return done
}

describe('rate limits (topics/rate-limits)', () => {
  it('lets five messages into a channel in five seconds, and says so in the headers', async () => {
    const first = await post()
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '4',
      'x-ratelimit-reset-after': '5.000',
      'x-ratelimit-reset': (Date.parse('2026-11-24T12:00:05Z') / 1_000).toFixed(3),
    })
    await times(4, post)
    await clock.advance(2_000)
    const sixth = await post()
    expect(sixth).toMatchObject({ status: 429, body: { retry_after: 3, global: false } })
    expect(Object.fromEntries(sixth.headers)).toMatchObject({ 'retry-after': '3', 'x-ratelimit-scope': 'user' })
    await clock.advance(3_000)
    expect((await post()).status).toBe(200)
    expect(discord.messages(channel)).toHaveLength(6)
  })

  it('counts channels apart, under one bucket name', async () => {
    const other = discord.addChannel(guild)
    const [one] = await times(5, post)
    const two = await post(other)
    expect(two.status).toBe(200)
    expect(two.headers.get('x-ratelimit-bucket')).toBe(one?.headers.get('x-ratelimit-bucket'))
  })

  it('lets fifty requests a second through in all ("Global Rate Limit")', async () => {
    const me = () => askApi(discord, 'GET', '/users/@me')
    await times(25, me)
    await times(25, () => askApi(discord, 'GET', '/gateway'))
    const over = await askApi(discord, 'GET', `/channels/${channel.id}`)
    expect(over).toMatchObject({ status: 429, body: { global: true } })
    expect(over.headers.get('x-ratelimit-global')).toBe('true')
    await clock.advance(1_000)
    expect((await me()).status).toBe(200)
  })

  it('counts 401, 403 and 429 as invalid for ten minutes ("Invalid Request Limit")', async () => {
    await askApi(discord, 'GET', '/users/@me', undefined, 'wrong')
    discord.setPermissions(channel, { of: 'bot', deny: ['VIEW_CHANNEL'] })
    await times(6, post)
    discord.faults.on('rateLimited', { retryAfterMs: 1_000, scope: 'shared', times: 1 })
    await post()
    expect(discord.invalidRequests).toBe(7)
    await clock.advance(10 * 60_000)
    expect(discord.invalidRequests).toBe(0)
  })
})
