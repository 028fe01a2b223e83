import { readableText } from '../../papers/latex.ts'
import type { Author, Paper } from '../../papers/paper.ts'
import { SourceError } from '../source.ts'
import { paperOf } from './record.ts'
import { childOf, childrenOf, childText, readXml, textOf, type XmlElement } from './xml.ts'

/** One answer of the query API. */
export interface ApiAnswer {
  readonly papers: readonly Paper[]
  /** How many the whole result has, as the answer claims; it may change from page to page. */
  readonly total: number
}

/** Text of the query API is the best of arXiv's three doors (papers/merge.ts). */
export const apiRank = 3

/**
 * The papers of an answer of arXiv's query API (Atom, https://info.arxiv.org/help/api/user-manual.html), in its order; none for an empty result.
 * An error feed throws SourceError 'rejected' with arXiv's reason, anything but a whole answer 'unreadable'.
 */
export function parseApi(body: string, status = 200): readonly Paper[] {
  return readApi(body, status).papers
}

/** As parseApi, with the total that the answer claims. */
export function readApi(body: string, status = 200): ApiAnswer {
  const feed = readXml(body, what, ['feed'])
  const entries = childrenOf(feed, 'entry')
  const failed = entries.find(isError)
  if (failed !== undefined) {
    throw new SourceError(
      'rejected',
      `arXiv's query API refused the request: ${childText(failed, 'summary') ?? 'no reason given'}`,
    )
  }
  if (status !== 200) throw new SourceError('rejected', `arXiv's query API answered with status ${status}`)
  const total = childText(feed, 'opensearch:totalResults')
  // Any other Atom feed would look like a result; only the API's own says how many there are.
  if (total === undefined || !/^\d{1,9}$/.test(total)) {
    throw new SourceError(
      'unreadable',
      `${what} is an Atom feed without a number of results, not an answer of the query API`,
    )
  }
  return { papers: entries.map(entryPaper), total: Number(total) }
}

const what = "The answer of arXiv's query API"

/** By its id, where it has one: a paper may be titled “Error”. */
function isError(entry: XmlElement): boolean {
  const id = childText(entry, 'id')
  if (id === undefined) return childText(entry, 'title') === 'Error'
  return /^https?:\/\/(?:export\.)?arxiv\.org\/api\/errors\b/.test(id)
}

function entryPaper(entry: XmlElement): Paper {
  const primary = childOf(entry, 'arxiv:primary_category')?.attributes.get('term')
  const categories = childrenOf(entry, 'category').flatMap((category) => category.attributes.get('term') ?? [])
  const comment = childText(entry, 'arxiv:comment')
  const journalRef = childText(entry, 'arxiv:journal_ref')
  const doi = childText(entry, 'arxiv:doi')
  const published = childText(entry, 'published') ?? ''
  return paperOf(
    {
      id: childText(entry, 'id') ?? '',
      title: childText(entry, 'title') ?? '',
      abstract: childText(entry, 'summary') ?? '',
      authors: childrenOf(entry, 'author').flatMap(entryAuthor),
      categories: primary === undefined ? categories : [primary, ...categories],
      published,
      updated: childText(entry, 'updated') ?? published,
      ...(comment === undefined ? {} : { comment }),
      ...(journalRef === undefined ? {} : { journalRef }),
      ...(doi === undefined ? {} : { doi }),
    },
    what,
  )
}

function entryAuthor(author: XmlElement): readonly Author[] {
  const name = readableText(childText(author, 'name') ?? '')
  if (name === '') return []
  const affiliation = readableText(childrenOf(author, 'arxiv:affiliation').map(textOf).join('; '))
  return [{ name, ...(affiliation === '' ? {} : { affiliation }) }]
}
