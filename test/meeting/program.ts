import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { type Environment, readConfig } from '../../src/config.ts'
import type { Handlers, Question } from '../../src/delivery/platform.ts'
import type { LogEvent } from '../../src/log.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { isWebPlatform } from '../../src/platforms/web/connection.ts'
import { createFakeArxiv, type FakeArxiv } from '../support/arxiv/fake.ts'
import { seededRandom } from '../support/seeded-random.ts'
import type { SimulatedClock } from '../support/simulated-clock.ts'
import { spoken } from '../support/suite-output.ts'
import { team } from './papers.ts'

export interface ProgramOptions {
  readonly events?: readonly Announcement[]
  readonly environment?: Environment
}

/** The servers that the program meets, as far as it has to be known when they are quiet. */
export interface Servers {
  /** Requests to it begin so. */
  readonly origin: string
  /** How much has gone back and forth. */
  readonly traffic: number
  close(): Promise<void>
}

interface Death {
  at(url: string, init: RequestInit | undefined): boolean
  readonly when: 'before' | 'after'
  resolve(died: 'died'): void
}

/** How far time moves while something is waited for that goes over the network, and how often. */
const STEP_MS = 100
const TURN_MS = 10

/** The whole program before a platform's servers on loopback; time stands still until it is moved. */
export abstract class Program {
  readonly folder = mkdtempSync(join(tmpdir(), 'paperboy-meeting-'))
  readonly clock: SimulatedClock
  readonly events: LogEvent[] = []
  readonly arxiv: FakeArxiv
  /** Waits before each question is answered, as a slow disk would have it. */
  beforeAnswer: (question: Question) => Promise<void> = async () => {}
  readonly #servers: Servers
  readonly #environment: Environment
  readonly #random = seededRandom(7)
  /** Questions that the program has not answered yet. */
  #asking = 0
  #death: Death | undefined
  #deaths = 0
  #life: { readonly app: App; readonly stopping: AbortController } | undefined

  constructor(servers: Servers, { events = team, environment = {} }: ProgramOptions, clock: SimulatedClock) {
    this.clock = clock
    this.#servers = servers
    this.arxiv = createFakeArxiv({ events, clock })
    this.#environment = environment
  }

  /** What the platform wants to be told. */
  protected abstract get platformEnvironment(): Environment

  get app(): App {
    if (this.#life === undefined) throw new Error('the program does not run')
    return this.#life.app
  }

  /** What an admin was told on the console, as it reads there. */
  async toldAdmin(): Promise<readonly string[]> {
    const web = this.app.platforms.find(isWebPlatform)
    if (web === undefined) throw new Error('there is no console')
    return (await web.notes.of('you')).map(({ message }) => renderText(message).replace(/\s+/g, ' '))
  }

  get environment(): Environment {
    return { DATA_DIR: this.folder, ...this.platformEnvironment, ...this.#environment }
  }

  /** arXiv answers in the process, the platform over loopback. */
  readonly fetch: typeof fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    if (!url.startsWith(this.#servers.origin)) return this.arxiv.fetch(input, init)
    const death = this.#death?.at(url, init) === true ? this.#death : undefined
    if (death?.when === 'before') return this.#die(death)
    const response = await fetch(input, init)
    return death === undefined ? response : this.#die(death)
  }

  /** The process is gone at the request for which `at` is true, before or after the servers heard of it. Resolves once it is. */
  dieWhen(at: Death['at'], when: Death['when']): Promise<'died'> {
    const { promise, resolve } = Promise.withResolvers<'died'>()
    this.#death = { at, when, resolve }
    return promise
  }

  /** Nothing that was under way comes to anything: the request never ends for who made it. */
  async #die({ resolve }: Death): Promise<never> {
    const life = this.#life
    this.#life = undefined
    this.#death = undefined
    this.#deaths++
    await life?.app.close()
    for (const platform of life?.app.platforms ?? []) void platform.stop()
    resolve('died')
    return new Promise(() => {})
  }

  /** The program starts, and has greeted whom it has to greet. */
  async start(over: Environment = {}): Promise<App> {
    const stopping = new AbortController()
    const app = await createApp({
      config: readConfig({ ...this.environment, ...over }, false),
      clock: this.clock,
      random: this.#random,
      fetch: this.fetch,
      log: (event) => {
        this.events.push(event)
        spoken(event)
      },
    })
    this.#life = { app, stopping }
    await app.courier.recover(stopping.signal)
    const handlers: Handlers = {
      ...app.handlers,
      ask: async (question, asking) => {
        this.#asking++
        try {
          await this.beforeAnswer(question)
          return await app.handlers.ask(question, asking)
        } finally {
          this.#asking--
        }
      },
    }
    for (const platform of app.platforms) await this.passing(platform.start(handlers, stopping.signal))
    return app
  }

  async stop(): Promise<void> {
    if (this.#life === undefined) return
    const { app, stopping } = this.#life
    this.#life = undefined
    stopping.abort()
    for (const platform of app.platforms) await this.passing(platform.stop())
    await app.close()
  }

  async dispose(): Promise<void> {
    await this.stop()
    await this.#servers.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Whether a question waits for the program's answer. */
  protected get asking(): boolean {
    return this.#asking > 0
  }

  /** Lets time pass, faster than it does, until the task has ended; but not while anything goes back and forth. */
  async passing<T>(task: Promise<T>): Promise<T> {
    let over = false
    const ended = task.finally(() => {
      over = true
    })
    ended.catch(() => {})
    // What a process that died was waiting for never comes.
    for (const deaths = this.#deaths; !over && deaths === this.#deaths; ) {
      const before = this.#traffic
      await turn()
      if (!over && before === this.#traffic) await this.clock.advance(STEP_MS)
    }
    return ended
  }

  /** Waits, time standing still, until it is so. */
  async until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let turns = 0; turns < 1500; turns++) {
      if (await isSo()) return
      await turn()
    }
    throw new Error(`never: ${what}`)
  }

  /** Lets what is under way over the network arrive. */
  async quiet(): Promise<void> {
    for (let same = 0, before = -1; same < 6; ) {
      await turn()
      same = this.#traffic === before ? same + 1 : 0
      before = this.#traffic
    }
  }

  get #traffic(): number {
    return this.#servers.traffic + this.events.length
  }

  /** Learns what arXiv announced by now, matches it, decides, and sends until nothing falls due within the given time. */
  async round({ withinMs = 5 * 60_000 }: { readonly withinMs?: number } = {}): Promise<void> {
    const { rounds } = this.app
    const { signal } = new AbortController()
    await this.clock.run(rounds.harvest(signal))
    await this.clock.run(rounds.match())
    await this.clock.run(rounds.decide())
    await this.send({ withinMs })
  }

  async send({ withinMs = 5 * 60_000 }: { readonly withinMs?: number } = {}): Promise<void> {
    const end = this.clock.now() + withinMs
    for (let pass = 0; pass < 500; pass++) {
      const { nextAt } = await this.passing(this.app.courier.sendDue(new AbortController().signal))
      if (nextAt === undefined || nextAt > end) return
      await this.clock.advance(Math.max(1, nextAt - this.clock.now()))
    }
    throw new Error('there is always something to send')
  }

  /** Moves to a moment, ISO 8601. */
  async goTo(moment: string): Promise<void> {
    await this.clock.advance(Math.max(0, Date.parse(moment) - this.clock.now()))
  }

  logged(name: string): readonly LogEvent[] {
    return this.events.filter(({ event }) => event === name)
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, TURN_MS))
}
