import { feedOpens, metadataOpens } from '../../src/cli/replay/eastern.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'
import { ManyChannels } from './fifty-channels.ts'
import { aDay, listingDays, people, toldAgain } from './papers.ts'
import { byAuthor } from './reckoning.ts'
import { following } from './world.ts'
import { somethingBefalls, unfollow } from './year-mishaps.ts'
import { Breach, YearWorld } from './year-world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Mondays after which clocks change somewhere; who lives through a whole year begins with the first. */
const MONDAYS = ['2025-09-22', '2025-10-20', '2026-02-09', '2026-03-16', '2026-08-24', '2026-03-02']
const WEB_CHANNELS = 17
const CHANNELS = 50

/**
 * Weeks of the whole program with fifty channels on the web, Slack and Discord in ten time zones, from one number: whatever
 * befalls it in them, each paper comes once, in a digest of the right instant.
 */
export class Year {
  readonly year: YearWorld
  readonly #days: readonly string[]
  readonly #end: number
  #listing = 0
  #number = 0

  private constructor(seed: number, services: ManyChannels, first: string, weeks: number) {
    this.#days = listingDays(first, weeks * 5)
    this.#end = services.clock.now() + weeks * 7 * DAY
    this.year = new YearWorld(seed, services, this.#end)
  }

  static async begin(seed: number, weeks: number): Promise<Year> {
    const first = MONDAYS[weeks < 52 ? (seed - 1) % MONDAYS.length : 0] ?? ''
    const clock = new SimulatedClock(feedOpens(first) - 20 * HOUR)
    return new Year(seed, await ManyChannels.open(clock, CHANNELS - WEB_CHANNELS), first, weeks)
  }

  get trace(): readonly string[] {
    return this.year.trace
  }

  /** Lives through all of it. Answers with the first breach of a promise. */
  async live(): Promise<string | undefined> {
    try {
      await this.#begin()
      for (let week = this.year.now; this.year.now < this.#end; ) {
        await this.#step()
        if (this.year.now - week > 7 * DAY) {
          week = this.year.now
          await this.year.look()
        }
      }
      await this.#calm()
      await this.year.look()
      this.year.fail(await this.year.invariants.missing(this.year.reckoned()))
      this.year.fail(await this.year.invariants.untrue(this.year.revisedTitles()))
      this.year.say(
        JSON.stringify({ ...(await this.year.invariants.totals(this.year.reckoned())), ...this.year.counts }),
      )
      return undefined
    } catch (error) {
      if (error instanceof Breach) return error.message
      throw error
    } finally {
      await this.year.dispose()
    }
  }

  async #begin(): Promise<void> {
    this.#announce()
    await this.year.world.start()
    await this.year.services.clock.advance(feedOpens(this.#days[0] ?? '') + HOUR - this.year.now)
    await this.year.world.round()
    const web = Array.from({ length: WEB_CHANNELS }, (_, at) => `web:demo/papers-${at}` as ChannelId)
    const channels = [...web, ...this.year.services.channels].slice(0, CHANNELS)
    for (const [at, channel] of channels.entries()) await this.year.settle(channel, this.year.anyRule(at))
    await this.year.world.follow([
      { channel: web[0], follows: { kind: 'category', category: 'cs.MA' } },
      ...channels.slice(1).map((channel, at) => following(channel, people[at % people.length] ?? '')),
    ])
    if (web[0] !== undefined)
      await this.year.noteFollowing(web[0], 'cs.MA', { concerns: (event) => event.categories.includes('cs.MA') })
    for (const [at, channel] of channels.slice(1).entries()) {
      const name = people[at % people.length] ?? ''
      await this.year.noteFollowing(channel, name, byAuthor(name))
    }
    this.year.book.decidedAt = this.year.now
    this.year.say(`${channels.length} channels follow`)
  }

  /** To the next moment at which something is to happen, and that. */
  async #step(): Promise<void> {
    const listing = metadataOpens(this.#days[this.#listing] ?? '2099-01-01') - HOUR
    const later = this.year.later.toSorted((one, other) => one.at - other.at)[0]
    const slot = this.year.world.isRunning ? await this.year.nextSlot() : undefined
    const at = Math.min(listing, later?.at ?? this.#end, slot ?? this.#end, this.year.now + 9 * HOUR, this.#end)
    if (slot === at && this.year.random.next() < 0.2) {
      // A minute too early nothing comes.
      await this.year.advanceTo(at - MINUTE)
      await this.year.decideAndSend()
    }
    await this.year.advanceTo(at)
    if (at === listing) return this.#aDay()
    if (later !== undefined && at === later.at) {
      this.year.later = this.year.later.filter((each) => each !== later)
      this.year.say(later.what)
      await later.run()
    }
    if (this.year.world.isRunning) await this.year.decideAndSend()
  }

  /** A listing is written, and in the hours after it shows the program learns of it; once on most days something happens besides. */
  async #aDay(): Promise<void> {
    const day = this.#days[this.#listing] ?? ''
    this.#announce()
    const moments = [metadataOpens(day) + 15 * MINUTE, feedOpens(day) + 15 * MINUTE]
    for (const at of moments)
      this.year.later.push({
        at,
        what: 'a harvest',
        run: () => (this.year.world.isRunning ? this.#harvest() : Promise.resolve()),
      })
    this.year.later.push({
      at: this.year.now + this.year.upTo(24 * 60) * MINUTE,
      what: 'something',
      run: () => somethingBefalls(this.year),
    })
  }

  async #harvest(): Promise<void> {
    await this.year.world.job('harvest')
    await this.year.world.job('match')
    if (this.year.random.next() < 0.15) await unfollow(this.year)
    if (this.year.random.next() < 0.2) await this.#tidyAndBackUp()
  }

  async #tidyAndBackUp(): Promise<void> {
    await this.year.world.job('tidy')
    await this.year.backUp()
  }

  #announce(): void {
    const day = this.#days[this.#listing] ?? ''
    const isFirst = this.#listing++ === 0
    if (this.year.announced.at(-1)?.announced?.slice(0, 7) !== day.slice(0, 7)) this.#number = 0
    const papers = isFirst ? 6 : this.year.upTo(7)
    const fresh = aDay(day, { random: this.year.random, papers, first: this.#number + 1 })
    this.#number += papers
    const again = isFirst ? [] : toldAgain(this.year.announced.slice(-25), day, this.year.random)
    this.year.announced.push(...again, ...fresh)
    this.year.world.arxiv.replay.add([...again, ...fresh])
    this.year.count('papers', fresh.length)
  }

  /** Nothing goes wrong any more, everybody is in again, nothing is paused: by then all that is due has come. */
  async #calm(): Promise<void> {
    this.year.later = []
    this.year.world.arxiv.faults.allOff()
    this.year.services.slack.faults.allOff()
    this.year.services.discord.faults.allOff()
    if (!this.year.world.isRunning) await this.year.start()
    for (const door of [...this.year.out]) await this.year.invite(door)
    for (const channel of this.year.book.paused.keys()) await this.year.command(channel, 'resume')
    this.year.book.paused.clear()
    for (let day = 0; day < 4; day++) {
      await this.year.services.clock.advance(12 * HOUR)
      await this.year.world.job('harvest')
      await this.year.world.job('match')
    }
    for (let stops = 0; stops < 500; stops++) {
      await this.year.decideAndSend()
      const next = await this.year.nextSlot()
      const open = await this.year.invariants.open()
      if (next === undefined && open === 0) break
      await this.year.advanceTo(Math.min(next ?? Number.POSITIVE_INFINITY, this.year.now + 6 * HOUR))
    }
    this.year.say('calm')
  }
}
