import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Learnt } from '../../src/catalog/change.ts'
import { catalogOver, openCatalogDatabase } from '../../src/catalog/sqlite/open.ts'
import { arxivId } from '../../src/papers/identity.ts'
import { createArxiv } from '../../src/sources/arxiv/source.ts'
import type { Pause } from '../../src/sources/definition.ts'
import type { Source, SourceMemory, SourceStatus } from '../../src/sources/source.ts'
import { SourceError } from '../../src/sources/source.ts'
import type { Json } from '../../src/store/json.ts'
import { createFakeArxiv, type FakeArxiv } from '../support/arxiv/fake.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

export interface HouseSettings {
  readonly start: number
  readonly oaiPageSize: number
  readonly sets?: readonly string[]
}

const random = { next: () => 0.5, bytes: (count: number) => new Uint8Array(count) }

/** The source of arXiv and a catalogue on the disk, before an arXiv with faults. What is kept survives a kill. */
export class ArxivHouse {
  readonly clock: SimulatedClock
  readonly arxiv: FakeArxiv
  /** Ids in the order in which they became news. */
  readonly news: string[] = []
  readonly learnt = new Map<string, Learnt['origin']>()
  /** As the catalogue has it. */
  cursor: Json | undefined
  readonly #folder = mkdtempSync(join(tmpdir(), 'paperboy-arxiv-'))
  readonly #sets: readonly string[]
  #catalog: Catalog
  #source: Source
  #lastStart: number | undefined
  #pause: Pause | undefined

  constructor({ start, oaiPageSize, sets = [] }: HouseSettings) {
    this.clock = new SimulatedClock(start)
    this.arxiv = createFakeArxiv({ events: [], clock: this.clock, oaiPageSize })
    this.#sets = sets
    this.#source = this.#create()
    this.#catalog = this.#open()
  }

  /** No more is asked of it, and nothing of it is left. */
  async close(): Promise<void> {
    await this.#catalog.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  get status(): SourceStatus {
    return this.#source.status(this.#memory, this.clock.now())
  }

  get #memory(): SourceMemory {
    return this.cursor === undefined ? {} : { cursor: this.cursor }
  }

  /** The process is gone, and another begins. */
  async restart(): Promise<void> {
    await this.#catalog.close()
    this.#catalog = this.#open()
    this.cursor = await this.#catalog.cursorOf('arxiv')
    this.#source = this.#create()
  }

  /** What is wrong with the catalogue beside what was learnt and was news; undefined where all agrees. */
  async disagreement(): Promise<string | undefined> {
    const ids = [...this.learnt.keys()]
    const kept = await this.#catalog.getMany(ids.map(arxivId))
    const lost = ids.filter((_, at) => kept[at] === undefined)
    if (lost.length > 0) return `learnt, and not in the catalogue: ${lost.join(' ')}`
    const { papers } = await this.#catalog.stats()
    if (papers !== ids.length) return `${papers} papers in the catalogue, ${ids.length} learnt`
    const announced = await this.#newsAfter(0)
    return announced.join(' ') === this.news.join(' ')
      ? undefined
      : `news by the change log: ${announced.join(' ')}; as they came: ${this.news.join(' ')}`
  }

  /** One pass; ends as if killed after so many batches. Answers with the failure that it ended with. */
  async harvest(batches = Number.POSITIVE_INFINITY): Promise<string | undefined> {
    const pass = async () => {
      let count = 0
      for await (const batch of this.#source.harvest(this.#memory, { signal: new AbortController().signal })) {
        const before = await this.#catalog.lastSeq()
        await this.#catalog.upsert('arxiv', batch.records, batch.cursor)
        this.cursor = await this.#catalog.cursorOf('arxiv')
        for (const { paper, origin } of batch.records) this.#learn(paper.id.slice('arxiv:'.length), origin)
        this.news.push(...(await this.#newsAfter(before)))
        count += 1
        if (count >= batches) break
      }
    }
    return this.clock.run(pass()).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof SourceError)) throw error
        return error.message
      },
    )
  }

  #learn(id: string, origin: Learnt['origin']): void {
    if (this.learnt.get(id) !== 'announced') this.learnt.set(id, origin)
  }

  /** Ids in the order of the change log. */
  async #newsAfter(seq: number): Promise<string[]> {
    const changes = await this.#catalog.changesAfter(seq, 1_000_000)
    return changes
      .filter(({ kind, origin }) => kind === 'new' && origin === 'announced')
      .map(({ paper }) => paper.slice('arxiv:'.length))
  }

  #open(): Catalog {
    const file = join(this.#folder, 'catalog.sqlite')
    const options = { clock: this.clock, random }
    return catalogOver(openCatalogDatabase(file, options), file, this.clock)
  }

  #create(): Source {
    const settings = {
      apiUrl: 'https://arxiv.test/api/query',
      oaiUrl: 'https://arxiv.test/oai',
      rssUrl: 'https://arxiv.test',
      sets: this.#sets,
      spacingMs: 3_000,
      backfillSince: 'none',
    }
    return createArxiv(settings, {
      clock: this.clock,
      random,
      fetch: this.arxiv.fetch,
      spacing: {
        read: async () => this.#lastStart,
        write: async (at) => {
          this.#lastStart = at
        },
        readPause: async () => this.#pause,
        writePause: async (pause) => {
          this.#pause = pause
        },
      },
      userAgent: 'paperboy/0',
      log: () => {},
    })
  }
}
