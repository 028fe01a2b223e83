import { expect, it } from 'vitest'
import { answerBurst, judgeBurst } from '../../src/digest/burst.ts'
import { decideRound } from '../../src/digest/decide.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { channelKey, seenKey } from '../../src/store/keys.ts'
import { entriesOf, put, type Store } from '../../src/store/store.ts'
import { aPaper } from '../support/builders.ts'
import { countedStore, type Interruption, Meter, Stop } from '../support/counted.ts'
import { aReason, demo, theBeginning } from '../support/following.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const DAY = 24 * 3_600_000
const start = '2025-09-12T09:00:00.000Z'

/** 120 papers wait for a channel that takes five at a time. */
async function burst(): Promise<Store> {
  const store = openMemoryStore()
  await store.settings.set(channelKey(demo), { schedule: 'immediate', timezone: 'UTC', cap: 5 })
  await store.subscriptions.set(channelKey(demo, 'S1'), {
    id: 'S1',
    channel: demo,
    follows: { kind: 'query', query: 'sparse' },
    narrowing: {},
    since: theBeginning,
    by: { id: 'U1', name: 'Ada' },
    at: start,
  })
  await store.commit(
    Array.from({ length: 120 }, (_, n) => seenKey(demo, `arxiv:${n}` as PaperId)).flatMap((key) => [
      put(store.seen, key, { state: 'pending', at: start, reasons: [aReason({ kind: 'query', label: 'sparse' })] }),
      put(store.pending, key, { at: start }),
    ]),
  )
  return store
}

async function round(store: Store, clock: SimulatedClock, told: number[] = []): Promise<void> {
  await decideRound({
    store,
    clock,
    random: seededRandom(2),
    log: () => {},
    catalog: { getMany: async (ids) => ids.map((id) => aPaper({ id })) },
    papersPerPart: () => 10,
    askOfBurst: async (_channel, papers) => void told.push(papers),
  })
}

async function states(store: Store): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for await (const { value } of entriesOf(store, store.seen, [demo])) {
    counts[value.state] = (counts[value.state] ?? 0) + 1
  }
  return counts
}

it('a burst that is stopped at any moment loses no paper, and is decided once', async () => {
  for (let at = 1; at < 12; at++) {
    for (const when of ['before', 'after'] as const) {
      const store = await burst()
      const clock = new SimulatedClock(start)
      const interruption: Interruption = { kind: 'stop', when, at }
      const meter = new Meter(interruption)
      try {
        const counted = countedStore(store, meter)
        await clock.advance(30_000)
        await round(counted, clock)
        await answerBurst(counted, demo, { word: 'capped', by: 'Boss', now: clock.now() })
        await round(counted, clock)
      } catch (error) {
        if (!(error instanceof Stop)) throw error
      }
      await clock.advance(DAY + 60_000)
      await round(store, clock)
      await clock.advance(DAY + 60_000)
      await round(store, clock)
      expect(await states(store), `${when} ${at}`).toEqual({ digested: 5, listed: 115 })
      expect(await store.scan(store.digests, [demo], { limit: 5 })).toHaveLength(1)
    }
  }
})

it('is told of until the telling works, and then no more', async () => {
  const store = await burst()
  const clock = new SimulatedClock(start)
  const told: number[] = []
  await clock.advance(30_000)
  await round(store, clock, told)
  await clock.advance(60_000)
  await round(store, clock, told)
  expect(told).toEqual([120])
})

it('is judged by the number of papers, what somebody said, and what went through before', () => {
  const now = Date.parse(start)
  expect(judgeBurst(undefined, 99, now)).toEqual({ kind: 'free' })
  expect(judgeBurst(undefined, 100, now)).toEqual({ kind: 'ask' })
  const asked = { kind: 'asked', at: start, papers: 100, told: true } as const
  expect(judgeBurst(asked, 100, now + DAY - 1)).toEqual({ kind: 'held' })
  expect(judgeBurst(asked, 100, now + DAY)).toEqual({ kind: 'release', word: 'capped' })
  const over = { kind: 'over', at: start, papers: 100 } as const
  expect(judgeBurst(over, 200, now + DAY)).toEqual({ kind: 'free' })
  expect(judgeBurst(over, 201, now + DAY)).toEqual({ kind: 'ask' })
  expect(judgeBurst(over, 150, now + 31 * DAY)).toEqual({ kind: 'ask' })
})
