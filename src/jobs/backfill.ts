import type { Catalog } from '../catalog/catalog.ts'
import type { Log } from '../log.ts'
import type { Source, SourceMemory } from '../sources/source.ts'
import { SourceError } from '../sources/source.ts'

interface BackfillHouse {
  readonly signal: AbortSignal
  readonly log: Log
  readonly memory: SourceMemory
  /** Under which name the catalogue keeps how far it has come. */
  readonly place: string
}

/** Fills the catalogue backwards from a source, batch by batch with its cursor. A source that fails is logged, and asked again by the next run; rejects when the catalogue does. */
export async function backfillSource(
  source: Source,
  catalog: Pick<Catalog, 'upsert'>,
  { signal, log, memory, place }: BackfillHouse,
): Promise<void> {
  // Before the first harvest everything is new to the catalogue, and that one comes first.
  if (source.backfill === undefined || memory.cursor === undefined) return
  let records = 0
  try {
    for await (const batch of source.backfill(memory, { signal })) {
      await catalog.upsert(place, batch.records, batch.cursor)
      records += batch.records.length
    }
  } catch (error) {
    if (!(error instanceof SourceError) && !signal.aborted) throw error
    const failure = error instanceof SourceError ? error.failure : 'aborted'
    if (failure !== 'aborted') log({ event: 'source.backfill-failed', source: source.name, failure, error })
  }
  if (records > 0) log({ event: 'source.backfilled', source: source.name, records })
}
