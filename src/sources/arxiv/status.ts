import { isoAt } from '../../clock.ts'
import type { SourceMemory, SourceState, SourceStatus } from '../source.ts'
import { announcesOn, easternDay, easternMoment, lastAnnouncementDue, oaiDue, utcDay } from './calendar.ts'
import { type ArxivCursor, highest, type OaiWindow, readCursor } from './cursor.ts'
import { feedIsLate } from './feeds.ts'
import { isLate, settledMark } from './windows.ts'

type SetStatus = SourceStatus['sets'][number]

/** Data are often some hours late; later than this is worth a word. */
const patienceMs = 6 * 3_600_000

/** How complete the catalogue is by what the cursor says: an announcement day counts when OAI-PMH was asked to the end after its data were due and had them. */
export function arxivStatus(
  memory: SourceMemory,
  plan: { readonly windows: readonly string[] },
  now: number,
): SourceStatus {
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
  const through = plan.windows.map((key) => cursor.windows[key]?.completeThrough ?? null).toSorted()
  const completeThrough = through.includes(null) ? null : (through[0] ?? null)
  const state = worst(windows.map((set) => set.state))
  return {
    name: 'arxiv',
    state,
    completeThrough,
    detail: sentence(state, completeThrough, windows, now),
    sets: [...windows, ...feeds],
  }
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
  return { set, state: windowState(window, now), ...success }
}

function windowState(window: OaiWindow, now: number): SourceState {
  if (isLate(window, now)) {
    return now - easternMoment(lastAnnouncementDue(now), oaiDue) > patienceMs ? 'stalled' : 'waiting'
  }
  return announcesOn(easternDay(now)) ? 'fresh' : 'quiet'
}

function feedStatus(key: string, cursor: ArxivCursor, now: number): SetStatus {
  const feed = cursor.feeds[key]
  const set = `feed ${key}`
  const failure = cursor.failures[key]
  const success = feed?.readAt === undefined ? {} : { lastSuccess: isoAt(feed.readAt) }
  if (failure !== undefined) return { set, state: 'failed', ...success, detail: failure.message }
  if (feed === undefined || feedIsLate(feed, now)) return { set, state: 'waiting', ...success }
  return { set, state: announcesOn(easternDay(now)) ? 'fresh' : 'quiet', ...success }
}

const badness: readonly SourceState[] = ['quiet', 'fresh', 'waiting', 'stalled', 'failed']

function worst(states: readonly SourceState[]): SourceState {
  return states.toSorted((a, b) => badness.indexOf(b) - badness.indexOf(a))[0] ?? 'waiting'
}

function sentence(state: SourceState, through: string | null, windows: readonly SetStatus[], now: number): string {
  const complete =
    through === null ? 'no announcement day is complete yet' : `complete through the announcement of ${through}`
  const failed = windows.find((set) => set.state === 'failed')
  switch (state) {
    case 'fresh':
      return `arXiv is ${complete}.`
    case 'quiet':
      return `arXiv is ${complete}; it announces nothing today.`
    case 'waiting':
      return `arXiv's announcement of ${lastAnnouncementDue(now)} is awaited; ${complete}.`
    case 'stalled':
      return `arXiv's announcement of ${lastAnnouncementDue(now)} has not come in for hours; ${complete}.`
    case 'failed':
      return `The last harvest of arXiv failed: ${failed?.detail ?? 'unknown reason'}; ${complete}.`
  }
}
