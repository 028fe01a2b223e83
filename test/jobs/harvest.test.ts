import { describe, expect, it } from 'vitest'
import type { Learnt } from '../../src/catalog/change.ts'
import { harvestSource } from '../../src/jobs/harvest.ts'
import type { Batch, Source } from '../../src/sources/source.ts'
import { SourceError } from '../../src/sources/source.ts'
import type { Json } from '../../src/store/json.ts'
import { aPaper } from '../support/builders.ts'

const learnt = (id: string): Learnt => ({ paper: aPaper({ id }), origin: 'announced', rank: 1 })

function aSource(harvest: () => AsyncIterable<Batch>): Source {
  return {
    name: 'arxiv',
    harvest,
    status: () => ({ name: 'arxiv', state: 'fresh', completeThrough: null, detail: '', sets: [] }),
    announcedThrough: () => undefined,
  }
}

function aCatalog() {
  const steps: string[] = []
  return {
    steps,
    upsert: async (source: string, records: readonly Learnt[], cursor?: Json) => {
      steps.push(`${records.map(({ paper }) => paper.id).join(' ')} @${cursor}`)
      return records.map(({ paper }, seq) => ({
        seq,
        paper: paper.id,
        kind: 'new' as const,
        origin: 'announced' as const,
        at: '2025-09-01T00:00:00.000Z',
        source,
      }))
    },
  }
}

const house = () => ({ signal: new AbortController().signal, log: () => {}, memory: {} })

describe('a harvest', () => {
  it('keeps each batch with its cursor before it asks for the next', async () => {
    const catalog = aCatalog()
    const source = aSource(async function* () {
      yield { records: [learnt('arxiv:1')], cursor: 'one' }
      catalog.steps.push('asked')
      yield { records: [learnt('arxiv:2'), learnt('arxiv:3')], cursor: 'two' }
    })
    expect(await harvestSource(source, catalog, house())).toEqual({ harvested: 3, new: 3, revised: 0, failures: 0 })
    expect(catalog.steps).toEqual(['arxiv:1 @one', 'asked', 'arxiv:2 arxiv:3 @two'])
  })

  it('keeps what it learnt when the source fails, and says so', async () => {
    const catalog = aCatalog()
    const source = aSource(async function* () {
      yield { records: [learnt('arxiv:1')], cursor: 'one' }
      throw new SourceError('unreadable', 'The answer ends in the middle.')
    })
    const result = await harvestSource(source, catalog, house())
    expect(result).toMatchObject({ harvested: 1, new: 1, failures: 1, error: { failure: 'unreadable' } })
  })

  it('that is stopped is no failure of ours', async () => {
    const source = aSource(async function* () {
      yield* []
      throw new DOMException('stopped', 'AbortError')
    })
    const result = await harvestSource(source, aCatalog(), { ...house(), signal: AbortSignal.abort() })
    expect(result.error?.failure).toBe('aborted')
  })

  it('rejects when the catalogue can not be written, for nothing may be learnt then', async () => {
    const source = aSource(async function* () {
      yield { records: [learnt('arxiv:1')], cursor: 'one' }
    })
    const upsert = async () => {
      throw new Error('the disk is full')
    }
    await expect(harvestSource(source, { upsert }, house())).rejects.toThrow('the disk is full')
  })
})
