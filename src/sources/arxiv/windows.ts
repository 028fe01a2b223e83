import type { Learnt } from '../../catalog/change.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { PoliteHttp } from '../polite-http.ts'
import { SourceError, type SourceMemory } from '../source.ts'
import { addDays, announcementBefore, lastAnnouncementDue, utcDay } from './calendar.ts'
import type { Sighting } from './census.ts'
import { highest, type OaiWindow, type OpenWindow } from './cursor.ts'
import { closedWindow } from './evenings.ts'
import { listAddress } from './list-address.ts'
import { refusal } from './oai.ts'
import { beginAgainAt, orderAfter } from './page-order.ts'
import { historyFrom, inBatches, newestOf, type OaiPage, readPage, sightingsOf } from './page-records.ts'

/** A part of a page of a window. */
export interface WindowStep {
  readonly records: readonly Learnt[]
  /** Of the whole page. */
  readonly sightings: readonly Sighting[]
  /** Where the window stands after the page; with its last part only, so that a page that was not kept whole is asked for again. */
  readonly window?: OaiWindow
}

export interface WindowOptions {
  readonly clock: Clock
  readonly http: PoliteHttp
  readonly log: Log
  readonly oaiUrl: string
  readonly wants: (categories: readonly string[]) => boolean
  readonly memory: SourceMemory
  readonly since?: string
  readonly signal: AbortSignal
}

/** OAI-PMH's answers may be late or left out some ids until the next day: each window asks for two days again. */
const overlapDays = 2
/** A token counts on from a place in a list; the list is another one after the evening's update. */
const tokenLifeMs = 30 * 60_000
const mostPages = 3_000

/** Reads one window page by page, oldest first; each step may be the last one for today, and the next harvest goes on from it. */
export async function* readWindow(key: string, before: OaiWindow, options: WindowOptions): AsyncGenerator<WindowStep> {
  let window: OaiWindow = { ...before, open: reopened(before.open, options.clock.now()) ?? opened(before, options) }
  let restarts = 0
  for (let page = 0; page < mostPages; page++) {
    const { open } = window
    if (open === undefined) return
    const asked = options.clock.now()
    const address = listAddress(key, open, options.oaiUrl)
    const read = await readPage(
      options.http,
      address,
      { priority: 'announcements', signal: options.signal },
      (answer) => pageOf(answer, open, asked, options),
    )
    if (read.kind === 'error') {
      if (restarts++ >= 2) throw refusal(read)
      window = { ...window, open: withoutToken(open) }
      continue
    }
    const { token, sightings, batches } = read.taken
    const next =
      token === undefined
        ? closedWindow(key, window, read.taken.open, asked)
        : { ...window, open: { ...read.taken.open, token, tokenAt: asked } }
    for (const { records, isLast } of batches) yield { records, sightings, ...(isLast ? { window: next } : {}) }
    window = next
  }
  throw new SourceError('unreadable', `arXiv's OAI-PMH interface gives more than ${mostPages} pages for one window`)
}

/** What a page says, without its records but in `batches`. */
function pageOf(
  { responseDate, records, token }: OaiPage,
  { through, isMixed, ...before }: OpenWindow,
  asked: number,
  { wants, log }: WindowOptions,
) {
  if (token !== undefined && token === before.token) {
    throw new SourceError(
      'unreadable',
      "arXiv's OAI-PMH interface gives the same page again and again: its resumption token does not change",
    )
  }
  const open: OpenWindow = {
    ...before,
    ...orderAfter({ through, isMixed }, records),
    answeredAt: before.answeredAt ?? Math.min(Date.parse(responseDate), asked),
    ...newestOf(before, records, asked),
  }
  const learnt = historyFrom(records, wants, log).map((each) => withOrigin(each, before.threshold))
  return { open, token, sightings: sightingsOf(records, asked), batches: inBatches(learnt) }
}

function withOrigin(learnt: Learnt, threshold: string | null): Learnt {
  const isNews = learnt.mark !== undefined && threshold !== null && learnt.mark > threshold
  return isNews ? { ...learnt, origin: 'announced' } : learnt
}

function opened(window: OaiWindow, options: WindowOptions): OpenWindow {
  const now = options.clock.now()
  if (window.completedAt === undefined) {
    return { from: firstFrom(options, now), threshold: announcedBefore(options.memory) ?? null, startedAt: now }
  }
  const from = addDays(utcDay(window.completedAt), -overlapDays)
  return { from, threshold: knownBefore(from, window) ?? null, startedAt: now }
}

/** The highest number below which nothing is left to come: that which was known before the days that are asked for again. */
export function settledMark(window: OaiWindow): string | undefined {
  return window.completedAt === undefined
    ? window.floor
    : knownBefore(addDays(utcDay(window.completedAt), -overlapDays), window)
}

/** What was known before the overlap: ids of a day that come a day late are still news. */
function knownBefore(from: string, window: OaiWindow): string | undefined {
  const known = window.highestByDay.filter((entry) => entry.day < from).map((entry) => entry.mark)
  return highest([window.floor, ...known])
}

/** A first harvest begins two days back, or with the evening before the last, by whose numbers the last one's can be counted, or earlier where asked to, or where news may have been missed since the number that was last announced. */
function firstFrom(options: WindowOptions, now: number): string {
  // By UTC the papers of an evening bear the next day.
  const before = addDays(announcementBefore(lastAnnouncementDue(now)), 1)
  const usual = [addDays(utcDay(now), -overlapDays), before].toSorted()[0] ?? before
  const mark = announcedBefore(options.memory)
  // A number tells its month: everything above it was modified on or after the last day before that month.
  const month = mark === undefined ? usual : addDays(`20${mark.slice(0, 2)}-${mark.slice(2, 4)}-01`, -1)
  return [options.since ?? usual, month].toSorted()[0] ?? usual
}

/** What an earlier catalogue had announced, when it is a number of ours. */
function announcedBefore(memory: SourceMemory): string | undefined {
  return memory.announcedThrough !== undefined && /^\d{4}\.\d{5}$/.test(memory.announcedThrough)
    ? memory.announcedThrough
    : undefined
}

function reopened(open: OpenWindow | undefined, now: number): OpenWindow | undefined {
  if (open === undefined) return undefined
  return now - (open.tokenAt ?? 0) < tokenLifeMs ? open : withoutToken(open)
}

/**
 * Begins the window again where its days were not yet read whole, with the threshold it had: what counts as news must not depend on how often it was interrupted.
 */
function withoutToken(open: OpenWindow): OpenWindow {
  const {
    token: _token,
    tokenAt: _tokenAt,
    answeredAt: _answeredAt,
    through: _through,
    isMixed: _isMixed,
    ...rest
  } = open
  return { ...rest, from: beginAgainAt(open.from, open) }
}
