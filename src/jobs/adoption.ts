import type { Catalog } from '../catalog/catalog.ts'
import { isoAt } from '../clock.ts'
import type { RecalledPart } from '../delivery/platform.ts'
import { digestId } from '../digest/digest-id.ts'
import { postedAs } from '../digest/paper-note.ts'
import type { ChannelId } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import { digestKey, partKey, postingKey, seenKey } from '../store/keys.ts'
import type { DigestRecord, PartRecord, Seen } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { put, putIf, putIfAbsent } from '../store/store.ts'

interface Adopting {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'getMany'>
  /** Epoch ms. */
  readonly now: number
  /** Papers that changed since the backup: their edits are lost, or passed while nobody knew of the message. */
  readonly changed: ReadonlySet<PaperId>
}

/** No slot has so many digests. */
const FIRST_NUMBER = 900_000_001
const TRIES = 5

/**
 * Gives each message of which only the platform knew a digest and a part of its own, so that it is edited as any other when
 * a paper in it changes. Papers count as posted as the catalogue has them now: what became of them before is shown, and not told. Stopped at any moment and
 * repeated, it adopts each message once. Rejects when the store or the catalogue does.
 */
export async function adoptParts(house: Adopting, channel: ChannelId, parts: readonly RecalledPart[]): Promise<void> {
  for (const [at, part] of parts.entries()) await adopt(house, channel, part, FIRST_NUMBER + at)
}

async function adopt(
  { store, catalog, now, changed }: Adopting,
  channel: ChannelId,
  { key, papers, brief, receipt }: RecalledPart,
  n: number,
): Promise<void> {
  if (papers.length === 0) return
  const at = isoAt(now)
  const place = { channel, slot: at, n }
  const id = digestId(place)
  for (let tries = 0; tries < TRIES; tries++) {
    const seen = await store.seen.getMany(papers.map((paper) => seenKey(channel, paper)))
    const orphans = papers.flatMap((paper, nth) => {
      const before = seen[nth]
      return isOrphan(before, receipt.id) ? [{ paper, nth, before }] : []
    })
    if (orphans.length === 0) return
    const items = papers.map((paper, nth) => ({ paper, reasons: seen[nth]?.reasons ?? [] }))
    const form = brief === true ? { brief } : {}
    const digest: DigestRecord = { id, ...place, decidedAt: at, parts: [items], listed: [], ...form }
    const part: PartRecord = {
      ...place,
      digest: id,
      part: 1,
      of: 1,
      key,
      papers,
      state: { kind: 'posted', receipt, postedAt: at, hash: '' },
    }
    const known = await catalog.getMany(papers)
    const outcome = await store.commit([
      putIfAbsent(store.digests, digestKey(digest), digest),
      putIfAbsent(store.parts, partKey(part), part),
      ...(papers.some((paper) => changed.has(paper)) ? [put(store.edits, partKey(part), { wanted: 'shown', at })] : []),
      ...orphans.flatMap(({ paper, nth, before }) => {
        const found = known[nth]
        const as = found === undefined ? {} : postedAs(found)
        const after: Seen = {
          ...before,
          digest: id,
          part: 1,
          ...(as.version === undefined ? {} : { version: as.version }),
        }
        return [
          putIf<Seen>(store.seen, seenKey(channel, paper), before, after),
          put(store.postings, postingKey(paper, channel), { slot: at, n, part: 1, ...as }),
        ]
      }),
    ])
    if (outcome === 'committed') return
  }
  throw new Error(`a message of ${channel} can't be taken in: its papers change all the time`)
}

/** Posted in that message, which no digest has. */
function isOrphan(
  seen: Seen | undefined,
  message: string,
): seen is Extract<Seen, { readonly state: 'posted' }> & { readonly digest?: undefined } {
  return seen?.state === 'posted' && seen.digest === undefined && seen.receipt.id === message
}
