import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { askApi } from './bare-client.ts'
import { createFakeDiscord } from './fake.ts'
import type { FakeChannel, FakeDiscord } from './fake-types.ts'

let clock: SimulatedClock
let discord: FakeDiscord
let channel: FakeChannel

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  discord = await createFakeDiscord({ clock })
  channel = discord.addChannel(discord.addGuild())
})
afterEach(() => discord.close())

const post = () =>
  askApi(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x', allowed_mentions: { parse: [] } })
const posted = () => discord.messages(channel).length

describe('faults', () => {
  it('a connection that drops has no effect', async () => {
    discord.faults.on('dropped', { times: 1 })
    await expect(post()).rejects.toThrow()
    expect(posted()).toBe(0)
    expect((await post()).status).toBe(200)
  })

  it('a reply that is lost had its effect', async () => {
    discord.faults.on('replyLost', { times: 1 })
    await expect(post()).rejects.toThrow()
    expect(posted()).toBe(1)
    expect(discord.requests.at(-1)).toMatchObject({ faults: ['replyLost'], route: 'POST /channels/:channel/messages' })
  })

  it('500 comes before the effect or after it', async () => {
    discord.faults.on('failedBefore', { times: 1 })
    expect((await post()).status).toBe(500)
    expect(posted()).toBe(0)
    discord.faults.on('failedAfter', { times: 1, status: 502 })
    expect((await post()).status).toBe(502)
    expect(posted()).toBe(1)
  })

  it('a late request takes effect though the client is gone', async () => {
    discord.faults.on('late', { ms: 60_000, times: 1 })
    const gone = new AbortController()
    const asked = fetch(`${discord.url}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'late', allowed_mentions: { parse: [] } }),
      signal: gone.signal,
    })
    const came = expect(asked).rejects.toThrow()
    await expect.poll(() => discord.requests.length).toBe(1)
    gone.abort()
    await came
    expect(posted()).toBe(0)
    await clock.advance(60_000)
    await expect.poll(posted).toBe(1)
  })

  it('a slow answer had its effect at once', async () => {
    discord.faults.on('slow', { ms: 20_000, times: 1 })
    const asked = post()
    await expect.poll(posted).toBe(1)
    await clock.advance(20_000)
    expect((await asked).status).toBe(200)
  })

  it('garbage comes as a success and is no JSON', async () => {
    discord.faults.on('garbage', { times: 1 })
    expect(await post()).toMatchObject({ status: 200, body: undefined })
    expect(posted()).toBe(1)
  })

  it('429 comes when it is asked for, of every scope', async () => {
    discord.faults.on('rateLimited', { retryAfterMs: 1_500, scope: 'global' })
    expect(await post()).toMatchObject({ status: 429, body: { retry_after: 1.5, global: true } })
    discord.faults.off('rateLimited')
    expect((await post()).status).toBe(200)
  })

  it('befalls the routes and channels it is meant for, and adds up with others', async () => {
    discord.faults.on('failedBefore', { routes: ['GET /users/@me'] })
    discord.faults.on('replyLost', { channel: 'another' })
    expect((await post()).status).toBe(200)
    expect((await askApi(discord, 'GET', '/users/@me')).status).toBe(500)
    discord.faults.allOff()
    discord.faults.on('late', { ms: 1_000, times: 1 })
    discord.faults.on('failedAfter', { times: 1 })
    const asked = post()
    await expect.poll(() => discord.requests.at(-1)?.faults).toEqual(['late'])
    await clock.advance(1_000)
    expect((await asked).status).toBe(500)
    expect(posted()).toBe(2)
  })

  it('befalls by chance, and the chance is ours', async () => {
    await discord.close()
    const draws = [0.4, 0.6]
    const random = { next: () => draws.shift() ?? 1, bytes: (count: number) => new Uint8Array(count) }
    discord = await createFakeDiscord({ clock, random })
    discord.faults.on('failedBefore', { chance: 0.5 })
    expect((await askApi(discord, 'GET', '/users/@me')).status).toBe(500)
    expect((await askApi(discord, 'GET', '/users/@me')).status).toBe(200)
  })
})
