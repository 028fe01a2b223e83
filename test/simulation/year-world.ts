import { localActor } from '../../src/cli/local.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { isoAt } from '../../src/clock.ts'
import { digestPlace } from '../../src/digest/digest-id.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import type { Random } from '../../src/random.ts'
import { channelKey } from '../../src/store/keys.ts'
import { entriesOf } from '../../src/store/store.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { Backups } from './backups.ts'
import type { Door, ManyChannels } from './fifty-channels.ts'
import { pick } from './papers.ts'
import { type Following, type Reckoning, reckon } from './reckoning.ts'
import { quietTimes, schedules, zones } from './slot-rules.ts'
import type { SlotRule } from './wall-slots.ts'
import { SimulatedWorld } from './world.ts'
import { Almanac, type Book, copyOf } from './year-book.ts'
import { YearInvariants } from './year-invariants.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What has to be done again, or ended, at a later moment. */
interface Later {
  readonly at: number
  readonly what: string
  run(): Promise<void>
}

/** A promise that was not kept. */
export class Breach extends Error {}

/** The program with its channels, what a test knows of them by its own list, and that both agree. */
export class YearWorld {
  readonly trace: string[] = []
  readonly counts: Record<string, number> = {}
  readonly random: Random
  readonly services: ManyChannels
  readonly world: SimulatedWorld
  readonly invariants: YearInvariants
  readonly announced: Announcement[] = []
  readonly followings: Following[] = []
  /** Places that the bot was thrown out of. */
  readonly out = new Set<Door>()
  later: Later[] = []
  book: Book = { rules: new Map(), paused: new Map(), decidedAt: 0 }
  readonly #backups = new Backups()
  readonly #books: Book[] = []
  readonly #almanac: Almanac
  #reckoning: { readonly at: number; readonly found: Reckoning } | undefined

  constructor(seed: number, services: ManyChannels, end: number) {
    const start = services.clock.now()
    this.random = seededRandom(seed)
    this.services = services
    this.world = new SimulatedWorld({ start, seed: seed + 1, services })
    this.invariants = new YearInvariants(this.world, services)
    this.#almanac = new Almanac(start - 14 * DAY, end + 60 * DAY)
  }

  async dispose(): Promise<void> {
    await this.world.dispose()
    this.#backups.dispose()
  }

  async backUp(): Promise<void> {
    await this.#backups.make(this.world, this.followings, new Map())
    this.#books.push(copyOf(this.book))
    this.say('a backup is made')
  }

  /** The last backup but `back`, while no process runs; what was set and paused since is as it was then. False where there is none. */
  async takeBackup(back: number): Promise<boolean> {
    const book = this.#books.at(-1 - back)
    if (book === undefined) return false
    await this.#backups.restore(this.world, back, this.followings, new Map())
    this.book = copyOf(book)
    this.#reckoning = undefined
    return true
  }

  /** Somebody gives up what is followed. */
  ended(following: Following): void {
    following.until = this.now
    this.#reckoning = undefined
  }

  get now(): number {
    return this.services.clock.now()
  }

  async advanceTo(at: number): Promise<void> {
    if (at > this.now) await this.services.clock.advance(at - this.now)
  }

  async start(): Promise<void> {
    const app = await this.world.start()
    await this.services.clock.run(app.courier.recover(new AbortController().signal))
    // Where a restored backup says that the bot is out, its driver sees at once that it is in again.
    for (const channel of this.services.doors.flatMap((door) => (this.out.has(door) ? [] : door.channels))) {
      const known = await app.house.store.channels.get(channelKey(channel))
      if (known?.parked !== undefined) await this.tell({ kind: 'permissions-changed', channel })
    }
    await this.decideAndSend()
  }

  async decideAndSend(): Promise<void> {
    const waited = await this.waiting()
    const { events } = this.world
    const before = events.length
    await this.world.job('decide')
    await this.judge(waited, before)
    await this.world.job('send')
    this.fail(await this.invariants.after(this.reckoned(), before))
  }

  /** Each digest that was decided is of the right instant, and none that is due was left out. */
  async judge(waited: ReadonlyMap<ChannelId, number>, from: number): Promise<void> {
    const { store } = this.world.app.house
    const wrong: string[] = []
    let decidedAt = this.now
    for (const { event, digest } of this.world.events.slice(from)) {
      const place = event === 'digest.decided' ? digestPlace(String(digest)) : undefined
      if (place === undefined) continue
      const record = await store.digests.get([place.channel, place.slot, String(place.n)])
      if (record === undefined) continue
      decidedAt = Date.parse(record.decidedAt)
      const since = waited.get(place.channel)
      const decided = { channel: place.channel, slot: Date.parse(place.slot), decidedAt }
      const why = this.#almanac.wrongOf(this.book, { ...decided, ...(since === undefined ? {} : { waited: since }) })
      if (why !== undefined) wrong.push(why)
      this.count('digests', 1)
    }
    for (const [channel, since] of await this.waiting()) {
      const parked = (await store.channels.get(channelKey(channel)))?.parked !== undefined
      const recall = await store.recalls.get([channel])
      if (parked || (recall !== undefined && recall.done === undefined)) continue
      if (this.#almanac.isOverdue(this.book, channel, since, decidedAt))
        wrong.push(
          `${channel} (${this.book.rules.get(channel)?.text}) should have had its digest: it waits since ${isoAt(since)}`,
        )
    }
    this.book.decidedAt = decidedAt
    this.fail(wrong)
  }

  /** When the next digest of what waits is due, by the test's own almanac. */
  async nextSlot(): Promise<number | undefined> {
    const waiting = await this.waiting()
    const moments = [...waiting.keys()].flatMap((channel) => {
      const rule = this.book.rules.get(channel)
      const free = Math.max(this.now, this.book.paused.get(channel) ?? 0)
      return rule === undefined ? [] : (this.#almanac.next(rule, free) ?? [])
    })
    return moments.length === 0 ? undefined : Math.min(...moments)
  }

  /** Since when (epoch ms) something waits, by channel. */
  async waiting(): Promise<ReadonlyMap<ChannelId, number>> {
    const { store } = this.world.app.house
    const since = new Map<ChannelId, number>()
    for await (const { key, value } of entriesOf(store, store.pending, [])) {
      const channel = key[0] as ChannelId
      since.set(channel, Math.min(since.get(channel) ?? Number.POSITIVE_INFINITY, Date.parse(value.at)))
    }
    return since
  }

  async look(): Promise<void> {
    if (this.world.isRunning) this.fail(await this.invariants.all(this.reckoned()))
  }

  reckoned(): Reckoning {
    if (this.#reckoning?.at !== this.announced.length)
      this.#reckoning = { at: this.announced.length, found: reckon(this.announced, this.followings) }
    return this.#reckoning.found
  }

  /** The titles of papers that were told of again under another one. */
  revisedTitles(): ReadonlyMap<PaperId, string> {
    const revised = this.announced.filter(({ announce }) => announce === 'replace')
    return new Map(revised.map(({ id, title }) => [`arxiv:${id}` as PaperId, title]))
  }

  /** Every fifth channel of a zone has the time that its clocks skip; the others have any kind. */
  anyRule(at: number): SlotRule & { readonly quietText: string } {
    const zone = zones[at % zones.length]
    if (zone === undefined) throw new Error('there are no zones')
    const times = at < zones.length ? zone.skipped : pick(schedules, this.random)
    const quiet = this.random.next() < 0.25 ? pick(quietTimes, this.random) : undefined
    const { timezone } = zone
    return {
      ...times,
      timezone,
      ...(quiet === undefined ? {} : { quiet: quiet.quiet }),
      quietText: quiet?.text ?? 'off',
    }
  }

  async settle(channel: ChannelId, rule: SlotRule & { readonly quietText: string }): Promise<void> {
    const { store } = this.world.app.house
    const quiet = rule.quietText === 'off' ? {} : { quiet: rule.quietText }
    const cap = 1 + this.upTo(4)
    const updates = this.random.next() < 0.3 ? { updates: 'thread' as const } : {}
    const settings = { ...defaultSettings(rule.timezone), schedule: rule.text, cap, ...quiet, ...updates }
    await store.settings.set(channelKey(channel), settings)
    this.book.rules.set(channel, rule)
  }

  async noteFollowing(channel: ChannelId, what: string, which: Pick<Following, 'concerns'>): Promise<void> {
    const ids = [...new Set(this.announced.map((event) => event.id))]
    const papers = await this.world.app.house.catalog.getMany(ids.map((id) => `arxiv:${id}` as PaperId))
    const known = new Set(ids.filter((_, at) => papers[at] !== undefined))
    this.followings.push({ channel, what, ...which, since: this.now, known })
    this.#reckoning = undefined
  }

  followed(channel: ChannelId): readonly Following[] {
    return this.followings.filter((one) => one.channel === channel && one.until === undefined)
  }

  async command(channel: ChannelId, text: string): Promise<string> {
    const { signal } = new AbortController()
    const question = { kind: 'command', actor: localActor(channel), channel, input: { form: 'text', text } } as const
    const reply = await this.services.clock.run(this.world.app.handlers.ask(question, { signal }))
    return JSON.stringify(reply).slice(0, 120)
  }

  async tell(event: Parameters<SimulatedWorld['app']['handlers']['on']>[0]): Promise<void> {
    await this.services.clock.run(this.world.app.handlers.on(event))
  }

  async invite(door: Door): Promise<void> {
    this.out.delete(door)
    door.invite()
    if (!this.world.isRunning) await this.start()
    for (const channel of door.channels) await this.tell({ kind: 'bot-added', channel, name: 'papers' })
  }

  soon(days: number, what: string, run: () => Promise<void>): void {
    this.later.push({ at: this.now + HOUR + this.upTo(days * 24 * 60) * MINUTE, what, run })
  }

  anyChannel(): ChannelId {
    return pick([...this.book.rules.keys()], this.random)
  }

  upTo(most: number): number {
    return Math.floor(this.random.next() * most)
  }

  note(what: string, detail: string): void {
    this.count(what, 1)
    this.say(detail === '' ? what : `${what}: ${detail}`)
  }

  count(what: string, times: number): void {
    this.counts[what] = (this.counts[what] ?? 0) + times
  }

  say(what: string): void {
    this.trace.push(`${isoAt(this.now)} ${what}`)
  }

  fail(wrong: readonly string[]): void {
    if (wrong.length > 0) throw new Breach(wrong.join('\n'))
  }
}
