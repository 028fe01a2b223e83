import {
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
import { highest, highestOf, type OaiWindow, type OpenWindow } from './cursor.ts'
import { monthOf } from './page-records.ts'
import { hasNewsDaily } from './plan.ts'

const hourlyMs = 55 * 60_000
/** An evening without news is asked about again, after so many tries so much later, but not for ever. */
const pauses = [0, hourlyMs, hourlyMs, 4 * 3_600_000, 6 * 3_600_000]
/** As often must a small set have had nothing. */
const mostTries = 3
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

/** A window that was read to its end, with the evening through which it is complete now. */
export function closedWindow(key: string, window: OaiWindow, read: OpenWindow, now: number): OaiWindow {
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
