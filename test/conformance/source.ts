import { describe, expect, test } from 'vitest'
import type { Batch, Source, SourceMemory } from '../../src/sources/source.ts'
import { SourceError } from '../../src/sources/source.ts'
import type { Json } from '../../src/store/json.ts'

/** A source over a small world that a test can turn on. */
export interface SourceBench {
  readonly source: Source
  /** Epoch milliseconds. */
  now(): number
  /** Runs a task to its end, letting as much simulated time pass as it needs. */
  run<T>(task: Promise<T>): Promise<T>
  /** Days go by until the next announcement can be harvested; answers the ids of its papers, at least two, oldest first. */
  announce(): Promise<readonly string[]>
  /** While true, every answer is cut short. */
  breakAnswers(broken: boolean): void
}

/** What every source promises, whatever it asks for and how. `make` gives a new world, in which papers were announced before. */
export function describeSource(name: string, make: () => SourceBench | Promise<SourceBench>): void {
  describe(`the source ${name}`, () => {
    test('takes all that it finds at first for history', async () => {
      const bench = await make()
      const first = await pass(bench, {})
      expect(first.batches.flatMap((batch) => batch.records).length).toBeGreaterThan(0)
      expect(originsOf(first.batches)).toEqual(['history'])
    })

    test('takes for news exactly what is announced later', async () => {
      const bench = await make()
      const memory = (await pass(bench, {})).memory
      const ids = await bench.announce()
      const { batches } = await pass(bench, memory)
      expect(newsOf(batches)).toEqual(new Set(ids))
    })

    test('takes for news what was announced after an earlier catalogue', async () => {
      const bench = await make()
      const announcedThrough = bench.source.announcedThrough((await pass(bench, {})).memory)
      const ids = await bench.announce()
      const { batches } = await pass(bench, announcedThrough === undefined ? {} : { announcedThrough })
      expect(newsOf(batches)).toEqual(new Set(ids))
    })

    test('gives the oldest first', async () => {
      const bench = await make()
      const memory = (await pass(bench, {})).memory
      await bench.announce()
      for (const batch of (await pass(bench, memory)).batches) {
        const marks = batch.records.flatMap((record) => record.mark ?? [])
        expect(marks).toEqual(marks.toSorted())
      }
    })

    test('gives the same again for the same memory', async () => {
      const bench = await make()
      const { memory } = await pass(bench, {})
      await bench.announce()
      const once = await pass(bench, memory)
      const again = await pass(bench, memory)
      expect(gist(again.batches)).toEqual(gist(once.batches))
    })

    test('goes on after a stop behind any batch, and misses and repeats nothing', async () => {
      for (let stop = 1; stop <= 12; stop++) {
        const bench = await make()
        const { memory } = await pass(bench, {})
        const ids = await bench.announce()
        const begun = await pass(bench, memory, { stopAfter: stop })
        const rest = await pass(bench, begun.memory)
        expect(newsOf([...begun.batches, ...rest.batches])).toEqual(new Set(ids))
        if (begun.batches.length < stop) break
      }
    })

    test('asks for nothing when nothing is due', async () => {
      const bench = await make()
      let { memory } = await pass(bench, {})
      await bench.announce()
      memory = (await pass(bench, memory)).memory
      expect((await pass(bench, memory)).batches).toEqual([])
    })

    test('rejects when an answer is broken, gives nothing of it, and has it all the next time', async () => {
      const bench = await make()
      let { memory } = await pass(bench, {})
      const ids = await bench.announce()
      bench.breakAnswers(true)
      const failed = await pass(bench, memory, { mayFail: true })
      expect(failed.error).toBeInstanceOf(SourceError)
      expect(failed.batches.flatMap((batch) => batch.records)).toEqual([])
      bench.breakAnswers(false)
      memory = failed.memory
      expect(newsOf((await pass(bench, memory)).batches)).toEqual(new Set(ids))
    })

    test('still takes for history what it finds after a first harvest that failed', async () => {
      const bench = await make()
      bench.breakAnswers(true)
      const failed = await pass(bench, {}, { mayFail: true })
      expect(failed.error).toBeInstanceOf(SourceError)
      bench.breakAnswers(false)
      expect(originsOf((await pass(bench, failed.memory)).batches)).toEqual(['history'])
    })

    test('stops at once when it is told to', async () => {
      const bench = await make()
      const controller = new AbortController()
      const harvesting = pass(bench, {}, { mayFail: true, signal: controller.signal })
      controller.abort()
      const stopped = await harvesting
      expect(stopped.error).toMatchObject({ name: 'SourceError', failure: 'aborted' })
      expect(stopped.batches).toEqual([])
    })

    test('says nothing is complete before it has asked, and keeps a cursor that is plain JSON', async () => {
      const bench = await make()
      expect(bench.source.status({}, bench.now()).completeThrough).toBeNull()
      const { batches } = await pass(bench, {})
      for (const { cursor } of batches) expect(JSON.parse(JSON.stringify(cursor))).toEqual(cursor)
      const status = bench.source.status((await pass(bench, {})).memory, bench.now())
      expect([status.name, status.detail.length > 0]).toEqual([bench.source.name, true])
    })
  })
}

interface Pass {
  readonly batches: readonly Batch[]
  /** What a catalogue remembers after it. */
  readonly memory: SourceMemory
  readonly error?: unknown
}

interface PassOptions {
  readonly stopAfter?: number
  readonly mayFail?: boolean
  readonly signal?: AbortSignal
}

async function pass(bench: SourceBench, memory: SourceMemory, options: PassOptions = {}): Promise<Pass> {
  const { stopAfter = Number.POSITIVE_INFINITY, mayFail = false, signal = new AbortController().signal } = options
  const batches: Batch[] = []
  let cursor: Json | undefined = memory.cursor
  const harvesting = async () => {
    for await (const batch of bench.source.harvest(memory, { signal })) {
      batches.push(batch)
      cursor = batch.cursor
      if (batches.length >= stopAfter) break
    }
  }
  const error = await bench.run(harvesting()).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error !== undefined && !mayFail) throw error
  return { batches, memory: { ...memory, ...(cursor === undefined ? {} : { cursor }) }, error }
}

function newsOf(batches: readonly Batch[]): ReadonlySet<string> {
  return new Set(
    batches.flatMap((batch) =>
      batch.records.filter((record) => record.origin === 'announced').map((record) => record.paper.id),
    ),
  )
}

function originsOf(batches: readonly Batch[]): readonly string[] {
  return [...new Set(batches.flatMap((batch) => batch.records.map((record) => record.origin)))]
}

function gist(batches: readonly Batch[]): readonly (readonly string[])[] {
  return batches.map((batch) => batch.records.map((record) => `${record.paper.id} ${record.origin}`))
}
