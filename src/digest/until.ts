import { Temporal } from 'temporal-polyfill'
import { isoAt } from '../clock.ts'
import { parseMinutes } from './local-time.ts'
import type { Unreadable } from './schedule-text.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const furthestDays = 366

/**
 * Reads how long something is to last, from `now` (epoch ms): `2 weeks`, `for 3 days`, `6 hours`, `until friday`, `tomorrow` or
 * `until 2026-12-24`, also with a time of day, `until friday 09:00`. A day begins at midnight in the IANA zone, hours are counted from now. Gives an ISO instant in UTC; nothing written gives undefined.
 */
export function parseUntil(
  text: string,
  now: number,
  timezone: string,
): { readonly until: string | undefined } | Unreadable {
  const words = text
    .toLowerCase()
    .trim()
    .replace(/^(?:for|until)[\s:]+/u, '')
  if (words === '') return { until: undefined }
  const wall = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone)
  const [, day = words, time] = /^(.*[^\s,])(?:[\s,]+|t)(\d{1,2}:\d{2})$/.exec(words) ?? []
  const minutes = time === undefined ? 0 : parseMinutes(time)
  const hours = /^(\d{1,3})\s*(?:h|hours?)$/.exec(words)?.[1]
  const end =
    hours === undefined
      ? minutes === undefined
        ? undefined
        : dayOf(day, wall.toPlainDate())?.toZonedDateTime({
            timeZone: timezone,
            plainTime: Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 }),
          })
      : wall.add({ hours: Number(hours) })
  if (end === undefined) {
    return {
      error: `“${text.trim()}” is no end: write for 2 weeks, until friday, until 2026-12-24 or until 2026-12-24 09:00.`,
    }
  }
  if (end.epochMilliseconds <= now) return { error: `“${text.trim()}” is over already.` }
  if (end.epochMilliseconds > wall.add({ days: furthestDays }).epochMilliseconds) {
    return { error: `“${text.trim()}” is more than a year away: write a nearer day.` }
  }
  return { until: isoAt(end.epochMilliseconds) }
}

function dayOf(words: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (words === 'tomorrow') return today.add({ days: 1 })
  const [, n, unit] = /^(\d{1,3}|an?)\s*(d|days?|w|weeks?|months?)$/.exec(words) ?? []
  if (n !== undefined && unit !== undefined) {
    const many = n.startsWith('a') ? 1 : Number(n)
    if (unit.startsWith('d')) return today.add({ days: many })
    return unit.startsWith('w') ? today.add({ weeks: many }) : today.add({ months: many })
  }
  const weekday = words.length < 3 ? -1 : weekdays.findIndex((name) => name.startsWith(words))
  if (weekday >= 0) return today.add({ days: ((weekday + 1 - today.dayOfWeek + 6) % 7) + 1 })
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(words) ? Temporal.PlainDate.from(words, { overflow: 'reject' }) : undefined
  } catch {
    return undefined
  }
}
