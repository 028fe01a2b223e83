import { DatabaseSync } from 'node:sqlite'
import { bylineOf } from '../src/catalog/query-match.ts'
import type { Paper } from '../src/papers/paper.ts'

/**
 * FTS5 by itself: a table of what our search reads (title, abstract, byline, categories) with our tokenizer and, like ours, no index of prefixes;
 * so many papers a transaction, WAL and `synchronous` as the catalogue has them, every setting else SQLite's.
 */
export function bareIndex(file: string, papers: readonly Paper[], page: number): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
  database.exec("CREATE VIRTUAL TABLE papers USING fts5 (title, abstract, authors, categories, tokenize='ascii')")
  const insert = database.prepare('INSERT INTO papers (title, abstract, authors, categories) VALUES (?, ?, ?, ?)')
  for (let at = 0; at < papers.length; at += page) {
    database.exec('BEGIN')
    for (const paper of papers.slice(at, at + page))
      insert.run(paper.title, paper.abstract, bylineOf(paper), paper.categories.join(' '))
    database.exec('COMMIT')
  }
  return database
}
