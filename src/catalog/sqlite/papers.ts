import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { canonicalPaperId } from '../../papers/identity.ts'
import type { RankedPaper } from '../../papers/merge.ts'
import type { Paper, PaperId } from '../../papers/paper.ts'
import type { Origin } from '../change.ts'
import { dayOf } from '../query-day.ts'

/** A paper as the catalogue keeps it. */
export interface Stored extends RankedPaper {
  readonly row: number
  /** Rises with each paper: the number of the change that told of it first. */
  readonly arrival: number
  readonly origin: Origin
  readonly mark?: string
}

/** The table of papers and that of the ids under which they are known. */
export type PaperTable = ReturnType<typeof paperTable>

/** Papers of one day that a row number can tell apart. */
const rowsOfADay = 2 ** 20
const msOfADay = 86_400_000

/** The first row number of the day of `published`; a paper without a day is older than all others. */
export function firstRowOf(published: string): number {
  const ms = Date.parse(dayOf(published) ?? '')
  return Number.isNaN(ms) ? 0 : Math.max(0, Math.floor(ms / msOfADay)) * rowsOfADay
}

/** The day of a row number in milliseconds since the Unix epoch. */
export function rowTime(row: number): number {
  return Math.floor(row / rowsOfADay) * msOfADay
}

export function paperTable(database: DatabaseSync) {
  const rowOf = database.prepare('SELECT row FROM aliases WHERE id = ?')
  const addAlias = database.prepare('INSERT INTO aliases (id, row) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const moveAlias = database.prepare('UPDATE aliases SET row = ? WHERE id = ? AND row = ?')
  const read = database.prepare('SELECT paper FROM papers WHERE row = ?')
  const byIds = database.prepare(
    'SELECT paper FROM papers WHERE row IN (SELECT row FROM aliases WHERE id >= ? AND id < ?) ORDER BY row DESC LIMIT ?',
  )
  const readStored = database.prepare('SELECT * FROM papers WHERE row = ?')
  const insert = database.prepare(
    'INSERT INTO papers (arrival, paper, rank, untold, origin, mark, published, updated, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const update = database.prepare(
    'UPDATE papers SET arrival = ?, paper = ?, rank = ?, untold = ?, origin = ?, mark = ?, published = ?, updated = ? WHERE row = ?',
  )
  const remove = database.prepare('DELETE FROM papers WHERE row = ?')
  const lastRow = database.prepare('SELECT max(row) AS last FROM papers WHERE row >= ? AND row < ?')
  return {
    rowOf(id: string): number | undefined {
      const found = rowOf.get(id)
      return found === undefined ? undefined : Number(found.row)
    },
    /** An id that another paper has already stays that paper's. */
    addAliases(ids: Iterable<string>, row: number): void {
      for (const id of ids) addAlias.run(id, row)
    },
    moveAliases(ids: Iterable<string>, from: number, to: number): void {
      for (const id of ids) moveAlias.run(to, id, from)
    },
    read(row: number): Paper | undefined {
      const found = read.get(row)
      return found === undefined ? undefined : (JSON.parse(String(found.paper)) as Paper)
    },
    /** Papers with an id that begins so, `arxiv:` left out or not. */
    withIdsFrom(prefix: string, limit: number): readonly Paper[] {
      const id = prefix.trim().toLowerCase()
      if (!/\d/.test(id)) return []
      const start = id.includes(':') ? id : `arxiv:${id}`
      return byIds.all(start, `${start}\u{10ffff}`, limit).map((found) => JSON.parse(String(found.paper)) as Paper)
    },
    readStored(row: number): Stored | undefined {
      const found = readStored.get(row)
      return found === undefined ? undefined : storedOf(found)
    },
    insert(stored: Stored): void {
      insert.run(...columnsOf(stored))
    },
    update(stored: Stored): void {
      update.run(...columnsOf(stored))
    },
    remove(row: number): void {
      remove.run(row)
    },
    /** The highest row of the day that begins with `first`, or undefined. */
    lastRowFrom(first: number): number | undefined {
      const last = lastRow.get(first, first + rowsOfADay)?.last
      return typeof last === 'number' ? last : undefined
    },
  }
}

/** Every id under which a paper may be looked up: its own, its aliases and its DOI. */
export function idsOf(paper: Paper): ReadonlySet<string> {
  const doi = paper.links.doi === undefined ? undefined : canonicalPaperId(paper.links.doi)
  return new Set<string>([paper.id, ...paper.aliases, ...(doi === undefined ? [] : [doi])])
}

/**
 * Whether two papers that name one DOI can be one work. Two arXiv papers may name the same DOI, by mistake or because one article
 * came of both; taken for one work, the second would never be announced.
 */
export function canBeOneWork(a: Paper, b: Paper): boolean {
  const known = new Map<string, Set<string>>()
  for (const id of [a.id, ...a.aliases]) known.set(schemeOf(id), (known.get(schemeOf(id)) ?? new Set()).add(id))
  return [...new Set([b.id, ...b.aliases].map(schemeOf))].every((scheme) => {
    const ids = known.get(scheme)
    return scheme === 'doi' || ids === undefined || [b.id, ...b.aliases].some((id) => ids.has(id))
  })
}

export function schemeOf(id: PaperId | string): string {
  return id.slice(0, id.indexOf(':'))
}

function columnsOf({ row, arrival, paper, rank, untold, origin, mark }: Stored): readonly SQLInputValue[] {
  const published = dayOf(paper.published) === undefined ? '' : paper.published
  return [arrival, JSON.stringify(paper), rank, untold ? 1 : 0, origin, mark ?? null, published, paper.updated, row]
}

function storedOf(found: Readonly<Record<string, unknown>>): Stored {
  return {
    row: Number(found.row),
    arrival: Number(found.arrival),
    paper: JSON.parse(String(found.paper)) as Paper,
    rank: Number(found.rank),
    ...(found.untold === 1 ? { untold: true } : {}),
    origin: found.origin === 'announced' ? 'announced' : 'history',
    ...(typeof found.mark === 'string' ? { mark: found.mark } : {}),
  }
}
