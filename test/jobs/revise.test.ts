import { expect, it } from 'vitest'
import type { Change } from '../../src/catalog/change.ts'
import { reviseRound } from '../../src/jobs/revise.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { notice } from '../../src/message/message.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { countedStore, Meter } from '../support/counted.ts'
import { aWorkshop, decideDigest } from '../support/delivery.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const channel = 'memory:team/papers' as ChannelId
const slot = '2025-09-01T09:00:00.000Z'

/** Two papers posted in one part; what the catalogue then says of them is the test's. */
async function posted(clock = new SimulatedClock(slot), platform = new MemoryPlatform(clock)) {
  let title = 'as submitted'
  const compose = async (part: { readonly papers: readonly PaperId[] }) => ({
    message: notice('info', title),
    papers: part.papers.map((id) => ({ id, version: 1 })),
    hash: title,
  })
  const workshop = aWorkshop(clock, platform, { compose })
  await decideDigest(workshop.store, { channel, slot, parts: [['a', 'b']] })
  await workshop.deliver()
  const changes: Change[] = []
  const catalog = { id: 'one', changesAfter: async (seq: number) => changes.filter((change) => change.seq > seq) }
  return {
    ...workshop,
    becomes: (next: string) => {
      title = next
    },
    learn: (paper: string, kind: Change['kind']) =>
      changes.push({
        seq: changes.length + 1,
        paper: paper as PaperId,
        kind,
        origin: 'history',
        at: slot,
        source: 'arxiv',
      }),
    revise: (store = workshop.store) =>
      reviseRound({ store, catalog, clock, random: seededRandom(3), log: () => {}, compose }),
    texts: () => workshop.platform.standing().map((each) => each.text),
  }
}

it('a revision of a posted paper is edited in its place, and never posted again', async () => {
  const house = await posted()
  house.becomes('as revised')
  house.learn('a', 'revised')
  expect(await house.revise()).toEqual({ wanted: 1 })
  await house.deliver()
  expect(house.texts()).toEqual(['as revised'])
})

it('a change that nobody would see wants no edit', async () => {
  const house = await posted()
  house.learn('a', 'published')
  expect(await house.revise()).toEqual({ wanted: 0 })
})

it('a cross-listing, or a paper that was never posted, wants no edit', async () => {
  const house = await posted()
  house.becomes('otherwise')
  house.learn('a', 'crosslisted')
  house.learn('never-posted', 'revised')
  expect(await house.revise()).toEqual({ wanted: 0 })
})

it('a change is looked at once, and again after a stop before the mark was kept', async () => {
  const house = await posted()
  house.becomes('as revised')
  house.learn('b', 'withdrawn')
  await house.revise()
  await house.deliver()
  house.becomes('otherwise')
  expect(await house.revise()).toEqual({ wanted: 0 })
  await house.store.meta.set(['revised'], { catalogId: 'one', seq: 0 })
  expect(await house.revise()).toEqual({ wanted: 1 })
})

it('an edit that could not be written down is wanted again by the next round', async () => {
  const house = await posted()
  house.becomes('as revised')
  house.learn('a', 'revised')
  const full = new StoreError('full', 'Could not write edits: the disk is full.')
  const meter = new Meter({ kind: 'reject', when: 'before', at: 1, error: full })
  await expect(house.revise(countedStore(house.store, meter))).rejects.toThrow('the disk is full')
  expect(await house.revise()).toEqual({ wanted: 1 })
})

it('a revision that is learnt while it can’t be told whether the part stands is edited once it is found', async () => {
  const clock = new SimulatedClock(slot)
  const platform = new MemoryPlatform(clock)
  platform.postFaults.push({ kind: 'lost-reply' })
  const house = await posted(clock, platform)
  house.becomes('as revised')
  house.learn('a', 'revised')
  await house.revise()
  await house.deliverFor(5 * 60_000)
  await house.revise()
  await house.deliverFor(60_000)
  expect(house.texts()).toEqual(['as revised'])
})
