import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type App, createApp } from '../../src/app.ts'
import { catalogOver, openCatalogDatabase } from '../../src/catalog/sqlite/open.ts'
import { importSubscriptions } from '../../src/cli/import.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { type Environment, readConfig } from '../../src/config.ts'
import { definePlatform, type PlatformDefinition } from '../../src/delivery/platform.ts'
import type { LogEvent } from '../../src/log.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { web } from '../../src/platforms/web/definition.ts'
import type { Random } from '../../src/random.ts'
import { openStateDatabase, storeOver } from '../../src/store/sqlite.ts'
import { createFakeArxiv, type FakeArxiv } from '../support/arxiv/fake.ts'
import { countedPlatform, countedStore, counting, Meter } from '../support/counted.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

export interface WorldOptions {
  readonly start: string | number
  readonly seed: number
  readonly events?: readonly Announcement[]
  readonly oaiPageSize?: number
  readonly papersPerPart?: number
  readonly environment?: Environment
  /** A data folder to begin with, which is copied. */
  readonly from?: string
  /** Chat services beside the one in memory. */
  readonly services?: ChatServices
}

/** Servers of chat services in this process, which outlive the program as real ones do, and the program's own drivers for them. */
export interface ChatServices {
  /** The world's clock as well. */
  readonly clock: SimulatedClock
  readonly environment: Environment
  readonly platforms: readonly PlatformDefinition[]
  /** Undefined where the request is for somebody else. */
  ask(...request: Parameters<typeof fetch>): Promise<Response> | undefined
}

/** The jobs of the program, as a test runs them. */
export type JobName = 'harvest' | 'match' | 'decide' | 'send' | 'tidy'
export const inOrder: readonly JobName[] = ['harvest', 'match', 'decide', 'send']

interface Life {
  readonly app: App
  readonly meter: Meter
  readonly state: DatabaseSync
  readonly catalog: DatabaseSync
}

/** The whole program on real files in a folder of its own, under a clock, a chance and an arXiv that a test moves. */
export class SimulatedWorld {
  readonly folder: string
  readonly clock: SimulatedClock
  readonly arxiv: FakeArxiv
  /** A chat service, which remembers what was posted whatever becomes of the data folder. */
  readonly chat: MemoryPlatform
  /** What the program said, oldest first. */
  readonly events: LogEvent[] = []
  readonly #random: Random
  readonly #options: WorldOptions
  #life: Life | undefined

  constructor(options: WorldOptions) {
    this.#options = options
    this.folder = mkdtempSync(join(tmpdir(), 'paperboy-world-'))
    if (options.from !== undefined) cpSync(options.from, this.folder, { recursive: true })
    this.clock = options.services?.clock ?? new SimulatedClock(options.start)
    this.chat = new MemoryPlatform(this.clock)
    this.#random = seededRandom(options.seed)
    const { events = [], oaiPageSize } = options
    this.arxiv = createFakeArxiv({ events, clock: this.clock, ...(oaiPageSize === undefined ? {} : { oaiPageSize }) })
  }

  get app(): App {
    if (this.#life === undefined) throw new Error('no process is running')
    return this.#life.app
  }

  /** The files as the running process has them open, to do to them what a disk does. */
  get files(): { readonly state: DatabaseSync; readonly catalog: DatabaseSync } {
    if (this.#life === undefined) throw new Error('no process is running')
    return this.#life
  }

  get isRunning(): boolean {
    return this.#life !== undefined
  }

  /** A process begins: both files are opened, and what was being sent is in doubt. Its effects are counted by the meter. */
  async start(meter: Meter = new Meter()): Promise<App> {
    if (this.#life !== undefined) throw new Error('a process is running already')
    const opened: { state?: DatabaseSync; catalog?: DatabaseSync } = {}
    const { services } = this.#options
    const environment = { ...services?.environment, ...this.#options.environment }
    const world = {
      config: readConfig({ DATA_DIR: this.folder, ...environment }, false),
      clock: this.clock,
      random: this.#random,
      fetch: async (...request: Parameters<typeof fetch>) =>
        meter.read(() => services?.ask(...request) ?? this.arxiv.fetch(...request)),
      log: (event: LogEvent) => {
        if (!meter.stopped) this.events.push(event)
      },
    }
    const app = await createApp(world, {
      platforms: [web, ...(services?.platforms ?? [])]
        .map((platform) => counted(platform, meter, this.#options.papersPerPart))
        .concat(countedChat(this.chat, meter)),
      open: {
        store: async (...given) => {
          const database = openStateDatabase(...given)
          database.exec(NO_POWER_CUT)
          opened.state = database
          return countedStore(storeOver(database), meter)
        },
        catalog: async (file, options) => {
          const database = openCatalogDatabase(file, options)
          database.exec(NO_POWER_CUT)
          opened.catalog = database
          return counting(catalogOver(database, file, options.clock), 'catalog', ['upsert'], meter)
        },
      },
    })
    const { state, catalog } = opened
    if (state === undefined || catalog === undefined) throw new Error('the program has opened other files')
    this.#life = { app, meter, state, catalog }
    return app
  }

  /** The process ends as it should. */
  async stop(): Promise<void> {
    await this.app.close()
    this.#life = undefined
  }

  /** The process is gone: nothing that it still had under way comes to anything. */
  async kill(): Promise<void> {
    this.#life?.meter.stop()
    for (const file of [this.#life?.state, this.#life?.catalog]) if (file?.isOpen) file.close()
    this.#life = undefined
  }

  /** Runs one job to its end, time moving on as it must. */
  async job(name: JobName): Promise<unknown> {
    const { rounds } = this.app
    const { signal } = new AbortController()
    switch (name) {
      case 'harvest':
        return this.clock.run(rounds.harvest(signal))
      case 'send':
        return this.clock.run(this.#sendAll(signal))
      default:
        return this.clock.run<unknown>(rounds[name]())
    }
  }

  /** Jobs one after another, each followed to its end. */
  async round(order: readonly JobName[] = inOrder): Promise<void> {
    for (const name of order) await this.job(name)
  }

  /** Follows what an import file says, NDJSON. */
  async follow(lines: readonly object[]): Promise<number> {
    const body = lines.map((line) => JSON.stringify(line)).join('\n')
    return this.clock.run(importSubscriptions(this.app, body, 'follows.ndjson', new AbortController().signal))
  }

  /** A copy of the data folder as it is on the disk at this moment. */
  copy(): string {
    const copy = mkdtempSync(join(tmpdir(), 'paperboy-copy-'))
    cpSync(this.folder, copy, { recursive: true })
    return copy
  }

  /** Somebody takes the catalogue away while no process runs. */
  deleteCatalog(): void {
    if (this.#life !== undefined) throw new Error('a process is running')
    for (const ending of ['', '-wal', '-shm']) rmSync(join(this.folder, `catalog.sqlite${ending}`), { force: true })
  }

  /** Takes everything away. */
  async dispose(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Sends until nothing falls due within five minutes. */
  async #sendAll(signal: AbortSignal): Promise<void> {
    const { courier } = this.app
    const end = this.clock.now() + 5 * 60_000
    for (let pass = 0; pass < 1000; pass++) {
      const { nextAt } = await courier.sendDue(signal)
      if (this.#life?.meter.stopped !== false || nextAt === undefined || nextAt > end) return
      await this.clock.sleep(Math.max(1, nextAt - this.clock.now()))
    }
    throw new Error('the courier always has something to do at once')
  }
}

/** What a process has written outlives it without waiting for the disk; the store's own tests see to power cuts. */
const NO_POWER_CUT = 'PRAGMA synchronous = OFF'

function counted(plain: PlatformDefinition, meter: Meter, papersPerPart = plain.papersPerPart): PlatformDefinition {
  return {
    ...plain,
    papersPerPart,
    create: async (settings, house) => {
      const platform = await plain.create(settings, house)
      return platform === undefined ? undefined : countedPlatform(platform, meter)
    },
  }
}

function countedChat(chat: MemoryPlatform, meter: Meter): PlatformDefinition {
  return definePlatform({
    name: chat.name,
    variables: [],
    settings: z.object({}),
    papersPerPart: 3,
    render: () => [],
    create: async () => countedPlatform(chat, meter),
  })
}

/** One line of an import file that follows an author by name alone. */
export function following(channel: ChannelId, name: string): object {
  return { channel, follows: { kind: 'author', profile: { name } } }
}

/** The line of an import that follows everyone of that name. */
export function followingEveryone(channel: ChannelId, name: string): object {
  return { channel, follows: { kind: 'author', profile: { name, everyone: true } } }
}
