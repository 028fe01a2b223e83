import type { Learnt } from '../../catalog/change.ts'
import { parseQuery, queryMatches } from '../../catalog/query.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { arxivNumberOf } from '../../papers/identity.ts'
import type { Paper, PaperId } from '../../papers/paper.ts'
import { compareNames } from '../../people/compare.ts'
import type { PoliteHttp, Priority } from '../polite-http.ts'
import { SourceError } from '../source.ts'
import { apiRank, readApi } from './api.ts'
import { addDays, utcDay } from './calendar.ts'
import { authorsQuery, liveQuery } from './live-query.ts'
import type { HoleBook } from './result-holes.ts'

export interface LiveArxiv {
  search(text: string, limit: number, signal: AbortSignal): Promise<readonly Learnt[]>
  historyOf(names: readonly string[], signal: AbortSignal): Promise<readonly Learnt[]>
  fetch(ids: readonly PaperId[], signal: AbortSignal): Promise<readonly Learnt[]>
}

/** A page of an author query that was met empty, asked for again. */
export type PageReader = (query: string, start: number, signal: AbortSignal) => Promise<readonly Learnt[]>

const pageSize = 200
/** Beyond a thousand results the API asks to refine the query. */
const mostResults = 1_000
const namesAQuery = 10
const idsABatch = 100
/** So few ids are asked for by someone who waits. */
const fewIds = 5

/** arXiv's query API, for what the catalogue does not hold. Everything that it brings is history. */
export function liveArxiv(house: {
  readonly clock: Clock
  readonly http: PoliteHttp
  readonly apiUrl: string
  readonly log: Log
  readonly holes: Pick<HoleBook, 'note'>
}): LiveArxiv & { readonly readPage: PageReader } {
  return {
    async search(text, limit, signal) {
      const parsed = parseQuery(text)
      if (parsed.kind === 'error') throw new SourceError('rejected', parsed.message)
      if (parsed.query.kind === 'id') return fetchIds([parsed.query.id as PaperId], signal)
      const query = liveQuery(parsed.query, addDays(utcDay(house.clock.now()), 1))
      if (query === undefined)
        throw new SourceError('rejected', 'arXiv can’t be asked for that: give it a word, an author or a category')
      // Exclusions are made here, so more is asked for than wanted.
      const size = Math.min(Math.max(limit * 2, 20), pageSize)
      const { papers } = await page(
        { search_query: query, start: '0', max_results: String(size), sortBy: 'relevance', sortOrder: 'descending' },
        'interactive',
        signal,
      )
      return papers
        .filter((paper) => queryMatches(parsed.query, paper))
        .slice(0, Math.max(0, limit))
        .map(historic)
    },

    async historyOf(names, signal) {
      const found = new Map<PaperId, Paper>()
      for (const some of chunks(names, namesAQuery)) {
        const query = authorsQuery(some)
        if (query === undefined) continue
        for (const paper of await allPages(query, signal)) {
          if (paper.authors.some((author) => some.some((name) => compareNames(name, author) !== 'different')))
            found.set(paper.id, paper)
        }
      }
      return oldestFirst([...found.values()]).map(historic)
    },

    fetch: fetchIds,

    async readPage(query, start, signal) {
      const { papers } = await page(pageOf(query, start), 'repair', signal, start)
      return oldestFirst(papers).map(historic)
    },
  }

  async function fetchIds(ids: readonly PaperId[], signal: AbortSignal): Promise<readonly Learnt[]> {
    const names = [...new Set(ids)].filter((id) => id.startsWith('arxiv:')).map((id) => id.slice('arxiv:'.length))
    const priority = names.length <= fewIds ? 'interactive' : 'repair'
    const papers: Paper[] = []
    for (const some of chunks(names, idsABatch)) {
      const answer = await page(
        { id_list: some.join(','), start: '0', max_results: String(idsABatch) },
        priority,
        signal,
      )
      papers.push(...answer.papers.filter((paper) => some.includes(paper.id.slice('arxiv:'.length))))
    }
    return oldestFirst(papers).map(historic)
  }

  /**
   * All of a result, page by page, up to a thousand papers. It ends with a page that is empty twice and lies behind all totals that were claimed; one
   * inside is noted as a hole and passed over. The order that was asked for is looked at: for a week in November 2025 it was another.
   */
  async function allPages(query: string, signal: AbortSignal): Promise<readonly Paper[]> {
    const papers: Paper[] = []
    let claimed = 0
    let isFull = true
    for (let start = 0; start < mostResults && (isFull || start < claimed); start += pageSize) {
      const answer = await page(pageOf(query, start), 'history', signal, start)
      claimed = Math.max(claimed, answer.total)
      isFull = answer.papers.length >= pageSize
      if (answer.papers.length === 0 && start < claimed) {
        const now = house.clock.now()
        house.holes.note({ query, start, since: now, tries: 0, lastAt: now })
      }
      papers.push(...answer.papers)
    }
    const isOrdered = papers.every(({ published }, at) => at === 0 || published <= (papers[at - 1]?.published ?? ''))
    if (!isOrdered) house.log({ event: 'source.order-ignored', source: 'arxiv', query, papers: papers.length })
    // Cut anywhere, a result in no order lacks any of its papers, the newest as well.
    if (!isOrdered && claimed > mostResults) {
      throw new SourceError(
        'unreadable',
        `arXiv's query API gives ${claimed} results in another order than asked for, so the newest can't be told`,
      )
    }
    return papers
  }

  function pageOf(query: string, start: number): Record<string, string> {
    return {
      search_query: query,
      start: String(start),
      max_results: String(pageSize),
      sortBy: 'submittedDate',
      sortOrder: 'descending',
    }
  }

  /** A page that comes back empty is asked for once more: answers without anything have been seen where there was something. People are not made to wait twice for it. */
  async function page(parameters: Record<string, string>, priority: Priority, signal: AbortSignal, start = 0) {
    const address = new URL(house.apiUrl)
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
    for (let attempt = 1; ; attempt++) {
      const { body, status } = await house.http.get(address.href, { priority, signal })
      const answer = readApi(body, status)
      if (answer.papers.length > 0) return answer
      if (attempt === 1 && (answer.total > 0 || priority !== 'interactive')) continue
      if (priority === 'interactive' && start < answer.total)
        throw new SourceError(
          'unreadable',
          `arXiv's query API says that there are ${answer.total} results, but gives none of them from ${start} on`,
        )
      return answer
    }
  }
}

function historic(paper: Paper): Learnt {
  const mark = arxivNumberOf(paper.id)
  return { paper, origin: 'history', rank: apiRank, ...(mark === undefined ? {} : { mark }) }
}

function oldestFirst(papers: readonly Paper[]): readonly Paper[] {
  return papers.toSorted((a, b) => (a.published === b.published ? 0 : a.published < b.published ? -1 : 1))
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
