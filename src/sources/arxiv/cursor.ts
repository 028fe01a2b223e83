import { z } from 'zod'
import type { Json } from '../../store/json.ts'
import { emptyCensus } from './census.ts'
import { type Census, censusSchema } from './census-schema.ts'
import { holeSchema } from './result-holes.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const mark = z.string().regex(/^\d{4}\.\d{5}$/)
const moment = z.number().int().nonnegative()

const openWindow = z.object({
  from: day,
  /** Whose numbers are above it is news; null: everything is history. Fixed when the window is opened, whatever happens until it closes. */
  threshold: mark.nullable(),
  /** When its first page was asked for. */
  startedAt: moment,
  /** The server's moment of the first page. */
  answeredAt: moment.optional(),
  token: z.string().optional(),
  tokenAt: moment.optional(),
  through: day.optional(),
  isMixed: z.literal(true).optional(),
  highest: mark.optional(),
  highestChanged: z.string().optional(),
})

const oaiWindow = z.object({
  /** What the first harvest of it knew, or what was announced before the catalogue was rebuilt: no news at or below. */
  floor: mark.optional(),
  /** The server's moment of the first page of the last window that was read to its end. */
  completedAt: moment.optional(),
  /** The highest number known when a window of that UTC day was complete. */
  highestByDay: z.array(z.object({ day, mark })),
  /** Every announcement up to that evening is in. */
  completeThrough: day.optional(),
  /** How often an evening was asked about. */
  evening: z.object({ day, tries: z.number().int(), lastTryAt: moment }).optional(),
  open: openWindow.optional(),
})

const feed = z.object({
  /** No news at or below, unless announced after `historyThrough`. */
  floor: mark.optional(),
  /** Feeds up to that day told what the first harvest had brought; empty: none. */
  historyThrough: z.union([day, z.literal('')]),
  /** The last day whose feed was read. */
  day: day.optional(),
  readAt: moment.optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  tries: z.object({ day, count: z.number().int(), lastTryAt: moment }).optional(),
  /** Of each category, what was listed on `listedOn`: to know it again when it is served for another day. */
  listed: z.record(z.string(), z.string()).optional(),
  listedOn: day.optional(),
  /** The categories that were served on that day what they had been served before. */
  stale: z.object({ day, categories: z.array(z.string()).readonly() }).optional(),
  /** The last day whose feed was asked for again and still listed nothing. */
  emptyOn: day.optional(),
})

const failure = z.object({ at: moment, message: z.string() })

const cursorSchema = z.object({
  form: z.literal(1),
  windows: z.record(z.string(), oaiWindow),
  feeds: z.record(z.string(), feed),
  /** By window or feed; gone with the next success. */
  failures: z.record(z.string(), failure),
  census: censusSchema.default(emptyCensus),
  /** Pages of the query API's results that were empty. */
  holes: z.array(holeSchema).readonly().default([]),
})

/** Where the harvest of arXiv stands; kept in the catalogue beside the papers that it vouches for. */
export type ArxivCursor = z.output<typeof cursorSchema>
export type OaiWindow = z.output<typeof oaiWindow>
export type OpenWindow = z.output<typeof openWindow>
export type FeedState = z.output<typeof feed>

/** The failures of the query API stand under this name. */
export const queryApi = 'query API'

export const emptyCursor: ArxivCursor = {
  form: 1,
  windows: {},
  feeds: {},
  failures: {},
  census: emptyCensus,
  holes: [],
}

/** The cursor as it was kept; undefined when there is none, 'unknown' when its form is not ours. */
export function readCursor(kept: Json | undefined): ArxivCursor | 'unknown' | undefined {
  if (kept === undefined || kept === null) return undefined
  const read = cursorSchema.safeParse(kept)
  return read.success ? read.data : 'unknown'
}

/** The cursor as plain JSON, for the catalogue. */
export function cursorJson(cursor: ArxivCursor): Json {
  return JSON.parse(JSON.stringify(cursor))
}

export function withWindow(cursor: ArxivCursor, key: string, window: OaiWindow): ArxivCursor {
  return { ...cursor, windows: { ...cursor.windows, [key]: window }, failures: withoutKey(cursor.failures, key) }
}

export function withFeed(cursor: ArxivCursor, key: string, state: FeedState): ArxivCursor {
  return { ...cursor, feeds: { ...cursor.feeds, [key]: state }, failures: withoutKey(cursor.failures, key) }
}

export function withFailure(cursor: ArxivCursor, key: string, at: number, message: string): ArxivCursor {
  return { ...cursor, failures: { ...cursor.failures, [key]: { at, message } } }
}

export function withCensus(cursor: ArxivCursor, census: Census): ArxivCursor {
  return { ...cursor, census }
}

export function withoutFailure(cursor: ArxivCursor, key: string): ArxivCursor {
  return { ...cursor, failures: withoutKey(cursor.failures, key) }
}

function withoutKey<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key))
}

/** The highest number that a window knows to be announced. */
export function highestOf(window: OaiWindow): string | undefined {
  return highest([window.floor, ...window.highestByDay.map((entry) => entry.mark)])
}

export function highest(marks: readonly (string | undefined)[]): string | undefined {
  let best: string | undefined
  for (const each of marks) if (each !== undefined && (best === undefined || each > best)) best = each
  return best
}
