import { expect, it } from 'vitest'
import type { Change } from '../src/catalog/change.ts'
import { composePart } from '../src/compose-part.ts'
import { reviseRound } from '../src/jobs/revise.ts'
import type { ChannelId } from '../src/message/channel.ts'
import type { Paper, PaperId } from '../src/papers/paper.ts'
import { channelKey, postingKey } from '../src/store/keys.ts'
import type { Manner, PartRecord } from '../src/store/records.ts'
import { aPaper } from './support/builders.ts'
import { countedStore, Meter, Stop } from './support/counted.ts'
import { aWorkshop, decideDigest, ledgerOf } from './support/delivery.ts'
import { MemoryPlatform } from './support/memory-platform.ts'
import { openMemoryStore } from './support/memory-store.ts'
import { messageText } from './support/message-text.ts'
import { seededRandom } from './support/seeded-random.ts'
import { SimulatedClock } from './support/simulated-clock.ts'

const channel = 'memory:team/papers' as ChannelId
const slot = '2026-03-01T09:00:00.000Z'
const id = 'arxiv:2602.00001' as PaperId

/** One paper, posted; what the catalogue then says of it is the test's. */
async function posted(updates?: 'thread') {
  const clock = new SimulatedClock(slot)
  const store = openMemoryStore()
  let paper: Paper = aPaper({ id, version: 1, title: 'On sparse codes' })
  const changes: Change[] = []
  const catalog = {
    id: 'one',
    get: async () => paper,
    getMany: async (ids: readonly PaperId[]) => ids.map(() => paper),
    changesAfter: async (seq: number) => changes.filter((change) => change.seq > seq),
  }
  const compose = (part: PartRecord, manner: Manner) => composePart({ store, catalog }, part, manner)
  const platform = new MemoryPlatform(clock)
  const workshop = aWorkshop(clock, platform, { store, compose })
  await store.settings.set(channelKey(channel), {
    schedule: 'immediate',
    timezone: 'UTC',
    cap: 20,
    ...(updates === undefined ? {} : { updates }),
  })
  await decideDigest(store, { channel, slot, parts: [[id]] })
  await workshop.deliver()
  return {
    ...workshop,
    learn: (now: Partial<Paper>, kind: Change['kind'] = 'revised') => {
      paper = { ...paper, ...now }
      const at = '2026-03-04T02:45:00.000Z'
      changes.push({ seq: changes.length + 1, paper: id, kind, origin: 'history', at, source: 'arxiv' })
    },
    revise: (kept = store) =>
      reviseRound({ store: kept, catalog, clock, random: seededRandom(5), log: () => {}, compose }),
    standing: () => platform.standing().map(({ text, parent }) => ({ text, parent })),
    compose,
  }
}

const revised = { version: 2, updated: '2026-03-03', title: 'On dense codes' }

it('a new version stands in the paper’s place with what changed, and nowhere else unless the channel wants it', async () => {
  const house = await posted()
  house.learn(revised)
  await house.revise()
  await house.deliver()
  expect(house.standing()).toHaveLength(1)
  expect(house.standing()[0]?.text).toContain('v2, 3 Mar 2026: title changed')
  expect(house.platform.requests).toHaveLength(1)
})

it('a publication is told with where and when, and kept apart from what was published when it was posted', async () => {
  const house = await posted()
  house.learn({ journalRef: 'Nature 625, 1 (2026)' }, 'published')
  await house.revise()
  await house.deliver()
  expect(house.standing()[0]?.text).toContain('Published: Nature 625, 1 (2026), 4 Mar 2026')
})

it('a line in the thread is added once for each thing, though the round is repeated', async () => {
  const house = await posted('thread')
  house.learn(revised)
  await house.revise()
  await house.store.meta.set(['revised'], { catalogId: 'one', seq: 0 })
  await house.revise()
  await house.deliver()
  await house.store.meta.set(['revised'], { catalogId: 'one', seq: 0 })
  await house.revise()
  await house.deliver()
  const [digest, line, ...more] = house.standing()
  expect(digest).toMatchObject({ parent: undefined })
  expect(line).toMatchObject({ parent: 'm1' })
  expect(line?.text).toContain('v2, 3 Mar 2026: title changed · On dense codes')
  expect(more).toEqual([])
  expect(await ledgerOf(house.store, channel, id)).toEqual(['sending', 'posted', 'edited', 'edited'])
  house.learn({ withdrawn: true, updated: '2026-03-05' }, 'withdrawn')
  await house.revise()
  await house.deliver()
  expect(house.standing().map(({ text }) => text.split(' · ')[0])).toHaveLength(3)
})

it('a line whose outcome is unknown is looked for, and stands in the thread once', async () => {
  const house = await posted('thread')
  house.learn(revised)
  await house.revise()
  house.platform.postFaults.push({ kind: 'lost-reply', key: (await lines(house))[0]?.key ?? '' })
  house.kill()
  await house.restart()
  await house.deliverFor(10 * 60_000)
  expect(house.standing()).toHaveLength(2)
  expect((await lines(house)).map((line) => line.state.kind)).toEqual(['posted'])
})

it('a line is never posted outside its thread: where the digest was deleted it is given up', async () => {
  const house = await posted('thread')
  house.learn(revised)
  await house.revise()
  const [line] = await lines(house)
  const gone = { kind: 'refused', reason: 'message-gone', until: 'never', detail: '' } as const
  house.platform.postFaults.push({ kind: 'answer', result: gone, key: line?.key ?? '' })
  await house.deliverFor(10 * 60_000)
  expect(house.standing()).toHaveLength(1)
  expect((await lines(house)).map(({ state }) => state.kind)).toEqual(['refused'])
})

it('what was posted by an older version is told of its versions alone', async () => {
  const house = await posted('thread')
  const key = postingKey(id, channel)
  await house.store.postings.set(key, { slot, n: 1, part: 1, version: 1 })
  house.learn({ ...revised, journalRef: 'Nature 625' }, 'published')
  await house.revise()
  const [line] = await lines(house)
  expect(line?.update).toEqual({ paper: id, note: 'v2, 3 Mar 2026' })
  const { message } = await house.compose(line as PartRecord, {})
  expect(messageText(message)).toContain('On dense codes')
})

async function lines({ store }: Awaited<ReturnType<typeof posted>>): Promise<readonly PartRecord[]> {
  const parts = await store.scan(store.parts, [channel], { limit: 10 })
  return parts.map(({ value }) => value).filter((part) => part.update !== undefined)
}

it('a line is given once, wherever the round that gives it is stopped', async () => {
  for (let at = 1; at < 8; at++) {
    for (const when of ['before', 'after'] as const) {
      const house = await posted('thread')
      house.learn(revised)
      const meter = new Meter({ kind: 'stop', when, at })
      await house.revise(countedStore(house.store, meter)).catch((error) => {
        if (!(error instanceof Stop)) throw error
      })
      await house.deliver()
      await house.revise()
      await house.deliver()
      expect(await lines(house), `${when} ${at}`).toHaveLength(1)
      expect(house.standing()).toHaveLength(2)
      expect(house.standing()[0]?.text).toContain('v2, 3 Mar 2026: title changed')
    }
  }
})
