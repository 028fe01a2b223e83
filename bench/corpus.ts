import { readFileSync } from 'node:fs'
import { type Announcement, parseAnnouncements } from '../src/cli/replay/event.ts'
import { createReplay, type Replay } from '../src/cli/replay/replay.ts'
import type { Paper } from '../src/papers/paper.ts'
import { parseOai } from '../src/sources/arxiv/oai.ts'
import { daysOfShared, haveSharedDays } from '../test/support/arxiv/days.ts'

/** Announcements to measure with, and what they are. */
export interface Corpus {
  readonly events: readonly Announcement[]
  readonly note: string
}

const repeatedTo = 11_000

/** Recorded listings where they lie beside the project, else the demo's papers again and again under other ids. */
export function corpus(): Corpus {
  return haveSharedDays
    ? { events: daysOfShared(), note: 'recorded listings of cs.AI, cs.CL and cs.CV' }
    : { events: repeatedDemo(), note: 'the demo’s papers, repeated under other ids' }
}

/** The replay on a day, `YYYY-MM-DD`, when its announcement is out. */
export function replayOn(day: string, events: readonly Announcement[], oaiPageSize = 2_500): Replay {
  const now = Date.parse(`${day}T12:00:00Z`)
  return createReplay({ events, now: () => now, oaiPageSize })
}

/** The days of the corpus with the number of announcements, the busiest first. */
export function busiestDays(
  events: readonly Announcement[],
): readonly { readonly day: string; readonly count: number }[] {
  return [...Map.groupBy(events, ({ announced }) => announced)]
    .flatMap(([day, { length: count }]) => (day === undefined ? [] : [{ day, count }]))
    .toSorted((a, b) => b.count - a.count)
}

/** The last day of the corpus. */
export function lastDay(events: readonly Announcement[]): string {
  const days = events.flatMap(({ announced }) => announced ?? []).toSorted()
  const last = days.at(-1)
  if (last === undefined) throw new Error('The corpus announces nothing.')
  return last
}

/** The replay's answer to a GET, which must be 200. */
export function bodyOf(replay: Replay, path: string): string {
  const answer = replay.answer({ method: 'GET', url: new URL(path, 'http://127.0.0.1'), headers: {} })
  if (answer.status !== 200) throw new Error(`The replay answered ${path} with status ${answer.status}.`)
  return answer.body
}

/** All papers of the corpus, each once, as a harvest gives them. */
export function papersOf({ events }: Corpus): readonly Paper[] {
  const body = bodyOf(replayOn(lastDay(events), events, events.length), '/oai?verb=ListRecords&metadataPrefix=arXiv')
  const answer = parseOai(body)
  if (answer.kind === 'error') throw new Error(answer.message)
  return answer.records.flatMap(({ paper }) => paper ?? [])
}

function repeatedDemo(): readonly Announcement[] {
  const file = new URL('../demo/papers.ndjson', import.meta.url)
  const demo = parseAnnouncements(readFileSync(file, 'utf8'), 'demo/papers.ndjson')
  const days = [...new Set(demo.flatMap(({ announced }) => announced ?? []))].toSorted()
  return Array.from({ length: repeatedTo }, (_, at) => {
    const event = demo[at % demo.length]
    const announced = days[at % days.length]
    if (event === undefined || announced === undefined) throw new Error('The demo has no papers.')
    const number = String(at + 1).padStart(5, '0')
    return { ...event, id: `${event.id.slice(0, 4)}.${number}`, announced, announce: 'new' as const }
  })
}
