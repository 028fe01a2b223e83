import { createHash } from 'node:crypto'
import { answerApi } from './api.ts'
import { easternDay, feedOpens, nextUtcMidnight } from './eastern.ts'
import type { Announcement } from './event.ts'
import { answerFeed, type FeedKind } from './feed.ts'
import { answerOai } from './oai.ts'
import { createWorld, type View } from './world.ts'

export interface ReplayOptions {
  readonly events: readonly Announcement[]
  /** The instant that the world stands at, epoch ms; it may jump. */
  readonly now: () => number
  /** Records on an OAI page; identifiers: eight times as many. */
  readonly oaiPageSize?: number
}

/** A request without its transport: header names in lower case; the parameters of a form that was posted stand in `url`. */
export interface ReplayRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

export interface ReplayAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Replay {
  readonly oaiPageSize: number
  now(): number
  /** The world as it stands at an instant, now when none is given. */
  view(at?: number): View
  answer(request: ReplayRequest): ReplayAnswer
  /** Adds events; with `from` (epoch ms) they show from then on, else as their announcement says. */
  add(events: readonly Announcement[], from?: number): void
  /** The listing dates of the events, oldest first. */
  days(): readonly string[]
}

/** arXiv as a replay of announcements: OAI at `/oai`, the query API at `/api/query`, feeds at `/rss/…` and `/atom/…`. */
export function createReplay(options: ReplayOptions): Replay {
  const { now, oaiPageSize = 2500 } = options
  const world = createWorld(options.events)
  const view = (at = now()) => world.view(at)
  return {
    oaiPageSize,
    now,
    view,
    answer: (request) => answerFrom(view(), request, oaiPageSize),
    add: world.add,
    days: world.days,
  }
}

/** The answer that a view of the world gives. */
export function answerFrom(view: View, request: ReplayRequest, oaiPageSize: number): ReplayAnswer {
  const path = request.url.pathname
  if (request.method !== 'GET' && request.method !== 'POST') return plain(405, 'Method Not Allowed')
  if (path === '/oai') return oai(view, request.url.searchParams, oaiPageSize)
  if (path === '/api/query') return api(view, request.url.searchParams)
  const [, kind, query] = /^\/(rss|atom)\/([^/]+)$/.exec(path) ?? []
  if ((kind === 'rss' || kind === 'atom') && query !== undefined) return feed(view, kind, query, request)
  return plain(404, 'Not Found')
}

function oai(view: View, params: URLSearchParams, pageSize: number): ReplayAnswer {
  const answer = answerOai(params, view, pageSize)
  const kept = answer.error === undefined ? 345_600 : Math.round((nextUtcMidnight(view.now) - view.now) / 1000)
  const headers = { 'content-type': 'application/xml', 'surrogate-control': `max-age=${kept}` }
  return { status: 200, headers, body: answer.body }
}

function api(view: View, params: URLSearchParams): ReplayAnswer {
  const answer = answerApi(params, view)
  return {
    status: answer.status,
    headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
    body: answer.body,
  }
}

function feed(view: View, kind: FeedKind, query: string, request: ReplayRequest): ReplayAnswer {
  const answer = answerFeed(kind, query.replace(/%2B/gi, '+'), view)
  const etag = `"${createHash('sha256').update(answer.body).digest('hex')}"`
  const tomorrow = easternDay(feedOpens(easternDay(view.now)) + 30 * 3_600_000)
  const maxAge = Math.round((feedOpens(tomorrow) - view.now) / 1000)
  const headers = {
    'content-type': `application/${kind}+xml; charset=utf-8`,
    etag,
    'cache-control': `max-age=${maxAge}`,
  }
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (answer.status === 200 && known.includes(etag)) return { status: 304, headers, body: '' }
  return { status: answer.status, headers, body: answer.body }
}

function plain(status: number, body: string): ReplayAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}
