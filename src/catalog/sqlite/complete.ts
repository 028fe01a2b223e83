import type { DatabaseSync } from 'node:sqlite'
import { categories } from '../../papers/venue.ts'
import type { Completion } from '../catalog.ts'
import type { Query } from '../query.ts'
import { wordsOf } from '../words.ts'

/** Names of people by the beginnings of their words, those with most papers first. */
export function authorCompletions(database: DatabaseSync): (prefix: string, limit: number) => readonly Completion[] {
  const some = database.prepare(
    'SELECT DISTINCT n.name, n.papers FROM name_words w JOIN names n USING (name_id) WHERE w.word >= ? AND w.word < ? AND n.papers > 0 LIMIT ?',
  )
  const busiest = database.prepare('SELECT name, papers FROM names WHERE papers > 0 ORDER BY papers DESC')
  return (prefix, limit) => {
    const wanted = wordsOf(prefix)
    const fits = (name: string) => wanted.every((start) => wordsOf(name).some((word) => word.startsWith(start)))
    const longest = wanted.toSorted((a, b) => b.length - a.length)[0]
    const few = longest === undefined ? [] : some.all(longest, `${longest}\u{10ffff}`, sortedAtMost + 1)
    const names =
      longest !== undefined && few.length <= sortedAtMost
        ? few
            .map(countOf)
            .filter(({ name }) => fits(name))
            .sort((a, b) => b.papers - a.papers || (a.name < b.name ? -1 : 1))
            .slice(0, limit)
        : firstOf(busiest.iterate(), limit, fits)
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
