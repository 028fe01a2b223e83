import type { SpacingMemory } from '../../../src/sources/definition.ts'
import type { SimulatedClock } from '../../support/simulated-clock.ts'

export interface SmallPaper {
  readonly id: string
  readonly categories?: string
  /** UTC day of the record's last change. */
  readonly changed: string
  readonly created?: string
  readonly deleted?: boolean
}

export interface SmallItem {
  readonly id: string
  readonly type: 'new' | 'cross' | 'replace'
  readonly categories?: string
}

/** An arXiv of a few lines, for these tests: what it holds and how it fails is set from outside. */
export class SmallArxiv {
  papers: SmallPaper[] = []
  pageSize = 2
  /** By the day of the feed, US Eastern. */
  feeds = new Map<string, readonly SmallItem[]>()
  feedDay = ''
  readonly asked: string[] = []
  /** Takes the place of the answer. */
  fault: ((url: URL) => Response | undefined) | undefined
  responseDate: string | undefined
  readonly #clock: SimulatedClock

  constructor(clock: SimulatedClock) {
    this.#clock = clock
  }

  readonly fetch = async (input: string | URL | Request): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input)
    this.asked.push(`${url.pathname}${decodeURIComponent(url.search)}`)
    const fault = this.fault?.(url)
    if (fault !== undefined) return fault
    if (url.pathname.startsWith('/rss/')) return new Response(this.#feed())
    if (url.pathname === '/api') return new Response(this.#api(url.searchParams))
    return new Response(this.#oai(url.searchParams))
  }

  /** Which of the ids it holds: what OAI-PMH and the feeds show, and what only it has. */
  apiOnly: string[] = []

  #api(parameters: URLSearchParams): string {
    const listed = [...this.feeds].flatMap(([day, items]) => (day <= this.feedDay ? items : []))
    const known = new Map<string, string>([
      ...this.apiOnly.map((id) => [id, 'cs.LG'] as const),
      ...listed.map(({ id, categories = 'cs.LG' }) => [id, categories] as const),
      ...this.papers.flatMap(({ id, categories = 'cs.LG', deleted }) =>
        deleted === true ? [] : [[id, categories] as const],
      ),
    ])
    const entries = (parameters.get('id_list') ?? '').split(',').flatMap((id) => {
      const categories = known.get(id)
      return categories === undefined ? [] : [entry(id, categories)]
    })
    return `<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv</title><opensearch:totalResults>${entries.length}</opensearch:totalResults>${entries.join('')}</feed>`
  }

  count(path: string): number {
    return this.asked.filter((url) => url.startsWith(path)).length
  }

  #oai(parameters: URLSearchParams): string {
    const token = parameters.get('resumptionToken')?.split('|')
    const given = [parameters.get('from') ?? '', parameters.get('set') ?? '', '0', parameters.get('until') ?? '9999']
    const [from = '', set = '', skip = '0', until = ''] = token ?? given
    const matching = this.papers
      .filter(
        (paper) =>
          paper.changed >= from &&
          paper.changed <= until &&
          (set === '' || (paper.categories ?? 'cs.LG').startsWith(set.split(':')[0] ?? '')),
      )
      .toSorted((a, b) => (a.changed < b.changed ? -1 : a.changed > b.changed ? 1 : 0))
    const page = matching.slice(Number(skip), Number(skip) + this.pageSize)
    const next = Number(skip) + this.pageSize
    const head = `<OAI-PMH><responseDate>${this.responseDate ?? new Date(this.#clock.now()).toISOString()}</responseDate><request/>`
    if (page.length === 0) return `${head}<error code="noRecordsMatch">none</error></OAI-PMH>`
    const rest = next < matching.length ? `<resumptionToken>${from}|${set}|${next}|${until}</resumptionToken>` : ''
    return `${head}<ListRecords>${page.map(record).join('')}${rest}</ListRecords></OAI-PMH>`
  }

  #feed(): string {
    const items = this.feeds.get(this.feedDay) ?? []
    const date = `${new Date(`${this.feedDay}T12:00:00Z`).toUTCString().slice(0, 16)} 00:00:00 -0500`
    return `<rss version="2.0"><channel><title>arXiv</title><pubDate>${date}</pubDate>${items.map((item) => feedItem(item, date)).join('')}</channel></rss>`
  }
}

export function memorySpacing(): SpacingMemory {
  let last: number | undefined
  return {
    read: async () => last,
    write: async (at) => {
      last = at
    },
  }
}

function record({ id, categories = 'cs.LG', changed, created = changed, deleted }: SmallPaper): string {
  const header = `<identifier>oai:arXiv.org:${id}</identifier><datestamp>${changed}</datestamp>`
  if (deleted === true) return `<record><header status="deleted">${header}</header></record>`
  const fields = `<id>${id}</id><created>${created}</created><authors><author><keyname>Lovelace</keyname><forenames>Ada</forenames></author></authors>
    <title>On ${id}</title><categories>${categories}</categories><abstract>About ${id}.</abstract>`
  return `<record><header>${header}</header><metadata><arXiv>${fields}</arXiv></metadata></record>`
}

function entry(id: string, categories: string): string {
  const terms = categories.split(' ').map((term) => `<category term="${term}"/>`)
  return `<entry><id>http://arxiv.org/abs/${id}v1</id><title>On ${id}</title><summary>About ${id}.</summary><published>2026-03-01T10:00:00Z</published>
    <updated>2026-03-01T10:00:00Z</updated><author><name>Ada Lovelace</name></author>${terms.join('')}</entry>`
}

function feedItem({ id, type, categories = 'cs.LG' }: SmallItem, date: string): string {
  return `<item><title>On ${id}</title><description>arXiv:${id}v1 Announce Type: ${type} Abstract: About ${id}.</description>
    <guid>oai:arXiv.org:${id}v1</guid><category>${categories}</category><pubDate>${date}</pubDate>
    <arxiv:announce_type>${type}</arxiv:announce_type><dc:creator>Ada Lovelace</dc:creator></item>`
}
