import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { PoliteHttp } from '../polite-http.ts'
import { type Batch, type HarvestOptions, SourceError, type SourceMemory } from '../source.ts'
import { addDays, easternMoment, lastAnnouncementDue, oaiDue } from './calendar.ts'
import { beginWatching, isProven, noteSightings, numberOf, type Sighting, settled, type Witness } from './census.ts'
import {
  type ArxivCursor,
  cursorJson,
  emptyCursor,
  highest,
  highestOf,
  type OaiWindow,
  queryApi,
  readCursor,
  withCensus,
  withFailure,
  withFeed,
  withoutFailure,
  withWindow,
} from './cursor.ts'
import { windowIsDue } from './evenings.ts'
import { feedIsDue, newFeed, readFeedOnce } from './feeds.ts'
import { noFirstNews, withFirstNews } from './first-news.ts'
import type { PageReader } from './live.ts'
import type { HarvestPlan } from './plan.ts'
import { reconcile, reconcileIsDue } from './reconcile.ts'
import { type HoleBook, holesWith, repairHoles } from './result-holes.ts'
import { readWindow } from './windows.ts'

export interface Harvester {
  readonly clock: Clock
  readonly http: PoliteHttp
  readonly log: Log
  readonly apiUrl: string
  readonly oaiUrl: string
  readonly rssUrl: string
  readonly plan: HarvestPlan
  readonly holes: Pick<HoleBook, 'take'>
  readonly readPage: PageReader
}

/**
 * One pass: OAI-PMH's windows that are due, then the feeds of the day. One that fails does not keep the others from being read; its failure is kept in the
 * cursor, and the pass ends with it. Yields nothing when nothing is due.
 */
export async function* harvestArxiv(
  memory: SourceMemory,
  options: HarvestOptions,
  house: Harvester,
): AsyncGenerator<Batch> {
  const { clock, plan } = house
  house.http.begin()
  await house.http.remember()
  let cursor = started(memory, house)
  const failures: SourceError[] = []
  const note = (key: string, error: unknown) => {
    if (!(error instanceof SourceError) || error.failure === 'aborted') throw error
    failures.push(error)
    cursor = withFailure(cursor, key, clock.now(), error.message)
    house.log({ event: 'source.failed', source: 'arxiv', part: key, failure: error.failure, detail: error.message })
  }
  let firstNews = noFirstNews(memory.followedSince ?? clock.now())
  // After a 403 every further request is refused without being sent, so going on costs arXiv nothing.
  for (const key of plan.windows) {
    const window = cursor.windows[key] ?? { highestByDay: [] }
    if (!windowIsDue(window, clock.now(), cursor.census.silent)) continue
    // Only where no number parts history from news.
    const isParted = window.open === undefined ? memory.announcedThrough !== undefined : window.open.threshold !== null
    const isFirst = memory.followedSince !== undefined && window.completedAt === undefined && !isParted
    const steps = readWindow(key, window, { ...house, wants: plan.wants, memory, ...options })
    try {
      for await (const step of steps) {
        if (step.window !== undefined)
          cursor = withSightings(withWindow(cursor, key, step.window), 'oai', step.sightings, house)
        const told = isFirst ? withFirstNews(firstNews, step.records, step.sightings) : undefined
        firstNews = told?.known ?? firstNews
        yield { records: told?.records ?? step.records, cursor: cursorJson(cursor) }
      }
    } catch (error) {
      note(key, error)
    }
  }
  for (const key of plan.feeds) {
    const feed = cursor.feeds[key]
    if (feed === undefined || !feedIsDue(feed, clock.now())) continue
    try {
      const step = await readFeedOnce(key, feed, {
        ...house,
        wants: plan.wants,
        floor: floorOf(cursor),
        signal: options.signal,
      })
      cursor = withSightings(withFeed(cursor, key, step.feed), 'rss', step.sightings, house)
      yield { records: step.records, cursor: cursorJson(cursor) }
    } catch (error) {
      note(key, error)
    }
  }
  if (reconcileIsDue(cursor, plan, clock.now())) {
    try {
      for await (const step of reconcile(cursor, { ...house, signal: options.signal })) {
        cursor = withoutFailure(withCensus(cursor, step.census), queryApi)
        yield { records: step.records, cursor: cursorJson(cursor) }
      }
    } catch (error) {
      note(queryApi, error)
    }
  }
  const met = house.holes.take()
  cursor = { ...cursor, holes: holesWith(cursor.holes, met, clock.now()) }
  if (met.length > 0) yield { records: [], cursor: cursorJson(cursor) }
  const readPage = (query: string, start: number) => house.readPage(query, start, options.signal)
  for await (const step of repairHoles(cursor.holes, { now: () => clock.now(), log: house.log, readPage })) {
    cursor = { ...cursor, holes: step.holes }
    yield { records: step.records, cursor: cursorJson(cursor) }
  }
  const silenced = withSilence(cursor, plan, clock.now())
  if (silenced !== cursor) yield { records: [], cursor: cursorJson(silenced) }
  cursor = silenced
  const first = failures[0]
  if (first === undefined) return
  yield { records: [], cursor: cursorJson(cursor) }
  throw first
}

/** Once every window was read to its end the numbers are watched. */
function withSightings(
  cursor: ArxivCursor,
  witness: Witness,
  sightings: readonly Sighting[],
  { plan, clock }: Harvester,
): ArxivCursor {
  const noted = noteSightings(cursor.census, witness, sightings)
  const isBegun = plan.windows.every((key) => cursor.windows[key]?.completedAt !== undefined)
  const census = isBegun ? beginWatching(noted, rebuiltFrom(cursor)) : noted
  return withCensus(cursor, settled(census, clock.now()))
}

/** Where an earlier catalogue ended, when this one was begun from there. */
function rebuiltFrom({ windows }: ArxivCursor): number | undefined {
  const floors = Object.values(windows).map(({ floor, highestByDay }) => {
    const [first] = highestByDay
    return floor !== undefined && first !== undefined && floor < first.mark ? floor : undefined
  })
  const floor = floors.toSorted()[0]
  return floor === undefined || floors.includes(undefined) ? undefined : numberOf(floor)
}

/** An evening on which arXiv announced nothing after all: OAI-PMH was asked and had no news, the feeds were empty, and the query API knows no further number. */
function withSilence(cursor: ArxivCursor, plan: HarvestPlan, now: number): ArxivCursor {
  const { census } = cursor
  const evening = lastAnnouncementDue(now)
  const listing = addDays(evening, 1)
  const isSilent =
    isProven(census, evening) &&
    (census.evenings.at(-1)?.day ?? evening) < evening &&
    plan.windows.every((key) => (cursor.windows[key]?.completedAt ?? 0) >= easternMoment(evening, oaiDue)) &&
    plan.feeds.every((key) => cursor.feeds[key]?.emptyOn === listing)
  if (!isSilent || census.silent.includes(evening)) return cursor
  return withCensus(cursor, { ...census, silent: [...census.silent, evening] })
}

/** The cursor as this pass begins, with every window and feed of the plan and none of an earlier plan. */
function started(memory: SourceMemory, house: Harvester): ArxivCursor {
  const read = readCursor(memory.cursor)
  if (read === 'unknown') {
    house.log({
      event: 'source.cursor-unknown',
      source: 'arxiv',
      detail: 'The cursor has an unknown form; the harvest begins anew, and what it brings is history',
    })
  }
  const kept = read === undefined || read === 'unknown' ? emptyCursor : read
  const isFirst = Object.values(kept.windows).every((window) => window.completedAt === undefined)
  const floor = isFirst ? undefined : highest(Object.values(kept.windows).map(highestOf))
  const isRebuilt = isFirst && memory.announcedThrough !== undefined
  const windows = house.plan.windows.flatMap((key): [string, OaiWindow][] => {
    const window = kept.windows[key] ?? covering(key, kept)
    return window === undefined ? [] : [[key, window]]
  })
  const begun = Math.min(house.clock.now(), memory.followedSince ?? Number.POSITIVE_INFINITY)
  const feeds = house.plan.feeds.map((key) => [key, kept.feeds[key] ?? newFeed(begun, floor, isRebuilt)] as const)
  const keys = [...house.plan.windows, ...house.plan.feeds, queryApi]
  const failures = Object.entries(kept.failures).filter(([key]) => keys.includes(key))
  return {
    form: 1,
    windows: Object.fromEntries(windows),
    feeds: Object.fromEntries(feeds),
    failures: Object.fromEntries(failures),
    census: kept.census,
    holes: kept.holes,
  }
}

/** A narrower choice goes on where the wider one stood: from everything to `cs`, or from `cs` to `cs:cs:AI`. */
function covering(key: string, cursor: ArxivCursor): OaiWindow | undefined {
  const wider = Object.keys(cursor.windows).filter((other) => other === '*' || key.startsWith(`${other}:`))
  const best = wider.toSorted((a, b) => b.length - a.length)[0]
  const window = best === undefined ? undefined : cursor.windows[best]
  if (window === undefined) return undefined
  const { open: _open, ...rest } = window
  return rest
}

/** The number that parts history from news: where any window knows one, the highest of the first harvests. */
function floorOf(cursor: ArxivCursor): string | undefined {
  return highest(Object.values(cursor.windows).map((window) => window.floor))
}
