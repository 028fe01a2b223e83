import { DatabaseSync } from 'node:sqlite'
import type { Paper } from '../src/papers/paper.ts'

/** FTS5 as SQLite's manual shows it first: title, abstract and authors, one transaction, nothing else. */
export function bareIndex(file: string, papers: readonly Paper[]): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  database.exec('CREATE VIRTUAL TABLE papers USING fts5 (title, abstract, authors)')
  const insert = database.prepare('INSERT INTO papers (title, abstract, authors) VALUES (?, ?, ?)')
  database.exec('BEGIN')
  for (const { title, abstract, authors } of papers)
    insert.run(title, abstract, authors.map(({ name }) => name).join(', '))
  database.exec('COMMIT')
  return database
}
