import { Temporal } from 'temporal-polyfill'

/** A time of day, minutes after midnight on the wall. */
export type Minutes = number

/** A moment on the wall, without a zone. */
export type WallTime = Temporal.PlainDateTime

/** What the clock on the wall of an IANA zone shows at an instant (epoch ms). */
export function wallAt(epochMs: number, timezone: string): WallTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timezone).toPlainDateTime()
}

/**
 * The instant (epoch ms) at which the wall shows that. What daylight saving skips falls on the first instant after
 * the gap, so that 02:15 and 02:45 become one; what it repeats is meant the first time.
 */
export function instantOf(wall: WallTime, timezone: string): number {
  const first = wall.toZonedDateTime(timezone, { disambiguation: 'earlier' })
  if (first.toPlainDateTime().equals(wall)) return first.epochMilliseconds
  return first.getTimeZoneTransition('next')?.epochMilliseconds ?? first.epochMilliseconds
}

/** That day's wall at so many minutes after midnight. */
export function wallOn(day: Temporal.PlainDate, minutes: Minutes): WallTime {
  return day.toPlainDateTime({ hour: Math.floor(minutes / 60), minute: minutes % 60 })
}

/** ISO 8601 with the zone's offset at that instant: `2025-09-12T09:00:00+02:00`. */
export function isoWithOffset(epochMs: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
    .toZonedDateTimeISO(timezone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })
}

/** Reads `9:00` or `09:00`; undefined when it is no time of day. */
export function parseMinutes(text: string): Minutes | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? []
  if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined
  return Number(hour) * 60 + Number(minute)
}

/** `09:00` */
export function minutesText(minutes: Minutes): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Whether a name is a time zone that we can reckon with: an IANA name, never a bare offset, which knows no summer. */
export function zoneNamed(text: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(text)) return undefined
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId
  } catch {
    return undefined
  }
}
