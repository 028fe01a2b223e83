import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { categories } from '../../papers/venue.ts'
import type { Completion } from '../catalog.ts'
import type { Query } from '../query.ts'
import { wordsOf } from '../words.ts'

/** Names of people by the beginnings of their words, those with most papers first. */
export function authorCompletions(database: DatabaseSync): (prefix: string, limit: number) => readonly Completion[] {
  const some = database.prepare(
    'SELECT name, papers FROM names WHERE papers > 0 AND name_id IN (SELECT rowid FROM name_words WHERE name_words MATCH ? LIMIT ?) ORDER BY papers DESC, name',
  )
  // The two halves are what the index holds and what it does not.
  const busiest = database.prepare('SELECT name, papers FROM names WHERE papers > 1 ORDER BY papers DESC')
  const others = database.prepare('SELECT name, papers FROM names WHERE papers = 1')
  return (prefix, limit) => {
    const wanted = wordsOf(prefix)
    const fits = (name: string) => wanted.every((start) => wordsOf(name).some((word) => word.startsWith(start)))
    const match = wanted.map((word) => `"${word}" *`).join(' AND ')
    const few = wanted.some((word) => word.length > 1) ? some.all(match, sortedAtMost + 1) : undefined
    const names =
      few !== undefined && few.length <= sortedAtMost
        ? few.slice(0, limit).map(countOf)
        : firstOf(chain(busiest, others), limit, fits)
    return names.map(({ name, papers }) => ({
      value: name,
      label: `${name} · ${papers} ${papers === 1 ? 'paper' : 'papers'}`,
    }))
  }
}

/** Categories by code or by the beginnings of the words of their names, in the taxonomy's order; those whose code fits come first. */
export function categoryCompletions(prefix: string, limit: number): readonly Completion[] {
  const code = prefix.trim().toLowerCase()
  const wanted = wordsOf(prefix)
  const all = [...categories()]
  const byCode = all.filter(([category]) => category.toLowerCase().startsWith(code))
  const byName = all.filter(([, name]) => wanted.every((start) => wordsOf(name).some((word) => word.startsWith(start))))
  return [...new Map([...byCode, ...(wanted.length === 0 ? [] : byName)])]
    .slice(0, limit)
    .map(([category, name]) => ({ value: category, label: `${category} · ${name}` }))
}

/** The query for papers by the beginnings of words of their titles. */
export function titleQuery(prefix: string): Query {
  return {
    kind: 'all',
    of: wordsOf(prefix).map((word) => ({ kind: 'words', field: 'title', words: [word], prefix: true })),
  }
}

// Up to so many names are put in order; a prefix that more share is soon met among those with most papers.
const sortedAtMost = 1_000

interface Count {
  readonly name: string
  readonly papers: number
}

function countOf(row: Readonly<Record<string, unknown>>): Count {
  return { name: String(row.name), papers: Number(row.papers) }
}

function* chain(...statements: readonly StatementSync[]): Iterable<Readonly<Record<string, unknown>>> {
  for (const statement of statements) yield* statement.iterate()
}

function firstOf(
  rows: Iterable<Readonly<Record<string, unknown>>>,
  limit: number,
  fits: (name: string) => boolean,
): readonly Count[] {
  const found: Count[] = []
  for (const row of rows) {
    const count = countOf(row)
    if (!fits(count.name)) continue
    found.push(count)
    if (found.length >= limit) break
  }
  return found
}
