import type { Learnt } from '../../src/catalog/change.ts'
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

/** The source of arXiv with what a catalogue keeps of it, before an arXiv with faults. What is kept survives a kill. */
export class ArxivHouse {
  readonly clock: SimulatedClock
  readonly arxiv: FakeArxiv
  /** Ids in the order in which they became news. */
  readonly news: string[] = []
  readonly learnt = new Map<string, Learnt['origin']>()
  cursor: Json | undefined
  readonly #sets: readonly string[]
  #source: Source
  #lastStart: number | undefined
  #pause: Pause | undefined

  constructor({ start, oaiPageSize, sets = [] }: HouseSettings) {
    this.clock = new SimulatedClock(start)
    this.arxiv = createFakeArxiv({ events: [], clock: this.clock, oaiPageSize })
    this.#sets = sets
    this.#source = this.#create()
  }

  get status(): SourceStatus {
    return this.#source.status(this.#memory, this.clock.now())
  }

  get #memory(): SourceMemory {
    return this.cursor === undefined ? {} : { cursor: this.cursor }
  }

  /** The process is gone, and another begins. */
  restart(): void {
    this.#source = this.#create()
  }

  /** One pass; ends as if killed after so many batches. Answers with the failure that it ended with. */
  async harvest(batches = Number.POSITIVE_INFINITY): Promise<string | undefined> {
    const pass = async () => {
      let count = 0
      for await (const batch of this.#source.harvest(this.#memory, { signal: new AbortController().signal })) {
        for (const { paper, origin } of batch.records) this.#learn(paper.id.slice('arxiv:'.length), origin)
        this.cursor = JSON.parse(JSON.stringify(batch.cursor))
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
    if (origin === 'announced' && this.learnt.get(id) !== 'announced') this.news.push(id)
    if (this.learnt.get(id) !== 'announced') this.learnt.set(id, origin)
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
      random: { next: () => 0.5, bytes: (count) => new Uint8Array(count) },
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
