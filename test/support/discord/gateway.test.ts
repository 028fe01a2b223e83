import { constants, createInflate } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { SimulatedClock } from '../simulated-clock.ts'
import { askApi, identify, openGateway } from './bare-client.ts'
import { createFakeDiscord } from './fake.ts'
import type { FakeDiscord, FakeGuild } from './fake-types.ts'
import { objectOf } from './json-value.ts'

let discord: FakeDiscord
let guild: FakeGuild

beforeEach(async () => {
  discord = await createFakeDiscord({ clock: new SimulatedClock('2026-11-24T12:00:00Z') })
  guild = discord.addGuild()
  discord.addChannel(guild)
})
afterEach(() => discord.close())

describe('the gateway (events/gateway)', () => {
  it('says hello, acknowledges heartbeats, and is ready with guilds that follow', async () => {
    const gateway = await openGateway(discord)
    expect(await gateway.next(10)).toMatchObject({ d: { heartbeat_interval: 41_250 } })
    gateway.send({ op: 1, d: null })
    await gateway.next(11)
    gateway.send({ op: 2, d: { token: discord.token, intents: 1, properties: {} } })
    expect(await gateway.next('READY')).toMatchObject({ s: 1, d: { guilds: [{ id: guild.id, unavailable: true }] } })
    expect(await gateway.next('GUILD_CREATE')).toMatchObject({
      s: 2,
      d: { id: guild.id, channels: [{ name: 'papers' }], members: [{ user: { id: discord.applicationId } }] },
    })
    expect(discord.gateway.heartbeats).toBe(1)
  })

  it.each([
    [4004, 'a wrong token', { op: 2, d: { token: 'wrong', intents: 1 } }],
    [4013, 'no intents', { op: 2, d: {} }],
    [4010, 'a shard that is none', { op: 2, d: { intents: 1, shard: [2, 2] } }],
    [4014, 'an intent it was not given', { op: 2, d: { intents: 1 << 15 } }],
    [4003, 'talk before identifying', { op: 3, d: {} }],
    [4001, 'an opcode that is none', { op: 99 }],
    [4002, 'what is no JSON', '{'],
    [4002, 'more than 4096 bytes', { op: 1, d: 'x'.repeat(4_100) }],
  ])('closes with %i for %s ("Gateway Close Event Codes")', async (code, _, payload) => {
    const gateway = await openGateway(discord)
    await gateway.next(10)
    const { op, d } = objectOf(payload)
    gateway.send(op === 2 ? { op, d: { token: discord.token, ...objectOf(d) } } : payload)
    expect(await gateway.closed).toBe(code)
  })

  it('lets a session be taken up where it was left, and tells one that is over', async () => {
    const first = await identify(discord)
    const session = objectOf(first.received.find((each) => each.t === 'READY')?.d).session_id
    await first.next('GUILD_CREATE')
    discord.gateway.drop()
    await first.closed
    discord.addChannel(guild, { name: 'meanwhile' })
    const second = await openGateway(discord)
    await second.next(10)
    second.send({ op: 6, d: { token: discord.token, session_id: session, seq: 2 } })
    expect(await second.next('CHANNEL_CREATE')).toMatchObject({ s: 3, d: { name: 'meanwhile' } })
    await second.next('RESUMED')
    second.close(1000)
    await second.closed
    const third = await openGateway(discord)
    await third.next(10)
    third.send({ op: 6, d: { token: discord.token, session_id: session, seq: 2 } })
    expect(await third.next(9)).toMatchObject({ d: false })
  })

  it('sends guild events to those who asked for the intent, and nothing of what happens in an outage', async () => {
    const deaf = await identify(discord, { intents: 0 })
    const hearing = await identify(discord)
    await hearing.next('GUILD_CREATE')
    discord.addRole(guild, 'readers')
    await hearing.next('GUILD_ROLE_CREATE')
    discord.outage(guild)
    expect(await hearing.next('GUILD_DELETE')).toMatchObject({ d: { unavailable: true } })
    discord.kick(guild)
    discord.invite(guild)
    discord.outageOver(guild)
    await hearing.next('GUILD_CREATE')
    expect(deaf.received.map((each) => each.t ?? each.op)).toEqual([10, 'READY'])
  })

  it('counts session starts, a thousand a day ("Session Start Limit Object")', async () => {
    await identify(discord)
    expect((await askApi(discord, 'GET', '/gateway/bot')).body).toMatchObject({
      session_start_limit: { total: 1_000, remaining: 999 },
    })
  })

  it('accepts nobody while it is down', async () => {
    discord.faults.on('gatewayDown', {})
    const gateway = await openGateway(discord)
    expect(await gateway.closed).toBe(1006)
  })

  it('compresses as one zlib stream for who asks ("Transport Compression")', async () => {
    const { url } = objectOf((await askApi(discord, 'GET', '/gateway/bot')).body)
    const socket = new WebSocket(`${url}/?v=10&encoding=json&compress=zlib-stream`)
    const inflate = createInflate()
    const text = new Promise<string>((resolve) => inflate.once('data', (chunk: Buffer) => resolve(String(chunk))))
    socket.on('message', (data: Buffer) => {
      expect(data.subarray(-4)).toEqual(Buffer.from([0, 0, 255, 255]))
      inflate.write(data)
      inflate.flush(constants.Z_SYNC_FLUSH)
    })
    expect(JSON.parse(await text)).toMatchObject({ op: 10 })
    socket.terminate()
  })
})

describe('what can be read about the app and its guilds (resources/*)', () => {
  it('the app, its bot and its guilds', async () => {
    const me = { id: discord.applicationId }
    expect((await askApi(discord, 'GET', '/users/@me')).body).toMatchObject({ ...me, bot: true })
    expect((await askApi(discord, 'GET', '/applications/@me')).body).toMatchObject({
      ...me,
      bot_public: true,
      flags: 0,
    })
    expect((await askApi(discord, 'GET', '/oauth2/applications/@me')).body).toMatchObject(me)
    expect((await askApi(discord, 'GET', '/users/@me/guilds')).body).toMatchObject([{ id: guild.id }])
  })

  it('leaves out channels that the bot cannot view ("Get Guild Channels")', async () => {
    const secret = discord.addChannel(guild, {
      name: 'secret',
      overwrites: [{ of: 'everyone', deny: ['VIEW_CHANNEL'] }],
    })
    expect((await askApi(discord, 'GET', `/guilds/${guild.id}/channels`)).body).toMatchObject([{ name: 'papers' }])
    expect(await askApi(discord, 'GET', `/channels/${secret.id}`)).toMatchObject({ status: 403, body: { code: 50001 } })
  })

  it('roles and members, with 10004, 10007 and 50001 for what is not there', async () => {
    const ada = discord.addUser({ guild, permissions: ['MANAGE_CHANNELS'] })
    expect((await askApi(discord, 'GET', `/guilds/${guild.id}/roles`)).body).toMatchObject([
      { id: guild.id, name: '@everyone' },
      { name: 'Paperboy', managed: true },
      { permissions: String(1 << 4) },
    ])
    expect((await askApi(discord, 'GET', `/guilds/${guild.id}/members/${ada.id}`)).body).toMatchObject({
      user: { id: ada.id },
      roles: [expect.any(String)],
    })
    expect((await askApi(discord, 'GET', `/guilds/${guild.id}/members/1`)).body).toMatchObject({ code: 10007 })
    expect((await askApi(discord, 'GET', '/guilds/1')).body).toMatchObject({ code: 10004 })
    discord.kick(guild)
    expect((await askApi(discord, 'GET', `/guilds/${guild.id}`)).body).toMatchObject({ code: 50001 })
  })

  it('lets the bot leave', async () => {
    expect((await askApi(discord, 'DELETE', `/users/@me/guilds/${guild.id}`)).status).toBe(204)
    expect((await askApi(discord, 'GET', '/users/@me/guilds')).body).toEqual([])
  })
})
