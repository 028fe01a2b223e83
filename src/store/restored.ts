import { z } from 'zod'
import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import { decidedThroughKey, matchedKey } from './keys.ts'
import type { RecallRecord } from './recall-record.ts'
import type { Namespace, Store } from './store.ts'
import { entriesOf, put, putIfAbsent, remove } from './store.ts'

/** The moment of a backup, in the backup alone. */
export const backupMark = ['backup']

export interface Restored {
  /** The backup's moment, ISO 8601, UTC; earlier where the file does not say it exactly. */
  readonly from: string
  /** How many channels are left alone until it is known what was posted there since. */
  readonly channels: number
  /** The catalogue through which it had matched. */
  readonly catalogId?: string
}

const restoredMark = ['restored']
const restoredSchema = z.object({
  from: z.string(),
  at: z.string(),
  matched: z.object({ catalogId: z.string(), seq: z.number() }).optional(),
  lookAt: z.string(),
})

/**
 * What is to be found out of a channel since a backup was restored; undefined when there is nothing to. A channel that the
 * backup did not know may have been followed first after it was made. Rejects when the store does.
 */
export async function recallOf(store: Store, channel: ChannelId): Promise<RecallRecord | undefined> {
  const record = await store.recalls.get([channel])
  if (record !== undefined || channelParts(channel).platform === 'web') return record
  const restored = restoredSchema.safeParse(await store.meta.get(restoredMark)).data
  if (restored === undefined) return undefined
  const { matched, ...moments } = restored
  return { ...moments, ...(matched === undefined ? {} : { matched }), failures: 0, newcomer: true }
}

/** Writes down for each channel to which something is to be posted, and which the backup did not know, that it is to be looked at. Rejects when the store does. */
export async function recallNewcomers(store: Store): Promise<void> {
  if ((await store.meta.get(restoredMark)) === undefined) return
  for (const namespace of [store.pending, store.outbox]) {
    for await (const channel of firstElements<unknown>(store, namespace)) {
      const key = [channel]
      const record = await recallOf(store, channel as ChannelId)
      if (record !== undefined && (await store.recalls.get(key)) === undefined)
        await store.commit([putIfAbsent(store.recalls, key, record)])
    }
  }
}

/** From then on (`before`: ISO 8601) nobody posts what may have been posted between a backup and its restore. Rejects when the store does. */
export async function forgetRestored(store: Store, before: string): Promise<void> {
  const restored = restoredSchema.safeParse(await store.meta.get(restoredMark)).data
  if (restored !== undefined && restored.at < before) await store.commit([remove(store.meta, restoredMark)])
}

/**
 * Writes into a restored state that what was posted in its channels since is not in it. The web's posts are rows of the same
 * store, so nothing has to be recalled there. Channels that an earlier restore left unrecalled keep the earlier moment.
 */
export async function markRestored(store: Store, at: string, settleMs: number): Promise<Restored> {
  const from = await momentOf(store, at)
  const matched = await store.matched.get(matchedKey)
  // A request of the process that was ended may still land.
  const lookAt = new Date(Date.parse(at) + settleMs).toISOString()
  const channels = [...(await channelsOf(store))].filter((channel) => channelParts(channel).platform !== 'web')
  for (const channel of channels) {
    const earlier = await store.recalls.get([channel])
    const kept = earlier !== undefined && earlier.done === undefined ? earlier : undefined
    const record: RecallRecord = {
      from: kept !== undefined && kept.from < from ? kept.from : from,
      at,
      ...(matched === undefined ? {} : { matched: { catalogId: matched.catalogId, seq: matched.seq } }),
      ...(kept?.matched === undefined ? {} : { matched: kept.matched }),
      lookAt,
      failures: 0,
    }
    await store.commit([put(store.recalls, [channel], record)])
  }
  // A backup of a time at which an earlier restore was not done with yet begins where that one did.
  const earlier = restoredSchema.safeParse(await store.meta.get(restoredMark)).data
  await store.commit([
    put(store.meta, restoredMark, {
      from: earlier !== undefined && earlier.from < from ? earlier.from : from,
      at,
      ...(matched === undefined ? {} : { matched: { catalogId: matched.catalogId, seq: matched.seq } }),
      lookAt,
    }),
  ])
  // When a source was asked last is not known either: it counts as asked just now.
  for await (const { key, value } of entriesOf(store, store.meta, ['spacing']))
    if (typeof value === 'number') await store.commit([put(store.meta, key, Math.max(value, Date.parse(at)))])
  await store.commit([remove(store.meta, backupMark)])
  return { from, channels: channels.length, ...(matched === undefined ? {} : { catalogId: matched.catalogId }) }
}

/** A copy that was made in another way says by its last round of decisions how far it reaches at least. */
async function momentOf(store: Store, at: string): Promise<string> {
  for (const key of [backupMark, decidedThroughKey]) {
    const kept = await store.meta.get(key)
    if (typeof kept === 'string') return kept < at ? kept : at
  }
  const begun: string[] = []
  for await (const { value } of entriesOf(store, store.subscriptions, [])) begun.push(value.at)
  return begun.toSorted()[0] ?? at
}

/** Every channel of which anything is kept. */
export async function channelsOf(store: Store): Promise<ReadonlySet<ChannelId>> {
  const found = new Set<string>()
  for (const namespace of [store.seen, store.pending, store.parts, store.digests, store.slots])
    for await (const channel of firstElements<unknown>(store, namespace)) found.add(channel)
  for (const namespace of [store.subscriptions, store.settings, store.channels])
    for await (const { key } of entriesOf<unknown>(store, namespace, [])) found.add(key[1] ?? '')
  found.delete('')
  return found as ReadonlySet<string> as ReadonlySet<ChannelId>
}

/** The different first elements of a namespace's keys. */
async function* firstElements<T>(store: Store, namespace: Namespace<T>): AsyncGenerator<string> {
  for (let after: readonly string[] | undefined; ; ) {
    const [entry] = await store.scan(namespace, [], { limit: 1, ...(after === undefined ? {} : { after }) })
    const first = entry?.key[0]
    if (first === undefined) return
    yield first
    // `~` is the last character that a key leaves as it is.
    after = [first, '~']
  }
}
