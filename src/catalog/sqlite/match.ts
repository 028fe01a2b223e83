import { loneWord } from '../author-term.ts'
import type { Query, TextField } from '../query.ts'
import { wordsOf } from '../words.ts'
import { categoryFacet, dateFacets, everyFacet, nameFacet, rowFacet } from './facets.ts'

/** A query in the language of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax); `none` matches nothing. */
export type Match =
  | { readonly kind: 'match'; readonly text: string; readonly relevance: boolean }
  | { readonly kind: 'none' }

/** What a query names and only the catalogue knows. */
export interface MatchContext {
  /** The names in bylines that a name of several words asks for. */
  namesLike(name: string): readonly number[]
  rowOf(id: string): number | undefined
  /** The first and last day of publication; undefined when there is none. */
  days(): readonly [first: string, last: string] | undefined
}

/** The one MATCH that finds what the query finds. Nothing of what people typed but its words, quoted, gets into it. */
export function matchOf(query: Query, context: MatchContext): Match {
  const found = expressionOf(query, context)
  if (found === 'none') return { kind: 'none' }
  return { kind: 'match', text: found === 'every' ? facet(everyFacet) : found, relevance: hasText(query) }
}

/** An FTS5 expression that can stand as a part of another, or one of the two that FTS5 has no word for. */
type Expression = string

function expressionOf(query: Query, context: MatchContext): Expression {
  switch (query.kind) {
    case 'all':
      return allOf(query.of, context)
    case 'any':
      return anyOf(query.of.map((part) => expressionOf(part, context)))
    case 'not': {
      const excluded = expressionOf(query.of, context)
      if (excluded === 'none') return 'every'
      return excluded === 'every' ? 'none' : `(${facet(everyFacet)} NOT ${excluded})`
    }
    case 'words': {
      const words = wordsOf(query.words.join(' '))
      return words.length === 0 ? 'none' : `(${columns[query.field]} : "${words.join(' ')}"${query.prefix ? ' *' : ''})`
    }
    case 'author': {
      const word = loneWord(query.name)
      if (word !== undefined) return `(authors : "${word}")`
      return anyOf(context.namesLike(query.name).map((name) => facet(nameFacet(name))))
    }
    case 'category':
      return facet(categoryFacet(query.category))
    case 'published':
      return publishedBetween(query.since, query.until, context)
    case 'id': {
      const row = context.rowOf(query.id)
      return row === undefined ? 'none' : facet(rowFacet(row))
    }
  }
}

const columns: Readonly<Record<TextField, string>> = {
  any: '{title abstract authors}',
  title: 'title',
  abstract: 'abstract',
}

function facet(word: string): Expression {
  return `(facets : "${word}")`
}

function allOf(parts: readonly Query[], context: MatchContext): Expression {
  const wanted = parts.filter((part) => part.kind !== 'not').map((part) => expressionOf(part, context))
  const unwanted = parts.flatMap((part) => (part.kind === 'not' ? [expressionOf(part.of, context)] : []))
  if (wanted.includes('none') || unwanted.includes('every')) return 'none'
  const required = wanted.filter((part) => part !== 'every')
  const excluded = unwanted.filter((part) => part !== 'none')
  if (excluded.length === 0) return required.length === 0 ? 'every' : `(${required.join(' AND ')})`
  return `((${required.length === 0 ? facet(everyFacet) : required.join(' AND ')}) NOT (${excluded.join(' OR ')}))`
}

function anyOf(parts: readonly Expression[]): Expression {
  if (parts.includes('every')) return 'every'
  const possible = parts.filter((part) => part !== 'none')
  return possible.length === 0 ? 'none' : `(${possible.join(' OR ')})`
}

function publishedBetween(since: string | undefined, until: string | undefined, context: MatchContext): Expression {
  if (since === undefined && until === undefined) return 'every'
  const days = context.days()
  if (days === undefined) return 'none'
  const [first, last] = days
  return anyOf(dateFacets(laterOf(first, since ?? first), earlierOf(last, until ?? last)).map(facet))
}

function laterOf(a: string, b: string): string {
  return a < b ? b : a
}

function earlierOf(a: string, b: string): string {
  return a < b ? a : b
}

/** Whether there is text by whose relevance the papers found can be put in order. */
function hasText(query: Query): boolean {
  if (query.kind === 'all' || query.kind === 'any') return query.of.some(hasText)
  return query.kind === 'words'
}
