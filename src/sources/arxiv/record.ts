import { parsePaperId } from '../../papers/identity.ts'
import { readableText } from '../../papers/latex.ts'
import type { Author, Paper, PaperId } from '../../papers/paper.ts'
import { venueOf } from '../../papers/venue.ts'
import { SourceError } from '../source.ts'

/** What a record of any of arXiv's formats says, before its text is cleaned. */
export interface RawRecord {
  /** `2409.00001v2`, an address or an `oai:` name. */
  readonly id: string
  readonly version?: number
  readonly title: string
  readonly abstract: string
  readonly authors: readonly Author[]
  /** Primary first. */
  readonly categories: readonly string[]
  /** A day or an instant, as the source writes it; left out where it does not tell. */
  readonly published?: string
  readonly updated?: string
  /** `YYYY-MM-DD`, US Eastern. */
  readonly announced?: string
  readonly comment?: string
  readonly journalRef?: string
  readonly doi?: string
}

/** A record as a Paper; a SourceError ('unreadable') that names the record when its id, title or dates can't be read. `what` names the answer. */
export function paperOf(record: RawRecord, what: string): Paper {
  const named = parsePaperId(record.id)
  if (named === undefined || !named.id.startsWith('arxiv:')) {
    throw new SourceError('unreadable', `${what} holds a record whose id "${record.id.slice(0, 60)}" is no arXiv id`)
  }
  const version = named.version ?? record.version
  const title = readableText(record.title)
  if (title === '') throw new SourceError('unreadable', `${what} holds the record ${named.id} without a title`)
  const abstract = readableText(record.abstract)
  const comment = readableText(record.comment ?? '')
  const journalRef = readableText(record.journalRef ?? '')
  const dois = doisOf(record.doi)
  const [doi] = dois
  const categories = [...new Set(record.categories.map((category) => category.trim()).filter(isCategory))]
  const updated = record.updated === undefined ? '' : moment(record.updated, named.id, what)
  return {
    id: named.id,
    aliases: dois.map(({ id }) => id).filter((id) => id.startsWith('doi:')),
    ...(version === undefined ? {} : { version }),
    title,
    abstract,
    authors: record.authors,
    categories,
    venue: venueOf(categories),
    published: record.published === undefined ? '' : moment(record.published, named.id, what),
    updated,
    ...(record.announced === undefined ? {} : { announced: record.announced }),
    links: linksOf(named.id, version, updated, doi?.address),
    ...(comment === '' ? {} : { comment }),
    ...(journalRef === '' ? {} : { journalRef }),
    ...(isWithdrawn(comment, abstract) ? { withdrawn: true } : {}),
  }
}

/**
 * Whether a record says that its paper was withdrawn. arXiv has no flag for it: the reason stands in the comment, and often in place of the abstract
 * (https://info.arxiv.org/help/withdraw.html).
 */
export function isWithdrawn(comment: string, abstract: string): boolean {
  return withdrawnComment.test(comment) || withdrawnAbstract.test(abstract)
}

/** Old answers list classes of the ACM (`I.2.7`) and the AMS (`68T05`) among the categories. */
function isCategory(text: string): boolean {
  return /^[a-z][a-z-]{1,20}(?:\.[A-Za-z-]{2,20})?$/.test(text)
}

const thing = '(?:paper|article|submission|manuscript|preprint|work|note|draft|version|entry|thesis|report)'
const bySomeone = 'withdrawn by (?:the |its |an? )?(?:\\w+ )?(?:authors?|submitter|arxiv)'
const isGone = `(?:has been|have been|is|was|is being|had to be) (?:\\w+ )?withdrawn`
const withdrawnComment = new RegExp(
  `^\\W*(?:\\w+ )?(?:${thing} )?withdrawn\\b|\\b${thing} (?:\\S+ ){0,4}${isGone}\\b|\\b${bySomeone}\\b`,
  'i',
)
// An abstract may speak of withdrawn things: only its beginning says what became of the paper.
const withdrawnAbstract = new RegExp(
  `^\\W*(?:(?:this|the|our) (?:arxiv )?${thing} (?:\\S+ ){0,4}${isGone}\\b|(?:${thing} )?withdrawn\\b)`,
  'i',
)

// Since December 2023 arXiv makes HTML of new submissions that come as TeX.
const firstHtmlDay = '2023-12-01'

function linksOf(id: PaperId, version: number | undefined, updated: string, doi: string | undefined): Paper['links'] {
  const name = id.slice('arxiv:'.length)
  return {
    abstract: `https://arxiv.org/abs/${name}`,
    pdf: `https://arxiv.org/pdf/${name}`,
    ...(version !== undefined && updated >= firstHtmlDay ? { html: `https://arxiv.org/html/${name}v${version}` } : {}),
    ...(doi === undefined ? {} : { doi }),
  }
}

interface Doi {
  readonly id: PaperId
  readonly address: string
}

/** Records may hold several DOIs in one field: the first is the paper's, the others are known, too. What is none is passed over. */
function doisOf(text: string | undefined): readonly Doi[] {
  const dois = (text ?? '')
    // A DOI of old may hold a semicolon or a comma: they part two only where another begins.
    .split(/\s+|[;,](?=\s|$|10\.\d{4}|doi:|https?:)/i)
    .flatMap((each) => doiOf(each) ?? [])
  return [...new Map(dois.toReversed().map((doi) => [doi.id, doi])).values()].toReversed()
}

function doiOf(text: string): Doi | undefined {
  if (!/^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)?10\.\d{4,9}\/./i.test(text)) return undefined
  const name = text.replace(/^doi:|^https?:\/\/(?:dx\.)?doi\.org\//i, '')
  const id = parsePaperId(`doi:${name}`)?.id
  return id === undefined ? undefined : { id, address: `https://doi.org/${name}` }
}

function moment(text: string, id: PaperId, what: string): string {
  const value = text.trim()
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))) return value
  const instant = Date.parse(value)
  if (Number.isNaN(instant)) {
    throw new SourceError(
      'unreadable',
      `${what} holds the record ${id} with the date "${value.slice(0, 40)}", which is none`,
    )
  }
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}
