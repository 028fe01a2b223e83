import { Temporal } from 'temporal-polyfill'

type Day = string

/**
 * Evenings without an announcement, year by year, as https://info.arxiv.org/help/availability.html lists them. A new year's list is a line here;
 * until then the days of `computed` stand in for it, and what arXiv announces or leaves out on the day itself decides.
 */
const published: ReadonlyMap<number, readonly string[]> = new Map([
  [2023, ['01-16', '06-14', '06-19', '07-04', '09-04', '11-23', '12-25', '12-27']],
  [2026, ['01-01', '01-19', '06-19', '07-03', '09-07', '11-26', '12-25', '12-29', '12-31']],
])

const known = new Map<number, ReadonlySet<Day>>()

/** Whether that evening (US Eastern) is one of arXiv's holidays: by its list, and in years without one by the rules of the federal holidays that it keeps. */
export function isHoliday(day: Day): boolean {
  const year = Number(day.slice(0, 4))
  const days = known.get(year) ?? new Set(published.get(year)?.map((rest) => `${year}-${rest}`) ?? computed(year))
  known.set(year, days)
  return days.has(day)
}

/** Whether arXiv's own list of that year is known here. */
export function hasPublishedList(day: Day): boolean {
  return published.has(Number(day.slice(0, 4)))
}

/** The federal holidays (5 U.S.C. 6103) that both lists above have: arXiv works on the others. */
function computed(year: number): readonly Day[] {
  return [
    observed(`${year}-01-01`),
    nthMonday(year, 1, 3),
    observed(`${year}-06-19`),
    observed(`${year}-07-04`),
    nthMonday(year, 9, 1),
    thanksgiving(year),
    observed(`${year}-12-25`),
    // New Year's Day on a Saturday is kept on the last day of the year before.
    observed(`${year + 1}-01-01`),
  ]
}

/** A holiday on a Saturday is kept on Friday, one on a Sunday on Monday. */
function observed(day: Day): Day {
  const date = Temporal.PlainDate.from(day)
  const shift = date.dayOfWeek === 6 ? -1 : date.dayOfWeek === 7 ? 1 : 0
  return date.add({ days: shift }).toString()
}

function nthMonday(year: number, month: number, nth: number): Day {
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  return first.add({ days: ((8 - first.dayOfWeek) % 7) + 7 * (nth - 1) }).toString()
}

/** The fourth Thursday of November. */
function thanksgiving(year: number): Day {
  const first = Temporal.PlainDate.from({ year, month: 11, day: 1 })
  return first.add({ days: ((11 - first.dayOfWeek) % 7) + 21 }).toString()
}
