import type { DatabaseSync } from 'node:sqlite'
import type { Paper } from '../../papers/paper.ts'
import { bylineOf } from '../query-match.ts'
import { foldText } from '../words.ts'
import { facetsOf } from './facets.ts'

/** The full-text index: which words and facets each row has. */
export type TextIndex = ReturnType<typeof textIndex>

export function textIndex(database: DatabaseSync) {
  const add = database.prepare('INSERT INTO texts (rowid, title, abstract, authors, facets) VALUES (?, ?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM texts WHERE rowid = ?')
  const newest = database.prepare('SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?')
  // A title says most of what a paper is about; facets are no text and weigh nothing.
  const scored = database.prepare(
    'SELECT rowid, bm25(texts, 10, 1, 4, 0) AS score FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT ?',
  )
  return {
    add(row: number, paper: Paper, names: Iterable<number>): void {
      add.run(
        row,
        foldText(paper.title),
        foldText(paper.abstract),
        foldText(bylineOf(paper)),
        facetsOf(paper, row, names),
      )
    },
    remove(row: number): void {
      remove.run(row)
    },
    /** Whether two states of a paper are indexed alike. */
    sameEntry(a: Paper, b: Paper): boolean {
      return entryOf(a) === entryOf(b)
    },
    /** Rows that match, the newest paper first. */
    newest: (match: string, limit: number, offset = 0): readonly number[] =>
      newest.all(match, limit, offset).map((found) => Number(found.rowid)),
    /** The newest matches with their relevance: higher is better. */
    scored: (match: string, limit: number): readonly ScoredRow[] =>
      scored.all(match, limit).map((found) => ({ row: Number(found.rowid), score: -Number(found.score) })),
  }
}

export interface ScoredRow {
  readonly row: number
  readonly score: number
}

function entryOf(paper: Paper): string {
  return JSON.stringify([
    paper.title,
    paper.abstract,
    paper.authors.map(({ name, ids }) => (ids === undefined ? name : [name, ids])),
    paper.categories,
    paper.published.slice(0, 10),
  ])
}
