import { isoAt } from '../clock.ts'
import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Random } from '../random.ts'
import { ulid } from '../random.ts'
import { channelKey, ledgerKey, seenKey } from '../store/keys.ts'
import type { LedgerStep, Records, Seen } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import type { Operation, Store } from '../store/store.ts'
import { entriesOf, put, putIf, putIfAbsent, remove } from '../store/store.ts'
import { listSubscriptions, sameFollows, subscriptionsEdition } from './subscriptions.ts'
import { seenChange, waitingFor } from './waiting.ts'

export interface Moving {
  readonly store: Store
  readonly random: Random
  /** Epoch ms. */
  readonly now: number
}

export interface Moved {
  readonly subscriptions: number
  /** Papers that wait in the other channel now. */
  readonly papers: number
  /** There was nothing in the other channel, so that moving back makes all as it was. */
  readonly reversible: boolean
}

/**
 * Takes all that a channel follows, its settings and what waits for it to another one of the same tenant, `also` in the same
 * commit. What the other channel follows already stays its own, and a paper that it has seen is not given to it again;
 * digests that are under way stay where they are. Throws for channels of another tenant, and rejects when the store does.
 */
export async function moveChannel(
  { store, random, now }: Moving,
  scope: Scope,
  from: ChannelId,
  to: ChannelId,
  also: (moved: Moved) => readonly Operation[] = () => [],
): Promise<Moved> {
  for (const channel of [from, to]) {
    if (channelParts(channel).tenant !== scope.tenant) throw new Error(`${channel} does not belong to ${scope.tenant}`)
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const editions = [
      ['subscriptions', from],
      ['subscriptions', to],
    ]
    const before = await Promise.all(editions.map((key) => store.meta.get(key)))
    const [ours, theirs] = [await listSubscriptions(store, scope, from), await listSubscriptions(store, scope, to)]
    const settings = await settingsMoved(store, from, to)
    const waiting = await waitingMoved({ store, random, now }, from, to)
    const moved = {
      subscriptions: ours.length,
      papers: waiting.papers,
      reversible: theirs.length === 0 && !settings.replaced && !waiting.met,
    }
    const operations: Operation[] = [
      ...editions.map((key, at) => {
        const edition = before[at]
        return putIf(store.meta, key, edition, typeof edition === 'number' ? edition + 1 : 1)
      }),
      put(store.meta, subscriptionsEdition, `${from} to ${to} ${ulid(now, random)}`),
      ...ours.flatMap(({ record, follows }) => [
        remove(store.subscriptions, channelKey(from, record.id)),
        ...(theirs.some((each) => sameFollows(each.follows, follows))
          ? []
          : [putIfAbsent(store.subscriptions, channelKey(to, record.id), { ...record, channel: to })]),
      ]),
      ...settings.operations,
      ...waiting.operations,
      ...also(moved),
    ]
    if ((await store.commit(operations)) === 'committed') return moved
  }
  throw new Error(`${from} or ${to} was changed by others ${attempts} times in a row; try again`)
}

const attempts = 8

async function settingsMoved(store: Store, from: ChannelId, to: ChannelId) {
  const [own, other] = await store.settings.getMany([channelKey(from), channelKey(to)])
  const [last, theirs] = await store.slots.getMany([[from], [to]])
  // A slot that was decided there is over here, too: its time does not come twice.
  const slot: Records['slots'] | undefined =
    last !== undefined && (theirs === undefined || theirs.lastSlot < last.lastSlot) ? { ...last, n: 0 } : undefined
  const operations: Operation[] = [
    ...(own === undefined
      ? []
      : [
          putIf(store.settings, channelKey(from), own, own),
          remove(store.settings, channelKey(from)),
          putIf(store.settings, channelKey(to), other, own),
        ]),
    ...(slot === undefined ? [] : [putIf(store.slots, [to], theirs, slot)]),
  ]
  return { operations, replaced: own !== undefined && other !== undefined }
}

/** What waits to be posted, and what somebody's word is awaited about. `met`: the other channel had to do with one of them already. */
async function waitingMoved({ store, random, now }: Moving, from: ChannelId, to: ChannelId) {
  const papers = new Set<PaperId>()
  for (const namespace of [store.pending, store.questions]) {
    for await (const { key } of entriesOf<{ readonly at: string }>(store, namespace, [from]))
      papers.add(key[1] as PaperId)
  }
  const list = [...papers]
  const ours = await store.seen.getMany(list.map((paper) => seenKey(from, paper)))
  const theirs = await store.seen.getMany(list.map((paper) => seenKey(to, paper)))
  const at = isoAt(now)
  const step = (channel: ChannelId, paper: PaperId, what: LedgerStep['what'], detail: string) =>
    put(store.ledger, ledgerKey(channel, paper, ulid(now, random)), { at, what, detail })
  let given = 0
  let met = false
  const operations = list.flatMap((paper, place) => {
    const seen = ours[place]
    const there = theirs[place]
    if (seen?.state !== 'pending' && seen?.state !== 'asked') return []
    const left: Seen = { state: 'muted', at, reasons: seen.reasons }
    const gone = [
      ...seenChange(store, from, paper, seen, left),
      step(from, paper, 'muted', `what it came for was moved to ${to}`),
    ]
    met ||= there !== undefined
    if (there !== undefined && SETTLED.has(there.state)) return gone
    given++
    const reasons =
      there === undefined || there.state === 'baseline' ? seen.reasons : [...there.reasons, ...seen.reasons]
    const waits = waitingFor(reasons, seen.at)
    return [
      ...gone,
      ...seenChange(store, to, paper, there, waits),
      step(to, paper, waits.state === 'pending' ? 'matched' : 'asked', `moved from ${from}`),
    ]
  })
  return { operations, papers: given, met }
}

/** What a channel has had, or has refused. */
const SETTLED: ReadonlySet<Seen['state']> = new Set(['digested', 'posted', 'listed', 'refused', 'parked'])
