import { expect, test } from 'vitest'
import { hello } from '../commands/hello.ts'
import { channelEvents } from '../src/channel-register.ts'
import type { Actor } from '../src/delivery/platform.ts'
import type { ChannelId, TenantId } from '../src/message/channel.ts'
import { renderText } from '../src/platforms/text/render.ts'
import { channelKey } from '../src/store/keys.ts'
import { openMemoryStore } from './support/memory-store.ts'
import { SimulatedClock } from './support/simulated-clock.ts'

const channel = 'slack:T1/C1' as ChannelId
const by: Actor = { platform: 'slack', tenant: 'slack:T1' as TenantId, id: 'U1', name: 'Ada', rank: 'member' }

async function greeted(store: ReturnType<typeof openMemoryStore>, timeZone?: string): Promise<string> {
  const courier = { resumeChannel: async () => ({ resumed: 0 }), loseChannel: async () => {} }
  const house = { store, clock: new SimulatedClock('2026-11-24T09:00:00Z'), courier, log: () => {}, hello }
  const inviter = timeZone === undefined ? by : { ...by, timeZone }
  const said = await channelEvents(house, { kind: 'bot-added', channel, name: 'papers', by: inviter })
  return said === undefined ? '' : renderText(said).replace(/\s+/g, ' ')
}

test('the time zone of whoever invites the bot is taken for the channel’s, and hello says that it is guessed', async () => {
  const store = openMemoryStore()
  expect(await greeted(store, 'Europe/Berlin')).toMatch(/Times are those of Europe\/Berlin, guessed/)
  expect(await store.settings.get(channelKey(channel))).toMatchObject({ timezone: 'Europe/Berlin' })
})

test.each([undefined, 'Nowhere/Land'])(
  'where no zone is known, hello says UTC and how to change it: %s',
  async (zone) => {
    const said = await greeted(openMemoryStore(), zone)
    expect(said).toMatch(/Times are those of UTC; a manager changes that with \/papers settings/)
  },
)

test('a time zone that somebody has set is left alone', async () => {
  const store = openMemoryStore()
  await store.settings.set(channelKey(channel), { schedule: 'daily 09:00', timezone: 'Asia/Tokyo', cap: 20 })
  expect(await greeted(store, 'Europe/Berlin')).toMatch(/Times are those of Asia\/Tokyo;/)
})
