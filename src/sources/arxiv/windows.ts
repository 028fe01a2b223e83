import type { Learnt } from '../../catalog/change.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { arxivNumberOf, parsePaperId } from '../../papers/identity.ts'
import type { PoliteHttp } from '../polite-http.ts'
import { SourceError, type SourceMemory } from '../source.ts'
import {
  addDays,
  announcedBy,
  announcementAfter,
  type Day,
  easternMoment,
  lastAnnouncementDue,
  lastDayPast,
  oaiDue,
  oaiReady,
  utcDay,
} from './calendar.ts'
import { numberOf, type Sighting } from './census.ts'
import { highest, highestOf, type OaiWindow, type OpenWindow } from './cursor.ts'
import { type OaiRecord, oaiRank, parseOai, refusal } from './oai.ts'
import { beginAgainAt, orderAfter } from './page-order.ts'
import { archiveOf, hasNewsDaily } from './plan.ts'

/** What a step of a window brought, and where it stands after it. */
export interface WindowStep {
  readonly records: readonly Learnt[]
  readonly window: OaiWindow
  readonly sightings: readonly Sighting[]
}

export interface WindowOptions {
  readonly clock: Clock
  readonly http: PoliteHttp
  readonly log: Log
  readonly oaiUrl: string
  readonly wants: (categories: readonly string[]) => boolean
  readonly memory: SourceMemory
  readonly since?: string
  readonly signal: AbortSignal
}

/** OAI-PMH's answers may be late or left out some ids until the next day: each window asks for two days again. */
const overlapDays = 2
const hourlyMs = 55 * 60_000
/** An evening without news is asked about again, after so many tries so much later, but not for ever. */
const pauses = [0, hourlyMs, hourlyMs, 4 * 3_600_000, 6 * 3_600_000]
/** As often must a small set have had nothing. */
const mostTries = 3
/** A token counts on from a place in a list; the list is another one after the evening's update. */
const tokenLifeMs = 30 * 60_000
const mostPages = 3_000
const daysKept = 10
const lateMs = 12 * 3_600_000

/** Whether OAI-PMH is to be asked now: at first, to go on with an open window, each evening when the day's data are due, and again when they were late. */
export function windowIsDue(window: OaiWindow, now: number, silent: readonly Day[] = []): boolean {
  if (window.completedAt === undefined || window.open !== undefined) return true
  const evening = lastDayPast(now, oaiDue)
  if (window.evening?.day !== evening) return window.completedAt < easternMoment(evening, oaiDue)
  return (
    isLate(window, now, silent) &&
    now - window.evening.lastTryAt >= (pauses[window.evening.tries] ?? Number.POSITIVE_INFINITY)
  )
}

/** Whether the last announcement should be in by now, and is not. `silent`: evenings on which arXiv announced nothing after all. */
export function isLate(window: OaiWindow, now: number, silent: readonly Day[] = []): boolean {
  const through = throughSilence(window.completeThrough, silent)
  return through === undefined || through < lastAnnouncementDue(now)
}

/** The evening through which a window is complete, with those after it on which nothing was announced. */
export function throughSilence(through: Day | undefined, silent: readonly Day[]): Day | undefined {
  let day = through
  for (let next = day; next !== undefined && silent.length > 0; ) {
    next = announcementAfter(next)
    if (!silent.includes(next)) break
    day = next
  }
  return day
}

/** Reads one window page by page, oldest first; each step may be the last one for today, and the next harvest goes on from it. */
export async function* readWindow(key: string, before: OaiWindow, options: WindowOptions): AsyncGenerator<WindowStep> {
  let window: OaiWindow = { ...before, open: reopened(before.open, options.clock.now()) ?? opened(before, options) }
  let restarts = 0
  for (let page = 0; page < mostPages; page++) {
    const { open } = window
    if (open === undefined) return
    const asked = options.clock.now()
    const { body } = await options.http.get(addressOf(key, open, options.oaiUrl), {
      priority: 'announcements',
      signal: options.signal,
    })
    const answer = parseOai(body)
    if (answer.kind === 'error' && answer.code === 'badResumptionToken' && restarts < 2) {
      restarts += 1
      window = { ...window, open: withoutToken(open) }
      continue
    }
    if (answer.kind === 'error' && answer.code !== 'noRecordsMatch') throw refusal(answer)
    const answeredAt = open.answeredAt ?? Math.min(Date.parse(answer.responseDate), asked)
    const records = answer.kind === 'records' ? learntFrom(answer.records, open, options) : []
    const token = answer.kind === 'records' ? answer.resumptionToken : undefined
    if (token !== undefined && token === open.token) {
      throw new SourceError(
        'unreadable',
        "arXiv's OAI-PMH interface gives the same page again and again: its resumption token does not change",
      )
    }
    const { through: _through, isMixed: _isMixed, ...before } = open
    const next: OpenWindow = {
      ...before,
      ...orderAfter(open, answer.kind === 'records' ? answer.records : []),
      answeredAt,
      ...newest(open, answer.kind === 'records' ? answer.records : [], asked),
    }
    window =
      token === undefined ? closed(key, window, next, asked) : { ...window, open: { ...next, token, tokenAt: asked } }
    const sightings = answer.kind === 'records' ? sightingsOf(answer.records, asked) : []
    yield { records, window, sightings }
  }
  throw new SourceError('unreadable', `arXiv's OAI-PMH interface gives more than ${mostPages} pages for one window`)
}

function opened(window: OaiWindow, options: WindowOptions): OpenWindow {
  const now = options.clock.now()
  if (window.completedAt === undefined) {
    return { from: firstFrom(options, now), threshold: announcedBefore(options.memory) ?? null, startedAt: now }
  }
  const from = addDays(utcDay(window.completedAt), -overlapDays)
  return { from, threshold: knownBefore(from, window) ?? null, startedAt: now }
}

/** The highest number below which nothing is left to come: that which was known before the days that are asked for again. */
export function settledMark(window: OaiWindow): string | undefined {
  return window.completedAt === undefined
    ? window.floor
    : knownBefore(addDays(utcDay(window.completedAt), -overlapDays), window)
}

/** What was known before the overlap: ids of a day that come a day late are still news. */
function knownBefore(from: string, window: OaiWindow): string | undefined {
  const known = window.highestByDay.filter((entry) => entry.day < from).map((entry) => entry.mark)
  return highest([window.floor, ...known])
}

/** A first harvest begins two days back, or earlier where asked to, or where news may have been missed since the number that was last announced. */
function firstFrom(options: WindowOptions, now: number): string {
  const usual = addDays(utcDay(now), -overlapDays)
  const mark = announcedBefore(options.memory)
  // A number tells its month: everything above it was modified on or after the last day before that month.
  const month = mark === undefined ? usual : addDays(`20${mark.slice(0, 2)}-${mark.slice(2, 4)}-01`, -1)
  return [options.since ?? usual, month].toSorted()[0] ?? usual
}

/** What an earlier catalogue had announced, when it is a number of ours. */
function announcedBefore(memory: SourceMemory): string | undefined {
  return memory.announcedThrough !== undefined && /^\d{4}\.\d{5}$/.test(memory.announcedThrough)
    ? memory.announcedThrough
    : undefined
}

function reopened(open: OpenWindow | undefined, now: number): OpenWindow | undefined {
  if (open === undefined) return undefined
  return now - (open.tokenAt ?? 0) < tokenLifeMs ? open : withoutToken(open)
}

/**
 * Begins the window again where its days were not yet read whole, with the threshold it had: what counts as news must not depend on how often it was interrupted.
 */
function withoutToken(open: OpenWindow): OpenWindow {
  const {
    token: _token,
    tokenAt: _tokenAt,
    answeredAt: _answeredAt,
    through: _through,
    isMixed: _isMixed,
    ...rest
  } = open
  return { ...rest, from: beginAgainAt(open.from, open) }
}

function addressOf(key: string, open: OpenWindow, base: string): string {
  const address = new URL(base)
  address.searchParams.set('verb', 'ListRecords')
  if (open.token !== undefined) {
    address.searchParams.set('resumptionToken', open.token)
    return address.href
  }
  address.searchParams.set('metadataPrefix', 'arXiv')
  address.searchParams.set('from', open.from)
  if (key !== '*') address.searchParams.set('set', key)
  return address.href
}

function learntFrom(records: readonly OaiRecord[], open: OpenWindow, options: WindowOptions): readonly Learnt[] {
  return historyFrom(records, options.wants, options.log).map((learnt): Learnt => {
    const isNews = learnt.mark !== undefined && open.threshold !== null && learnt.mark > open.threshold
    return isNews ? { ...learnt, origin: 'announced' } : learnt
  })
}

/** A page's papers that are wanted, in the order of their announcement, as history. */
export function historyFrom(records: readonly OaiRecord[], wants: WindowOptions['wants'], log: Log): readonly Learnt[] {
  return records
    .flatMap((record): readonly Learnt[] => {
      if (record.problem !== undefined) {
        log({ event: 'source.record-unreadable', record: record.identifier, detail: record.problem.message })
      }
      // arXiv keeps deleted records' headers; what was once announced stays in the catalogue.
      if (record.paper === undefined || !wants(record.paper.categories)) return []
      const mark = arxivNumberOf(record.paper.id)
      return [{ paper: record.paper, origin: 'history', rank: oaiRank, ...(mark === undefined ? {} : { mark }) }]
    })
    .toSorted(byAnnouncement)
}

/** The numbers of a page; a deleted record's number was given, too, while one that can't be read is still to be had. */
function sightingsOf(records: readonly OaiRecord[], now: number): readonly Sighting[] {
  return records.flatMap(({ identifier, datestamp, paper, problem }) => {
    const id = paper?.id ?? parsePaperId(identifier)?.id
    const mark = id === undefined ? undefined : believable(arxivNumberOf(id), now)
    if (mark === undefined || problem !== undefined || Number.isNaN(Date.parse(datestamp))) return []
    const evening = announcedBy(datestamp.slice(0, 10), now)
    const set = archiveOf(paper?.categories[0] ?? '')
    return [{ number: numberOf(mark), evening, set, ...(paper === undefined ? { isDeleted: true } : {}) }]
  })
}

/** Old-style ids first, then by number. */
export function byAnnouncement(a: Learnt, b: Learnt): number {
  const [left, right] = [a.mark ?? '', b.mark ?? '']
  return left === right ? 0 : left < right ? -1 : 1
}

/** The highest number so far, and the day on which its record was changed last. */
function newest(
  open: OpenWindow,
  records: readonly OaiRecord[],
  now: number,
): Pick<OpenWindow, 'highest' | 'highestChanged'> {
  let best = { highest: open.highest ?? '', highestChanged: open.highestChanged ?? '' }
  for (const { paper, datestamp } of records) {
    const mark = paper === undefined ? undefined : believable(arxivNumberOf(paper.id), now)
    if (mark !== undefined && mark >= best.highest) best = { highest: mark, highestChanged: datestamp }
  }
  return best.highest === '' ? {} : best
}

/** A number of a month to come is a fault of the record; taken for the highest it would hide all news. */
function believable(mark: string | undefined, now: number): string | undefined {
  return mark === undefined || mark.slice(0, 4) > monthOf(now + 2 * 86_400_000) ? undefined : mark
}

function monthOf(moment: number): string {
  return utcDay(moment).slice(2, 7).replace('-', '')
}

function closed(key: string, window: OaiWindow, read: OpenWindow, now: number): OaiWindow {
  const answeredAt = read.answeredAt ?? read.startedAt
  const before = highestOf(window)
  // A first harvest that found nothing still parts history from news: by the month.
  const first = window.completedAt === undefined
  const floor = first ? (read.threshold ?? read.highest ?? `${monthOf(answeredAt)}.00000`) : window.floor
  const known = highest([before, floor, read.highest])
  const day = utcDay(answeredAt)
  const kept = window.highestByDay.filter((entry) => entry.day !== day)
  const highestByDay = known === undefined ? kept : [...kept, { day, mark: known }].slice(-daysKept)
  const evening = lastDayPast(now, oaiDue)
  const tries = window.evening?.day === evening ? window.evening.tries + 1 : 1
  const hasNews = read.highest !== undefined && (before === undefined || first || read.highest > before)
  const completeThrough = throughWhich(
    key,
    window,
    answeredAt,
    hasNews ? (read.highestChanged ?? '') : undefined,
    tries,
  )
  return {
    ...(floor === undefined ? {} : { floor }),
    completedAt: answeredAt,
    highestByDay,
    ...(completeThrough === undefined ? {} : { completeThrough }),
    evening: { day: evening, tries, lastTryAt: now },
  }
}

/**
 * An evening counts when it was asked about after its data were due and brought news of it; in small sets, also when asking again brought none.
 * `newsOf` is the UTC day of the newest number's record: announcements at 20:00 Eastern are of the next UTC day.
 */
function throughWhich(
  key: string,
  window: OaiWindow,
  answeredAt: number,
  newsOf: string | undefined,
  tries: number,
): string | undefined {
  const due = lastAnnouncementDue(answeredAt, oaiReady)
  if (window.completeThrough !== undefined && window.completeThrough >= due) return window.completeThrough
  const announcedAt = easternMoment(due, '20:00')
  const isNew = newsOf !== undefined && newsOf >= utcDay(announcedAt)
  const isQuiet = !hasNewsDaily(key) && (tries >= mostTries || answeredAt - announcedAt > lateMs)
  if (isNew || isQuiet) return due
  // Without its own news the evening is open; those before it, of which the newest number is, are not.
  const told = newsOf === undefined || newsOf === '' ? '' : announcedBy(newsOf.slice(0, 10), answeredAt)
  return told > (window.completeThrough ?? '') ? told : window.completeThrough
}
