import { Temporal } from 'temporal-polyfill'

/** Announcements are made on US Eastern time (info.arxiv.org/help/availability). */
const EASTERN = 'America/New_York'

/** The instant, epoch ms, at which the feeds of a listing date open: its midnight, US Eastern (info.arxiv.org/help/rss). */
export function feedOpens(day: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime(EASTERN).epochMilliseconds
}

/** The instant, epoch ms, at which OAI shows a listing: about 22:30 US Eastern of the evening before (info.arxiv.org/help/oa). */
export function metadataOpens(day: string): number {
  const eve = Temporal.PlainDate.from(day).subtract({ days: 1 })
  return eve.toZonedDateTime({ timeZone: EASTERN, plainTime: '22:30' }).epochMilliseconds
}

/** The US Eastern calendar day of an instant in epoch ms. */
export function easternDay(at: number): string {
  return eastern(at).toPlainDate().toString()
}

/** The UTC calendar day of an instant in epoch ms. */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The next 00:00 UTC after an instant, both in epoch ms. */
export function nextUtcMidnight(at: number): number {
  return Date.parse(`${utcDay(at)}T00:00:00Z`) + 86_400_000
}

/** Whether a day is a Saturday or a Sunday, on which no feed has items (`skipDays`). */
export function isWeekend(day: string): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek >= 6
}

/** Midnight US Eastern of a day as RSS writes it (`Fri, 23 Feb 2024 00:00:00 -0500`) and as Atom does (`2024-02-23T00:00:00-05:00`). */
export function midnightOf(day: string): { readonly rss: string; readonly atom: string } {
  const offset = eastern(feedOpens(day)).offset
  const rss = new Date(`${day}T00:00:00Z`).toUTCString().replace('GMT', offset.replace(':', ''))
  return { rss, atom: `${day}T00:00:00${offset}` }
}

function eastern(at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(EASTERN)
}
