import type { DatabaseSync } from 'node:sqlite'
import type { Paper } from '../../papers/paper.ts'
import { authorKeys, bearsName, isFullerName } from '../author-term.ts'
import { foldText } from '../words.ts'
import { token } from './facets.ts'

/** The table of the names in all bylines, by the keys of their comparison and by their words. */
export type NameTable = ReturnType<typeof nameTable>

// Names seen lately, so that a person's next paper costs no look-up.
const mostKept = 100_000

export function nameTable(database: DatabaseSync) {
  const find = database.prepare('SELECT name_id FROM names WHERE name = ?')
  const last = database.prepare('SELECT max(name_id) AS last FROM names')
  const add = database.prepare('INSERT INTO names (name_id, name, papers) VALUES (?, ?, ?)')
  const addWords = database.prepare('INSERT INTO name_words (rowid, words) VALUES (?, ?)')
  const addKeys = database.prepare('INSERT INTO name_keys (rowid, keys) VALUES (?, ?)')
  const count = database.prepare('UPDATE names SET papers = papers + ? WHERE name_id = ?')
  const withKeys = database.prepare(
    'SELECT name_id, name FROM names WHERE name_id IN (SELECT rowid FROM name_keys WHERE name_keys MATCH ?)',
  )

  let kept = new Map<string, number>()
  let next: number | undefined
  /** What the running batch adds, written at its end. */
  let added = new Map<number, string>()
  let counts = new Map<number, number>()

  function idOf(name: string): number {
    const known = kept.get(name) ?? existing(name)
    if (known !== undefined) return known
    next ??= Number(last.get()?.last ?? 0) + 1
    const id = next++
    kept.set(name, id)
    added.set(id, name)
    return id
  }

  function existing(name: string): number | undefined {
    const id = find.get(name)?.name_id
    if (typeof id !== 'number') return undefined
    kept.set(name, id)
    return id
  }

  function bearers(asked: string, accepts: (asked: string, name: string) => boolean): readonly number[] {
    const keys = authorKeys(asked).map((key) => `"${keyToken(key)}"`)
    const rows = keys.length === 0 ? [] : withKeys.all(keys.join(' OR '))
    return rows.filter((row) => accepts(asked, String(row.name))).map((row) => Number(row.name_id))
  }

  return {
    /** The names of a byline, each once; unknown ones are taken in. `step` counts the paper in or out. */
    count(paper: Paper, step: 1 | -1): ReadonlySet<number> {
      const ids = new Set(paper.authors.map((author) => idOf(author.name)))
      for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + step)
      return ids
    },
    /** Writes what the batch counted. */
    write(): void {
      for (const [id, name] of added) {
        add.run(id, name, counts.get(id) ?? 0)
        counts.delete(id)
      }
      for (const [id, step] of counts) if (step !== 0) count.run(step, id)
      for (const [id, name] of added) {
        addWords.run(id, foldText(name))
        addKeys.run(id, authorKeys(name).map(keyToken).join(' '))
      }
      added = new Map()
      counts = new Map()
      if (kept.size > mostKept) kept = new Map()
    },
    /** Forgets a batch that was rolled back. */
    forget(): void {
      kept = new Map()
      added = new Map()
      counts = new Map()
      next = undefined
    },
    /** The names that are the same as, or compatible with, the one asked for. */
    like: (asked: string): readonly number[] => bearers(asked, bearsName),
    /** The names of the person asked for, as `isFullerName` tells them. */
    fullerThan: (asked: string): readonly number[] => bearers(asked, isFullerName),
  }
}

/** A key as one word of the index of keys. */
function keyToken(key: string): string {
  return /[^a-z0-9/~]/.test(key) ? token(key) : key
}
