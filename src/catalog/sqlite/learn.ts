import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../clock.ts'
import { isoAt } from '../../clock.ts'
import { changeBetween, mergePapers } from '../../papers/merge.ts'
import type { Paper, PaperId } from '../../papers/paper.ts'
import { inTransaction } from '../../store/database.ts'
import type { Json } from '../../store/json.ts'
import type { Change, ChangeKind, Learnt } from '../change.ts'
import type { ChangeLog } from './changes.ts'
import type { NameTable } from './names.ts'
import type { PaperTable, Stored } from './papers.ts'
import { canBeOneWork, firstRowOf, idsOf } from './papers.ts'
import type { TextIndex } from './text-index.ts'

/** What LEARN writes to. */
export interface Tables {
  readonly papers: PaperTable
  readonly names: NameTable
  readonly texts: TextIndex
  readonly log: ChangeLog
}

/** Takes a batch of records and its cursor in, as one transaction; gives the rows of the change log that it made. */
export function learn(
  database: DatabaseSync,
  tables: Tables,
  clock: Clock,
  batch: { readonly source: string; readonly records: readonly Learnt[]; readonly cursor: Json | undefined },
): readonly Change[] {
  try {
    return inTransaction(database, () => {
      const learning = new Batch(tables, batch.source, isoAt(clock.now()))
      for (const record of batch.records) learning.take(record)
      if (batch.cursor !== undefined) tables.log.keepCursor(batch.source, batch.cursor)
      learning.write()
      return learning.changes
    })
  } catch (cause) {
    tables.names.forget()
    throw cause
  }
}

/** A paper before the batch, if it was there, and after it, unless it became part of another. */
interface Touched {
  readonly before?: Paper
  after: Stored | undefined
}

/** The papers that a batch touches, kept in memory until all of it is known: a paper that comes twice is written once. */
class Batch {
  readonly changes: Change[] = []
  readonly #tables: Tables
  readonly #source: string
  readonly #at: string
  readonly #touched = new Map<number, Touched>()
  /** The last row given on a day, by the day's first. */
  readonly #lastRows = new Map<number, number>()

  constructor(tables: Tables, source: string, at: string) {
    this.#tables = tables
    this.#source = source
    this.#at = at
  }

  take(record: Learnt): void {
    const known = this.#known(record.paper)
    const [oldest] = known
    if (oldest === undefined) this.#add(record)
    else this.#merge(oldest, known.slice(1), record)
  }

  /** The index comes last and in the order of the rows: it takes rising rows without a stop, but must write out what it has before most other statements. */
  write(): void {
    const { papers, names, texts } = this.#tables
    const touched = [...this.#touched].toSorted(([a], [b]) => a - b)
    const changed = touched.filter(
      ([, { before, after }]) => !before || !after || !texts.sameEntry(before, after.paper),
    )
    for (const [row, { before, after }] of touched) {
      if (after === undefined) papers.remove(row)
      else if (before === undefined) papers.insert(after)
      else papers.update(after)
    }
    for (const [, { before }] of changed) if (before !== undefined) names.count(before, -1)
    const bylines = changed.map(([, { after }]) => (after === undefined ? [] : names.count(after.paper, 1)))
    names.write()
    changed.forEach(([row, { before, after }], at) => {
      if (before !== undefined) texts.remove(row)
      if (after !== undefined) texts.add(row, after.paper, bylines[at] ?? [])
    })
  }

  #add({ paper, origin, rank, mark }: Learnt): void {
    const row = this.#nextRow(paper)
    const arrival = this.#log('new', paper.id, origin, mark)
    this.#touched.set(row, {
      after: { row, arrival, paper, rank, origin, ...(mark === undefined ? {} : { mark }) },
    })
    this.#tables.papers.addAliases(idsOf(paper), row)
  }

  #merge(oldest: Stored, others: readonly Stored[], record: Learnt): void {
    let merged: Stored = oldest
    for (const other of others) {
      merged = { ...merged, ...mergePapers(merged, other), origin: newsFirst(merged, other) }
      this.#tables.papers.moveAliases(idsOf(other.paper), other.row, oldest.row)
      this.#touch(other.row, other.paper).after = undefined
    }
    const { paper, origin, mark = merged.mark } = record
    const { untold: _, ...rest } = merged
    const after: Stored = {
      ...rest,
      ...mergePapers(merged, record),
      origin: newsFirst(merged, record),
      ...(mark === undefined ? {} : { mark }),
    }
    this.#touch(oldest.row, oldest.paper).after = after
    this.#tables.papers.addAliases(idsOf(after.paper), oldest.row)
    if (merged.origin === 'history' && origin === 'announced') this.#log('new', after.paper.id, origin, mark)
    for (const kind of changeBetween(merged.paper, paper)) this.#log(kind, after.paper.id, origin, record.mark)
  }

  /** The papers that a record tells of, as they are by now, the first catalogued first. */
  #known(paper: Paper): readonly Stored[] {
    const found = new Map<number, Stored>()
    for (const id of idsOf(paper)) {
      const row = this.#tables.papers.rowOf(id)
      if (row === undefined || found.has(row)) continue
      const stored = this.#touched.get(row)?.after ?? this.#tables.papers.readStored(row)
      if (stored !== undefined && (!id.startsWith('doi:') || canBeOneWork(paper, stored.paper))) found.set(row, stored)
    }
    return [...found.values()].toSorted((a, b) => a.arrival - b.arrival)
  }

  #touch(row: number, paper: Paper): Touched {
    const touched = this.#touched.get(row) ?? { before: paper, after: undefined }
    this.#touched.set(row, touched)
    return touched
  }

  #nextRow(paper: Paper): number {
    const first = firstRowOf(paper.published)
    const last = this.#lastRows.get(first) ?? this.#tables.papers.lastRowFrom(first)
    const row = last === undefined ? first + 1 : last + 1
    this.#lastRows.set(first, row)
    return row
  }

  #log(kind: ChangeKind, paper: PaperId, origin: Learnt['origin'], mark: string | undefined): number {
    const change = { paper, kind, origin, at: this.#at, source: this.#source, ...(mark === undefined ? {} : { mark }) }
    const logged = this.#tables.log.add(change)
    this.changes.push(logged)
    return logged.seq
  }
}

function newsFirst(
  a: { readonly origin: Learnt['origin'] },
  b: { readonly origin: Learnt['origin'] },
): Learnt['origin'] {
  return a.origin === 'announced' ? a.origin : b.origin
}
