import { isoAt } from '../../clock.ts'
import type { Alarm, LedgerDay, SourceMemory, SourceState, SourceStatus } from '../source.ts'
import {
  addDays,
  announcementAfter,
  easternDay,
  easternMoment,
  lastAnnouncementDue,
  lastDayPast,
  oaiDue,
  utcDay,
} from './calendar.ts'
import { clearThrough } from './census.ts'
import { type ArxivCursor, highest, type OaiWindow, queryApi, readCursor } from './cursor.ts'
import { isLate, throughSilence } from './evenings.ts'
import { feedIsLate } from './feeds.ts'
import { isHoliday } from './holidays.ts'
import { ledgerDays } from './ledger.ts'
import type { HarvestPlan } from './plan.ts'
import { settledMark } from './windows.ts'

type SetStatus = SourceStatus['sets'][number]

/** Data are often some hours late; later than this is worth a word. */
const patienceMs = 6 * 3_600_000
const holeMs = 24 * 3_600_000

/** How complete the catalogue is by what the cursor says: an announcement day counts when OAI-PMH was asked to the end after its data were due and had them. */
export function arxivStatus(memory: SourceMemory, plan: Pick<HarvestPlan, 'windows'>, now: number): SourceStatus {
  const cursor = readCursor(memory.cursor)
  if (cursor === undefined || cursor === 'unknown') {
    return {
      name: 'arxiv',
      state: 'waiting',
      completeThrough: null,
      detail: 'arXiv has not been harvested yet.',
      sets: [],
    }
  }
  const windows = plan.windows.map((key): SetStatus => windowStatus(key, cursor, now))
  const feeds = Object.keys(cursor.feeds).map((key): SetStatus => feedStatus(key, cursor, now))
  const completeThrough = throughOf(cursor, plan)
  const state = worst(windows.map((set) => set.state))
  const queries = queryStatus(cursor)
  const days = ledgerDays(cursor.census, completeThrough, easternDay(now))
  return {
    name: 'arxiv',
    state,
    completeThrough,
    detail: [
      sentence(state, completeThrough, windows, days, now),
      ...queries.map((set) => `Its query API could not be asked: ${set.detail}.`),
    ].join(' '),
    sets: [...windows, ...feeds, ...staleSets(cursor, now), ...queries],
    days,
    alarms: [...alarmsOf(days, now), ...resultAlarms(cursor, now)],
  }
}

/** The evening through which every window was read to its end with its news, no number is pending, and the end of the numbers is proven. */
function throughOf(cursor: ArxivCursor, plan: Pick<HarvestPlan, 'windows'>): string | null {
  const through = plan.windows
    .map((key) => throughSilence(cursor.windows[key]?.completeThrough, cursor.census.silent) ?? '')
    .toSorted()[0]
  if (through === undefined || through === '') return null
  return throughSilence(clearThrough(cursor.census, through), cursor.census.silent) ?? null
}

/** Numbers that are pending for more than a day are a hole: an admin hears of it. */
function alarmsOf(days: readonly LedgerDay[], now: number): readonly Alarm[] {
  return days.flatMap(({ day, pending, pendingSince, missing = [] }): Alarm[] => {
    if (pendingSince === undefined || now - pendingSince < holeMs) return []
    const named =
      pending > missing.length ? `${missing.join(', ')} and ${pending - missing.length} more` : missing.join(', ')
    return [
      {
        key: `hole ${day}`,
        text: `arXiv's announcement of ${day} lacks ${pending === 1 ? 'a paper' : `${pending} papers`}: ${named}. They are asked for again by themselves.`,
        over: `arXiv's announcement of ${day} is whole again.`,
      },
    ]
  })
}

/** Pages of the query API's results that have been empty for more than a day. */
function resultAlarms({ holes }: ArxivCursor, now: number): readonly Alarm[] {
  const old = holes.filter(({ since }) => now - since >= holeMs)
  if (old.length === 0) return []
  const text = `arXiv's query API has left out ${old.length === 1 ? 'a page' : `${old.length} pages`} of a result for more than a day: earlier papers of followed authors may be lacking. It is asked again by itself.`
  return [{ key: 'result pages', text, over: "arXiv's query API has given the pages that it left out." }]
}

/** The categories that a feed serves as it did before, while it has other days' papers for the others. */
function staleSets(cursor: ArxivCursor, now: number): readonly SetStatus[] {
  return Object.values(cursor.feeds).flatMap(({ stale }) => {
    if (stale === undefined || stale.day < easternDay(now)) return []
    const detail = `Its feed of ${stale.day} lists what an earlier one listed.`
    return stale.categories.map((set): SetStatus => ({ set: `feed of ${set}`, state: 'stalled', detail }))
  })
}

/** The highest number that every window has been read past; papers above it may still be to come. */
export function announcedThrough(memory: SourceMemory): string | undefined {
  const cursor = readCursor(memory.cursor)
  if (cursor === undefined || cursor === 'unknown') return memory.announcedThrough
  const complete = Object.values(cursor.windows).filter((window) => window.completedAt !== undefined)
  if (complete.length === 0) return memory.announcedThrough
  // A window that lags must not be passed over: only what was known on the day of the slowest counts.
  const asOf = utcDay(Math.min(...complete.map((window) => window.completedAt ?? 0)))
  return highest(
    complete.flatMap((window) => [
      window.floor,
      ...window.highestByDay.filter((entry) => entry.day <= asOf).map((entry) => entry.mark),
    ]),
  )
}

/** The highest number below which no announcement is left to come in any window: a rebuilt catalogue begins there, for ids may come a day late. */
export function settledThrough(memory: SourceMemory): string | undefined {
  const cursor = readCursor(memory.cursor)
  if (cursor === undefined || cursor === 'unknown') return memory.announcedThrough
  const windows = Object.values(cursor.windows)
  // What the first harvests brought is history to all.
  const floor = highest(windows.map((window) => window.floor)) ?? memory.announcedThrough
  const slowest = windows.map((window) => settledMark(window) ?? '').toSorted()[0]
  return highest([floor, slowest === '' ? undefined : slowest])
}

function windowStatus(key: string, cursor: ArxivCursor, now: number): SetStatus {
  const set = key === '*' ? 'OAI-PMH' : `OAI-PMH ${key}`
  const window = cursor.windows[key]
  const success = window?.completedAt === undefined ? {} : { lastSuccess: isoAt(window.completedAt) }
  const failure = cursor.failures[key]
  if (failure !== undefined) return { set, state: 'failed', ...success, detail: failure.message }
  if (window?.completedAt === undefined) return { set, state: 'waiting', detail: 'The first harvest is under way.' }
  return { set, state: windowState(window, now, cursor.census.silent), ...success }
}

function windowState(window: OaiWindow, now: number, silent: readonly string[]): SourceState {
  if (isLate(window, now, silent)) {
    return now - easternMoment(lastAnnouncementDue(now), oaiDue) > patienceMs ? 'stalled' : 'waiting'
  }
  return isQuiet(now, silent) ? 'quiet' : 'fresh'
}

/** Nothing is announced today, and nothing was the evening before, whose papers today's listing would have. */
function isQuiet(now: number, silent: readonly string[]): boolean {
  const today = easternDay(now)
  const due = lastAnnouncementDue(now)
  if (silent.includes(due)) return true
  return addDays(due, 1) < today || (isHoliday(today) && due < today)
}

function feedStatus(key: string, cursor: ArxivCursor, now: number): SetStatus {
  const feed = cursor.feeds[key]
  const set = `feed ${key}`
  const failure = cursor.failures[key]
  const success = feed?.readAt === undefined ? {} : { lastSuccess: isoAt(feed.readAt) }
  if (failure !== undefined) return { set, state: 'failed', ...success, detail: failure.message }
  if (feed === undefined || feedIsLate(feed, now)) return { set, state: 'waiting', ...success }
  return { set, state: isQuiet(now, cursor.census.silent) ? 'quiet' : 'fresh', ...success }
}

/** The third witness is told of only where it failed: it is asked when the others leave something open. */
function queryStatus({ failures }: ArxivCursor): readonly SetStatus[] {
  const failure = failures[queryApi]
  return failure === undefined ? [] : [{ set: queryApi, state: 'failed', detail: failure.message }]
}

const badness: readonly SourceState[] = ['quiet', 'fresh', 'waiting', 'stalled', 'failed']

function worst(states: readonly SourceState[]): SourceState {
  return states.toSorted((a, b) => badness.indexOf(b) - badness.indexOf(a))[0] ?? 'waiting'
}

function sentence(
  state: SourceState,
  through: string | null,
  windows: readonly SetStatus[],
  days: readonly LedgerDay[],
  now: number,
): string {
  const pending = days.reduce((sum, day) => sum + day.pending, 0)
  const asked = pending === 0 ? '' : ` (${pending === 1 ? 'a number is' : `${pending} numbers are`} being asked for)`
  const complete = `${through === null ? 'no announcement day is complete yet' : `complete through the announcement of ${through}`}${asked}`
  const read = through === null ? `read to its end${asked}, and counted from its next announcement on` : complete
  const failed = windows.find((set) => set.state === 'failed')
  const due = lastAnnouncementDue(now)
  switch (state) {
    case 'fresh':
      return `arXiv is ${read}.`
    case 'quiet':
      return `arXiv is ${read}; ${whyQuiet(days, now)}, the next announcement is due on the evening of ${announcementAfter(lastDayPast(now, oaiDue))}.`
    case 'waiting':
      return `arXiv's announcement of ${due} is awaited; ${complete}.`
    case 'stalled':
      return `arXiv's announcement of ${due} has not come in for hours; ${complete}.`
    case 'failed':
      return `The last harvest of arXiv failed: ${failed?.detail ?? 'unknown reason'}; ${complete}.`
  }
}

function whyQuiet(days: readonly LedgerDay[], now: number): string {
  const today = easternDay(now)
  const eve = addDays(today, -1)
  if (days.some((day) => day.kind === 'silent' && day.day >= eve)) return 'it has announced nothing this time'
  return isHoliday(today) || isHoliday(eve) ? 'it keeps a holiday' : 'it announces nothing at the weekend'
}
