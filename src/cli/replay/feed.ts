import { easternDay, feedOpens, isWeekend, midnightOf } from './eastern.ts'
import type { Announcement } from './event.ts'
import { LICENSE } from './oai-record.ts'
import { categoriesOfFeed } from './taxonomy.ts'
import { fullName, type PaperState, type View } from './world.ts'
import { attribute, element, plainText } from './xml.ts'

// Rules: info.arxiv.org/help/rss, help/rss_specifications, and arXiv's published server (github.com/arXiv/arxiv-feed).
const LIMIT = 2000
const FIRST_DROPPED_REPLACEMENT = 6
const KINDS = ['new', 'cross', 'replace', 'replace-cross'] as const

export type FeedKind = 'rss' | 'atom'
type ListingKind = (typeof KINDS)[number]

interface Listing {
  readonly kind: ListingKind
  readonly paper: PaperState
}

export interface FeedAnswer {
  readonly status: 200 | 400
  readonly body: string
}

/** Today's (US Eastern) announcements of the categories and archives joined by `+`; an unknown one gives a feed that says so, status 400. */
export function answerFeed(kind: FeedKind, query: string, view: View): FeedAnswer {
  const names = query.split('+')
  const unknown = names.find((name) => categoriesOfFeed(name) === undefined)
  const address = `http://rss.arxiv.org/${kind}/${query}`
  const day = easternDay(view.now)
  if (unknown !== undefined) {
    const channel = { title: `Feed error for query: ${address}`, about: `Bad archive '${unknown}'.`, address, day }
    return { status: 400, body: write(kind, channel, []) }
  }
  const requested = new Set(names.flatMap((name) => categoriesOfFeed(name) ?? []))
  const joined = names.join(', ')
  const about = `${joined} updates on the arXiv.org e-print archive.`
  const channel = { title: `${joined} updates on arXiv.org`, about, address, day }
  return { status: 200, body: write(kind, channel, isWeekend(day) ? [] : listings(view, day, requested)) }
}

// One item a paper: the first kind of `new`, `cross`, `replace` that concerns a requested category.
function listings(view: View, day: string, requested: ReadonlySet<string>): readonly Listing[] {
  const found = new Map<string, Listing>()
  for (const event of view.listing(day)) {
    const paper = view.papers.get(event.id)
    const kind = paper && kindFor(event, paper, requested)
    const known = found.get(event.id)
    if (paper && kind && !(known && KINDS.indexOf(known.kind) <= KINDS.indexOf(kind))) {
      found.set(event.id, { kind, paper })
    }
  }
  return [...found.values()]
    .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.paper.id < b.paper.id ? 1 : -1))
    .slice(0, LIMIT)
}

function kindFor(event: Announcement, paper: PaperState, requested: ReadonlySet<string>): ListingKind | undefined {
  if (event.deleted || paper.current.deleted) return undefined
  const concerned = event.announce === 'cross' ? addedCategories(event, paper) : event.categories
  if (!concerned.some((category) => requested.has(category))) return undefined
  const primary = requested.has(event.categories[0] ?? '')
  if (event.announce === 'new') return primary ? 'new' : 'cross'
  if (event.announce === 'cross') return 'cross'
  if (event.version >= FIRST_DROPPED_REPLACEMENT) return undefined
  return primary ? 'replace' : 'replace-cross'
}

function addedCategories(event: Announcement, paper: PaperState): readonly string[] {
  const index = paper.shown.findIndex((shown) => shown.event === event)
  const before = paper.shown[index - 1]?.event.categories ?? event.categories.slice(0, 1)
  const added = event.categories.filter((category) => !before.includes(category))
  return added.length > 0 ? added : event.categories.slice(1)
}

interface Channel {
  readonly title: string
  readonly about: string
  readonly address: string
  readonly day: string
}

function write(kind: FeedKind, channel: Channel, items: readonly Listing[]): string {
  return kind === 'rss' ? writeRss(channel, items) : writeAtom(channel, items)
}

function writeRss(channel: Channel, items: readonly Listing[]): string {
  const published = midnightOf(channel.day).rss
  // Built some seconds after midnight and kept: the same bytes, and so the same ETag, all day.
  const built = new Date(feedOpens(channel.day) + 11_000).toUTCString().replace('GMT', '+0000')
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
${text('title', channel.title)}${text('link', channel.address)}${text('description', channel.about)}<atom:link href="${attribute(channel.address)}" rel="self" type="application/rss+xml"/>
<docs>http://www.rssboard.org/rss-specification</docs>
<language>en-us</language>
${text('lastBuildDate', built)}<managingEditor>rss-help@arxiv.org</managingEditor>
${text('pubDate', published)}<skipDays>
<day>Sunday</day>
<day>Saturday</day>
</skipDays>
${items.map((item) => rssItem(item, published)).join('')}  </channel>
</rss>
`
}

function rssItem({ kind, paper }: Listing, published: string): string {
  const event = paper.current
  const categories = event.categories.map((category) => text('category', category)).join('')
  return `<item>
${text('title', event.title)}${text('link', `https://arxiv.org/abs/${paper.id}`)}${text('description', summary(kind, paper))}<guid isPermaLink="false">oai:arXiv.org:${paper.id}v${event.version}</guid>
${categories}${text('pubDate', published)}${text('arxiv:announce_type', kind)}${text('dc:rights', LICENSE)}${text('arxiv:DOI', event.doi)}${text('arxiv:journal_reference', event.journalRef)}${text('dc:creator', creators(event))}</item>
`
}

function writeAtom(channel: Channel, items: readonly Listing[]): string {
  const updated = `${new Date(feedOpens(channel.day) + 19_866).toISOString().replace('Z', '000')}+00:00`
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
${text('id', channel.address)}${text('title', channel.title)}${text('updated', updated)}<link href="${attribute(channel.address)}" rel="self" type="application/atom+xml"/>
${text('subtitle', channel.about)}${items.map((item) => atomEntry(item, channel.day, updated)).join('')}</feed>
`
}

function atomEntry({ kind, paper }: Listing, day: string, updated: string): string {
  const event = paper.current
  const categories = event.categories.map((category) => `<category term="${attribute(category)}"/>\n`).join('')
  return `<entry>
${text('id', `oai:arXiv.org:${paper.id}v${event.version}`)}${text('title', event.title)}${text('updated', updated)}<link href="https://arxiv.org/abs/${attribute(paper.id)}" rel="alternate" type="text/html"/>
${text('summary', summary(kind, paper))}${categories}${text('published', midnightOf(day).atom)}${text('arxiv:announce_type', kind)}${text('dc:rights', LICENSE)}${text('arxiv:journal_reference', event.journalRef)}${text('arxiv:DOI', event.doi)}${text('dc:creator', creators(event))}</entry>
`
}

function summary(kind: ListingKind, paper: PaperState): string {
  return `arXiv:${paper.id}v${paper.current.version} Announce Type: ${kind} \nAbstract: ${paper.current.abstract}`
}

// All in one string, and with TeX's accents, as the feeds give names (`Andr\'e`); names may hold commas themselves.
function creators(event: Announcement): string {
  return texAccents(event.authors.map(fullName).join(', '))
}

const ACCENTS = new Map([
  ['\u0300', '`'],
  ['\u0301', "'"],
  ['\u0302', '^'],
  ['\u0303', '~'],
  ['\u0304', '='],
  ['\u0307', '.'],
  ['\u0308', '"'],
])

function texAccents(name: string): string {
  return name
    .normalize('NFD')
    .replace(
      /(\p{L})([\u0300-\u0304\u0307\u0308])/gu,
      (_, letter: string, mark: string) => `\\${ACCENTS.get(mark)}${letter}`,
    )
    .normalize('NFC')
}

function text(name: string, value: string | undefined): string {
  return element(name, value, plainText)
}
