import type { ChannelId, TenantId } from '../message/channel.ts'
import { channelParts, parseChannel } from '../message/channel.ts'
import type { MessageNode } from '../message/message.ts'
import type { PaperId } from '../papers/paper.ts'
import { channelKey, postingKey } from './keys.ts'
import { addresses, nameless, SOMEONE, speaksOf } from './nameless.ts'
import type { AuditEntry, LedgerStep, SubscriptionRecord } from './records.ts'
import { channelsOf } from './restored.ts'
import type { Key, Namespace, Operation, Store } from './store.ts'
import { entriesOf, put, putIf, remove } from './store.ts'

const AT_ONCE = 500

/** Deletes all that is kept of a tenant: its channels with what was posted in them, what they follow, its people, its tokens. Stopped at any moment and repeated, it goes on. Rejects when the store does. */
export async function forgetTenant(store: Store, tenant: TenantId): Promise<void> {
  for (const channel of await channelsOf(store))
    if (channelParts(channel).tenant === tenant) await forgetChannel(store, channel)
  for (const namespace of [store.profiles, store.people, store.actions, store.installations, store.audit])
    await removeUnder<unknown>(store, namespace, [tenant])
  // The channels' own records last, for by them the rest is found.
  for (const namespace of [store.ended, store.subscriptions, store.settings, store.channels])
    await removeUnder<unknown>(store, namespace, [tenant])
}

/** Deletes all that is kept of a channel. Rejects when the store does. */
export async function forgetChannel(store: Store, channel: ChannelId): Promise<void> {
  const sent = [store.pending, store.questions, store.outbox, store.edits, store.parts, store.digests]
  const kept = [store.slots, store.recalls, store.ledger, store.webPosts, store.webParts]
  for (const namespace of [...sent, ...kept]) await removeUnder<unknown>(store, namespace, [channel])
  await removeUnder(store, store.seen, [channel], ([, paper = '']) => [
    remove(store.postings, postingKey(paper as PaperId, channel)),
  ])
  // What is noted of a channel in passing stands under a word and the channel.
  for await (const { key } of entriesOf(store, store.meta, []))
    if (key[1] === channel) await store.commit([remove(store.meta, key)])
  for (const namespace of [store.ended, store.subscriptions, store.settings, store.channels])
    await removeUnder<unknown>(store, namespace, channelKey(channel))
}

/**
 * Deletes the traces of one person in a tenant: their name beside what they set up, which itself stays, for it is the channel's;
 * their place in the record of who did what; their lists; and all of their direct messages. `edition`: a word that was never used,
 * for what is followed is another list then. What was deleted is in the store's files until it is purged. Rejects when the store does.
 */
export async function forgetPerson(
  store: Store,
  {
    tenant,
    id,
    name,
    edition,
  }: { readonly tenant: TenantId; readonly id: string; readonly name: string; readonly edition: string },
): Promise<{ readonly traces: number }> {
  let traces = 0
  const write = async (operations: readonly Operation[]): Promise<void> => {
    if ((await store.commit(operations)) === 'conflict')
      throw new Error('it was changed by someone else meanwhile; try again')
    traces++
  }
  const names = new Set([name])
  const own = (record: SubscriptionRecord) => record.by.id === id
  const calls = ({ mentions = [] }: Pick<SubscriptionRecord, 'mentions'>) => mentions.some((each) => each.id === id)
  const forgotten = ({ mentions, ...record }: SubscriptionRecord): SubscriptionRecord => ({
    ...record,
    ...(own(record) ? { by: SOMEONE } : {}),
    ...(mentions === undefined ? {} : { mentions: mentions.filter((each) => each.id !== id) }),
  })
  for await (const { key, value } of entriesOf(store, store.subscriptions, [tenant])) {
    if (!own(value) && !calls(value)) continue
    if (own(value)) names.add(value.by.name)
    await write([putIf(store.subscriptions, key, value, forgotten(value))])
  }
  for await (const { key, value } of entriesOf(store, store.ended, [tenant]))
    if (own(value.record) || calls(value.record))
      await write([putIf(store.ended, key, value, { ...value, record: forgotten(value.record) })])
  for await (const { key, value } of entriesOf(store, store.settings, [tenant])) {
    const { paused, ...settings } = value
    if (paused?.by === id)
      await write([putIf(store.settings, key, value, { ...settings, paused: { ...paused, by: '' } })])
  }
  for await (const { key, value } of entriesOf(store, store.audit, [tenant])) {
    const { undo: _, ...entry }: AuditEntry = value
    if (addresses({ tenant, id }, value.channel)) await write([remove(store.audit, key)])
    else if (value.actor === id) await write([put(store.audit, key, { ...entry, actor: '' })])
  }
  for await (const { key } of entriesOf(store, store.people, [tenant, id])) await write([remove(store.people, key)])
  for (const channel of await channelsOf(store)) {
    if (channelParts(channel).tenant !== tenant) continue
    if (channelParts(channel).place === `@${id}`) {
      await forgetChannel(store, channel)
      traces++
      continue
    }
    for await (const { key, value } of entriesOf(store, store.ledger, [channel])) {
      const detail = unnamed(value, names)
      if (detail !== undefined) await write([putIf(store.ledger, key, value, { ...value, detail })])
    }
    for await (const { key, value } of entriesOf(store, store.webPosts, [channel])) {
      const nodes = value.message.nodes.flatMap((node) => uncalled(node, id))
      if (JSON.stringify(nodes) !== JSON.stringify(value.message.nodes))
        await write([putIf(store.webPosts, key, value, { ...value, message: { ...value.message, nodes } })])
    }
    for await (const { key, value } of entriesOf(store, store.digests, [channel])) {
      const mentions = value.mentions?.filter((each) => each.id !== id)
      if (mentions !== undefined && mentions.length < (value.mentions ?? []).length)
        await write([putIf(store.digests, key, value, { ...value, mentions })])
    }
    for await (const { key, value } of entriesOf(store, store.seen, [channel]))
      if (value.state === 'refused' && value.by === id)
        await write([putIf(store.seen, key, value, { ...value, by: '' })])
  }
  const person = { tenant, id, names }
  const erase = async <T>(
    namespace: Namespace<T>,
    prefix: Key,
    isTheirs: (text: string) => boolean,
    isOurs: (key: Key) => boolean = () => true,
  ) => {
    for await (const { key, value } of entriesOf(store, namespace, prefix)) {
      if (!isOurs(key)) continue
      if (key.some(isTheirs)) await write([remove(namespace, key)])
      else if (JSON.stringify(value) !== JSON.stringify(nameless(person, value)))
        await write([putIf(namespace, key, value, nameless(person, value))])
    }
  }
  for (const namespace of byTenant(store)) await erase<unknown>(namespace, [tenant], (text) => speaksOf(person, text))
  for (const channel of await channelsOf(store)) {
    if (channelParts(channel).tenant !== tenant) continue
    for (const namespace of byChannel(store)) await erase<unknown>(namespace, [channel], () => false)
  }
  const followed = await store.meta.get(FOLLOWED)
  if (traces > 0 || (typeof followed === 'string' && addresses(person, followed)))
    await write([putIf(store.meta, FOLLOWED, followed, edition)])
  await erase(
    store.meta,
    [],
    (text) => addresses(person, text),
    ([, place = '']) =>
      (parseChannel(place) === undefined ? tenant : channelParts(place as ChannelId).tenant) === tenant,
  )
  return { traces }
}

/** What is followed anywhere has another value here after each change. */
const FOLLOWED = ['subscriptions']

function byTenant(store: Store): readonly Namespace<unknown>[] {
  const { channels, settings, subscriptions, profiles, ended, people, actions, installations, audit } = store
  return [channels, settings, subscriptions, profiles, ended, people, actions, installations, audit] as const
}

function byChannel(store: Store): readonly Namespace<unknown>[] {
  const { seen, digests, parts, recalls, ledger, webPosts } = store
  return [seen, digests, parts, recalls, ledger, webPosts] as const
}

/** A posted line without the name of who was called in it; none where nobody else was. */
function uncalled(node: MessageNode, id: string): readonly MessageNode[] {
  if (node.kind !== 'mention') return [node]
  const people = node.people.filter((each) => each.id !== id)
  return people.length === 0 ? [] : [{ ...node, people }]
}

/** A word on a paper begins with the name of who gave it. */
function unnamed({ what, detail }: LedgerStep, names: ReadonlySet<string>): string | undefined {
  if ((what !== 'confirmed' && what !== 'not-them') || detail === undefined) return undefined
  const name = [...names].find((each) => detail.startsWith(`${each}: `))
  return name === undefined ? undefined : `${SOMEONE.name}${detail.slice(name.length)}`
}

async function removeUnder<T>(
  store: Store,
  namespace: Namespace<T>,
  prefix: Key,
  also: (key: Key) => readonly Operation[] = () => [],
): Promise<void> {
  for (;;) {
    const entries = await store.scan(namespace, prefix, { limit: AT_ONCE })
    if (entries.length === 0) return
    await store.commit(entries.flatMap(({ key }) => [remove(namespace, key), ...also(key)]))
  }
}
