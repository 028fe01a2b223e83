import { announcementBefore, type Day, easternMoment, lastAnnouncementDue, oaiReady } from './calendar.ts'
import type { Census, Evening, Witness } from './census-schema.ts'
import { countOf, holds, type NumberRanges, rangesOf, union, within, without } from './number-ranges.ts'

export type { Census, Evening, Witness } from './census-schema.ts'

/** A number that a witness shows. */
export interface Sighting {
  readonly number: number
  /** On or before which it was announced. */
  readonly evening: Day
  /** The archive of its first category; empty where that was not told. */
  readonly set: string
  /** It was given, but its paper was deleted: the query API does not have it. */
  readonly isDeleted?: boolean
}

export const emptyCensus: Census = {
  from: null,
  seen: { oai: [], rss: [], api: [] },
  asked: [],
  tops: [],
  evenings: [],
  silent: [],
}

const eveningsKept = 60
const eveningsWatched = 8
/** A month has had up to 30,000 numbers (https://info.arxiv.org/help/stats); one far above is a fault of the record. */
const mostInMonth = 60_000
/** More than that between two evenings' numbers can't be a hole. */
const mostAtOnce = 12_000

/** The census after a witness showed these numbers; what can't be a number of an announcement is left out. */
export function noteSightings(census: Census, witness: Witness, sightings: readonly Sighting[]): Census {
  const believed = sightings.filter(({ number }) => number > (census.from ?? 0) && isPlausible(census, number))
  if (believed.length === 0) return census
  const evenings = placed(census.evenings, believed)
  const fresh = believed.filter(({ number, isDeleted }) => isDeleted !== true && !holds(census.seen[witness], number))
  const deleted = rangesOf(believed.flatMap(({ number, isDeleted }) => (isDeleted === true ? [number] : [])))
  const counted = withCounts(evenings, witness, fresh)
  const seen = { ...census.seen, [witness]: union(census.seen[witness], rangesOf(fresh.map((one) => one.number))) }
  const asked = union(census.asked, deleted)
  return pruned({ ...census, seen, asked, evenings: counted, tops: raised(census.tops, believed) })
}

/** Begins to watch, once the first harvest is complete: from `floor` where an earlier catalogue ended there, else with the numbers of the last evening. */
export function beginWatching(census: Census, floor: number | undefined): Census {
  const top = census.tops.at(-1)?.top
  if (census.from !== null || top === undefined) return census
  const wanted = floor ?? census.evenings.at(-2)?.last ?? top
  return trimmed({ ...census, from: distance(wanted, top) <= mostAtOnce ? Math.min(wanted, top) : top })
}

export function knownOf(census: Census): NumberRanges {
  return union(census.seen.oai, census.seen.rss, census.seen.api)
}

/** Numbers that exist by their order, that no witness has shown and the query API was not yet asked for. */
export function pendingOf(census: Census): NumberRanges {
  return without(watchedOf(census), union(knownOf(census), census.asked))
}

/** Numbers that the query API was asked for and does not have. */
export function withheldOf(census: Census): NumberRanges {
  return without(without(watchedOf(census), knownOf(census)), pendingOf(census))
}

/** What the feeds announced, and neither OAI-PMH nor the query API has shown. */
export function toldByFeedsAlone(census: Census): NumberRanges {
  return without(census.seen.rss, union(census.seen.oai, census.seen.api, census.asked))
}

/** The evening on which a number was announced, as far as the witnesses tell. */
export function eveningOf(census: Census, number: number): Evening | undefined {
  return census.evenings.find((evening) => evening.last >= number)
}

/** The latest evening, `through` at most, up to which nothing is pending and the end of the numbers is proven; undefined when there is none. */
export function clearThrough(census: Census, through: Day): Day | undefined {
  if (census.from === null) return census.tops.length === 0 ? through : undefined
  const open = [pendingOf(census)[0], unprovenTop(census)].flatMap((number) => {
    const evening = number === undefined ? undefined : eveningOf(census, number)
    return evening === undefined ? [] : [evening.day]
  })
  const proven = provenThrough(census)
  if (proven === undefined) return undefined
  const clear = [through, ...open.map(announcementBefore), proven].toSorted()[0]
  const first = firstCounted(census)
  return clear === undefined || first === undefined || clear < first ? undefined : clear
}

/** The evening with which the counting began; of those before it nobody knows whether all is there. */
function firstCounted({ evenings, from, silent }: Census): Day | undefined {
  const counted = evenings.find(({ last, settled }) => settled !== undefined || last > (from ?? 0))?.day
  return [counted, silent[0]].flatMap((day) => day ?? []).toSorted()[0]
}

/** The evening up to which the query API said that there are no further numbers. */
export function provenThrough(census: Census): Day | undefined {
  const { provenAt } = census.tops.at(-1) ?? {}
  const asked = provenAt === undefined ? undefined : lastAnnouncementDue(provenAt, oaiReady)
  // Where later numbers are known, those before them are all in the count.
  const before = census.evenings.at(-2)?.day
  return [asked, before]
    .flatMap((each) => each ?? [])
    .toSorted()
    .at(-1)
}

/** Whether the end of that evening's numbers was asked for after they were due. */
export function isProven(census: Census, evening: Day): boolean {
  const { provenAt } = census.tops.at(-1) ?? {}
  return provenAt !== undefined && provenAt >= easternMoment(evening, oaiReady) && unprovenTop(census) === undefined
}

/** The highest number of a month that is over, when the query API was not asked for what comes after it. */
export function unprovenTop(census: Census): number | undefined {
  return census.tops.slice(0, -1).find(({ top, provenAt }) => provenAt === undefined && top > (census.from ?? 0))?.top
}

/** Notes since when evenings have pending numbers, and lets go of the numbers of evenings that are long settled. */
export function settled(census: Census, now: number): Census {
  if (census.from === null) return census
  const pending = pendingOf(census)
  const evenings = census.evenings.map((evening, at): Evening => {
    const { pendingSince, ...rest } = evening
    const first = Math.max(census.from ?? 0, census.evenings[at - 1]?.last ?? 0) + 1
    return within(pending, first, evening.last).length === 0 ? rest : { ...rest, pendingSince: pendingSince ?? now }
  })
  return trimmed({ ...census, evenings })
}

/** The month of a number, `YYMM`. */
export function monthOf(number: number): number {
  return Math.floor(number / 100_000)
}

/** `2603.00007` as 260300007. */
export function numberOf(mark: string): number {
  return Number(mark.replace('.', ''))
}

/** 260300007 as `2603.00007`. */
export function markOf(number: number): string {
  const digits = String(number).padStart(9, '0')
  return `${digits.slice(0, 4)}.${digits.slice(4)}`
}

function watchedOf(census: Census): NumberRanges {
  const { from } = census
  if (from === null) return []
  return census.tops.flatMap(({ top }) => {
    const first = Math.max(from + 1, monthOf(top) * 100_000 + 1)
    return first <= top ? [first, top] : []
  })
}

function isPlausible(census: Census, number: number): boolean {
  if (number % 100_000 > mostInMonth) return false
  const top = census.tops.findLast((each) => monthOf(each.top) <= monthOf(number))?.top
  return census.from === null || top === undefined || number <= top || distance(top, number) <= mostAtOnce
}

/** How many numbers may lie between two; a month's end is not known, so the next month's count from its beginning. */
function distance(low: number, high: number): number {
  return monthOf(low) === monthOf(high) ? high - low : high % 100_000
}

/** Each number was announced by its evening, so each evening from there on has announced at least up to it. */
function placed(evenings: readonly Evening[], sightings: readonly Sighting[]): Evening[] {
  const highest = new Map<Day, number>(evenings.map((evening) => [evening.day, evening.last]))
  for (const { number, evening } of sightings) highest.set(evening, Math.max(highest.get(evening) ?? 0, number))
  const before = new Map(evenings.map((evening) => [evening.day, evening]))
  let last = 0
  return [...highest.keys()].toSorted().map((each) => {
    last = Math.max(last, highest.get(each) ?? 0)
    return { ...(before.get(each) ?? { day: each, sets: {} }), last }
  })
}

function withCounts(evenings: readonly Evening[], witness: Witness, fresh: readonly Sighting[]): Evening[] {
  const added = Map.groupBy(fresh, ({ number }) => evenings.find((evening) => evening.last >= number)?.day)
  return evenings.map((evening) => {
    const own = added.get(evening.day)
    if (own === undefined) return evening
    const sets = { ...evening.sets }
    for (const { set } of own) {
      const before = sets[set] ?? { oai: 0, rss: 0, api: 0 }
      sets[set] = { ...before, [witness]: before[witness] + 1 }
    }
    return { ...evening, sets }
  })
}

function raised(tops: Census['tops'], sightings: readonly Sighting[]): Census['tops'] {
  const byMonth = new Map(tops.map((each) => [monthOf(each.top), each]))
  for (const { number } of sightings) {
    const known = byMonth.get(monthOf(number))
    if (known === undefined || known.top < number) byMonth.set(monthOf(number), { top: number })
  }
  return [...byMonth.values()].toSorted((a, b) => a.top - b.top)
}

/** Until the first harvest is complete only the numbers of its last evening are kept. */
function pruned(census: Census): Census {
  if (census.from !== null) return census
  const evenings = census.evenings.slice(-3)
  return clipped({ ...census, evenings }, evenings.at(-2)?.last ?? 0)
}

function trimmed(census: Census): Census {
  const { evenings } = census
  const pendingFrom = pendingOf(census)[0] ?? Number.POSITIVE_INFINITY
  let from = census.from ?? 0
  const kept = evenings.map((evening, at): Evening => {
    const isOld = at < evenings.length - eveningsWatched && evening.last < pendingFrom
    if (!isOld || evening.settled !== undefined || evening.last <= (census.from ?? 0)) return evening
    const first = Math.max(from, evenings[at - 1]?.last ?? 0) + 1
    from = evening.last
    const announced = countOf(within(knownOf(census), first, evening.last))
    return { ...evening, settled: { announced, withheld: countOf(within(withheldOf(census), first, evening.last)) } }
  })
  const silent = census.silent.slice(-eveningsKept)
  return clipped({ ...census, evenings: kept.slice(-eveningsKept), silent, from }, from)
}

function clipped(census: Census, from: number): Census {
  const above = (all: NumberRanges) => within(all, from + 1, Number.MAX_SAFE_INTEGER)
  const { oai, rss, api } = census.seen
  const seen = { oai: above(oai), rss: above(rss), api: above(api) }
  const tops = census.tops.filter(({ top }, at) => top > from || at === census.tops.length - 1)
  return { ...census, seen, asked: above(census.asked), tops }
}
