import { feedOpens, metadataOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { isoAt } from '../../src/clock.ts'
import type { Random } from '../../src/random.ts'
import { daysOfShared, haveSharedDays } from '../support/arxiv/days.ts'
import type { FaultName } from '../support/arxiv/faults.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { ArxivHouse } from './arxiv-house.ts'
import { aDay, listingDays, pick } from './papers.ts'

const HOUR = 3_600_000
/** Within that time each hole has to be repaired, or told. */
const REPAIR_MS = 24 * HOUR

/** Weeks of arXiv and its harvest that follow from one number: holes in any witness, late and stale answers, refusals, kills. */
export class ArxivSeason {
  readonly trace: string[] = []
  readonly #random: Random
  readonly #house: ArxivHouse
  readonly #days: readonly string[]
  readonly #announced: Announcement[] = []
  readonly #isRecorded: boolean
  readonly #recorded: readonly Announcement[]
  #next = 0
  #number = 0
  #deferred: Announcement[] = []
  /** Since when arXiv has answered without a fault, epoch ms. */
  #wellSince = 0
  #holes = { oai: 0, feed: 0, both: 0 }

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#isRecorded = haveSharedDays && seed % 5 === 0
    const from = this.#isRecorded
      ? pick(['2025-09-08', '2025-09-29', '2025-10-20', '2025-11-03'], this.#random)
      : '2025-09-22'
    this.#days = listingDays(from, 14)
    this.#recorded = this.#isRecorded ? recordedOf(this.#days, seed) : []
    this.#house = new ArxivHouse({ start: feedOpens(this.#days[0] ?? '') - 20 * HOUR, oaiPageSize: 5 + this.#upTo(60) })
  }

  /** Lives through the days, looking after each hour; answers with the first breach of a promise. */
  async live(): Promise<string | undefined> {
    try {
      return (await this.#live()) ?? (await this.#house.disagreement())
    } finally {
      await this.#house.close()
    }
  }

  async #live(): Promise<string | undefined> {
    this.#announce()
    await this.#passTo(feedOpens(this.#days[0] ?? '') + HOUR)
    this.#say(`first harvest: ${(await this.#house.harvest()) ?? 'well'}`)
    const first = new Set(this.#house.learnt.keys())
    const end = feedOpens(this.#days.at(-1) ?? '')
    while (this.#house.clock.now() < end) {
      await this.#hour()
      const wrong = this.#breach()
      if (wrong !== undefined) return wrong
    }
    return (await this.#calm()) ?? this.#outcome(first)
  }

  async #hour(): Promise<void> {
    if (this.#random.next() < 0.08) this.#fail()
    if (this.#random.next() < 0.04) {
      this.#house.arxiv.faults.allOff()
      this.#wellSince = this.#house.clock.now()
      this.#say('arXiv is well')
    }
    // Now and then the machine is off for a while, and comes back at any minute.
    const hours = this.#random.next() < 0.02 ? 2 + this.#upTo(30) : 1
    await this.#passTo(this.#house.clock.now() + hours * HOUR - this.#upTo(600_000))
    // Nothing is repaired, nor told, by a machine that is off.
    if (hours > 1 && Number.isFinite(this.#wellSince)) this.#wellSince = this.#house.clock.now()
    const isKilled = this.#random.next() < 0.1
    const failure = await this.#house.harvest(isKilled ? 1 + this.#upTo(5) : undefined)
    if (isKilled || this.#random.next() < 0.05) await this.#house.restart()
    if (isKilled || failure !== undefined) this.#say(`harvest: ${isKilled ? 'killed' : failure}`)
  }

  /** Time goes by; listings that fall into it are written before they show. */
  async #passTo(moment: number): Promise<void> {
    const { clock } = this.#house
    while (metadataOpens(this.#days[this.#next] ?? '2099-01-01') < moment + HOUR) this.#announce()
    if (moment > clock.now()) await clock.advance(moment - clock.now())
  }

  #announce(): void {
    const day = this.#days[this.#next] ?? ''
    const isFirst = this.#next++ === 0
    const fresh = this.#isRecorded ? this.#recorded.filter((event) => event.announced === day) : this.#made(day)
    const isDeferred = !isFirst && !this.#isRecorded && this.#random.next() < 0.05
    if (isDeferred) {
      this.#deferred = [...this.#deferred, ...fresh]
      this.#say(`listing of ${day} is deferred: ${fresh.length}`)
      return
    }
    const listed = [...this.#deferred.map((event) => ({ ...event, announced: day })), ...fresh]
    this.#deferred = []
    this.#announced.push(...listed)
    this.#house.arxiv.replay.add(listed)
    this.#say(`listing of ${day}: ${listed.length}, ${listed[0]?.id ?? 'none'} to ${listed.at(-1)?.id ?? 'none'}`)
    if (!isFirst && listed.length > 0 && this.#random.next() < 0.6) this.#cut(listed.map((event) => event.id))
  }

  /** New papers; some numbers in between are given to none. */
  #made(day: string): readonly Announcement[] {
    if (this.#announced.at(-1)?.announced?.slice(0, 7) !== day.slice(0, 7) && this.#deferred.length === 0)
      this.#number = 0
    const papers = 3 + this.#upTo(40)
    const all = aDay(day, { random: this.#random, papers, first: this.#number + 1 })
    this.#number += papers
    return all.filter((_, at) => at === 0 || this.#random.next() > 0.03)
  }

  /** A run of ids is cut out of OAI-PMH, of the feeds, or of both; at the end of the day's numbers, too. */
  #cut(ids: readonly string[]): void {
    const sorted = ids.toSorted()
    const length = 1 + this.#upTo(Math.min(30, sorted.length))
    const start = this.#random.next() < 0.4 ? Math.max(0, sorted.length - length) : this.#upTo(sorted.length)
    const run = sorted.slice(start, start + length)
    const where = pick(['oai', 'feed', 'both'] as const, this.#random)
    if (where !== 'feed') this.#house.arxiv.faults.on('missingRun', { ids: run })
    if (where !== 'oai') this.#house.arxiv.faults.on('missingItems', { ids: run })
    this.#holes[where] += run.length
    this.#say(`cut out of ${where}: ${run.join(' ')}`)
  }

  #fail(): void {
    const { faults } = this.#house.arxiv
    const upTo = (most: number) => this.#upTo(most)
    const door = pick(['oai', 'feed', 'api'] as const, this.#random)
    const scope = { ...(this.#random.next() < 0.7 ? { door } : {}), times: 1 + upTo(6) }
    const kinds: Partial<Record<FaultName, () => void>> = {
      rateLimited: () => faults.on('rateLimited', { ...scope, retryAfter: String(upTo(4_000)) }),
      unavailable: () => faults.on('unavailable', { ...scope, retryAfter: upTo(900) }),
      htmlPage: () => faults.on('htmlPage', scope),
      truncated: () => faults.on('truncated', { ...scope, keep: this.#random.next() }),
      dropped: () => faults.on('dropped', { ...scope, keep: this.#random.next() }),
      slow: () => faults.on('slow', { ...scope, ms: upTo(200_000) }),
      emptyPage: () => faults.on('emptyPage', { start: 0, times: scope.times }),
      shiftingTotals: () => faults.on('shiftingTotals', { times: scope.times }),
      sortIgnored: () => faults.on('sortIgnored', {}),
      pinnedEmpty: () => faults.on('pinnedEmpty', {}),
      expiredToken: () => faults.on('expiredToken', { times: scope.times }),
      staleFeed: () =>
        faults.on('staleFeed', { times: scope.times, category: pick(['cs.AI', 'math.CO'], this.#random) }),
      numericReferences: () => faults.on('numericReferences', scope),
      late: () => faults.on('late', { door, ms: upTo(20) * HOUR }),
    }
    const name = pick(Object.keys(kinds) as (keyof typeof kinds)[], this.#random)
    kinds[name]?.()
    this.#wellSince = Number.POSITIVE_INFINITY
    this.#say(`${name} ${JSON.stringify(scope)}`)
  }

  /** What must hold at any moment. */
  #breach(): string | undefined {
    const { status, learnt, news, clock, arxiv, cursor } = this.#house
    const now = clock.now()
    const { completeThrough, alarms = [], days = [] } = status
    const shown = this.#announced.filter((event) => metadataOpens(event.announced ?? '') <= now)
    const lacking = shown.filter((event) => !learnt.has(event.id))
    const claimed = lacking.find((event) => completeThrough !== null && eveningOf(event) <= completeThrough)
    if (claimed !== undefined) return `${claimed.id} is lacking, though all is there through ${completeThrough}`
    const told = new Set(alarms.map(({ key }) => key.replace('hole ', '')))
    const wellFor = now - this.#wellSince
    const overdue = lacking.find(
      (event) =>
        now - metadataOpens(event.announced ?? '') > REPAIR_MS && wellFor > REPAIR_MS && !told.has(eveningOf(event)),
    )
    if (overdue !== undefined) return `${overdue.id} is lacking for a day, arXiv is well, and nobody was told`
    if (new Set(news).size !== news.length) return `news came twice: ${news.join(' ')}`
    const odd = days.find((day) => day.assigned !== day.announced + day.withheld + day.pending)
    if (odd !== undefined) return `${odd.day}: ${JSON.stringify(odd)}`
    if (JSON.stringify(cursor).length > 40_000) return `the cursor has grown to ${JSON.stringify(cursor).length}`
    arxiv.assertSpacing(3_000)
    return undefined
  }

  /** arXiv is well, and the harvest runs hourly: after a day nothing may be lacking. */
  async #calm(): Promise<string | undefined> {
    this.#house.arxiv.faults.allOff()
    this.#wellSince = this.#house.clock.now()
    for (let hour = 0; hour < 26; hour++) {
      await this.#passTo(this.#house.clock.now() + HOUR)
      const failure = await this.#house.harvest()
      if (failure !== undefined) this.#say(`harvest: ${failure}`)
      const wrong = this.#breach()
      if (wrong !== undefined) return wrong
    }
    return undefined
  }

  #outcome(first: ReadonlySet<string>): string | undefined {
    const { status, learnt, news, clock, arxiv } = this.#house
    const shown = this.#announced.filter((event) => metadataOpens(event.announced ?? '') < clock.now())
    const lacking = shown.filter((event) => !learnt.has(event.id))
    if (lacking.length > 0) return `lacking at the end: ${lacking.map(({ id }) => id).join(' ')}`
    const silent = shown.filter(
      (event) =>
        event.announce === 'new' &&
        !first.has(event.id) &&
        event.announced !== this.#days[0] &&
        !news.includes(event.id),
    )
    if (silent.length > 0) return `never news: ${silent.map(({ id }) => id).join(' ')}`
    const last = shown.map(eveningOf).toSorted().at(-1) ?? ''
    if ((status.completeThrough ?? '') < last)
      return `complete through ${status.completeThrough} only, not ${last}: ${status.detail}`
    if ((status.alarms ?? []).length > 0) return `still told: ${JSON.stringify(status.alarms)}`
    const { oai, feed, both } = this.#holes
    this.#say(
      `${shown.length} announced, ${news.length} news; cut out: ${oai} of OAI-PMH, ${feed} of the feeds, ${both} of both; ${arxiv.requests.length} requests in ${this.#days.length} days`,
    )
    return undefined
  }

  #upTo(most: number): number {
    return Math.floor(this.#random.next() * most)
  }

  #say(what: string): void {
    this.trace.push(`${isoAt(this.#house.clock.now())} ${what}`)
  }
}

/**
 * The recorded listings, of every fifth paper, so that two hundred seasons end the same day. They are of three categories only, so their numbers have gaps
 * that arXiv's have not: each month's are numbered anew in their order, with one left out now and then.
 */
function recordedOf(days: readonly string[], seed: number): readonly Announcement[] {
  const all = daysOfShared(days).filter((event) => Number(event.id.slice(-5)) % 5 === seed % 5)
  // What was listed late for a cross-listing had been announced before, in a category that was not recorded.
  const late = new Set<string>()
  const known = new Set<string>()
  for (const { id, announce } of all) {
    if (announce === 'cross' && !known.has(id)) late.add(id)
    known.add(id)
  }
  const chosen = all.filter((event) => !late.has(event.id))
  const ids = new Map<string, string>()
  const used = new Map<string, number>()
  for (const id of [...new Set(chosen.map((event) => event.id))].toSorted()) {
    const month = id.slice(0, 4)
    const number = (used.get(month) ?? 0) + (Number(id.slice(-2)) % 33 === 0 ? 2 : 1)
    used.set(month, number)
    ids.set(id, `${month}.${String(number).padStart(5, '0')}`)
  }
  return chosen.map((event) => ({ ...event, id: ids.get(event.id) ?? event.id }))
}

/** The US Eastern day on whose evening a listing is announced. */
function eveningOf({ announced = '' }: Announcement): string {
  return isoAt(metadataOpens(announced) - 6 * HOUR).slice(0, 10)
}
