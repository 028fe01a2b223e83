import type { AuthorIds, Paper, PaperId } from '../papers/paper.ts'
import type { Json } from '../store/json.ts'
import type { Change, Learnt, Origin } from './change.ts'
import type { Query } from './query.ts'

/** The searchable local copy of paper metadata. Derived: it can be deleted and is rebuilt, under another id. */
export interface Catalog {
  /** Made when the file is made. */
  readonly id: string
  /**
   * LEARN, one transaction: writes the papers, a row of the change log for each real change, and the source's cursor.
   * Repeating it changes nothing. A paper first learnt as history and announced later is `new` again, once.
   */
  upsert(source: string, records: readonly Learnt[], cursor?: Json): Promise<readonly Change[]>
  cursorOf(source: string): Promise<Json | undefined>
  /** Oldest first. */
  changesAfter(seq: number, limit: number): Promise<readonly Change[]>
  /** The newest row's number; 0 when there is none. */
  lastSeq(): Promise<number>
  /** By id or alias. */
  get(id: PaperId): Promise<Paper | undefined>
  /** In the order of `ids`; each an id or alias. */
  getMany(ids: readonly PaperId[]): Promise<readonly (Paper | undefined)[]>
  /** How a paper, by id or alias, came to be known first. */
  learntOf(id: PaperId): Promise<Learning | undefined>
  search(query: Query, options: { readonly limit: number; readonly offset?: number }): Promise<SearchResult>
  /** Papers that bear one of the names (compared by parts), or an author with one of the ids, newest revision first. */
  papersBy(
    names: readonly string[],
    options: { readonly limit: number; readonly ids?: AuthorIds },
  ): Promise<readonly Paper[]>
  complete(kind: CompletionKind, prefix: string, limit: number): Promise<readonly Completion[]>
  stats(): Promise<CatalogStats>
  close(): Promise<void>
}

export interface Learning {
  readonly source: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** Of by now: what was history may have been announced since. */
  readonly origin: Origin
  /** Of the record whose text is shown now. */
  readonly rank: number
}

export interface SearchResult {
  /** Best first. */
  readonly hits: readonly Hit[]
  /** True when there are more than asked for. */
  readonly more: boolean
}

export interface Hit {
  readonly paper: Paper
  /** Higher is better. */
  readonly score: number
}

export type CompletionKind = 'author' | 'category' | 'paper'

export interface Completion {
  readonly value: string
  readonly label: string
}

export interface CatalogStats {
  readonly papers: number
  /** The day of the oldest and newest paper by `published`. */
  readonly oldest?: string
  readonly newest?: string
  /** Of the file on the disk. */
  readonly bytes?: number
}
