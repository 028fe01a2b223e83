import { z } from 'zod'
import type { Catalog } from '../catalog/catalog.ts'
import type { Change } from '../catalog/change.ts'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import { wantEdit } from '../delivery/edits.ts'
import type { Composed } from '../delivery/house.ts'
import { openPartsByChannel } from '../delivery/outbox.ts'
import { partTag } from '../digest/digest-id.ts'
import { settingsOf } from '../digest/settings.ts'
import type { Log } from '../log.ts'
import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { ulid } from '../random.ts'
import { digestKey, ledgerKey, partKey } from '../store/keys.ts'
import type { Manner, PartRecord, PartState, Posting } from '../store/records.ts'
import type { Entry, Store } from '../store/store.ts'
import { entriesOf, put, putIf, putIfAbsent } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'

export interface Revising {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'id' | 'changesAfter'>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  compose(part: PartRecord, manner: Manner): Promise<Composed>
}

const MARK = ['revised']
const PAGE = 1000
const markSchema = z.object({ catalogId: z.string(), seq: z.number() })
/** What is said of a posted paper in its place; a cross-listing or a reworded abstract is not. */
export const TOLD: readonly Change['kind'][] = ['revised', 'withdrawn', 'published']
/** The lines in a digest's thread are numbered as its parts are, from here on. */
const FIRST_LINE = 1001

/**
 * Wants each part edited that is posted, or may be, and whose papers have changed since, and where the channel wants it a line in the digest's thread,
 * once for each thing that is to be said. Stopped at any moment and repeated, it wants the same again, and an edit that changes nothing is not sent.
 * Rejects when store or catalogue do.
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
    const told = page.filter((change) => TOLD.includes(change.kind))
    const changed = new Set(told.map((change) => change.paper))
    const published = new Map(told.flatMap(({ kind, paper, at }) => (kind === 'published' ? [[paper, at]] : [])))
    // Read before those that are posted, so that a part that is posted meanwhile is met there.
    const open = changed.size === 0 ? [] : [...(await openPartsByChannel(store)).values()].flat()
    for (const part of open) {
      if (part.papers.some((paper) => changed.has(paper)) && (await want(house, part)).wanted) wanted++
    }
    for (const paper of changed) {
      for await (const { key, value } of entriesOf(store, store.postings, [paper])) {
        const posting = await dated(store, { key, value }, published.get(paper))
        const { slot, n, part: number } = value
        const part = await store.parts.get(partKey({ channel: key[1] as ChannelId, slot, n, part: number }))
        const asked = await want(house, part)
        if (asked.wanted) wanted++
        if (part !== undefined) await tellInThread(house, part, paper, posting, noteIn(asked.composed, paper))
      }
    }
    await store.meta.set(MARK, { catalogId: catalog.id, seq: last.seq })
  }
}

interface Asked {
  readonly wanted: boolean
  /** How the part would look now; undefined where it is yet to be written, or can't be. */
  readonly composed?: Composed
}

/** `wanted` when the part would look otherwise now than it was sent, or is being sent. A part that can't be composed keeps no other from its edit. */
async function want({ store, clock, log, compose }: Revising, part: PartRecord | undefined): Promise<Asked> {
  if (part === undefined) return { wanted: false }
  const sent = sentHash(part.state)
  if (sent === undefined) return { wanted: false }
  const manner = 'manner' in part.state ? part.state.manner : undefined
  try {
    const composed = await compose(part, manner ?? {})
    if (composed.hash === sent) return { wanted: false, composed }
    await wantEdit(store, part, composed.hash, isoAt(clock.now()))
    return { wanted: true, composed }
  } catch (error) {
    // What could not be read or written is tried again by the next round: the mark must not pass it.
    if (error instanceof StoreError) throw error
    log({ event: 'edit.failed', channel: part.channel, key: part.key, error })
    return { wanted: false }
  }
}

/** The posting, with the day on which its paper's publication was first learnt of. */
async function dated(store: Store, entry: Entry<Posting>, at: string | undefined): Promise<Entry<Posting>> {
  const { key, value } = entry
  if (at === undefined || value.publishedAt !== undefined || value.published === true) return entry
  const after = { ...value, publishedAt: at }
  return (await store.commit([putIf(store.postings, key, value, after)])) === 'committed'
    ? { key, value: after }
    : { key, value: (await store.postings.get(key)) ?? value }
}

/** One line in the thread of a posted digest, where its channel wants that: never twice for the same thing, nor for what was gone already. */
async function tellInThread(
  { store, clock, random }: Revising,
  part: PartRecord,
  paper: PaperId,
  posting: Entry<Posting>,
  note: string | undefined,
): Promise<void> {
  if (note === undefined || posting.value.told === note || part.state.kind !== 'posted') return
  const { channel } = part
  if ((await settingsOf(store, channelParts(channel).tenant, channel)).updates !== 'thread') return
  const lines = await store.scan(store.parts, digestKey(part), {
    after: partKey({ ...part, part: FIRST_LINE - 1 }),
    limit: 10_000,
  })
  const number = Math.max(FIRST_LINE - 1, ...lines.map(({ value }) => value.part)) + 1
  const line: PartRecord = {
    ...part,
    part: number,
    key: partTag(part.digest, number),
    papers: [],
    update: { paper, note },
    state: { kind: 'ready', attempt: 1 },
  }
  const now = clock.now()
  // Somebody else's line at the same moment, or a posting that was let go: the next change tells of both.
  await store.commit([
    putIf(store.postings, posting.key, posting.value, { ...posting.value, told: note }),
    putIfAbsent(store.parts, partKey(line), line),
    putIfAbsent(store.outbox, partKey(line), { state: 'ready' }),
    put(store.ledger, ledgerKey(channel, paper, ulid(now, random)), {
      at: isoAt(now),
      what: 'edited',
      detail: `a line in its thread: ${note}`,
    }),
  ])
}

function noteIn(composed: Composed | undefined, paper: PaperId): string | undefined {
  for (const node of composed?.message.nodes ?? []) {
    if (node.kind === 'paper' && node.paper.id === paper) return node.paper.note
  }
  return undefined
}

/** Of what was asked of the platform; undefined where the part is yet to be written. */
function sentHash(state: PartState): string | undefined {
  if (state.kind === 'posted') return state.hash
  return 'sent' in state ? state.sent?.hash : undefined
}
