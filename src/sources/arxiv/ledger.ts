import type { LedgerDay } from '../source.ts'
import { addDays, announcesOn, type Day } from './calendar.ts'
import { type Census, knownOf, markOf, pendingOf, withheldOf } from './census.ts'
import { countOf, firstOf, within } from './number-ranges.ts'

/** What became of the numbers of each evening from the first that was watched to `today`, newest first; quiet days have none. */
export function ledgerDays(census: Census, through: Day | null, today: Day): readonly LedgerDay[] {
  if (census.from === null) return []
  const known = knownOf(census)
  const [pending, withheld] = [pendingOf(census), withheldOf(census)]
  const days = census.evenings.flatMap(({ day, last, sets, settled, pendingSince }, at): LedgerDay[] => {
    const first = Math.max(census.from ?? 0, census.evenings[at - 1]?.last ?? 0) + 1
    if (settled === undefined && last < first) return []
    const counts = settled ?? {
      announced: countOf(within(known, first, last)),
      withheld: countOf(within(withheld, first, last)),
    }
    const waiting = settled === undefined ? countOf(within(pending, first, last)) : 0
    return [
      {
        day,
        kind: 'announced',
        assigned: counts.announced + counts.withheld + waiting,
        ...counts,
        pending: waiting,
        isComplete: through !== null && day <= through,
        sets,
        ...(pendingSince === undefined ? {} : { pendingSince }),
        ...(waiting === 0 ? {} : { missing: firstOf(within(pending, first, last), 5).map(markOf) }),
      },
    ]
  })
  const begun = census.evenings[0]?.day
  const oldest = days[0]?.day ?? (begun === undefined ? undefined : addDays(begun, 1))
  if (oldest === undefined) return []
  const byDay = new Map(days.map((each) => [each.day, each]))
  const all: LedgerDay[] = []
  for (let day = today; day >= oldest; day = addDays(day, -1)) {
    const announced = byDay.get(day)
    if (announced !== undefined) all.push(announced)
    else {
      const kind = !announcesOn(day) ? 'quiet' : census.silent.includes(day) ? 'silent' : 'awaited'
      const isComplete = through !== null && day <= through
      all.push({ day, kind, assigned: 0, announced: 0, withheld: 0, pending: 0, isComplete, sets: {} })
    }
  }
  return all
}
