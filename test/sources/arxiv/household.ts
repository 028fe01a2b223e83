import type { Learnt } from '../../../src/catalog/change.ts'
import { mergePapers } from '../../../src/papers/merge.ts'
import type { BackfillSince } from '../../../src/sources/arxiv/backfill.ts'
import { createArxiv } from '../../../src/sources/arxiv/source.ts'
import type { Source, SourceMemory } from '../../../src/sources/source.ts'
import type { Json } from '../../../src/store/json.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { memorySpacing, SmallArxiv } from './small-arxiv.ts'

/** A catalogue's memory of what a source taught, kept as a catalogue keeps it: history that is announced later is news, once. */
export class Household {
  readonly clock: SimulatedClock
  readonly arxiv: SmallArxiv
  readonly events: string[] = []
  readonly learnt = new Map<string, Learnt>()
  /** Ids in the order in which they became news. */
  readonly news: string[] = []
  cursor: Json | undefined
  backfill: Json | undefined
  announcedThrough: string | undefined
  readonly #sets: readonly string[]
  #source: Source

  readonly #since: BackfillSince

  constructor(start: string, sets: readonly string[] = ['cs'], since: BackfillSince = 'none') {
    this.#since = since
    this.clock = new SimulatedClock(start)
    this.arxiv = new SmallArxiv(this.clock)
    this.#sets = sets
    this.#source = this.#create(sets)
  }

  /** As after a restart, perhaps with other settings. */
  restart(sets: readonly string[] = this.#sets): void {
    this.#source = this.#create(sets)
  }

  get source(): Source {
    return this.#source
  }

  get memory(): SourceMemory {
    return {
      ...(this.cursor === undefined ? {} : { cursor: this.cursor }),
      ...(this.backfill === undefined ? {} : { backfill: this.backfill }),
      ...(this.announcedThrough === undefined ? {} : { announcedThrough: this.announcedThrough }),
    }
  }

  get status() {
    return this.#source.status(this.memory, this.clock.now())
  }

  async at(moment: string): Promise<void> {
    const ms = Date.parse(moment) - this.clock.now()
    if (ms < 0) throw new Error(`${moment} is over`)
    await this.clock.advance(ms)
  }

  /** One pass; stops as if killed after `batches` batches. Answers how many there were. */
  async harvest(
    options: { readonly batches?: number; readonly since?: string; readonly signal?: AbortSignal } = {},
  ): Promise<number> {
    const { batches = Number.POSITIVE_INFINITY, since, signal = new AbortController().signal } = options
    const pass = async () => {
      let count = 0
      for await (const batch of this.#source.harvest(this.memory, {
        signal,
        ...(since === undefined ? {} : { since }),
      })) {
        for (const record of batch.records) this.#learn(record)
        this.cursor = JSON.parse(JSON.stringify(batch.cursor))
        count += 1
        if (count >= batches) break
      }
      return count
    }
    return this.clock.run(pass())
  }

  /** Fills backwards; stops as if killed after `batches` batches. */
  async fill(batches = Number.POSITIVE_INFINITY): Promise<number> {
    const { signal } = new AbortController()
    const pass = async () => {
      let count = 0
      for await (const batch of this.#source.backfill?.(this.memory, { signal }) ?? []) {
        for (const record of batch.records) this.#learn(record)
        this.backfill = JSON.parse(JSON.stringify(batch.cursor))
        count += 1
        if (count >= batches) break
      }
      return count
    }
    return this.clock.run(pass())
  }

  #learn(record: Learnt): void {
    const { id } = record.paper
    const known = this.learnt.get(id)
    if (record.origin === 'announced' && known?.origin !== 'announced') this.news.push(id.replace('arxiv:', ''))
    const merged = known === undefined ? record : { ...record, ...mergePapers(known, record) }
    this.learnt.set(id, known?.origin === 'announced' ? { ...merged, origin: 'announced' } : merged)
  }

  #create(sets: readonly string[]): Source {
    const settings = {
      apiUrl: 'https://arxiv.test/api',
      oaiUrl: 'https://arxiv.test/oai',
      rssUrl: 'https://arxiv.test',
      sets,
      spacingMs: 3_000,
      backfillSince: this.#since,
    }
    return createArxiv(settings, {
      clock: this.clock,
      random: { next: () => 0.5, bytes: (count) => new Uint8Array(count) },
      fetch: this.arxiv.fetch,
      spacing: memorySpacing(),
      userAgent: 'paperboy/0',
      log: ({ event }) => this.events.push(event),
    })
  }
}
