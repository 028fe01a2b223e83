import { readFile } from 'node:fs/promises'
import { isoAt } from '../../clock.ts'
import { feedOpens } from '../replay/eastern.ts'
import { type Announcement, parseAnnouncements } from '../replay/event.ts'

const DATA = new URL('../../../demo/', import.meta.url)
/** After the feeds have opened and the evening's metadata are there. */
const AFTER_OPENING_MS = 15 * 60_000

/** The bundled papers and the days on which they are announced. */
export interface DemoPapers {
  readonly events: readonly Announcement[]
  /** Announcement days, oldest first, `YYYY-MM-DD`, US Eastern. */
  readonly days: readonly string[]
  /** Ids of what was known before the first day. */
  readonly history: readonly string[]
  /** Subscriptions, NDJSON, that a newcomer begins with. */
  readonly follows: string
}

export async function demoPapers(): Promise<DemoPapers> {
  const file = new URL('papers.ndjson', DATA)
  const events = parseAnnouncements(await readFile(file, 'utf8'), 'demo/papers.ndjson')
  const days = [...new Set(events.flatMap((event) => event.announced ?? []))].toSorted()
  const history = [...new Set(events.filter((event) => event.announced === undefined).map((event) => event.id))]
  return { events, days, history, follows: await readFile(new URL('follows.ndjson', DATA), 'utf8') }
}

/** The moment (epoch ms) at which a day's announcement can be harvested whole. */
export function momentOf(day: string): number {
  return feedOpens(day) + AFTER_OPENING_MS
}

/** The last day whose moment has come; -1 before the first. */
export function dayAt(days: readonly string[], now: number): number {
  return days.findLastIndex((day) => momentOf(day) <= now)
}

export function shown(moment: number): string {
  return isoAt(moment).slice(0, 10)
}
