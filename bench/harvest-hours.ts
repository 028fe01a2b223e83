import { easternDay, feedOpens, isWeekend, metadataOpens } from '../src/cli/replay/eastern.ts'
import { isoAt } from '../src/clock.ts'
import { ArxivHouse } from '../test/simulation/arxiv-house.ts'
import { manyAnnouncements } from '../test/support/arxiv/announcements.ts'
import { digits, report } from './measure.ts'

// From an announcement to its match, in simulated time, for each hour of the week: arXiv keeps its evenings, and beside them papers of the last listing show
// late, every twenty-fifth hour some more, so that each hour of the week has its turn. The program looks at seven minutes past each hour, as POLL_CRON has it.

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const hoursOfWeek = 168
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const start = Date.parse('2026-03-09T16:30:00Z')
const house = new ArxivHouse({ start, oaiPageSize: 2_500 })
const numbers = new Map<string, number>()
const someOf = (listing: string, count: number) => {
  const month = listing.slice(0, 7)
  const number = numbers.get(month) ?? 0
  numbers.set(month, number + count)
  const papers = manyAnnouncements(count, { announced: listing, created: listing }, number + 1)
  house.arxiv.replay.add(papers)
  return papers.at(-1)?.id ?? ''
}

let listed = '2026-03-09'
const waits = new Map<number, number>()
let late: readonly { readonly id: string; readonly shown: number }[] = []
someOf(listed, 50)
await house.harvest()
for (let hour = 0; waits.size < hoursOfWeek; hour++) {
  if (hour > 40 * hoursOfWeek) throw new Error(`After 40 weeks ${hoursOfWeek - waits.size} hours have had no paper.`)
  const now = house.clock.now()
  const next = nextListing(listed)
  if (now + 8 * HOUR > metadataOpens(next)) {
    listed = next
    someOf(listed, 50)
  }
  if (hour % 25 === 24) late = [...late, { id: someOf(lastListing(now), 5), shown: now }]
  await house.clock.advance(37 * MINUTE)
  await house.harvest()
  for (const { id, shown } of late) if (house.learnt.has(id)) waits.set(hourOfWeek(shown), house.clock.now() - shown)
  late = late.filter(({ id }) => !house.learnt.has(id))
  await house.clock.advance(now + HOUR - house.clock.now())
}
await house.close()

const all = [...waits.values()].toSorted((a, b) => a - b)
const inHours = (ms: number | undefined) => digits((ms ?? 0) / HOUR)
const longest = (from: number, to: number) =>
  Math.max(...[...waits].flatMap(([hour, wait]) => (hour >= from && hour < to ? [wait] : [])))
report([
  {
    name: 'harvest: from a showing at any hour of the week to matching',
    ours: `p50 ${inHours(all[all.length >> 1])} h, at most ${inHours(all.at(-1))} h`,
    note: `papers of the last listing that OAI-PMH shows late, at half past each of the 168 hours of the week, US Eastern; at most, in hours: ${weekdays.map((name, day) => `${name} ${inHours(longest(day * 24, day * 24 + 12))} before noon and ${inHours(longest(day * 24 + 12, day * 24 + 24))} after`).join(', ')}; what shows at 22:30 as arXiv has it is the row above`,
  },
])

/** Counted from Monday 00:00, US Eastern. */
function hourOfWeek(at: number): number {
  const day = easternDay(at)
  return ((new Date(day).getUTCDay() + 6) % 7) * 24 + Math.floor((at - feedOpens(day)) / HOUR)
}

function nextListing(after: string): string {
  const next = isoAt(Date.parse(after) + 24 * HOUR).slice(0, 10)
  return isWeekend(next) ? nextListing(next) : next
}

/** The one whose metadata showed last. */
function lastListing(at: number): string {
  const today = easternDay(at)
  const days = Array.from({ length: 6 }, (_, back) => isoAt(Date.parse(today) + (1 - back) * 24 * HOUR).slice(0, 10))
  return days.find((day) => !isWeekend(day) && metadataOpens(day) <= at) ?? today
}
