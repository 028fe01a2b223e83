import { Temporal } from 'temporal-polyfill'
import { hasPublishedList, isHoliday } from './holidays.ts'

/** A calendar day `YYYY-MM-DD`. */
export type Day = string

const eastern = 'America/New_York'

/** Announcements come at 20:00 Eastern, but OAI-PMH has their metadata only from about 22:30 (https://info.arxiv.org/help/oa/). */
export const oaiReady = '22:30'
/** When to ask OAI-PMH, with a margin. */
export const oaiDue = '22:45'
/** Feeds are made anew at midnight Eastern. */
export const feedDue = '00:10'

/** The US Eastern day of a moment (epoch milliseconds). */
export function easternDay(moment: number): Day {
  return zoned(moment).toPlainDate().toString()
}

/** The US Eastern time of day of a moment, `HH:MM`. */
export function easternTime(moment: number): string {
  return zoned(moment).toPlainTime().toString({ smallestUnit: 'minute' })
}

/** The moment (epoch milliseconds) of a US Eastern day and time `HH:MM`. */
export function easternMoment(day: Day, time: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: eastern, plainTime: Temporal.PlainTime.from(time) })
    .epochMilliseconds
}

export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** The UTC day of a moment; OAI-PMH's datestamps are UTC days. */
export function utcDay(moment: number): Day {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO('UTC').toPlainDate().toString()
}

/** Whether arXiv announces at 20:00 Eastern of that day: Sunday to Thursday, but on its holidays (https://info.arxiv.org/help/availability.html). */
export function announcesOn(day: Day): boolean {
  const weekday = Temporal.PlainDate.from(day).dayOfWeek
  return weekday !== 5 && weekday !== 6 && !isHoliday(day)
}

/** As announcesOn; but in a year whose holidays arXiv has not published here, on a day that is only likely to be one, it may. */
export function mayAnnounceOn(day: Day): boolean {
  const weekday = Temporal.PlainDate.from(day).dayOfWeek
  return weekday !== 5 && weekday !== 6 && !(isHoliday(day) && hasPublishedList(day))
}

/** The evening on or before which a record of that datestamp (a UTC day) was announced, as seen at `now`. */
export function announcedBy(datestamp: Day, now: number): Day {
  const latest = lastDayPast(now, '20:00')
  let day = addDays(datestamp, -1)
  if (day > latest) day = latest
  for (let steps = 0; steps < 14 && !mayAnnounceOn(day); steps++) day = addDays(day, -1)
  return day
}

/** Whether that day's feeds, made at midnight, list an announcement: that of the evening before. */
export function feedListsOn(day: Day): boolean {
  return announcesOn(addDays(day, -1))
}

/** The announcement day before that one. */
export function announcementBefore(day: Day): Day {
  return walk(day, -1)
}

/** The announcement day after that one. */
export function announcementAfter(day: Day): Day {
  return walk(day, 1)
}

function walk(day: Day, step: 1 | -1): Day {
  let next = addDays(day, step)
  // No year has more than a few days in a row without an announcement.
  for (let steps = 0; steps < 14 && !announcesOn(next); steps++) next = addDays(next, step)
  return next
}

/** The latest Eastern day whose `time` is past at that moment. */
export function lastDayPast(moment: number, time: string): Day {
  const today = easternDay(moment)
  return easternMoment(today, time) <= moment ? today : addDays(today, -1)
}

/** The latest announcement day whose metadata is due at OAI-PMH at that moment. */
export function lastAnnouncementDue(moment: number, time: string = oaiDue): Day {
  const day = lastDayPast(moment, time)
  return announcesOn(day) ? day : announcementBefore(day)
}

function zoned(moment: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(eastern)
}
