import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../../src/app.ts'
import type { Announcement } from '../../../src/cli/replay/event.ts'
import { type Environment, readConfig } from '../../../src/config.ts'
import type { Handlers, Question } from '../../../src/delivery/platform.ts'
import type { LogEvent } from '../../../src/log.ts'
import type { ChannelId } from '../../../src/message/channel.ts'
import { createFakeArxiv, type FakeArxiv } from '../../support/arxiv/fake.ts'
import { createFakeDiscord, type FakeDiscordOptions } from '../../support/discord/fake.ts'
import type { FakeChannel, FakeDiscord, FakeInteraction, FakeMessage } from '../../support/discord/fake-types.ts'
import { seededRandom } from '../../support/seeded-random.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { spoken } from '../../support/suite-output.ts'
import { team } from '../papers.ts'

export interface MeetingOptions {
  readonly events?: readonly Announcement[]
  readonly environment?: Environment
  readonly discord?: FakeDiscordOptions
}

interface Death {
  at(url: string, method: string): boolean
  readonly when: 'before' | 'after'
  resolve(died: 'died'): void
}

/** How far time moves while something is waited for that goes over the network, and how often. */
const STEP_MS = 100
const TURN_MS = 10

/** The whole program, its real gateway client, and Discord's servers on loopback; time stands still until it is moved. */
export class Meeting {
  readonly folder = mkdtempSync(join(tmpdir(), 'paperboy-meeting-'))
  readonly clock: SimulatedClock
  readonly events: LogEvent[] = []
  readonly discord: FakeDiscord
  readonly arxiv: FakeArxiv
  /** Waits before each question is answered, as a slow disk would have it. */
  beforeAnswer: (question: Question) => Promise<void> = async () => {}
  readonly #environment: Environment
  readonly #random = seededRandom(7)
  /** Questions that the program has not answered yet. */
  #asking = 0
  #death: Death | undefined
  #deaths = 0
  #life: { readonly app: App; readonly stopping: AbortController } | undefined

  private constructor(
    discord: FakeDiscord,
    { events = team, environment = {} }: MeetingOptions,
    clock: SimulatedClock,
  ) {
    this.clock = clock
    this.discord = discord
    this.arxiv = createFakeArxiv({ events, clock })
    this.#environment = environment
  }

  static async open(options: MeetingOptions = {}): Promise<Meeting> {
    const clock = new SimulatedClock('2025-09-08T12:00:00Z')
    return new Meeting(await createFakeDiscord({ clock, random: seededRandom(3), ...options.discord }), options, clock)
  }

  get app(): App {
    if (this.#life === undefined) throw new Error('the program does not run')
    return this.#life.app
  }

  get environment(): Environment {
    return {
      DATA_DIR: this.folder,
      DISCORD_TOKEN: this.discord.token,
      DISCORD_API_URL: this.discord.url,
      ...this.#environment,
    }
  }

  /** arXiv answers in the process, Discord over loopback. */
  readonly fetch: typeof fetch = async (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    if (!url.startsWith(this.discord.url)) return this.arxiv.fetch(input, init)
    const death = this.#death?.at(url, init?.method ?? 'GET') === true ? this.#death : undefined
    if (death?.when === 'before') return this.#die(death)
    const response = await fetch(input, init)
    return death === undefined ? response : this.#die(death)
  }

  /** The process is gone at the request for which `at` is true, before or after Discord heard of it. Resolves once it is. */
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
    await this.discord.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Lets time pass, ten times as fast as it does, until the task has ended. */
  async passing<T>(task: Promise<T>): Promise<T> {
    let over = false
    const ended = task.finally(() => {
      over = true
    })
    ended.catch(() => {})
    // What a process that died was waiting for never comes.
    for (const deaths = this.#deaths; !over && deaths === this.#deaths; ) {
      await turn()
      if (!over) await this.clock.advance(STEP_MS)
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
    for (let same = 0, before = -1; same < 5; ) {
      await turn()
      const now = this.discord.requests.length + this.events.length
      same =
        now === before && this.discord.requests.every(({ status, faults }) => status !== undefined || faults.length)
          ? same + 1
          : 0
      before = now
    }
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

  /** What the person reads in the end, however long it takes. */
  async reply(asked: FakeInteraction): Promise<FakeMessage> {
    await this.passing(asked.acknowledged())
    await this.passing(this.until('an answer', () => this.#asking === 0))
    const first = await this.passing(asked.reply())
    await this.quiet()
    return asked.edits.at(-1) ?? first
  }

  channelId(channel: FakeChannel): ChannelId {
    return `discord:${channel.guildId}/${channel.id}` as ChannelId
  }

  /** What the bot wrote in a channel for all, oldest first. */
  posts(channel: FakeChannel): readonly FakeMessage[] {
    return this.discord.messages(channel).filter((message) => message.byBot)
  }

  logged(name: string): readonly LogEvent[] {
    return this.events.filter(({ event }) => event === name)
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, TURN_MS))
}
