import { beforeEach, expect, test } from 'vitest'
import type { AdminEvent } from '../../src/delivery/courier.ts'
import { tellParked } from '../../src/jobs/parked-notice.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import { channelKey } from '../../src/store/keys.ts'
import type { Store } from '../../src/store/store.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const channel = 'slack:T012/C345' as ChannelId
const HOUR = 3_600_000

const parked = (over: Partial<AdminEvent> = {}): AdminEvent => ({
  kind: 'part-parked',
  part: {
    digest: 'slack:T012/C345/2025-09-12T07:00:00.000Z/1',
    channel,
    slot: '2025-09-12T07:00:00.000Z',
    n: 1,
    part: 1,
    of: 1,
    key: 'k',
    papers: [],
    state: { kind: 'ready', attempt: 1 },
  },
  why: 'refused',
  reason: 'not-in-channel: Paperboy is not in the channel: type /invite @Paperboy there (not_in_channel)',
  until: 'invited',
  ...over,
})

let store: Store
let clock: SimulatedClock
let told: string[]

beforeEach(() => {
  store = openMemoryStore()
  clock = new SimulatedClock('2025-09-12T12:00:00Z')
  told = []
})

const tell = async (event: AdminEvent) =>
  tellParked({ store, clock, tell: async (text, next) => void told.push(`${text} ${next}`) }, event)

test('names the channel, the reason and the way out', async () => {
  await store.channels.set(channelKey(channel), {
    channel,
    tenant: 'slack:T012' as TenantId,
    name: '#papers',
    addedAt: '2025-09-01T00:00:00.000Z',
  })
  await tell(parked())
  expect(told).toEqual([
    'A digest can’t be posted in #papers (slack:T012/C345): Paperboy is not in the channel: type /invite @Paperboy there (not_in_channel). It goes on by itself once that is mended; paperboy parked --channel slack:T012/C345 shows what waits, and what can be done.',
  ])
})

test('what is parked again for the same reason is told once, another reason at once, and after hours again', async () => {
  await tell(parked())
  await tell(parked())
  expect(told).toHaveLength(1)
  await tell(parked({ reason: 'archived: the channel is archived (is_archived)', until: 'permitted' }))
  expect(told[1]).toContain('the channel is archived')
  await clock.run(clock.sleep(7 * HOUR))
  await tell(parked({ reason: 'archived: the channel is archived (is_archived)', until: 'permitted' }))
  expect(told).toHaveLength(3)
})

test('a part of which nobody knows whether it stands there is told as such', async () => {
  await tell(
    parked({ why: 'unknown', reason: 'it timed out; looking for it is not possible: no history', until: 'answered' }),
  )
  expect(told[0]).toMatch(/may or may not stand in slack:T012\/C345: it timed out; .* paperboy parked/)
  expect(told[0]).not.toContain('by itself')
})

test('what could not be told is told the next time', async () => {
  const failing = tellParked({ store, clock, tell: () => Promise.reject(new Error('full')) }, parked())
  await expect(failing).rejects.toThrow('full')
  await tell(parked())
  expect(told).toHaveLength(1)
})
