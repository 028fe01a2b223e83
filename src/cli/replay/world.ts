import { metadataOpens, utcDay } from './eastern.ts'
import type { Announcement, Byline } from './event.ts'

/** An announcement and the instant, epoch ms, from which metadata shows it. */
export interface Shown {
  readonly event: Announcement
  readonly from: number
}

/** What arXiv knows of one paper at one instant. */
export interface PaperState {
  readonly id: string
  /** The newest version, as announced last. */
  readonly current: Announcement
  /** All that was shown of it, oldest first. */
  readonly shown: readonly Shown[]
  /** When the record was last changed, epoch ms; its UTC day is the OAI datestamp. */
  readonly modified: number
}

/** All of arXiv as it stands at one instant. */
export interface View {
  readonly now: number
  readonly papers: ReadonlyMap<string, PaperState>
  /** What was announced with this listing date, as far as it is shown. */
  listing(day: string): readonly Announcement[]
}

export interface World {
  /** `from` (epoch ms) is when the events show; without it their announcement's evening decides, and what has no announcement shows always. */
  add(events: readonly Announcement[], from?: number): void
  view(now: number): View
  /** The listing dates, oldest first. */
  days(): readonly string[]
}

/** A world of announcements; what of it shows depends on the instant alone. */
export function createWorld(events: readonly Announcement[]): World {
  let all: readonly Shown[] = []
  let last: { readonly count: number; readonly view: Omit<View, 'now'> } | undefined

  const world: World = {
    add(more, from) {
      const shown = more.map((event) => ({ event, from: from ?? shownFrom(event) }))
      all = [...all, ...shown].sort((a, b) => a.from - b.from)
      last = undefined
    },
    view(now) {
      const count = countUntil(all, now)
      if (last?.count !== count) last = { count, view: viewOf(all.slice(0, count)) }
      return { now, ...last.view }
    },
    days: () => [...new Set(all.flatMap(({ event }) => event.announced ?? []))].sort(),
  }
  world.add(events)
  return world
}

/** A paper as a byline writes it in one string: `Aidan N. Gomez`. */
export function fullName(author: Byline): string {
  return [author.forenames, author.keyname, author.suffix].filter((part) => part !== undefined).join(' ')
}

/** When version 1 and the current version were submitted, as ISO instants to the second, UTC. Only days are known; the time of day is made from the number, always the same. */
export function submissionTimes(event: Announcement): { readonly published: string; readonly updated: string } {
  const time = timeOfDay(event.id)
  return { published: `${event.created}T${time}Z`, updated: `${submittedOn(event)}T${time}Z` }
}

/** The UTC day on which this version was submitted. */
export function submittedOn(event: Announcement): string {
  return event.updated ?? event.created
}

function timeOfDay(id: string): string {
  let seconds = 0
  for (const char of id) seconds = (seconds * 31 + char.charCodeAt(0)) % 86_400
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}

function shownFrom(event: Announcement): number {
  return event.announced === undefined ? Date.parse(`${submittedOn(event)}T00:00:00Z`) : metadataOpens(event.announced)
}

function countUntil(all: readonly Shown[], now: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.from ?? Number.POSITIVE_INFINITY) <= now) low = middle + 1
    else high = middle
  }
  return low
}

function viewOf(shown: readonly Shown[]): Omit<View, 'now'> {
  const byId = Map.groupBy(shown, ({ event }) => event.id)
  const byDay = Map.groupBy(shown, ({ event }) => event.announced)
  const papers = new Map<string, PaperState>()
  for (const [id, own] of byId) {
    const newest = own.reduce((best, one) => (one.event.version >= best.event.version ? one : best))
    const modified = own.reduce((latest, one) => Math.max(latest, one.from), 0)
    papers.set(id, { id, current: newest.event, shown: own, modified })
  }
  return { papers, listing: (day) => (byDay.get(day) ?? []).map(({ event }) => event) }
}

/** The OAI datestamp of a record, a UTC day. */
export function datestampOf(paper: PaperState): string {
  return utcDay(paper.modified)
}
