import type { App } from '../../src/app.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { seenKey } from '../../src/store/keys.ts'
import type { LedgerStep } from '../../src/store/records.ts'
import { entriesOf } from '../../src/store/store.ts'

/** What a channel was given of a paper, counted from the posts themselves and from the lists behind their buttons. */
export interface Delivery {
  readonly channel: ChannelId
  readonly paper: PaperId
  posted: number
  listed: number
}

/** Whoever knows what stands in channels besides our own store. */
export interface Witness {
  standing(): readonly { readonly channel: ChannelId; readonly papers: readonly { readonly id: PaperId }[] }[]
}

export const pairOf = (channel: string, paper: string) => `${channel} ${paper}`

/** Every paper that stands in a channel of the web or of a chat service, or is listed by a digest that does. By pairOf. */
export async function deliveriesOf(
  { house: { store } }: App,
  ...chats: readonly Witness[]
): Promise<ReadonlyMap<string, Delivery>> {
  const found = new Map<string, Delivery>()
  const of = (channel: ChannelId, paper: PaperId): Delivery => {
    const pair = pairOf(channel, paper)
    const delivery = found.get(pair) ?? { channel, paper, posted: 0, listed: 0 }
    found.set(pair, delivery)
    return delivery
  }
  for await (const { value: post } of entriesOf(store, store.webPosts, [])) {
    for (const { id } of post.papers) of(post.channel, id).posted++
  }
  for (const { channel, papers } of chats.flatMap((chat) => chat.standing()))
    for (const { id } of papers) of(channel, id).posted++
  for await (const { value: digest } of entriesOf(store, store.digests, [])) {
    for (const { paper } of digest.listed) of(digest.channel, paper).listed++
  }
  return found
}

/** Where what is seen and the ledger do not say what the channels show; empty when they agree. */
export async function disagreements(
  { house: { store } }: App,
  found: ReadonlyMap<string, Delivery>,
): Promise<string[]> {
  const wrong: string[] = []
  const steps = new Map<string, LedgerStep['what'][]>()
  // Of what a restored backup does not know the platform alone does, and that is asked first.
  const recalled = new Set<string>()
  const unknown = new Set<string>()
  for await (const { key, value } of entriesOf(store, store.recalls, []))
    if (value.done === undefined) unknown.add(key[0] ?? '')
  for await (const { key, value } of entriesOf(store, store.ledger, [])) {
    const pair = pairOf(key[0] ?? '', key[1] ?? '')
    steps.set(pair, [...(steps.get(pair) ?? []), value.what])
    if (value.detail?.includes('a backup was restored') === true) recalled.add(pair)
  }
  for (const [pair, { channel, paper, posted, listed }] of found) {
    if (unknown.has(channel)) continue
    const what = steps.get(pair) ?? []
    const state = (await store.seen.get(seenKey(channel, paper)))?.state
    const told = what.filter((step) => step === 'posted' || step === 'listed').length
    const underWay = state === 'digested' || state === 'parked'
    // What is only perhaps somebody's is given when somebody has said that it is theirs.
    if (!what.includes('matched') && !what.includes('confirmed') && !recalled.has(pair))
      wrong.push(`${pair}: the ledger has no match of it (${what.join(', ')})`)
    // Between the post and the record of it, the part is still being sent.
    if (posted === 1 && !(state === 'posted' ? told === 1 : underWay && told === 0))
      wrong.push(`${pair}: stands in the channel, is seen as ${state}, and its ledger says ${what.join(', ')}`)
    if (listed === 1 && !(state === 'listed' && told === 1))
      wrong.push(`${pair}: is listed, is seen as ${state}, and its ledger says ${what.join(', ')}`)
  }
  for await (const { key, value } of entriesOf(store, store.seen, [])) {
    const pair = pairOf(key[0] ?? '', key[1] ?? '')
    const delivery = found.get(pair)
    if (value.state === 'posted' && delivery?.posted !== 1) wrong.push(`${pair}: is seen as posted and stands nowhere`)
    if (value.state === 'listed' && delivery?.listed !== 1) wrong.push(`${pair}: is seen as listed and is in no list`)
    if (value.state === 'asked' && delivery !== undefined) wrong.push(`${pair}: is asked about, and was given`)
    const asked = (await store.questions.get(key)) !== undefined
    if (asked !== (value.state === 'asked'))
      wrong.push(`${pair}: is ${value.state}, and ${asked ? '' : 'not '}in the list of questions`)
    const waits = value.state === 'pending' || (value.state === 'asked' && value.askedIn === undefined)
    if (waits && (await store.pending.get(key)) === undefined)
      wrong.push(`${pair}: is ${value.state} and waits for nothing`)
  }
  return wrong
}

/** What still waits: pending papers, and parts that are neither posted nor given up. */
export async function waitingIn({
  house: { store },
}: App): Promise<{ readonly pending: number; readonly open: number }> {
  let pending = 0
  let open = 0
  for await (const _ of entriesOf(store, store.pending, [])) pending++
  for await (const _ of entriesOf(store, store.outbox, [])) open++
  return { pending, open }
}
