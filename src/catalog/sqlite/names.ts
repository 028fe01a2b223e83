import type { DatabaseSync } from 'node:sqlite'
import type { Paper } from '../../papers/paper.ts'
import { authorKeys, bearsName, isFullerName, loneWord } from '../author-term.ts'
import { wordsOf } from '../words.ts'

/** The table of the names in all bylines, by the keys of their comparison and by their words. */
export type NameTable = ReturnType<typeof nameTable>

// Names seen lately, so that a person's next paper costs no look-up.
const mostKept = 100_000

export function nameTable(database: DatabaseSync) {
  const find = database.prepare('SELECT name_id FROM names WHERE name = ?')
  const last = database.prepare('SELECT max(name_id) AS last FROM names')
  const add = database.prepare('INSERT INTO names (name_id, name, papers) VALUES (?, ?, ?)')
  const addKey = database.prepare('INSERT INTO name_keys (key, name_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const addWord = database.prepare('INSERT INTO name_words (word, name_id) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const count = database.prepare('UPDATE names SET papers = papers + ? WHERE name_id = ?')
  const byKey = database.prepare(
    'SELECT n.name_id, n.name FROM name_keys k JOIN names n USING (name_id) WHERE k.key = ?',
  )
  const byWord = database.prepare(
    'SELECT n.name_id, n.name FROM name_words w JOIN names n USING (name_id) WHERE w.word = ?',
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
        add.run(id, name, 0)
        for (const key of new Set(authorKeys(name))) addKey.run(key, id)
        for (const word of new Set(wordsOf(name))) addWord.run(word, id)
      }
      for (const [id, step] of counts) if (step !== 0) count.run(step, id)
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
    /** The names that `author:` asks for. */
    like(asked: string): readonly number[] {
      const word = loneWord(asked)
      const rows = word === undefined ? authorKeys(asked).flatMap((key) => byKey.all(key)) : byWord.all(word)
      return accepted(rows, (name) => bearsName(asked, name))
    },
    /** The names of the person asked for, as `isFullerName` tells them. */
    fullerThan(asked: string): readonly number[] {
      return accepted(
        authorKeys(asked).flatMap((key) => byKey.all(key)),
        (name) => isFullerName(asked, name),
      )
    },
  }
}

function accepted(
  rows: readonly Readonly<Record<string, unknown>>[],
  accepts: (name: string) => boolean,
): readonly number[] {
  const names = new Map(rows.map((row) => [Number(row.name_id), String(row.name)]))
  return [...names].filter(([, name]) => accepts(name)).map(([id]) => id)
}
