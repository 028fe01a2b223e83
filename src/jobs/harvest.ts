import type { Catalog } from '../catalog/catalog.ts'
import type { Log } from '../log.ts'
import type { Source, SourceMemory } from '../sources/source.ts'
import { SourceError } from '../sources/source.ts'

export interface Harvested {
  /** Records that sources gave us. */
  readonly harvested: number
  readonly new: number
  readonly revised: number
  /** Sources that did not answer as they should. */
  readonly failures: number
  readonly error?: SourceError
}

export interface HarvestHouse {
  readonly signal: AbortSignal
  readonly log: Log
  readonly memory: SourceMemory
  /** `YYYY-MM-DD`: where a first harvest begins. */
  readonly since?: string
}

/**
 * LEARN: each batch goes into the catalogue together with its cursor before the next is asked for. A source that fails
 * is logged and counted, and what it gave before stands; rejects when the catalogue does.
 */
export async function harvestSource(
  source: Source,
  catalog: Pick<Catalog, 'upsert'>,
  { signal, log, memory, since }: HarvestHouse,
): Promise<Harvested> {
  const learnt = { harvested: 0, new: 0, revised: 0, failures: 0 }
  try {
    for await (const { records, cursor } of source.harvest(memory, {
      signal,
      ...(since === undefined ? {} : { since }),
    })) {
      const changes = await catalog.upsert(source.name, records, cursor)
      learnt.harvested += records.length
      learnt.new += changes.filter((change) => change.kind === 'new').length
      learnt.revised += changes.filter((change) => change.kind === 'revised').length
    }
    log({ event: 'source.harvested', source: source.name, ...learnt })
    return learnt
  } catch (error) {
    const failure = sourceErrorOf(error, signal)
    if (failure === undefined) throw error
    if (failure.failure === 'aborted') log({ event: 'source.stopped', source: source.name, ...learnt })
    else log({ event: 'source.failed', source: source.name, failure: failure.failure, error: failure, ...learnt })
    return { ...learnt, failures: 1, error: failure }
  }
}

function sourceErrorOf(error: unknown, signal: AbortSignal): SourceError | undefined {
  if (error instanceof SourceError) return error
  if (signal.aborted) return new SourceError('aborted', 'The harvest was stopped.', { cause: error })
  return undefined
}
