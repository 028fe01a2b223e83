import type { Author, Paper } from '../../papers/paper.ts'
import { SourceError } from '../source.ts'
import { splitByline } from './byline.ts'
import { easternDay } from './calendar.ts'
import { paperOf } from './record.ts'
import { childOf, childrenOf, childText, readXml, textOf, type XmlElement } from './xml.ts'

export type AnnounceType = 'new' | 'cross' | 'replace' | 'replace-cross'

/** One announcement feed: what arXiv announced on one day. */
export interface Feed {
  /** The announcement day, US Eastern, `YYYY-MM-DD`; undefined where the feed does not say (an empty one may not). */
  readonly day?: string
  readonly items: readonly FeedItem[]
}

export interface FeedItem {
  readonly type: AnnounceType
  readonly paper: Paper
}

export const rssRank = 1

/** The papers of an announcement feed, RSS 2.0 or Atom, in its order; none on a day without announcements. */
export function parseRss(body: string, status = 200): readonly Paper[] {
  return readFeed(body, status).items.map((item) => item.paper)
}

/**
 * An announcement feed as https://info.arxiv.org/help/rss_specifications.html describes it. It knows no submission dates: a new paper's are
 * the announcement day, a replacement's `updated` is, and of what is older nothing is said. Throws SourceError 'rejected' for arXiv's error feed, 'unreadable' for anything but a whole feed.
 */
export function readFeed(body: string, status = 200): Feed {
  const root = readXml(body, what, ['rss', 'feed'])
  const channel = root.name === 'rss' ? childOf(root, 'channel') : root
  if (channel === undefined) throw unreadable('has no channel')
  const title = childText(channel, 'title')
  if (status !== 200 || /^\W*(?:feed )?error\b/i.test(title ?? '')) {
    const reason = childText(channel, 'description') ?? childText(channel, 'subtitle') ?? title ?? `status ${status}`
    throw new SourceError(
      'rejected',
      `arXiv's announcement feed refused the request: ${reason.replace(/\s+/g, ' ').slice(0, 200)}`,
    )
  }
  if (title === undefined) throw unreadable('has no title')
  const feedDay = dayOf(
    childText(channel, 'pubDate') ?? childText(channel, 'lastBuildDate') ?? childText(channel, 'updated'),
  )
  const items = childrenOf(channel, root.name === 'rss' ? 'item' : 'entry').map((item) => feedItem(item, feedDay))
  const day =
    items
      .map((item) => item.day)
      .toSorted()
      .at(-1) ?? feedDay
  return { ...(day === undefined ? {} : { day }), items: items.map(({ type, paper }) => ({ type, paper })) }
}

const what = "arXiv's announcement feed"

function unreadable(reason: string): SourceError {
  return new SourceError('unreadable', `${what} ${reason}`)
}

// `arXiv:2203.01250v3 Announce Type: replace-cross \nAbstract: …`
const preamble = /^\s*arXiv:(\S+)\s+Announce Type:\s*([a-z-]+)\s*(?:Abstract:\s*)?/i

function feedItem(item: XmlElement, feedDay: string | undefined): FeedItem & { readonly day: string } {
  const description = childText(item, 'description') ?? childText(item, 'summary') ?? ''
  const said = preamble.exec(description)
  const id = childText(item, 'guid') ?? childText(item, 'id') ?? said?.[1] ?? ''
  const type = childText(item, 'arxiv:announce_type') ?? said?.[2]?.toLowerCase()
  if (!isAnnounceType(type)) throw unreadable(`holds the item ${id.slice(0, 60)} without a known announce type`)
  const day = dayOf(childText(item, 'pubDate') ?? childText(item, 'published')) ?? feedDay
  if (day === undefined) throw unreadable(`holds the item ${id.slice(0, 60)} without a date`)
  const doi = childText(item, 'arxiv:DOI') ?? childText(item, 'arxiv:doi')
  const journalRef = childText(item, 'arxiv:journal_reference') ?? childText(item, 'arxiv:journal_ref')
  const comment = childText(item, 'arxiv:comment')
  const paper = paperOf(
    {
      id,
      title: childText(item, 'title') ?? '',
      abstract: description.replace(preamble, ''),
      authors: creatorsOf(item),
      categories: childrenOf(item, 'category').map(
        (category) => category.attributes.get('term') ?? textOf(category).trim(),
      ),
      ...(type === 'new' ? { published: day } : {}),
      ...(type === 'cross' ? {} : { updated: day }),
      ...(type === 'new' || type === 'cross' ? { announced: day } : {}),
      ...(comment === undefined ? {} : { comment }),
      ...(journalRef === undefined ? {} : { journalRef }),
      ...(doi === undefined ? {} : { doi }),
    },
    what,
  )
  return { type, paper, day }
}

function isAnnounceType(type: string | undefined): type is AnnounceType {
  return type === 'new' || type === 'cross' || type === 'replace' || type === 'replace-cross'
}

function creatorsOf(item: XmlElement): readonly Author[] {
  const creators = childrenOf(item, 'dc:creator').map(textOf)
  const names =
    creators.length > 0
      ? creators
      : childrenOf(item, 'author').map((author) => childText(author, 'name') ?? textOf(author))
  return names.flatMap(splitByline)
}

/** The US Eastern day of an RFC 822 or ISO date; feeds are dated midnight Eastern. */
function dayOf(date: string | undefined): string | undefined {
  const moment = Date.parse(date ?? '')
  return Number.isNaN(moment) ? undefined : easternDay(moment)
}
