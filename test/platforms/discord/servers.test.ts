import { expect, test } from 'vitest'
import type { PlatformEvent } from '../../../src/delivery/platform.ts'
import type { ChannelId, TenantId } from '../../../src/message/channel.ts'
import { notice } from '../../../src/message/message.ts'
import { createServers } from '../../../src/platforms/discord/servers.ts'
import { channelKey } from '../../../src/store/keys.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const SELF = '9'
const GUILD = '100000000000000001'
const WRITE = String((1n << 10n) | (1n << 11n))
const FOLLOWED = `discord:${GUILD}/21` as ChannelId

const channel = (id: string, over: object = {}) => ({
  id,
  type: 0,
  name: `c${id}`,
  guild_id: GUILD,
  position: Number(id),
  ...over,
})
const guild = (over: object = {}) => ({
  id: GUILD,
  owner_id: '1',
  roles: [{ id: GUILD, name: '@everyone', permissions: WRITE }],
  channels: [channel('22'), channel('21'), channel('20', { type: 2 })],
  members: [{ user: { id: SELF }, roles: [] }],
  ...over,
})

async function world() {
  const store = openMemoryStore()
  await store.channels.set(channelKey(FOLLOWED), {
    channel: FOLLOWED,
    tenant: `discord:${GUILD}` as TenantId,
    name: '#c21',
    addedAt: '2026-11-24T09:00:00.000Z',
  })
  const events: PlatformEvent[] = []
  const said: string[] = []
  const failures: unknown[] = []
  const unreadable: unknown[] = []
  const make = () =>
    createServers({
      store,
      clock: new SimulatedClock('2026-11-24T09:00:00Z'),
      log: (event) => {
        if (event.event.endsWith('failed')) failures.push(event)
        if (event.event.endsWith('unreadable')) unreadable.push(event)
      },
      handlers: {
        ask: async () => ({ kind: 'choices', choices: [] }),
        on: async (event) => {
          events.push(event)
          return event.kind === 'bot-added' ? notice('info', 'Hello') : undefined
        },
      },
      self: () => SELF,
      say: async (where) => void said.push(where),
    })
  return { make, events, said, failures, unreadable, servers: make() }
}

test('hello is said once, in the first channel in which the bot may write', async () => {
  const { servers, make, events, said } = await world()
  await servers.tell('GUILD_CREATE', guild())
  await servers.tell('GUILD_CREATE', guild())
  await make().tell('GUILD_CREATE', guild())
  expect(said).toEqual([`discord:${GUILD}/21`])
  expect(events[0]).toEqual({ kind: 'bot-added', channel: `discord:${GUILD}/21`, name: '#c21' })
})

test('hello is said in the server’s own channel for such things where that is possible', async () => {
  const { servers, said } = await world()
  await servers.tell('GUILD_CREATE', guild({ system_channel_id: '22' }))
  expect(said).toEqual([`discord:${GUILD}/22`])
})

test('no hello where the bot may write nowhere', async () => {
  const { servers, said, failures } = await world()
  await servers.tell('GUILD_CREATE', guild({ roles: [{ id: GUILD, permissions: '0' }] }))
  expect([said, failures]).toEqual([[], []])
})

test('an outage is no farewell; being removed is, and coming back is news', async () => {
  const { servers, events, said } = await world()
  await servers.tell('GUILD_CREATE', guild())
  await servers.tell('GUILD_DELETE', { id: GUILD, unavailable: true })
  await servers.tell('GUILD_CREATE', guild())
  expect(said).toHaveLength(1)
  await servers.tell('GUILD_DELETE', { id: GUILD })
  expect(events.at(-1)).toEqual({ kind: 'tenant-gone', tenant: `discord:${GUILD}` })
  events.length = 0
  await servers.tell('GUILD_CREATE', guild())
  expect(said).toHaveLength(2)
  expect(events).toContainEqual({ kind: 'permissions-changed', channel: FOLLOWED })
})

test('a server that Discord can’t tell of yet is no failure, and is greeted once it comes whole', async () => {
  const { servers, said, failures } = await world()
  await servers.tell('GUILD_CREATE', { id: GUILD, unavailable: true })
  expect([said, failures]).toEqual([[], []])
  await servers.tell('GUILD_CREATE', guild())
  expect(said).toHaveLength(1)
})

test('a channel that can’t be read is passed over, with the reason; the others are heard', async () => {
  const { servers, said, failures, unreadable } = await world()
  await servers.tell('GUILD_CREATE', guild({ channels: [{ id: '30' }, null, channel('21')], threads: [{}] }))
  expect([said, failures]).toEqual([[`discord:${GUILD}/21`], []])
  expect(unreadable).toMatchObject([{ server: GUILD, channel: '30' }, { channel: null }, { channel: null }])
  expect(unreadable[0]).toMatchObject({ why: expect.stringContaining('type') })
})

test('a server that the bot was removed from while it was away is gone', async () => {
  const { servers, make, events } = await world()
  await servers.tell('GUILD_CREATE', guild())
  await make().tell('READY', { guilds: [], shard: [0, 1] })
  expect(events.at(-1)).toEqual({ kind: 'tenant-gone', tenant: `discord:${GUILD}` })
})

test('a shard does not miss the servers of another', async () => {
  const { servers, events } = await world()
  await servers.tell('GUILD_CREATE', guild())
  const own = Number((BigInt(GUILD) >> 22n) % 4n)
  await servers.tell('READY', { guilds: [], shard: [(own + 1) % 4, 4] })
  expect(events.filter(({ kind }) => kind === 'tenant-gone')).toEqual([])
})

test('a channel that is renamed, denied, allowed or deleted is told of; its topic is nobody’s business', async () => {
  const { servers, events } = await world()
  await servers.tell('GUILD_CREATE', guild())
  events.length = 0
  await servers.tell('CHANNEL_UPDATE', channel('21', { topic: 'new' }))
  expect(events).toEqual([])
  await servers.tell('CHANNEL_UPDATE', channel('21', { name: 'papers' }))
  const overwrite = { id: GUILD, type: 0, allow: '0', deny: '2048' }
  await servers.tell('CHANNEL_UPDATE', channel('21', { name: 'papers', permission_overwrites: [overwrite] }))
  await servers.tell('CHANNEL_UPDATE', channel('22', { permission_overwrites: [overwrite] }))
  await servers.tell('CHANNEL_DELETE', channel('21'))
  expect(events).toEqual([
    { kind: 'channel-renamed', channel: FOLLOWED, name: '#papers' },
    { kind: 'permissions-changed', channel: FOLLOWED },
    { kind: 'channel-gone', channel: FOLLOWED },
  ])
})

test('a role that permits more, and a role given to the bot, are told of; a new colour is not', async () => {
  const { servers, events } = await world()
  await servers.tell('GUILD_CREATE', guild())
  events.length = 0
  const role = (permissions: string, color: number) => ({ guild_id: GUILD, role: { id: GUILD, permissions, color } })
  await servers.tell('GUILD_ROLE_UPDATE', role(WRITE, 1))
  expect(events).toEqual([])
  await servers.tell('GUILD_ROLE_UPDATE', role('8', 1))
  await servers.tell('GUILD_MEMBER_UPDATE', { guild_id: GUILD, user: { id: '5' }, roles: ['1'] })
  await servers.tell('GUILD_MEMBER_UPDATE', { guild_id: GUILD, user: { id: SELF }, roles: ['1'] })
  expect(events).toEqual([
    { kind: 'permissions-changed', channel: FOLLOWED },
    { kind: 'permissions-changed', channel: FOLLOWED },
  ])
})

test('an event that can’t be read stops none that come after it', async () => {
  const { servers, said, failures } = await world()
  await servers.tell('GUILD_CREATE', { nonsense: true })
  await servers.tell('GUILD_CREATE', guild())
  expect(failures).toHaveLength(1)
  expect(said).toHaveLength(1)
})
