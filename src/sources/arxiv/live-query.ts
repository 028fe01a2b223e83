import type { Query, TextField } from '../../catalog/query.ts'
import { parseAuthorName } from '../../people/author-name.ts'
import { hasCategories } from './dublin-core.ts'

/**
 * A query in the words of arXiv's query API, or undefined where the API has none for it. The answer may hold more than the query asks for (exclusions
 * and beginnings of words are left out) and must be tried again locally; it never holds less.
 *
 * The API's parser knows no precedence, fills a missing operator with OR and breaks underscores: so everything stands in parentheses and quotes.
 * `today` (`YYYY-MM-DD`) ends spans that have no end.
 */
export function liveQuery(query: Query, today: string): string | undefined {
  switch (query.kind) {
    case 'all':
      return joined(
        query.of.flatMap((part) => liveQuery(part, today) ?? []),
        'AND',
      )
    case 'any': {
      const parts = query.of.map((part) => liveQuery(part, today))
      const whole = parts.filter((part) => part !== undefined)
      return whole.length === parts.length ? joined(whole, 'OR') : undefined
    }
    case 'words': {
      const words = query.prefix === true ? query.words.slice(0, -1) : query.words
      return quoted(fields[query.field], words.join(' '))
    }
    case 'author':
      return authorQuery(query.name)
    case 'category':
      return categoryPattern.test(query.category)
        ? `cat:${query.category}${hasCategories(query.category) ? '.*' : ''}`
        : undefined
    case 'published':
      // An open end is mangled by the API, so both ends are always given.
      return `submittedDate:[${digits(query.since ?? '1991-01-01')}0000 TO ${digits(query.until ?? today)}2359]`
    case 'not':
    case 'id':
      return undefined
  }
}

/** One query for the papers of several authors; names are tried again locally, for the API takes the words of a name in any order. */
export function authorsQuery(names: readonly string[]): string | undefined {
  return joined(
    names.flatMap((name) => authorQuery(name) ?? []),
    'OR',
  )
}

const fields: Readonly<Record<TextField, string>> = { any: 'all', title: 'ti', abstract: 'abs' }
const categoryPattern = /^[a-z][a-z-]{1,20}(?:\.[A-Za-z-]{2,20})?$/

/** The first given name and the family name: middle names and initials must stand in the record to be found. */
function authorQuery(name: string): string | undefined {
  const { given, family } = parseAuthorName(name)
  const first = (given ?? '').split(/\s+/)[0] ?? ''
  return quoted('au', `${first} ${family}`)
}

function quoted(field: string, text: string): string | undefined {
  const clean = text.replace(/[^\p{L}\p{M}\p{N}.'’-]+/gu, ' ').trim()
  return /[\p{L}\p{N}]/u.test(clean) ? `${field}:"${clean}"` : undefined
}

function joined(parts: readonly string[], operator: 'AND' | 'OR'): string | undefined {
  if (parts.length <= 1) return parts[0]
  return parts
    .map((part) => (part.startsWith('(') ? part : `(${part})`))
    .reduceRight((rest, part) => `(${part} ${operator} ${rest})`)
}

function digits(day: string): string {
  return day.replaceAll('-', '')
}
