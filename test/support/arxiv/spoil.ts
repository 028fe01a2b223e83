import { easternDay, feedOpens, nextUtcMidnight, utcDay } from '../../../src/cli/replay/eastern.ts'
import { answerFrom, type Replay, type ReplayAnswer, type ReplayRequest } from '../../../src/cli/replay/replay.ts'
import { categoriesOfFeed } from '../../../src/cli/replay/taxonomy.ts'
import { datestampOf, type PaperState, type View } from '../../../src/cli/replay/world.ts'
import type { ActiveFaults, Door } from './faults.ts'

/** An answer as a fault left it; `sent` characters of the body arrive before the connection drops. */
export interface SpoiledAnswer extends ReplayAnswer {
  readonly sent?: number
}

export function doorOf(url: URL): Door | undefined {
  if (url.pathname === '/oai') return 'oai'
  if (url.pathname === '/api/query') return 'api'
  return /^\/(rss|atom)\//.test(url.pathname) ? 'feed' : undefined
}

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

/** Answers requests from a replay with the faults that are switched on. */
export function createSpoiler(replay: Replay, faults: ActiveFaults): (request: ReplayRequest) => SpoiledAnswer {
  const pinned = new Map<string, { readonly until: number; readonly answer: ReplayAnswer }>()
  let totals = 0

  return (request) => {
    const door = doorOf(request.url)
    const refused = refusal(faults, door)
    if (refused) return refused
    const answer = pin(request, door, () => {
      const asked = rewritten(request, faults, door)
      return answerFrom(distorted(replay, asked, faults, door), asked, replay.oaiPageSize)
    })
    return spoilBody(answer, request, door)
  }

  function pin(request: ReplayRequest, door: Door | undefined, answer: () => ReplayAnswer): ReplayAnswer {
    if (door !== 'oai' || !faults.befalls('pinnedEmpty', door)) return answer()
    const known = pinned.get(request.url.search)
    if (known && replay.now() < known.until) return known.answer
    const fresh = answer()
    if (fresh.body.includes("code='noRecordsMatch'")) {
      pinned.set(request.url.search, { until: nextUtcMidnight(replay.now()), answer: fresh })
    }
    return fresh
  }

  function spoilBody(answer: ReplayAnswer, request: ReplayRequest, door: Door | undefined): SpoiledAnswer {
    let { body } = answer
    if (door === 'api') {
      const empty = faults.befalls('emptyPage', door)
      const start = Number(request.url.searchParams.get('start') ?? 0)
      if (empty && start >= (empty.start ?? 1)) body = body.replace(/ {2}<entry>[\s\S]*<\/entry>\n/, '')
      if (faults.befalls('shiftingTotals', door)) {
        totals += 1
        const shift = totals % 2 === 0 ? -1 : 3
        body = body.replace(/(?<=<opensearch:totalResults>)\d+/, (total) => String(Math.max(0, Number(total) + shift)))
      }
    }
    if (faults.befalls('numericReferences', door)) body = referenced(body)
    const cut = faults.befalls('truncated', door)
    if (cut) body = body.slice(0, Math.floor(body.length * (cut.keep ?? 0.6)))
    const dropped = faults.befalls('dropped', door)
    return { ...answer, body, ...(dropped ? { sent: Math.floor(body.length * (dropped.keep ?? 0.5)) } : {}) }
  }
}

function refusal(faults: ActiveFaults, door: Door | undefined): ReplayAnswer | undefined {
  if (faults.befalls('forbidden', door)) {
    return { status: 403, headers: HTML, body: '<!DOCTYPE html><html><body><h1>Access Denied</h1></body></html>' }
  }
  const unavailable = faults.befalls('unavailable', door)
  if (unavailable) {
    return {
      status: 503,
      headers: { ...TEXT, 'retry-after': String(unavailable.retryAfter) },
      body: 'Service Unavailable',
    }
  }
  const limited = faults.befalls('rateLimited', door)
  if (limited) {
    const headers = limited.retryAfter === undefined ? TEXT : { ...TEXT, 'retry-after': limited.retryAfter }
    return { status: 429, headers, body: 'Rate exceeded.' }
  }
  if (faults.befalls('htmlPage', door)) {
    return {
      status: 200,
      headers: HTML,
      body: '<html><head><title>arXiv</title></head><body><p>Back soon.</p></body></html>',
    }
  }
  return undefined
}

function rewritten(request: ReplayRequest, faults: ActiveFaults, door: Door | undefined): ReplayRequest {
  const url = new URL(request.url)
  if (door === 'oai' && url.searchParams.has('resumptionToken') && faults.befalls('expiredToken', door)) {
    url.searchParams.set('resumptionToken', 'expired')
  }
  if (door === 'api' && url.searchParams.has('sortBy') && faults.befalls('sortIgnored', door)) {
    url.searchParams.delete('sortBy')
    url.searchParams.delete('sortOrder')
  }
  return { ...request, url }
}

function distorted(replay: Replay, request: ReplayRequest, faults: ActiveFaults, door: Door | undefined): View {
  const late = faults.befalls('late', door)
  const view = late ? { ...replay.view(replay.now() - late.ms), now: replay.now() } : replay.view()
  if (door === 'feed') return staleView(replay, withoutItems(view, faults), request, faults)
  if (door !== 'oai') return view
  const deleted = faults.befalls('deleted', door)
  const missing = request.url.searchParams.get('verb') === 'GetRecord' ? undefined : faults.befalls('missingRun', door)
  if (!deleted && !missing) return view
  const papers = [...view.papers.values()]
    .map((paper) => (deleted?.ids.includes(paper.id) ? deletedAt(paper, deleted.since) : paper))
    .filter((paper) => !(missing?.ids.includes(paper.id) && datestampOf(paper) === utcDay(view.now)))
  return { ...view, papers: new Map(papers.map((paper) => [paper.id, paper])) }
}

function withoutItems(view: View, faults: ActiveFaults): View {
  const missing = faults.befalls('missingItems', 'feed')
  if (!missing) return view
  return { ...view, listing: (day) => view.listing(day).filter((event) => !missing.ids.includes(event.id)) }
}

function deletedAt(paper: PaperState, at: number): PaperState {
  return { ...paper, current: { ...paper.current, deleted: true }, modified: Math.max(paper.modified, at) }
}

function staleView(replay: Replay, view: View, request: ReplayRequest, faults: ActiveFaults): View {
  const names = (request.url.pathname.split('/').at(-1) ?? '').replace(/%2B/gi, '+').split('+')
  const asked = new Set(names.flatMap((name) => categoriesOfFeed(name) ?? []))
  const stale = faults.befalls('staleFeed', 'feed')
  if (!stale || !asked.has(stale.category)) return view
  const before = replay.days().findLast((day) => day < easternDay(view.now))
  return before === undefined ? view : replay.view(feedOpens(before) + 3_600_000)
}

function referenced(body: string): string {
  let count = 0
  return body.replace(/[^\p{ASCII}]/gu, (char) => {
    count += 1
    const code = char.codePointAt(0) ?? 0
    return count % 2 === 0 ? `&#${code};` : `&#x${code.toString(16).toUpperCase()};`
  })
}
