/** The first day of a year, month or day as people write it (`2025`, `2025-01`, `2025-01-31`), `YYYY-MM-DD`; undefined when it is none of the calendar. */
export function firstDayOf(text: string): string | undefined {
  return daysOf(text)?.[0]
}

/** The last day of a year, month or day, as `firstDayOf`. */
export function lastDayOf(text: string): string | undefined {
  return daysOf(text)?.[1]
}

/** The day of a paper's `published` or `updated`, which may be an instant, a month (its first day) or missing. */
export function dayOf(moment: string): string | undefined {
  return moment.length < 7 ? undefined : firstDayOf(moment.slice(0, 10))
}

function daysOf(text: string): readonly [first: string, last: string] | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? []
  if (year === undefined || Number(year) === 0) return undefined
  if (month === undefined) return [`${year}-01-01`, `${year}-12-31`]
  // Day 0 of a month is the last of the one before.
  const last =
    Number(month) >= 1 && Number(month) <= 12 ? new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() : 0
  if (last === 0) return undefined
  if (day === undefined) return [`${year}-${month}-01`, `${year}-${month}-${last}`]
  return Number(day) >= 1 && Number(day) <= last ? [text, text] : undefined
}
