import { expect, it } from 'vitest'
import { readable } from '../../commands/readable.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { channelParts } from '../../src/message/channel.ts'
import { channelKey } from '../../src/store/keys.ts'
import { scopeOf } from '../../src/store/scope.ts'
import { actor } from '../support/asking.ts'
import { openMemoryStore } from '../support/memory-store.ts'

const here = 'slack:T1/C1' as ChannelId
const there = 'slack:T1/C2' as ChannelId
const foreign = 'slack:T2/C3' as ChannelId

it('what the ledger keeps is read with channel names and times on the wall, and tells nothing of other tenants', async () => {
  const store = openMemoryStore()
  for (const [channel, name] of [
    [there, 'robots'],
    [foreign, 'secrets'],
  ] as const) {
    const { tenant } = channelParts(channel)
    await store.channels.set(channelKey(channel), { channel, tenant, name, addedAt: '2025-09-01T00:00:00.000Z' })
  }
  const { tenant } = channelParts(here)
  await store.settings.set(channelKey(here), { schedule: 'daily 09:00', timezone: 'Europe/Berlin', cap: 20 })
  const place = { store, channel: here, scope: scopeOf(actor({ platform: 'slack', tenant })) }
  expect(await readable(place, 'slack:T1/C1/2025-09-12T07:00:00.000Z/1, part 1 of 2')).toBe(
    'the digest of 12 Sep 2025, 09:00, part 1 of 2',
  )
  expect(await readable(place, 'moved from slack:T1/C2')).toBe('moved from #robots')
  expect(await readable(place, 'moved from slack:T2/C3')).toBe('moved from slack:T2/C3')
  expect(await readable(place, 'Ada: not Wei Wang, see https://x.org/a')).toBe('Ada: not Wei Wang, see https://x.org/a')
})
