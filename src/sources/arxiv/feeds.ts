import { createHash } from 'node:crypto'
import type { Learnt } from '../../catalog/change.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { arxivNumberOf } from '../../papers/identity.ts'
import type { PoliteHttp } from '../polite-http.ts'
import {
  addDays,
  announcedBy,
  announcesOn,
  type Day,
  easternDay,
  easternMoment,
  easternTime,
  feedDue,
  feedListsOn,
  lastDayPast,
  mayAnnounceOn,
  oaiReady,
} from './calendar.ts'
import { numberOf, type Sighting } from './census.ts'
import type { FeedState } from './cursor.ts'
import { byAnnouncement } from './page-records.ts'
import { archiveOf } from './plan.ts'
import { type FeedItem, readFeed, rssRank } from './rss.ts'

export interface FeedStep {
  readonly records: readonly Learnt[]
  readonly feed: FeedState
  readonly sightings: readonly Sighting[]
}

export interface FeedOptions {
  readonly clock: Clock
  readonly http: PoliteHttp
  readonly log: Log
  readonly rssUrl: string
  readonly wants: (categories: readonly string[]) => boolean
  /** The number that parts history from news where the feed has none of its own. */
  readonly floor: string | undefined
  readonly signal: AbortSignal
}

const hourlyMs = 55 * 60_000
const mostTries = 3
/** https://info.arxiv.org/help/rss.html */
const mostItems = 2_000

/**
 * A feed that was never read. What was announced before the first harvest is history, whichever day's feed lists it; `isRebuilt`: the catalogue is new but
 * not the program's memory of what it announced, so everything may be news.
 */
export function newFeed(now: number, floor: string | undefined, isRebuilt: boolean): FeedState {
  const today = easternDay(now)
  // From half past ten the first harvest holds the evening's announcement, which tomorrow's feed lists.
  const through = announcesOn(today) && easternTime(now) >= oaiReady ? addDays(today, 1) : today
  return { historyThrough: isRebuilt ? '' : through, ...(floor === undefined ? {} : { floor }) }
}

/** Whether the feed is to be asked for now: once after midnight Eastern on days that list an announcement, and again when it was still another day's. */
export function feedIsDue(feed: FeedState, now: number): boolean {
  const today = lastDayPast(now, feedDue)
  // Feeds hold today's announcement only: yesterday's can't be had any more.
  if (!mayAnnounceOn(addDays(today, -1)) || today !== easternDay(now)) return false
  if (isRead(feed, today) || feed.emptyOn === today) return false
  const { tries } = feed
  return tries?.day !== today || (tries.count < mostTries && now - tries.lastTryAt >= hourlyMs)
}

/** Reads one feed: its new and cross-listed papers are news, its replacements history. */
export async function readFeedOnce(key: string, feed: FeedState, options: FeedOptions): Promise<FeedStep> {
  const now = options.clock.now()
  const today = easternDay(now)
  const answer = await options.http.get(`${options.rssUrl.replace(/\/$/, '')}/rss/${key}`, {
    priority: 'announcements',
    signal: options.signal,
    ...(feed.etag === undefined ? {} : { etag: feed.etag }),
    ...(feed.lastModified === undefined ? {} : { lastModified: feed.lastModified }),
  })
  const tried: FeedState = {
    ...feed,
    readAt: now,
    tries: { day: today, count: feed.tries?.day === today ? feed.tries.count + 1 : 1, lastTryAt: now },
  }
  // Unchanged on a day with an announcement: it is still another day's.
  if (answer.status === 304) {
    const categories = feed.day === today ? [] : Object.keys(feed.listed ?? {})
    return { records: [], feed: staled(tried, today, categories), sightings: [] }
  }
  const { day, items } = readFeed(answer.body, answer.status)
  if (items.length >= mostItems) options.log({ event: 'source.feed-cut', feed: key, items: items.length })
  const listed = listedBy(key, items)
  const isOld = items.length > 0 && day !== undefined && day < today
  const stale = isOld ? Object.keys(listed) : repeated(listed, feed, today)
  if (stale.length > 0) options.log({ event: 'source.feed-stale', feed: key, categories: stale.join(' ') })
  // An empty feed says that nothing was announced, or that it is not made yet; only one with papers counts as the day's, once it is not in part another's.
  const isTodays = items.length > 0 && day !== undefined && day >= today
  const isEmpty = items.length === 0 && (day === undefined || day >= today) && (tried.tries?.count ?? 0) >= mostTries
  const { etag: _etag, lastModified: _lastModified, emptyOn: _emptyOn, ...rest } = staled(tried, today, stale)
  return {
    records: items
      .filter((item) => options.wants(item.paper.categories))
      .map((item) => learnt(item, feed, options.floor))
      .toSorted(byAnnouncement),
    sightings: items.flatMap((item) => sightingOf(item, day ?? today, now)),
    feed: {
      ...rest,
      // An empty feed is looked at again whole: whether it is still empty, or unchanged since yesterday, a 304 would not tell.
      ...(answer.etag === undefined || items.length === 0 ? {} : { etag: answer.etag }),
      ...(answer.lastModified === undefined || items.length === 0 ? {} : { lastModified: answer.lastModified }),
      ...(isTodays ? { day: today } : {}),
      ...(isTodays && stale.length === 0 ? { listed, listedOn: today } : {}),
      ...(isEmpty ? { emptyOn: today } : {}),
    },
  }
}

/** Whether the feed of that day was read, in no part another day's. */
function isRead(feed: FeedState, day: Day): boolean {
  return feed.day !== undefined && feed.day >= day && !(feed.stale !== undefined && feed.stale.day >= day)
}

function staled({ stale: _stale, ...feed }: FeedState, day: Day, categories: readonly string[]): FeedState {
  return categories.length === 0 ? feed : { ...feed, stale: { day, categories } }
}

/** What the feed lists of each category or archive that it was asked for, in a few letters. */
function listedBy(key: string, items: readonly FeedItem[]): Record<string, string> {
  const listed = key.split('+').flatMap((name): [string, string][] => {
    const ids = items
      .filter(
        ({ type, paper }) =>
          !type.startsWith('replace') && paper.categories.some((each) => each === name || archiveOf(each) === name),
      )
      .map(({ paper }) => paper.id)
    return ids.length === 0
      ? []
      : [[name, createHash('sha256').update(ids.toSorted().join()).digest('base64url').slice(0, 10)]]
  })
  return Object.fromEntries(listed)
}

/** The categories of which the same is listed as on the day before: one was seen to be served yesterday's papers while the others had today's. */
function repeated(listed: Readonly<Record<string, string>>, feed: FeedState, today: Day): readonly string[] {
  if (feed.listed === undefined || feed.listedOn === undefined || feed.listedOn >= today) return []
  return Object.keys(listed).filter((name) => listed[name] === feed.listed?.[name])
}

function sightingOf({ paper }: FeedItem, listing: Day, now: number): readonly Sighting[] {
  const mark = arxivNumberOf(paper.id)
  if (mark === undefined) return []
  return [{ number: numberOf(mark), evening: announcedBy(listing, now), set: archiveOf(paper.categories[0] ?? '') }]
}

/** Whether today's feed should have been read by now, and was not. */
export function feedIsLate(feed: FeedState, now: number): boolean {
  const today = easternDay(now)
  return feedListsOn(today) && now >= easternMoment(today, feedDue) && !isRead(feed, today)
}

function learnt(item: FeedItem, feed: FeedState, floor: string | undefined): Learnt {
  const mark = arxivNumberOf(item.paper.id)
  const line = feed.floor ?? floor
  const isListed = item.type === 'new' || item.type === 'cross'
  const isLater = (item.paper.announced ?? '') > feed.historyThrough
  const isNew = mark !== undefined && line !== undefined && mark > line
  return {
    paper: item.paper,
    origin: isListed && (isLater || isNew) ? 'announced' : 'history',
    rank: rssRank,
    ...(mark === undefined ? {} : { mark }),
  }
}
