import { type ChannelId, channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import { joinedProfile, withVariant } from '../people/joined-profile.ts'
import { profileDifference, withoutDifference } from '../people/profile-difference.ts'
import { channelKey, seenKey, tenantKey } from '../store/keys.ts'
import type { Joining, Reason, SubscriptionRecord } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import { entriesOf, type Operation, put, putIf, remove, type Store } from '../store/store.ts'
import { listSubscriptions, restoreSubscriptions, subscriptionsEdition, updateProfile } from './subscriptions.ts'
import { seenChange, waitingFor } from './waiting.ts'

const attempts = 8

/**
 * Makes one of the people whom subscriptions of a channel follow, under the first one, who has published under `names`, too; what waits for the others waits for the first from
 * then on. `also` is written in the same commit. Undefined where the first is not there or follows no person. Throws for a channel of another tenant.
 */
export async function joinSubscriptions(
  store: Store,
  scope: Scope,
  channel: ChannelId,
  [first = '', ...others]: readonly string[],
  names: readonly string[],
  also: (joining: Joining) => readonly Operation[],
): Promise<Joining | undefined> {
  if (channelParts(channel).tenant !== scope.tenant) throw new Error(`${channel} does not belong to ${scope.tenant}`)
  const edition = ['subscriptions', channel]
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await store.meta.get(edition)
    const listed = await listSubscriptions(store, scope, channel)
    const kept = listed.find(({ record }) => record.id === first)
    if (kept?.follows.kind !== 'author' || kept.record.follows.kind !== 'author') return undefined
    const { profile } = kept.follows
    const gone = listed.filter(({ record }) => others.includes(record.id))
    const whole = gone.reduce(
      (known, { follows }) => (follows.kind === 'author' ? joinedProfile(known, follows.profile) : known),
      profile,
    )
    const after = withVariant(whole, names)
    const joining = {
      profile: kept.record.follows.profile,
      learnt: profileDifference(profile, after),
      subscriptions: gone.map(({ record }) => record),
    }
    const next = typeof before === 'number' ? before + 1 : 1
    const outcome = await store.commit([
      putIf(store.meta, edition, before, next),
      put(store.meta, subscriptionsEdition, `${channel} ${next}`),
      putIf(store.profiles, tenantKey(scope.tenant, joining.profile), profile, after),
      ...gone.map(({ record }) => remove(store.subscriptions, channelKey(channel, record.id))),
      ...(await handedOver(store, kept.record, joining.subscriptions)),
      ...also(joining),
    ])
    if (outcome === 'committed') return joining
  }
  throw new Error(`what ${channel} follows was changed by others ${attempts} times in a row; try again`)
}

/** Takes it back: the others are followed again, and the first has nothing of theirs. What waits goes on waiting for the first. */
export async function takeApart(store: Store, scope: Scope, joining: Joining): Promise<void> {
  await updateProfile(store, scope, joining.profile, (known) => withoutDifference(known, joining.learnt))
  await restoreSubscriptions(store, scope, joining.subscriptions)
}

async function handedOver(
  store: Store,
  kept: SubscriptionRecord,
  gone: readonly SubscriptionRecord[],
): Promise<readonly Operation[]> {
  const ids = new Set(gone.map(({ id }) => id))
  const papers = new Set<PaperId>()
  for (const namespace of [store.pending, store.questions]) {
    for await (const { key } of entriesOf<{ readonly at: string }>(store, namespace, [kept.channel]))
      papers.add(key[1] as PaperId)
  }
  const list = ids.size === 0 ? [] : [...papers]
  const seen = await store.seen.getMany(list.map((paper) => seenKey(kept.channel, paper)))
  return list.flatMap((paper, place) => {
    const before = seen[place]
    if (before === undefined || !before.reasons.some(({ subscription }) => ids.has(subscription))) return []
    const reasons = handed(before.reasons, ids, kept.id)
    const waits = waitingFor(reasons, before.at)
    return seenChange(store, kept.channel, paper, before, before.state === waits.state ? { ...before, reasons } : waits)
  })
}

/** Each subscription once: its own reason is kept before one that is handed over. */
function handed(reasons: readonly Reason[], ids: ReadonlySet<string>, to: string): readonly Reason[] {
  const own = reasons.some(({ subscription }) => subscription === to)
  const over = reasons.filter(({ subscription }) => ids.has(subscription)).slice(0, own ? 0 : 1)
  return [
    ...reasons.filter(({ subscription }) => !ids.has(subscription)),
    ...over.map((reason) => ({ ...reason, subscription: to })),
  ]
}
