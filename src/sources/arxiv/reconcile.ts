import type { Learnt } from '../../catalog/change.ts'
import type { Clock } from '../../clock.ts'
import { arxivNumberOf } from '../../papers/identity.ts'
import type { Paper } from '../../papers/paper.ts'
import type { PoliteHttp } from '../polite-http.ts'
import { SourceError } from '../source.ts'
import { apiRank } from './api.ts'
import { type Day, easternMoment, lastAnnouncementDue, lastDayPast, oaiReady } from './calendar.ts'
import {
  type Census,
  eveningOf,
  isProven,
  knownOf,
  markOf,
  monthOf,
  noteSightings,
  numberOf,
  pendingOf,
  type Sighting,
  settled,
  toldByFeedsAlone,
  unprovenTop,
} from './census.ts'
import type { ArxivCursor } from './cursor.ts'
import { firstOf, rangesOf, union, within } from './number-ranges.ts'
import { byAnnouncement } from './page-records.ts'
import { archiveOf, type HarvestPlan, isInWindow } from './plan.ts'
import { askNumbers, numbersAsked, type Testimony } from './query-witness.ts'

export interface ReconcileStep {
  readonly records: readonly Learnt[]
  readonly census: Census
}

export interface Reconciler {
  readonly clock: Clock
  readonly http: PoliteHttp
  readonly apiUrl: string
  readonly plan: HarvestPlan
  readonly signal: AbortSignal
}

const hour = 3_600_000
/** After so many answers that could not be believed, so much later. */
const pauses = [0, hour - 300_000, hour - 300_000, 2 * hour, 4 * hour]
/** Beyond the highest number so many are asked for: whether there are more. */
const tailAsked = 30
/** Of a month of which no number is known yet. */
const newMonthAsked = 10
/** A pass asks for three thousand numbers at most; what is left is asked for by the next. */
const mostRequests = 22

/**
 * Whether the query API is to be asked: for numbers that are pending, for what the feeds alone have told, and once after each announcement for what may come
 * after the highest number. OAI-PMH is heard first, for two hours.
 */
export function reconcileIsDue({ census, windows }: ArxivCursor, plan: HarvestPlan, now: number): boolean {
  if (census.from === null) return false
  const evening = lastAnnouncementDue(now)
  const tries = census.tries?.day === evening ? census.tries : undefined
  const pause = pauses[Math.min(tries?.count ?? 0, pauses.length - 1)] ?? 0
  if (tries !== undefined && now - tries.lastAt < pause) return false
  const ready = easternMoment(evening, oaiReady)
  const isHeard = plan.windows.every((key) => (windows[key]?.completedAt ?? 0) >= ready) || now - ready > 2 * hour
  return isHeard && questionOf(census, evening, now) !== undefined
}

/** Asks until nothing is open. Numbers above what the first harvests knew are news. An answer that can't be believed changes nothing, and is asked for again later. */
export async function* reconcile(cursor: ArxivCursor, house: Reconciler): AsyncGenerator<ReconcileStep> {
  let { census } = cursor
  for (let request = 0; request < mostRequests; request++) {
    const now = house.clock.now()
    const evening = lastAnnouncementDue(now)
    const question = questionOf(census, evening, now)
    if (question === undefined) return
    const testimony = await askNumbers(question.numbers, controlsOf(census), house).catch((error: unknown) => error)
    if (!isTestimony(testimony) || !testimony.isWhole) {
      const count = (census.tries?.day === evening ? census.tries.count : 0) + 1
      yield { records: [], census: settled({ ...census, tries: { day: evening, count, lastAt: now } }, now) }
    }
    if (!isTestimony(testimony)) throw testimony
    const { papers, has, isWhole } = testimony
    const before = census.tops.at(-1)?.top ?? 0
    const day = lastDayPast(now, '20:00')
    census = noteSightings(
      census,
      'api',
      papers.flatMap((paper) => sightingOf(paper, census, day)),
    )
    if (isWhole) {
      const { tries: _tries, ...rest } = answered(census, question, before, has, now)
      census = settled(rest, now)
    }
    yield { records: learntFrom(papers, cursor, house.plan), census }
    if (!isWhole) {
      throw new SourceError(
        'unreadable',
        "arXiv's query API left out papers that are known to exist, so its answer says nothing of others",
      )
    }
  }
}

function isTestimony(answer: unknown): answer is Testimony {
  return typeof answer === 'object' && answer !== null && 'isWhole' in answer
}

interface Question {
  readonly numbers: readonly number[]
  /** Whether it is asked for what comes after the highest number. */
  readonly asksTail: boolean
}

function questionOf(census: Census, evening: Day, now: number): Question | undefined {
  const top = census.tops.at(-1)?.top
  if (top === undefined) return undefined
  const open = firstOf(union(pendingOf(census), toldByFeedsAlone(census)), numbersAsked - tailAsked - newMonthAsked)
  const older = unprovenTop(census)
  if (older !== undefined) return { numbers: [...open, ...after(older, tailAsked)], asksTail: false }
  if (!isProven(census, evening)) {
    const month = monthOfDay(lastDayPast(now, '20:00'))
    const begun = month > monthOf(top) ? after(month * 100_000, newMonthAsked) : []
    return { numbers: [...open, ...after(top, tailAsked), ...begun], asksTail: true }
  }
  return open.length > 0 ? { numbers: open, asksTail: false } : undefined
}

/** Takes down what was asked for; an end without further numbers is proven. */
function answered(census: Census, question: Question, before: number, has: readonly number[], now: number): Census {
  const top = census.tops.at(-1)?.top ?? 0
  const older = unprovenTop(census)
  // What lies above the highest number may be given tomorrow.
  const asked = union(census.asked, within(rangesOf(question.numbers), 0, top))
  const tops = census.tops.map((each) => {
    const isEnd =
      each.top === top ? question.asksTail && top === before : each.top === older && !has.includes(older + 1)
    return isEnd ? { ...each, provenAt: now } : each
  })
  return { ...census, asked, tops }
}

/** Numbers that must come back: two of the highest, and two some way below. */
function controlsOf(census: Census): readonly number[] {
  const known = knownOf(census)
  const top = census.tops.at(-1)?.top ?? 0
  const high = firstOf(within(known, top - 60, top), 61).slice(-2)
  const low = firstOf(known, 40).slice(-2)
  // Where nothing that is watched was seen yet, what was seen before must do.
  return high.length + low.length > 0 ? [...new Set([...low, ...high])] : [census.from ?? top]
}

function after(number: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => number + 1 + at).filter((each) => monthOf(each) === monthOf(number))
}

/** A number below the highest was announced when those around it were. */
function sightingOf(paper: Paper, census: Census, latest: Day): readonly Sighting[] {
  const mark = arxivNumberOf(paper.id)
  if (mark === undefined) return []
  const number = numberOf(mark)
  const evening = eveningOf(census, number)?.day ?? latest
  return [{ number, evening, set: archiveOf(paper.categories[0] ?? '') }]
}

function learntFrom(papers: readonly Paper[], { windows }: ArxivCursor, plan: HarvestPlan): readonly Learnt[] {
  return papers
    .filter((paper) => plan.wants(paper.categories))
    .map((paper): Learnt => {
      const mark = arxivNumberOf(paper.id)
      const floors = plan.windows.flatMap((key) =>
        isInWindow(key, paper.categories) ? (windows[key]?.floor ?? markOf(0)) : [],
      )
      const floor = floors.toSorted()[0]
      const isNews = mark !== undefined && floor !== undefined && mark > floor
      return { paper, origin: isNews ? 'announced' : 'history', rank: apiRank, ...(mark === undefined ? {} : { mark }) }
    })
    .toSorted(byAnnouncement)
}

function monthOfDay(day: Day): number {
  return Number(`${day.slice(2, 4)}${day.slice(5, 7)}`)
}
