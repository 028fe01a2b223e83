import { createHash } from 'node:crypto'
import type { Announcement, Byline } from './event.ts'
import { versionEvent } from './oai-record.ts'
import { matchesQuery, relevanceOf } from './search-match.ts'
import { type ParsedQuery, parseSearchQuery, QueryError, type SearchQuery, showSearchQuery } from './search-query.ts'
import { fullName, type PaperState, submissionTimes, type View } from './world.ts'
import { attribute, element, plainText } from './xml.ts'

// Rules: info.arxiv.org/help/api/user-manual and arXiv's published server (github.com/arXiv/arxiv-search); the form is that of 2026.
const SLICE = 2000
const REACH = 30_000
const NUMBER = /^(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v(\d+))?$/

export interface ApiAnswer {
  readonly status: 200 | 400 | 500
  readonly body: string
}

class BadRequest extends Error {
  readonly anchor: string
  constructor(message: string) {
    super(message)
    this.anchor = message.replaceAll(' ', '_')
  }
}

/** Answers a search or an id list as an Atom feed; what is wrong with the request is a feed with one entry "Error", status 400. */
export function answerApi(params: URLSearchParams, view: View): ApiAnswer {
  try {
    const request = requestOf(params)
    // The published server divides by the page size.
    if (request.maxResults === 0)
      return { status: 500, body: errorFeed('Internal Server Error', 'unspecified', view.now) }
    return { status: 200, body: resultFeed(request, resultsOf(request, view), view.now) }
  } catch (error) {
    if (error instanceof QueryError) return { status: 400, body: errorFeed(error.message, 'unspecified', view.now) }
    if (error instanceof BadRequest) return { status: 400, body: errorFeed(error.message, error.anchor, view.now) }
    throw error
  }
}

interface ApiRequest {
  readonly search: ParsedQuery
  readonly ids: readonly string[]
  readonly start: number
  readonly maxResults: number
  readonly sortBy: SortBy
  readonly ascending: boolean
}

const SORTS = ['relevance', 'lastUpdatedDate', 'submittedDate'] as const
type SortBy = (typeof SORTS)[number]

function requestOf(params: URLSearchParams): ApiRequest {
  const ids = (params.get('id_list') ?? '').split(',').filter(Boolean)
  const strange = ids.find((id) => !NUMBER.test(id))
  if (strange !== undefined) throw new BadRequest(`incorrect id format for ${strange}`)
  const maxResults = integer(params, 'max_results', 10)
  const start = integer(params, 'start', 0)
  if (start + Math.min(maxResults, SLICE) > REACH || maxResults > REACH) {
    throw new BadRequest(`max_results and start must stay within ${REACH}`)
  }
  const sortBy = SORTS.find((sort) => sort === (params.get('sortBy') ?? 'relevance'))
  if (sortBy === undefined) throw new BadRequest(`sortBy must be in: ${SORTS.join(', ')}`)
  const order = params.get('sortOrder') ?? 'descending'
  if (order !== 'ascending' && order !== 'descending') {
    throw new BadRequest('sortOrder must be in: ascending, descending')
  }
  const search = parseSearchQuery(params.get('search_query') ?? '')
  if (search.query === undefined && ids.length === 0) {
    throw new BadRequest('Either a search_query or id_list must be specified for the classic API.')
  }
  return { search, ids, start, maxResults, sortBy, ascending: order === 'ascending' }
}

function integer(params: URLSearchParams, name: string, otherwise: number): number {
  const given = params.get(name)
  if (given === null) return otherwise
  if (!/^\s*[+-]?\d+\s*$/.test(given)) throw new BadRequest(`${name} must be an integer`)
  if (Number(given) < 0) throw new BadRequest(`${name} must be non-negative`)
  return Number(given)
}

interface Results {
  readonly total: number
  readonly page: readonly Announcement[]
}

// A search finds current versions only; a number in id_list may name one.
function resultsOf(request: ApiRequest, view: View): Results {
  const { query } = request.search
  const asked = request.ids.length > 0 ? request.ids.flatMap((id) => named(id, view)) : currentOf(view)
  const found = query === undefined ? asked : asked.filter((event) => matchesQuery(query, event))
  const listed = query === undefined && request.sortBy === 'relevance'
  const sorted = listed ? found : sortedBy(request, query, found)
  return { total: found.length, page: sorted.slice(request.start, request.start + Math.min(request.maxResults, SLICE)) }
}

function currentOf(view: View): readonly Announcement[] {
  return [...view.papers.values()].map((paper) => paper.current).filter((event) => !event.deleted)
}

function named(id: string, view: View): readonly Announcement[] {
  const [, number = '', version] = NUMBER.exec(id) ?? []
  const paper: PaperState | undefined = view.papers.get(number)
  if (!paper || paper.current.deleted) return []
  if (version === undefined) return [paper.current]
  const wanted = Number(version)
  return wanted >= 1 && wanted <= paper.current.version ? [versionEvent(paper, wanted)] : []
}

// One key and no tie-break: papers of one instant come in any order.
function sortedBy(
  request: ApiRequest,
  query: SearchQuery | undefined,
  events: readonly Announcement[],
): readonly Announcement[] {
  const key = (event: Announcement): number => {
    if (request.sortBy === 'submittedDate') return Date.parse(submissionTimes(event).published)
    if (request.sortBy === 'lastUpdatedDate') return Date.parse(submissionTimes(event).updated)
    return query === undefined ? 0 : relevanceOf(query, event)
  }
  const sign = request.ascending ? 1 : -1
  const keyed = events.map((event) => ({ event, key: key(event) }))
  return keyed.sort((a, b) => sign * (a.key - b.key)).map(({ event }) => event)
}

function resultFeed(request: ApiRequest, { total, page }: Results, now: number): string {
  const { start, maxResults, ids, search } = request
  const line = `search_query=${search.adapted}&id_list=${ids.join(',')}&start=${start}&max_results=${maxResults}`
  const digest = createHash('sha1').update(line).digest('base64').slice(0, -1)
  const shown = search.query === undefined ? '' : showSearchQuery(search.query)
  const href = `https://arxiv.org/api/query?search_query=${quoted(shown)}&start=${start}&max_results=${maxResults}&id_list=${quoted(ids.join(','))}`
  return feed(`  ${text('id', `https://arxiv.org/api/${digest}`)}  ${text('title', `arXiv Query: ${line}`)}  ${text('updated', stamp(now))}  <link href="${attribute(href)}" type="application/atom+xml"/>
${counts(maxResults, total, start)}${page.map(entry).join('')}`)
}

function entry(event: Announcement): string {
  const times = submissionTimes(event)
  const name = plainText(`${event.id}v${event.version}`)
  const categories = event.categories.map(
    (category) => `    <category term="${attribute(category)}" scheme="http://arxiv.org/schemas/atom"/>\n`,
  )
  const authors = event.authors.map((author) => `    <author>\n      ${text('name', nameOf(author))}    </author>\n`)
  const doi =
    event.doi === undefined
      ? ''
      : `    ${text('arxiv:doi', event.doi)}    <link rel="related" href="https://doi.org/${attribute(event.doi)}" title="doi"/>\n`
  return `  <entry>
    <id>http://arxiv.org/abs/${name}</id>
    ${text('title', event.title)}    ${text('updated', times.updated)}    <link href="https://arxiv.org/abs/${name}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/${name}" rel="related" type="application/pdf" title="pdf"/>
    ${text('summary', event.abstract)}${categories.join('')}    ${text('published', times.published)}${optional('arxiv:comment', event.comments)}    <arxiv:primary_category term="${attribute(event.categories[0] ?? '')}"/>
${optional('arxiv:journal_ref', event.journalRef)}${authors.join('')}${doi}  </entry>
`
}

// A name without forenames keeps the space that would have followed them: so the recorded answers of 2026.
function nameOf(author: Byline): string {
  return author.forenames === undefined ? ` ${fullName(author)}` : fullName(author)
}

function errorFeed(message: string, anchor: string, now: number): string {
  const address = `https://arxiv.org/api/errors#${anchor}`
  return feed(`  <id>https://arxiv.org/</id>
  <title>arXiv Search Results</title>
  ${text('updated', stamp(now))}${counts(1, 1, 0)}  <entry>
    ${text('id', address)}    <title>Error</title>
    ${text('updated', stamp(now))}    <link href="${attribute(address)}" rel="alternate" type="text/html"/>
    ${text('summary', message)}    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
`)
}

function feed(inner: string): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
${inner}</feed>
`
}

function counts(perPage: number, total: number, start: number): string {
  return `  <opensearch:itemsPerPage>${perPage}</opensearch:itemsPerPage>
  <opensearch:totalResults>${total}</opensearch:totalResults>
  <opensearch:startIndex>${start}</opensearch:startIndex>
`
}

function text(name: string, value: string): string {
  return element(name, value, plainText)
}

function optional(name: string, value: string | undefined): string {
  return value === undefined ? '' : `    ${text(name, value)}`
}

function quoted(value: string): string {
  const kept = new Map([
    ['%20', '+'],
    ['%3A', ':'],
    ['%2C', ','],
    ['%2F', '/'],
  ])
  return encodeURIComponent(value).replace(/%20|%3A|%2C|%2F/g, (code) => kept.get(code) ?? code)
}

function stamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`
}
