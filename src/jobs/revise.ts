import { z } from 'zod'
import type { Catalog } from '../catalog/catalog.ts'
import type { Change } from '../catalog/change.ts'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import { wantEdit } from '../delivery/edits.ts'
import type { Composed } from '../delivery/house.ts'
import { openPartsByChannel } from '../delivery/outbox.ts'
import type { Log } from '../log.ts'
import type { ChannelId } from '../message/channel.ts'
import { partKey } from '../store/keys.ts'
import type { Manner, PartRecord, PartState } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { entriesOf } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'

export interface Revising {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'id' | 'changesAfter'>
  readonly clock: Clock
  readonly log: Log
  compose(part: PartRecord, manner: Manner): Promise<Composed>
}

const MARK = ['revised']
const PAGE = 1000
const markSchema = z.object({ catalogId: z.string(), seq: z.number() })
/** What is said of a posted paper in its place; a cross-listing or a reworded abstract is not. */
const TOLD: readonly Change['kind'][] = ['revised', 'withdrawn', 'published']

/**
 * Wants each part edited that is posted, or may be, and whose papers have changed since. Stopped at any moment and repeated, it wants the same again,
 * and an edit that changes nothing is not sent. Rejects when store or catalogue do.
 */
export async function reviseRound(house: Revising): Promise<{ readonly wanted: number }> {
  const { store, catalog } = house
  let wanted = 0
  for (;;) {
    const mark = markSchema.safeParse(await store.meta.get(MARK))
    const seq = mark.data?.catalogId === catalog.id ? mark.data.seq : 0
    const page = await catalog.changesAfter(seq, PAGE)
    const last = page.at(-1)
    if (last === undefined) return { wanted }
    const changed = new Set(page.filter((change) => TOLD.includes(change.kind)).map((change) => change.paper))
    // Read before those that are posted, so that a part that is posted meanwhile is met there.
    const open = changed.size === 0 ? [] : [...(await openPartsByChannel(store)).values()].flat()
    for (const part of open) {
      if (part.papers.some((paper) => changed.has(paper)) && (await want(house, part))) wanted++
    }
    for (const paper of changed) {
      for await (const { key, value } of entriesOf(store, store.postings, [paper])) {
        const place = { channel: key[1] as ChannelId, slot: value.slot, n: value.n, part: value.part }
        if (await want(house, await store.parts.get(partKey(place)))) wanted++
      }
    }
    await store.meta.set(MARK, { catalogId: catalog.id, seq: last.seq })
  }
}

/** True when the part would look otherwise now than it was sent, or is being sent. A part that can't be composed keeps no other from its edit. */
async function want({ store, clock, log, compose }: Revising, part: PartRecord | undefined): Promise<boolean> {
  if (part === undefined) return false
  const sent = sentHash(part.state)
  if (sent === undefined) return false
  const manner = 'manner' in part.state ? part.state.manner : undefined
  try {
    const { hash } = await compose(part, manner ?? {})
    if (hash === sent) return false
    await wantEdit(store, part, hash, isoAt(clock.now()))
    return true
  } catch (error) {
    // What could not be read or written is tried again by the next round: the mark must not pass it.
    if (error instanceof StoreError) throw error
    log({ event: 'edit.failed', channel: part.channel, key: part.key, error })
    return false
  }
}

/** Of what was asked of the platform; undefined where the part is yet to be written. */
function sentHash(state: PartState): string | undefined {
  if (state.kind === 'posted') return state.hash
  return 'sent' in state ? state.sent?.hash : undefined
}
