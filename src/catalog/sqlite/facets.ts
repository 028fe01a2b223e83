import { bareAuthorIds } from '../../papers/author-ids.ts'
import type { AuthorIds, Paper } from '../../papers/paper.ts'
import { dayOf } from '../query-day.ts'
import { archiveOf } from '../query-match.ts'

/** The facet of every paper, from which an exclusion takes away. */
export const everyFacet = 'every'

/** The words of ours under which the index holds a paper besides its text; all are ASCII letters and digits. */
export function facetsOf(paper: Paper, row: number, names: Iterable<number>): string {
  const facets = new Set([everyFacet, rowFacet(row)])
  for (const category of paper.categories) {
    facets.add(categoryFacet(category))
    facets.add(categoryFacet(archiveOf(category)))
  }
  const day = dayOf(paper.published)
  if (day !== undefined) for (const length of [4, 7, 10]) facets.add(dateFacet(day.slice(0, length)))
  for (const name of names) facets.add(nameFacet(name))
  for (const { ids } of paper.authors) for (const id of ids === undefined ? [] : authorIdFacets(ids)) facets.add(id)
  return [...facets].join(' ')
}

export function rowFacet(row: number): string {
  return `r${row}`
}

export function nameFacet(name: number): string {
  return `n${name}`
}

/** Of each id of an author. */
export function authorIdFacets(ids: AuthorIds): readonly string[] {
  return Object.entries(bareAuthorIds(ids)).map(([kind, id]) => `i${token(`${kind} ${id}`)}`)
}

export function categoryFacet(category: string): string {
  return `c${token(category)}`
}

/** Any text as one word of the index, without case; different texts never share one. */
export function token(text: string): string {
  return text.toLowerCase().replace(/[^a-y0-9]/gu, (character) => `z${character.codePointAt(0)?.toString(16)}z`)
}

/** Of a year, a month or a day, `2025`, `2025-01` or `2025-01-31`. */
export function dateFacet(date: string): string {
  return `d${date.replaceAll('-', '')}`
}

/** The fewest facets of whole years, months and days that make up the days from `since` to `until`, both included. */
export function dateFacets(since: string, until: string): readonly string[] {
  const dates: string[] = []
  for (let date = since; date <= until; ) {
    const span =
      [4, 7, 10]
        .map((length) => date.slice(0, length))
        .find((part) => firstOf(part) === date && lastOf(part) <= until) ?? date
    dates.push(span)
    date = nextDay(lastOf(span))
  }
  return dates.map(dateFacet)
}

function firstOf(date: string): string {
  return `${date}-01-01`.slice(0, 10)
}

function lastOf(date: string): string {
  if (date.length === 10) return date
  const [year, month] = [Number(date.slice(0, 4)), date.length === 4 ? 12 : Number(date.slice(5))]
  return isoDay(Date.UTC(year, month, 0))
}

function nextDay(date: string): string {
  return isoDay(Date.parse(date) + 86_400_000)
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
