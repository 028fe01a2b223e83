import type { Paper } from '../papers/paper.ts'
import { bearsName } from './author-term.ts'
import type { Query, TextField } from './query.ts'
import { dayOf } from './query-day.ts'
import { wordsOf } from './words.ts'

/** Whether the paper is one of those that the catalogue's search finds by the query. */
export function queryMatches(query: Query, paper: Paper): boolean {
  switch (query.kind) {
    case 'all':
      return query.of.every((part) => queryMatches(part, paper))
    case 'any':
      return query.of.some((part) => queryMatches(part, paper))
    case 'not':
      return !queryMatches(query.of, paper)
    case 'words':
      return textsOf(paper, query.field).some((text) =>
        holds(text, wordsOf(query.words.join(' ')), query.prefix ?? false),
      )
    case 'author':
      return paper.authors.some((author) => bearsName(query.name, author.name))
    case 'category':
      return paper.categories.some((category) => isWithin(category, query.category))
    case 'published':
      return isBetween(dayOf(paper.published), query.since, query.until)
    case 'id':
      return paper.id === query.id || paper.aliases.some((alias) => alias === query.id)
  }
}

/**
 * Words of which every paper that the query finds has at least one, as `wordsOf` gives them; undefined where there are none to name.
 * An index from words to queries needs to look at no other.
 */
export function requiredTokens(query: Query): readonly string[] | undefined {
  switch (query.kind) {
    case 'words': {
      const words = wordsOf(query.words.join(' '))
      // The end of a prefix may be the beginning of any word.
      const [longest] = (query.prefix ? words.slice(0, -1) : words).toSorted((a, b) => b.length - a.length)
      return longest === undefined ? undefined : [longest]
    }
    case 'all':
      return query.of
        .map(requiredTokens)
        .filter((tokens) => tokens !== undefined)
        .toSorted((a, b) => a.length - b.length || shortest(b) - shortest(a))[0]
    case 'any': {
      const each = query.of.map(requiredTokens)
      return each.every((tokens) => tokens !== undefined) ? [...new Set(each.flat())] : undefined
    }
    default:
      return undefined
  }
}

/** The words of a paper's title, abstract and byline, for an index by `requiredTokens`. */
export function paperWords(paper: Paper): ReadonlySet<string> {
  return new Set(textsOf(paper, 'any').flat())
}

/** Whether a category is the named one or of the named archive, without case. */
export function isWithin(category: string, named: string): boolean {
  const [code, wanted] = [category.toLowerCase(), named.toLowerCase()]
  return code === wanted || archiveOf(code) === wanted
}

/** `cs` of `cs.LG`. */
export function archiveOf(category: string): string {
  return category.split('.', 1)[0] ?? category
}

/** The byline as the one text in which its words are looked for. */
export function bylineOf(paper: Paper): string {
  return paper.authors.map((author) => author.name).join(', ')
}

interface Texts {
  readonly title: readonly string[]
  readonly abstract: readonly string[]
  readonly byline: readonly string[]
}

// One paper is tried on many queries, so its words are kept as long as it is.
const kept = new WeakMap<Paper, Texts>()

function textsOf(paper: Paper, field: TextField): readonly (readonly string[])[] {
  let texts = kept.get(paper)
  if (texts === undefined) {
    texts = { title: wordsOf(paper.title), abstract: wordsOf(paper.abstract), byline: wordsOf(bylineOf(paper)) }
    kept.set(paper, texts)
  }
  if (field === 'any') return [texts.title, texts.abstract, texts.byline]
  return [texts[field]]
}

function holds(text: readonly string[], phrase: readonly string[], prefix: boolean): boolean {
  const last = phrase.length - 1
  if (last < 0) return false
  return text.some((_, start) =>
    phrase.every((word, at) =>
      prefix && at === last ? text[start + at]?.startsWith(word) : text[start + at] === word,
    ),
  )
}

function isBetween(day: string | undefined, since: string | undefined, until: string | undefined): boolean {
  if (since === undefined && until === undefined) return true
  return day !== undefined && (since === undefined || day >= since) && (until === undefined || day <= until)
}

function shortest(tokens: readonly string[]): number {
  return Math.min(...tokens.map((token) => token.length))
}
