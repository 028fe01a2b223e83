import { localActor } from '../../src/cli/local.ts'
import { feedOpens, metadataOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { isoAt } from '../../src/clock.ts'
import { digestPlace } from '../../src/digest/digest-id.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import type { Random } from '../../src/random.ts'
import { channelKey } from '../../src/store/keys.ts'
import { entriesOf } from '../../src/store/store.ts'
import { Meter } from '../support/counted.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'
import { Backups } from './backups.ts'
import { anyFault } from './faults.ts'
import { type Door, ManyChannels } from './fifty-channels.ts'
import { aDay, listingDays, people, pick, shuffled, toldAgain } from './papers.ts'
import { byAuthor, type Following, type Reckoning, reckon } from './reckoning.ts'
import { quietTimes, schedules, zones } from './slot-rules.ts'
import type { SlotRule } from './wall-slots.ts'
import { following, inOrder, SimulatedWorld } from './world.ts'
import { Almanac, type Book, copyOf } from './year-book.ts'
import { YearInvariants } from './year-invariants.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const FIRST_DAY = '2025-09-22'
const BY_PLATFORM = { web: 17, slack: 17, discord: 16 } as const

/** What has to be done again, or ended, at a later moment. */
interface Later {
  readonly at: number
  readonly what: string
  run(): Promise<void>
}

/**
 * Weeks of the whole program with fifty channels on the web, Slack and Discord in ten time zones, from one number: whatever
 * befalls it in them, each paper comes once, in a digest of the right instant.
 */
export class Year {
  readonly trace: string[] = []
  readonly counts: Record<string, number> = {}
  readonly #random: Random
  readonly #days: readonly string[]
  readonly #end: number
  readonly #almanac: Almanac
  readonly #services: ManyChannels
  readonly #world: SimulatedWorld
  readonly #invariants: YearInvariants
  readonly #announced: Announcement[] = []
  readonly #followings: Following[] = []
  readonly #backups = new Backups()
  readonly #books: Book[] = []
  #book: Book
  readonly #out = new Set<Door>()
  #later: Later[] = []
  #listing = 0
  #number = 0
  #reckoning: { readonly at: number; readonly found: Reckoning } | undefined

  private constructor(seed: number, weeks: number, services: ManyChannels) {
    this.#random = seededRandom(seed)
    this.#days = listingDays(FIRST_DAY, weeks * 5)
    const start = services.clock.now()
    this.#end = start + weeks * 7 * DAY
    this.#almanac = new Almanac(start - 14 * DAY, this.#end + 60 * DAY)
    this.#services = services
    this.#world = new SimulatedWorld({ start, seed: seed + 1, services })
    this.#invariants = new YearInvariants(this.#world, services)
    this.#book = { rules: new Map(), paused: new Map(), decidedAt: 0 }
  }

  static async begin(seed: number, weeks: number): Promise<Year> {
    const clock = new SimulatedClock(feedOpens(FIRST_DAY) - 20 * HOUR)
    const services = await ManyChannels.open(clock, BY_PLATFORM.slack)
    return new Year(seed, weeks, services)
  }

  /** Lives through all of it. Answers with the first breach of a promise. */
  async live(): Promise<string | undefined> {
    try {
      await this.#begin()
      for (let week = this.#now; this.#now < this.#end; ) {
        await this.#step()
        if (this.#now - week > 7 * DAY) {
          week = this.#now
          await this.#look()
        }
      }
      await this.#calm()
      await this.#look()
      this.#fail(await this.#invariants.missing(this.#reckoned()))
      this.#say(JSON.stringify({ ...(await this.#invariants.totals(this.#reckoned())), ...this.counts }))
      return undefined
    } catch (error) {
      if (error instanceof Breach) return error.message
      throw error
    } finally {
      await this.#world.dispose()
      this.#backups.dispose()
    }
  }

  get #now(): number {
    return this.#services.clock.now()
  }

  async #begin(): Promise<void> {
    this.#announce()
    await this.#world.start()
    await this.#services.clock.advance(feedOpens(this.#days[0] ?? '') + HOUR - this.#now)
    await this.#world.round()
    const web = Array.from({ length: BY_PLATFORM.web }, (_, at) => `web:demo/papers-${at}` as ChannelId)
    const channels = [...web, ...this.#services.channels].slice(0, 50)
    for (const [at, channel] of channels.entries()) await this.#settle(channel, this.#anyRule(at))
    await this.#world.follow([
      { channel: web[0], follows: { kind: 'category', category: 'cs.MA' } },
      ...channels.slice(1).map((channel, at) => following(channel, people[at % people.length] ?? '')),
    ])
    if (web[0] !== undefined)
      await this.#noteFollowing(web[0], 'cs.MA', { concerns: (event) => event.categories.includes('cs.MA') })
    for (const [at, channel] of channels.slice(1).entries()) {
      const name = people[at % people.length] ?? ''
      await this.#noteFollowing(channel, name, byAuthor(name))
    }
    this.#book.decidedAt = this.#now
    this.#say(`${channels.length} channels follow`)
  }

  /** Every fifth channel of a zone has the time that its clocks skip; the others have any kind. */
  #anyRule(at: number): SlotRule & { readonly quietText: string } {
    const zone = zones[at % zones.length]
    if (zone === undefined) throw new Error('there are no zones')
    const times = at < zones.length ? zone.skipped : pick(schedules, this.#random)
    const quiet = this.#random.next() < 0.25 ? pick(quietTimes, this.#random) : undefined
    const { timezone } = zone
    return {
      ...times,
      timezone,
      ...(quiet === undefined ? {} : { quiet: quiet.quiet }),
      quietText: quiet?.text ?? 'off',
    }
  }

  async #settle(channel: ChannelId, rule: SlotRule & { readonly quietText: string }): Promise<void> {
    const { store } = this.#world.app.house
    const quiet = rule.quietText === 'off' ? {} : { quiet: rule.quietText }
    const cap = 1 + this.#upTo(4)
    const updates = this.#random.next() < 0.3 ? { updates: 'thread' as const } : {}
    const settings = { ...defaultSettings(rule.timezone), schedule: rule.text, cap, ...quiet, ...updates }
    await store.settings.set(channelKey(channel), settings)
    this.#book.rules.set(channel, rule)
  }

  /** To the next moment at which something is to happen, and that. */
  async #step(): Promise<void> {
    const listing = metadataOpens(this.#days[this.#listing] ?? '2099-01-01') - HOUR
    const later = this.#later.toSorted((one, other) => one.at - other.at)[0]
    const slot = this.#world.isRunning ? await this.#nextSlot() : undefined
    const at = Math.min(listing, later?.at ?? this.#end, slot ?? this.#end, this.#now + 9 * HOUR, this.#end)
    if (slot === at && this.#random.next() < 0.2) {
      // A minute too early nothing comes.
      await this.#advanceTo(at - MINUTE)
      await this.#decideAndSend()
    }
    await this.#advanceTo(at)
    if (at === listing) return this.#aDay()
    if (later !== undefined && at === later.at) {
      this.#later = this.#later.filter((each) => each !== later)
      this.#say(later.what)
      await later.run()
    }
    if (this.#world.isRunning) await this.#decideAndSend()
  }

  async #advanceTo(at: number): Promise<void> {
    if (at > this.#now) await this.#services.clock.advance(at - this.#now)
  }

  /** A listing is written, and in the hours after it shows the program learns of it; once on most days something happens besides. */
  async #aDay(): Promise<void> {
    const day = this.#days[this.#listing] ?? ''
    this.#announce()
    const moments = [metadataOpens(day) + 15 * MINUTE, feedOpens(day) + 15 * MINUTE]
    for (const at of moments)
      this.#later.push({
        at,
        what: 'a harvest',
        run: () => (this.#world.isRunning ? this.#harvest() : Promise.resolve()),
      })
    this.#later.push({ at: this.#now + this.#upTo(24 * 60) * MINUTE, what: 'something', run: () => this.#something() })
  }

  async #harvest(): Promise<void> {
    await this.#world.job('harvest')
    await this.#world.job('match')
    if (this.#random.next() < 0.15) await this.#unfollow()
    if (this.#random.next() < 0.2) await this.#tidyAndBackUp()
  }

  async #tidyAndBackUp(): Promise<void> {
    await this.#world.job('tidy')
    await this.#backups.make(this.#world, this.#followings, new Map())
    this.#books.push(copyOf(this.#book))
    this.#say('a backup is made')
  }

  #announce(): void {
    const day = this.#days[this.#listing] ?? ''
    const isFirst = this.#listing++ === 0
    if (this.#announced.at(-1)?.announced?.slice(0, 7) !== day.slice(0, 7)) this.#number = 0
    const papers = isFirst ? 6 : this.#upTo(7)
    const fresh = aDay(day, { random: this.#random, papers, first: this.#number + 1 })
    this.#number += papers
    const again = isFirst ? [] : toldAgain(this.#announced.slice(-25), day, this.#random)
    this.#announced.push(...again, ...fresh)
    this.#world.arxiv.replay.add([...again, ...fresh])
    this.#count('papers', fresh.length)
  }

  async #something(): Promise<void> {
    const dice = this.#random.next()
    if (!this.#world.isRunning) return
    if (dice < 0.3) return this.#note('fault', this.#services.anyFault(this.#random))
    if (dice < 0.38) return this.#arxivFault()
    if (dice < 0.48) return this.#pause()
    if (dice < 0.56) return this.#kick()
    if (dice < 0.64) return this.#killAtAnEffect()
    if (dice < 0.7) return this.#restart('restart')
    if (dice < 0.75) return this.#upgrade()
    if (dice < 0.8) return this.#downForDays()
    if (dice < 0.85) return this.#restore()
    if (dice < 0.9) return this.#follow()
    if (dice < 0.95) return this.#change()
    return this.#digestNow()
  }

  #arxivFault(): void {
    this.#note('arXiv fault', anyFault(this.#world.arxiv.faults, this.#random))
    this.#soon(2, 'arXiv is well again', async () => this.#world.arxiv.faults.allOff())
  }

  async #pause(): Promise<void> {
    const channel = this.#anyChannel()
    const hours = pick([5, 30, 100, 300], this.#random)
    const said = await this.#command(channel, `pause for ${hours} hours`)
    this.#book.paused.set(channel, this.#now + hours * HOUR)
    this.#note('pause', `${channel}: ${said}`)
    if (this.#random.next() < 0.5) return
    this.#soon(6, `${channel} is resumed`, async () => {
      if (!this.#world.isRunning) return
      await this.#command(channel, 'resume')
      this.#book.paused.delete(channel)
    })
  }

  async #kick(): Promise<void> {
    const door = pick(this.#services.doors, this.#random)
    if (this.#out.has(door)) return
    this.#out.add(door)
    door.kick()
    this.#note('kick', door.channels.join(', '))
    for (const channel of door.channels) await this.#tell({ kind: 'bot-removed', channel })
    this.#soon(8, `invited again to ${door.channels.join(', ')}`, () => this.#invite(door))
  }

  async #invite(door: Door): Promise<void> {
    this.#out.delete(door)
    door.invite()
    if (!this.#world.isRunning) await this.#start()
    for (const channel of door.channels) await this.#tell({ kind: 'bot-added', channel, name: 'papers' })
  }

  async #tell(event: Parameters<SimulatedWorld['app']['handlers']['on']>[0]): Promise<void> {
    await this.#services.clock.run(this.#world.app.handlers.on(event))
  }

  async #killAtAnEffect(): Promise<void> {
    const at = 1 + Math.floor(this.#random.next() ** 2 * 60)
    const meter = new Meter({ kind: 'stop', when: pick(['before', 'after'] as const, this.#random), at })
    await this.#world.stop()
    await this.#world.start(meter)
    for (const job of shuffled(inOrder, this.#random)) {
      await this.#world.job(job).catch((error: unknown) => {
        if (!meter.stopped) throw error
      })
    }
    await this.#world.kill()
    this.#note('kill', `at ${meter.effects.at(-1)}`)
    await this.#start()
  }

  async #start(): Promise<void> {
    const app = await this.#world.start()
    await this.#services.clock.run(app.courier.recover(new AbortController().signal))
    // Where a restored backup says that the bot is out, its driver sees at once that it is in again.
    for (const channel of this.#services.doors.flatMap((door) => (this.#out.has(door) ? [] : door.channels))) {
      const known = await app.house.store.channels.get(channelKey(channel))
      if (known?.parked !== undefined) await this.#tell({ kind: 'permissions-changed', channel })
    }
    await this.#decideAndSend()
  }

  async #restart(what: string): Promise<void> {
    await this.#world.stop()
    this.#note(what, '')
    await this.#start()
  }

  async #upgrade(): Promise<void> {
    this.#services.edition++
    await this.#restart('upgrade')
  }

  async #downForDays(): Promise<void> {
    await this.#world.stop()
    this.#note('days down', '')
    this.#soon(4, 'the process begins again', async () => {
      if (!this.#world.isRunning) await this.#start()
    })
  }

  /** Yesterday's backup, mostly; what was set and paused since is as it was then. */
  async #restore(): Promise<void> {
    const back = this.#upTo(2)
    const book = this.#books.at(-1 - back)
    if (book === undefined) return
    await this.#world.stop()
    await this.#backups.restore(this.#world, back, this.#followings, new Map())
    this.#book = copyOf(book)
    this.#reckoning = undefined
    this.#note('restore', '')
    await this.#start()
    await this.#look()
  }

  async #follow(): Promise<void> {
    const channel = this.#anyChannel()
    const name = pick(people, this.#random)
    if (this.#followed(channel).some(({ what }) => what === name)) return
    await this.#world.job('harvest')
    const begun = this.#now
    await this.#noteFollowing(channel, name, byAuthor(name))
    await this.#world.follow([following(channel, name)])
    this.#note('follow', `${channel} follows ${name} from ${isoAt(begun)}`)
  }

  async #unfollow(): Promise<void> {
    const channel = this.#anyChannel()
    const followed = this.#followed(channel).filter(({ what }) => what !== 'cs.MA')
    if (followed.length < 2 && this.#random.next() < 0.7) return
    const [one] = followed
    if (one === undefined) return
    this.#note('unfollow', `${channel}: ${await this.#command(channel, `unsubscribe author:"${one.what}"`)}`)
    one.until = this.#now
    this.#reckoning = undefined
  }

  async #change(): Promise<void> {
    const channel = this.#anyChannel()
    const rule = this.#anyRule(10 + this.#upTo(90))
    const said = await this.#command(
      channel,
      `settings schedule="${rule.text}" timezone=${rule.timezone} quiet=${rule.quietText}`,
    )
    this.#book.rules.set(channel, rule)
    this.#note('settings', `${channel}: ${rule.text} ${rule.timezone} ${rule.quietText}: ${said}`)
  }

  async #digestNow(): Promise<void> {
    const channel = this.#anyChannel()
    this.#note('digest now', `${channel}: ${await this.#command(channel, 'digest now')}`)
  }

  async #command(channel: ChannelId, text: string): Promise<string> {
    const { signal } = new AbortController()
    const question = { kind: 'command', actor: localActor(channel), channel, input: { form: 'text', text } } as const
    const reply = await this.#services.clock.run(this.#world.app.handlers.ask(question, { signal }))
    return JSON.stringify(reply).slice(0, 120)
  }

  #followed(channel: ChannelId): readonly Following[] {
    return this.#followings.filter((one) => one.channel === channel && one.until === undefined)
  }

  async #noteFollowing(channel: ChannelId, what: string, which: Pick<Following, 'concerns'>): Promise<void> {
    const ids = [...new Set(this.#announced.map((event) => event.id))]
    const papers = await this.#world.app.house.catalog.getMany(ids.map((id) => `arxiv:${id}` as PaperId))
    const known = new Set(ids.filter((_, at) => papers[at] !== undefined))
    this.#followings.push({ channel, what, ...which, since: this.#now, known })
    this.#reckoning = undefined
  }

  /** When the next digest of what waits is due, by the test's own almanac. */
  async #nextSlot(): Promise<number | undefined> {
    const waiting = await this.#waiting()
    const moments = [...waiting.keys()].flatMap((channel) => {
      const rule = this.#book.rules.get(channel)
      const free = Math.max(this.#now, this.#book.paused.get(channel) ?? 0)
      return rule === undefined ? [] : (this.#almanac.next(rule, free) ?? [])
    })
    return moments.length === 0 ? undefined : Math.min(...moments)
  }

  /** Since when (epoch ms) something waits, by channel. */
  async #waiting(): Promise<ReadonlyMap<ChannelId, number>> {
    const { store } = this.#world.app.house
    const since = new Map<ChannelId, number>()
    for await (const { key, value } of entriesOf(store, store.pending, [])) {
      const channel = key[0] as ChannelId
      since.set(channel, Math.min(since.get(channel) ?? Number.POSITIVE_INFINITY, Date.parse(value.at)))
    }
    return since
  }

  async #decideAndSend(): Promise<void> {
    const waited = await this.#waiting()
    const { events } = this.#world
    const before = events.length
    await this.#world.job('decide')
    await this.#judge(waited, before)
    await this.#world.job('send')
    this.#fail(await this.#invariants.after(this.#reckoned(), before))
  }

  /** Each digest that was decided is of the right instant, and none that is due was left out. */
  async #judge(waited: ReadonlyMap<ChannelId, number>, from: number): Promise<void> {
    const { store } = this.#world.app.house
    const wrong: string[] = []
    let decidedAt = this.#now
    for (const { event, digest } of this.#world.events.slice(from)) {
      const place = event === 'digest.decided' ? digestPlace(String(digest)) : undefined
      if (place === undefined) continue
      const record = await store.digests.get([place.channel, place.slot, String(place.n)])
      if (record === undefined) continue
      decidedAt = Date.parse(record.decidedAt)
      const since = waited.get(place.channel)
      const decided = { channel: place.channel, slot: Date.parse(place.slot), decidedAt }
      const why = this.#almanac.wrongOf(this.#book, { ...decided, ...(since === undefined ? {} : { waited: since }) })
      if (why !== undefined) wrong.push(why)
      this.#count('digests', 1)
    }
    for (const [channel, since] of await this.#waiting()) {
      const parked = (await store.channels.get(channelKey(channel)))?.parked !== undefined
      const recall = await store.recalls.get([channel])
      if (parked || (recall !== undefined && recall.done === undefined)) continue
      // What may stand there already had that slot to itself.
      if (recall?.done?.how.includes('may repeat') && Date.parse(recall.done.at) > decidedAt - DAY) continue
      if (this.#almanac.isOverdue(this.#book, channel, since, decidedAt))
        wrong.push(
          `${channel} (${this.#book.rules.get(channel)?.text}) should have had its digest: it waits since ${isoAt(since)}`,
        )
    }
    this.#book.decidedAt = decidedAt
    this.#fail(wrong)
  }

  async #look(): Promise<void> {
    if (this.#world.isRunning) this.#fail(await this.#invariants.all(this.#reckoned()))
  }

  #reckoned(): Reckoning {
    if (this.#reckoning?.at !== this.#announced.length)
      this.#reckoning = { at: this.#announced.length, found: reckon(this.#announced, this.#followings) }
    return this.#reckoning.found
  }

  /** Nothing goes wrong any more, everybody is in again, nothing is paused: by then all that is due has come. */
  async #calm(): Promise<void> {
    this.#later = []
    this.#world.arxiv.faults.allOff()
    this.#services.slack.faults.allOff()
    this.#services.discord.faults.allOff()
    if (!this.#world.isRunning) await this.#start()
    for (const door of [...this.#out]) await this.#invite(door)
    for (const channel of this.#book.paused.keys()) await this.#command(channel, 'resume')
    this.#book.paused.clear()
    for (let day = 0; day < 4; day++) {
      await this.#services.clock.advance(12 * HOUR)
      await this.#world.job('harvest')
      await this.#world.job('match')
    }
    for (let stops = 0; stops < 500; stops++) {
      await this.#decideAndSend()
      const next = await this.#nextSlot()
      const open = await this.#invariants.open()
      if (next === undefined && open === 0) break
      await this.#advanceTo(Math.min(next ?? Number.POSITIVE_INFINITY, this.#now + 6 * HOUR))
    }
    this.#say('calm')
  }

  #soon(days: number, what: string, run: () => Promise<void>): void {
    this.#later.push({ at: this.#now + HOUR + this.#upTo(days * 24 * 60) * MINUTE, what, run })
  }

  #anyChannel(): ChannelId {
    return pick([...this.#book.rules.keys()], this.#random)
  }

  #upTo(most: number): number {
    return Math.floor(this.#random.next() * most)
  }

  #note(what: string, detail: string): void {
    this.#count(what, 1)
    this.#say(detail === '' ? what : `${what}: ${detail}`)
  }

  #count(what: string, times: number): void {
    this.counts[what] = (this.counts[what] ?? 0) + times
  }

  #say(what: string): void {
    this.trace.push(`${isoAt(this.#now)} ${what}`)
  }

  #fail(wrong: readonly string[]): void {
    if (wrong.length > 0) throw new Breach(wrong.join('\n'))
  }
}

class Breach extends Error {}
