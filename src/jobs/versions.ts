import { z } from 'zod'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Source } from '../sources/source.ts'
import { SourceError } from '../sources/source.ts'
import type { Store } from '../store/store.ts'

interface VersionHouse {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'id' | 'changesAfter' | 'lastSeq' | 'upsert'>
  readonly sources: readonly Source[]
  readonly clock: Clock
  readonly log: Log
  readonly signal: AbortSignal
}

/** One request's worth. */
const BATCH = 100
const DAY = 24 * 3_600_000
const PAGE = 1000
const MARK = ['versions']
const markSchema = z.object({ at: z.number(), catalogId: z.string(), seq: z.number(), after: z.string() })

/**
 * Once a day, in one batch: asks the sources for the present version of posted papers. First those that were changed since, then the others in turn, so that one
 * whose change nobody told of comes round as well. What a source can't answer is asked tomorrow; rejects when store or catalogue do.
 */
export async function lookUpVersions(house: VersionHouse): Promise<{ readonly asked: number }> {
  const { store, catalog, clock, log } = house
  const kept = markSchema.safeParse(await store.meta.get(MARK)).data
  const now = clock.now()
  if (kept !== undefined && now - kept.at < DAY && now >= kept.at) return { asked: 0 }
  const seq = kept?.catalogId === catalog.id ? kept.seq : await catalog.lastSeq()
  const changed = await changedSince(house, seq)
  const turn = await nextPosted(store, kept?.after ?? '', BATCH)
  const ids = [...new Set([...changed.papers, ...turn.papers])].slice(0, BATCH)
  // Kept before it is asked: a source that does not answer is not asked again by every round.
  await store.meta.set(MARK, { at: now, catalogId: catalog.id, seq: changed.seq, after: turn.after })
  if (ids.length === 0) return { asked: 0 }
  for (const source of house.sources) {
    try {
      const learnt = (await source.fetch?.(ids, house.signal)) ?? []
      const changes = await catalog.upsert(source.name, learnt)
      log({ event: 'source.versions', source: source.name, asked: ids.length, changes: changes.length })
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      log({ event: 'source.versions-failed', source: source.name, failure: error.failure, detail: error.message })
    }
  }
  return { asked: ids.length }
}

/** Posted papers of which the log tells a change, the latest first. */
async function changedSince({ catalog, store }: VersionHouse, from: number) {
  const papers = new Set<PaperId>()
  let seq = from
  for (;;) {
    const page = await catalog.changesAfter(seq, PAGE)
    const last = page.at(-1)
    if (last === undefined) break
    seq = last.seq
    for (const change of page) if (change.kind !== 'new') papers.add(change.paper)
  }
  const posted: PaperId[] = []
  for (const paper of [...papers].toReversed()) {
    if (posted.length >= BATCH) break
    if ((await store.scan(store.postings, [paper], { limit: 1 })).length > 0) posted.push(paper)
  }
  return { papers: posted, seq }
}

/** The posted papers that come next by their ids, from the beginning again after the last. */
async function nextPosted(store: Store, after: string, limit: number) {
  const papers = new Set<PaperId>()
  // Keys of one paper come together.
  let key: readonly string[] | undefined = after === '' ? undefined : [after]
  for (;;) {
    const page = await store.scan(store.postings, [], { limit: PAGE, ...(key === undefined ? {} : { after: key }) })
    for (const entry of page) {
      const paper = entry.key[0] as PaperId
      if (paper === after) continue
      if (papers.size === limit && !papers.has(paper)) return { papers: [...papers], after: [...papers].at(-1) ?? '' }
      papers.add(paper)
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return { papers: [...papers], after: '' }
    key = last.key
  }
}
