import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '../../clock.ts'
import type { Paper } from '../../papers/paper.ts'
import type { Random } from '../../random.ts'
import { openDatabase } from '../../store/database.ts'
import { StoreError, storeError } from '../../store/store-error.ts'
import type { Catalog, CatalogStats, Completion, CompletionKind, Learning } from '../catalog.ts'
import type { Query } from '../query.ts'
import { dayOf } from '../query-day.ts'
import { changeLog } from './changes.ts'
import { authorCompletions, categoryCompletions, titleQuery } from './complete.ts'
import { authorIdFacets, nameFacet } from './facets.ts'
import { learn } from './learn.ts'
import type { MatchContext } from './match.ts'
import { nameTable } from './names.ts'
import { paperTable } from './papers.ts'
import { catalogDesign, metaOf } from './schema.ts'
import { searchPapers } from './search.ts'
import { textIndex } from './text-index.ts'

/** What the catalogue is given. */
export interface CatalogOptions {
  readonly readOnly?: boolean
  readonly clock: Clock
  readonly random: Random
}

/**
 * Opens the catalogue, making the file (mode 600) where it is missing and not only read.
 * Rejects with a StoreError, whose sentence says that the file can be deleted and is rebuilt, when it is damaged or of a newer Paperboy; it is never deleted here.
 */
export async function openCatalog(file: string, options: CatalogOptions): Promise<Catalog> {
  return catalogOver(openCatalogDatabase(file, options), file, options.clock)
}

type SearchOptions = Parameters<Catalog['search']>[1]

/** The SQLite handle of `openCatalog`, checked. */
export function openCatalogDatabase(file: string, options: CatalogOptions): DatabaseSync {
  return openDatabase(file, catalogDesign(options), { readOnly: options.readOnly ?? false })
}

/** So many of the latest papers of a name are put in the order of their revisions; a name with more, as `Wang` alone, would take seconds. */
const revisedAmong = 5_000

/** The catalogue over a handle from `openCatalogDatabase`; `file` is for sentences. */
export function catalogOver(database: DatabaseSync, file: string, clock: Clock): Catalog {
  const papers = paperTable(database)
  const names = nameTable(database)
  const texts = textIndex(database)
  const log = changeLog(database)
  const completeAuthors = authorCompletions(database)
  const counted = database.prepare('SELECT count(*) AS papers FROM papers')
  // Both in one SELECT would read the whole index.
  const days = database.prepare(
    "SELECT (SELECT min(published) FROM papers WHERE published > '') AS first, (SELECT max(published) FROM papers) AS last",
  )
  const size = database.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
  const inOrder = database.prepare(
    'SELECT row FROM papers WHERE row IN (SELECT value FROM json_each(?)) ORDER BY updated DESC, arrival LIMIT ?',
  )
  const daysHeld = (): readonly [string, string] | undefined => {
    const { first, last } = days.get() ?? {}
    const [from, to] = [dayOf(String(first)), dayOf(String(last))]
    return from === undefined || to === undefined ? undefined : [from, to]
  }
  const context: MatchContext = { namesLike: names.like, rowOf: papers.rowOf, days: daysHeld }
  const search = (query: Query, options: SearchOptions) =>
    searchPapers({ papers, texts }, context, clock, query, options)

  return {
    id: metaOf(database, 'id') ?? '',
    upsert: (source, records, cursor) =>
      guarded('write', () => learn(database, { papers, names, texts, log }, clock, { source, records, cursor })),
    cursorOf: (source) => guarded('read', () => log.cursorOf(source)),
    changesAfter: (seq, limit) => guarded('read', () => log.after(seq, limit)),
    lastSeq: () => guarded('read', log.last),
    get: (id) => guarded('read', () => paperOf(id)),
    getMany: (ids) => guarded('read', () => ids.map(paperOf)),
    learntOf: (id) => guarded('read', () => learningOf(id)),
    search: (query, options) => guarded('search', () => search(query, options)),
    papersBy: (asked, { limit, ids = {} }) =>
      guarded('search', () => {
        const bearers = new Set(asked.flatMap(names.fullerThan))
        const facets = [...[...bearers].map(nameFacet), ...authorIdFacets(ids)]
        const rows =
          facets.length === 0
            ? []
            : texts.newest(facets.map((facet) => `facets : ${facet}`).join(' OR '), Math.max(limit, revisedAmong))
        return inOrder.all(JSON.stringify(rows), limit).flatMap(({ row }) => papers.read(Number(row)) ?? [])
      }),
    complete: (kind, prefix, limit) => guarded('search', () => completions(kind, prefix, limit)),
    stats: () => guarded('read', stats),
    async close() {
      if (database.isOpen) database.close()
    },
  }

  function completions(kind: CompletionKind, prefix: string, limit: number): readonly Completion[] {
    if (kind === 'author') return completeAuthors(prefix, limit)
    if (kind === 'category') return categoryCompletions(prefix, limit)
    const ids = papers.withIdsFrom(prefix, limit)
    const found = ids.length > 0 ? ids : search(titleQuery(prefix), { limit }).hits.map((hit) => hit.paper)
    return found.map((paper) => ({ value: paper.id, label: paper.title }))
  }

  function stats(): CatalogStats {
    const held = daysHeld()
    const { papers: number } = counted.get() ?? {}
    const { bytes } = size.get() ?? {}
    return {
      papers: Number(number),
      bytes: Number(bytes),
      ...(held === undefined ? {} : { oldest: held[0], newest: held[1] }),
    }
  }

  function paperOf(id: string): Paper | undefined {
    const row = papers.rowOf(id)
    return row === undefined ? undefined : papers.read(row)
  }

  function learningOf(id: string): Learning | undefined {
    const row = papers.rowOf(id)
    const stored = row === undefined ? undefined : papers.readStored(row)
    const first = stored === undefined ? undefined : log.at(stored.arrival)
    if (stored === undefined || first === undefined) return undefined
    return { source: first.source, at: first.at, origin: stored.origin, rank: stored.rank }
  }

  /** Failures become sentences that name the file. */
  async function guarded<T>(action: string, work: () => T): Promise<T> {
    try {
      return work()
    } catch (cause) {
      const error = storeError(`${action} the catalogue ${file}`, cause, file)
      throw error.fault === 'corrupt'
        ? new StoreError(
            'corrupt',
            `${error.message}. It holds nothing that can’t be learnt again: stop Paperboy and delete the file, and the next start rebuilds it.`,
            cause,
          )
        : error
    }
  }
}
