import { describe, expect, it } from 'vitest'
import { tidy } from '../../src/jobs/tidy.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { channelKey, seenKey } from '../../src/store/keys.ts'
import type { SubscriptionRecord } from '../../src/store/records.ts'
import { put } from '../../src/store/store.ts'
import { aWorkshop, decideDigest } from '../support/delivery.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const DAY = 24 * 3_600_000
const channel = 'memory:team/papers' as ChannelId
const slot = '2025-09-01T09:00:00.000Z'

async function setUp() {
  const clock = new SimulatedClock(slot)
  const workshop = aWorkshop(clock, new MemoryPlatform(clock))
  const { store } = workshop
  await decideDigest(store, { channel, slot, parts: [['a'], ['b']] })
  await store.commit([put(store.actions, ['memory:team', 'long'], { args: ['x'], at: slot })])
  return {
    ...workshop,
    after: async (days: number) => {
      await clock.advance(days * DAY)
      await tidy({ store, clock, log: () => {} })
      const all = { limit: 10 }
      return {
        digests: (await store.scan(store.digests, [], all)).length,
        parts: (await store.scan(store.parts, [], all)).length,
        actions: (await store.scan(store.actions, [], all)).length,
      }
    },
  }
}

describe('tidying', () => {
  it('forgets what was unfollowed once that can no longer be undone', async () => {
    const workshop = await setUp()
    const { store } = workshop
    const record: SubscriptionRecord = {
      id: 'S1',
      channel,
      follows: { kind: 'category', category: 'cs.LG' },
      narrowing: {},
      since: { catalogId: 'c', seq: 0, announcedThrough: {} },
      by: { id: 'U1', name: 'Ada' },
      at: slot,
    }
    await store.ended.set(channelKey(channel, 'S1'), { record, until: '2025-09-02T12:00:00.000Z' })
    await workshop.after(1)
    expect(await store.ended.get(channelKey(channel, 'S1'))).toBeDefined()
    await workshop.after(1)
    expect(await store.ended.get(channelKey(channel, 'S1'))).toBeUndefined()
  })

  it('leaves alone what is younger than 90 days', async () => {
    const workshop = await setUp()
    await workshop.deliver()
    expect(await workshop.after(89)).toEqual({ digests: 1, parts: 2, actions: 1 })
  })

  it('lets go of older digests, their parts and long actions, and never of what was seen', async () => {
    const workshop = await setUp()
    await workshop.deliver()
    expect(await workshop.after(91)).toEqual({ digests: 0, parts: 0, actions: 0 })
    expect(await workshop.store.seen.get(seenKey(channel, 'a' as PaperId))).toMatchObject({ state: 'posted' })
  })

  it('keeps a digest of which something is still to be sent', async () => {
    const workshop = await setUp()
    workshop.platform.postFaults.push({
      kind: 'answer',
      result: { kind: 'refused', reason: 'not-in-channel', until: 'invited', detail: '' },
    })
    await workshop.deliver()
    expect(await workshop.after(91)).toMatchObject({ digests: 1, parts: 2 })
  })
})
