import { afterEach, describe, expect, it } from 'vitest'
import { metadataOpens } from '../../src/cli/replay/eastern.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { channelKey } from '../../src/store/keys.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'
import { deliveriesOf } from './deliveries.ts'
import { following, SimulatedWorld } from './world.ts'

const addDays = (day: string, days: number) => new Date(Date.parse(day) + days * 24 * HOUR).toISOString().slice(0, 10)
const HOUR = 3_600_000
const papers = 'web:demo/papers' as ChannelId
const later = 'web:demo/later' as ChannelId
const ada = { keyname: 'Lovelace', forenames: 'Ada' }

const listed = (day: string, number: number) =>
  anAnnouncement({
    id: `2509.${String(number + 1).padStart(5, '0')}`,
    authors: [ada],
    categories: ['cs.AI'],
    created: addDays(day, -3),
    announced: day,
  })
const days = ['2025-09-08', '2025-09-09', '2025-09-10', '2025-09-11', '2025-09-12', '2025-09-15']
const old = anAnnouncement({ id: '2508.00007', authors: [ada], created: '2025-08-04' })
const { announced: _, ...known } = old
const events = [
  known,
  listed(days[0] ?? '', 0),
  ...days.map((day, at) => listed(day, at + 1)),
  // An old one that is edited meanwhile, and one of the first listing: neither is new.
  { ...old, version: 2, updated: '2025-09-10', announced: '2025-09-11', announce: 'replace' as const },
  {
    ...listed('2025-09-08', 0),
    announced: '2025-09-12',
    version: 2,
    updated: '2025-09-11',
    title: 'Counting Lanterns, Revised',
    announce: 'replace' as const,
  },
]

let world: SimulatedWorld | undefined
afterEach(async () => {
  await world?.dispose()
  world = undefined
})

async function given(channel: ChannelId): Promise<readonly string[]> {
  const found = world === undefined ? [] : [...(await deliveriesOf(world.app)).values()]
  return found
    .filter((one) => one.channel === channel)
    .map((one) => one.paper.replace('arxiv:2509.', ''))
    .toSorted()
}

/** Follows in the afternoon before the second listing, another channel a day later; the first harvest is complete only when arXiv is back. */
async function followsBefore(harvestAt: string): Promise<void> {
  world = new SimulatedWorld({ start: '2025-09-08T15:00:00Z', seed: 3, events, oaiPageSize: 2 })
  const { store } = (await world.start()).house
  for (const channel of [papers, later]) {
    await store.settings.set(channelKey(channel), { ...defaultSettings(), schedule: 'immediate' })
  }
  await world.follow([following(papers, 'Ada Lovelace')])
  world.arxiv.faults.on('unavailable', { retryAfter: 60 })
  await world.round()
  await world.clock.advance(Date.parse('2025-09-09T15:00:00Z') - world.clock.now())
  await world.follow([following(later, 'Ada Lovelace')])
  await world.clock.advance(Date.parse(harvestAt) - world.clock.now())
  world.arxiv.faults.allOff()
  await world.round()
}

describe('what is followed before the first harvest', () => {
  it.each([
    ['the next evening', '2025-09-10T03:00:00Z', ['00003', '00004'], ['00004']],
    ['the next morning', '2025-09-10T06:00:00Z', ['00003', '00004'], ['00004']],
    ['days later', '2025-09-12T18:00:00Z', ['00003', '00004', '00005', '00006'], ['00004', '00005', '00006']],
  ])(
    'gets all that is announced from then on, and nothing from before, when it comes %s',
    async (_, at, first, second) => {
      await followsBefore(at)
      expect(await given(papers)).toEqual(first)
      expect(await given(later)).toEqual(second)
      await world?.clock.advance(metadataOpens('2025-09-15') + 12 * HOUR - Date.parse(at))
      await world?.round()
      expect(await given(papers)).toEqual(['00003', '00004', '00005', '00006', '00007'])
      expect(await given(later)).toEqual(['00004', '00005', '00006', '00007'])
    },
  )
})
