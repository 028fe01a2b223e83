import { expect, test } from 'vitest'
import type { Change } from '../../src/catalog/change.ts'
import { lookUpVersions } from '../../src/jobs/versions.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { SourceError } from '../../src/sources/source.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const idOf = (number: number) => `arxiv:2603.${String(number).padStart(5, '0')}` as PaperId

/** A house in which papers 1 to `posted` are posted; answers with what the source was asked for, day by day. */
async function house(posted: number, changed: readonly number[] = []) {
  const store = openMemoryStore()
  for (let number = 1; number <= posted; number++)
    await store.postings.set([idOf(number), 'web:demo/papers'], { slot: '2026-03-02T10:00:00.000Z', n: 1, part: 1 })
  const clock = new SimulatedClock('2026-03-02T12:00:00Z')
  const asked: (readonly PaperId[])[] = []
  const state = { isDown: false, changed: [...changed] }
  const changes = () =>
    state.changed.map((number, at): Change => {
      return { seq: at + 1, paper: idOf(number), kind: 'revised', origin: 'history', at: '', source: 'arxiv' }
    })
  const catalog = {
    id: 'c',
    lastSeq: async () => 0,
    changesAfter: async (seq: number) => changes().filter((change) => change.seq > seq),
    upsert: async () => [],
  }
  const source = {
    name: 'arxiv',
    async *harvest() {},
    status: () => ({ name: 'arxiv', state: 'fresh' as const, completeThrough: null, detail: '', sets: [] }),
    announcedThrough: () => undefined,
    fetch: async (ids: readonly PaperId[]) => {
      asked.push(ids)
      if (state.isDown) throw new SourceError('unreachable', 'it is away')
      return []
    },
  }
  const { signal } = new AbortController()
  const day = async () => {
    await lookUpVersions({ store, catalog, sources: [source], clock, log: () => {}, signal })
    await clock.advance(24 * 3_600_000)
  }
  return { day, asked, state, clock, store, catalog, source, signal }
}

test('all posted papers come round, one batch a day', async () => {
  const { day, asked } = await house(250)
  for (let days = 0; days < 4; days++) await day()
  expect(asked.map((ids) => ids.length)).toEqual([100, 100, 50, 100])
  expect(new Set(asked.slice(0, 3).flat()).size).toBe(250)
})

test('what was changed is asked for first', async () => {
  const { day, asked } = await house(250, [240, 9999])
  await day()
  expect([asked[0]?.[0], asked[0]?.length]).toEqual([idOf(240), 100])
  expect(asked[0]).not.toContain(idOf(9999))
})

test('once a day, and not again when the source does not answer', async () => {
  const { asked, state, store, catalog, source, clock, signal } = await house(3)
  state.isDown = true
  for (let round = 0; round < 5; round++) {
    await lookUpVersions({ store, catalog, sources: [source], clock, log: () => {}, signal })
    await clock.advance(3_600_000)
  }
  expect(asked).toHaveLength(1)
})

test('nothing posted asks for nothing', async () => {
  const { day, asked } = await house(0)
  await day()
  expect(asked).toEqual([])
})
