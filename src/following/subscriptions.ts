import type { ChannelId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import { authorIdKinds, sharedAuthorId } from '../papers/author-ids.ts'
import { categoryName } from '../papers/venue.ts'
import type { Profile } from '../people/profile.ts'
import { channelKey, tenantKey } from '../store/keys.ts'
import type { Narrowing, Since, SubscriptionRecord } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import type { Key, Operation, Store } from '../store/store.ts'
import { entriesOf, put, putIf, putIfAbsent, remove } from '../store/store.ts'
import { followsWith } from './all-subscriptions.ts'
import { revivePapers } from './revival.ts'
import type { Follows, ListedSubscription } from './subscription.ts'

export { allSubscriptions, endedSubscriptions, followedFrom } from './all-subscriptions.ts'

export interface NewSubscription {
  /** A ULID; an author's profile is kept under it, too. */
  readonly id: string
  readonly channel: ChannelId
  readonly follows: Follows
  readonly narrowing: Narrowing
  readonly since: Since
  readonly by: SubscriptionRecord['by']
  /** ISO 8601, UTC. */
  readonly at: string
}

/** `already`: the channel follows it, under that record, and nothing was changed. */
export type AddOutcome = { readonly kind: 'added' | 'already'; readonly subscription: SubscriptionRecord }

const attempts = 8

/** `meta`: another value after each change of what is followed anywhere. */
export const subscriptionsEdition: Key = ['subscriptions']

/**
 * Follows one more thing in a channel, an author's profile and `also`, what the person was shown, in the same commit: it is
 * asked for anew after each conflict. Throws for a channel of another tenant.
 */
export function addSubscription(
  store: Store,
  scope: Scope,
  added: NewSubscription,
  also: () => Promise<readonly Operation[]> = async () => [],
): Promise<AddOutcome> {
  checkTenant(scope, added.channel)
  const { follows } = added
  const record = recordOf(added)
  return changeList<AddOutcome>(store, scope, added.channel, async (listed) => {
    const same = listed.find((each) => sameFollows(each.follows, follows))
    if (same !== undefined) return { operations: [], answer: { kind: 'already', subscription: same.record } }
    const operations = [...additionOf(store, scope, added), ...(await also())]
    return { operations, answer: { kind: 'added', subscription: record } }
  })
}

/** What keeps a new subscription, an author's profile apart. */
export function additionOf(store: Store, scope: Scope, added: NewSubscription): readonly Operation[] {
  const { id, channel, follows } = added
  return [
    putIfAbsent(store.subscriptions, channelKey(channel, id), recordOf(added)),
    ...(follows.kind === 'author' ? [put(store.profiles, tenantKey(scope.tenant, id), follows.profile)] : []),
  ]
}

function recordOf({ follows, ...rest }: NewSubscription): SubscriptionRecord {
  return { ...rest, follows: follows.kind === 'author' ? { kind: 'author', profile: rest.id } : follows }
}

/**
 * Ends subscriptions of a channel and answers with those that were there. Profiles stay, and until `undoableUntil` (ISO 8601,
 * UTC) what is announced goes on being matched, so that restoreSubscriptions brings everything back as it was.
 */
export function removeSubscriptions(
  store: Store,
  scope: Scope,
  channel: ChannelId,
  ids: readonly string[],
  undoableUntil?: string,
): Promise<readonly SubscriptionRecord[]> {
  checkTenant(scope, channel)
  return changeList(store, scope, channel, async (listed) => {
    const gone = listed.map((each) => each.record).filter((record) => ids.includes(record.id))
    return {
      operations: gone.flatMap((record) => [
        remove(store.subscriptions, channelKey(channel, record.id)),
        ...(undoableUntil === undefined
          ? []
          : [put(store.ended, channelKey(channel, record.id), { record, until: undoableUntil })]),
      ]),
      answer: gone,
    }
  })
}

/**
 * Takes a removal back, with the papers that a digest left out meanwhile; what is followed again by now stays as it is.
 * Answers with what was restored.
 */
export async function restoreSubscriptions(
  store: Store,
  scope: Scope,
  records: readonly SubscriptionRecord[],
): Promise<readonly SubscriptionRecord[]> {
  for (const record of records) checkTenant(scope, record.channel)
  const restored: SubscriptionRecord[] = []
  for (const record of records) {
    const follows = await followsOf(store, scope, record)
    const back = await changeList(store, scope, record.channel, async (listed) => {
      const there = listed.some((each) => each.record.id === record.id || sameFollows(each.follows, follows))
      return there
        ? { operations: [], answer: undefined }
        : {
            operations: [
              put(store.subscriptions, channelKey(record.channel, record.id), record),
              remove(store.ended, channelKey(record.channel, record.id)),
            ],
            answer: record,
          }
    })
    if (back !== undefined) restored.push(back)
  }
  await revivePapers(store, restored)
  return restored
}

/** What a channel follows, oldest first. Throws for a channel of another tenant. */
export async function listSubscriptions(
  store: Store,
  scope: Scope,
  channel: ChannelId,
): Promise<readonly ListedSubscription[]> {
  checkTenant(scope, channel)
  const listed: ListedSubscription[] = []
  for await (const { value: record } of entriesOf(store, store.subscriptions, channelKey(channel))) {
    listed.push({ record, follows: await followsOf(store, scope, record) })
  }
  return listed
}

/** Changes a profile as it is then; undefined when the tenant has no such profile. */
export async function updateProfile(
  store: Store,
  scope: Scope,
  profile: string,
  change: (profile: Profile) => Profile,
): Promise<Profile | undefined> {
  const key = tenantKey(scope.tenant, profile)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await store.profiles.get(key)
    if (before === undefined) return undefined
    const after = change(before)
    if ((await store.commit([putIf(store.profiles, key, before, after)])) === 'committed') return after
  }
  throw new Error(`the profile ${profile} was changed by others ${attempts} times in a row; try again`)
}

/**
 * Whether two follow the same thing. Two people of one name are told apart by their ids and confirmed papers;
 * narrowing plays no part: one channel follows one thing in one way.
 */
export function sameFollows(a: Follows, b: Follows): boolean {
  if (a.kind === 'author') return b.kind === 'author' && samePerson(a.profile, b.profile)
  if (a.kind === 'query') return b.kind === 'query' && folded(a.query) === folded(b.query)
  return b.kind === 'category' && a.category === b.category
}

/** What is followed, for people. @example followsLabel(follows, { position: 'first' }) // 'Jared Kaplan (first author)' */
export function followsLabel(follows: Follows, narrowing: Narrowing): string {
  const limits = [
    ...(narrowing.position === undefined ? [] : [`${narrowing.position} author`]),
    ...(narrowing.only === undefined || narrowing.only.length === 0 ? [] : [`only ${narrowing.only.join(', ')}`]),
    ...(narrowing.without ?? []).map((word) => `without ${word}`),
  ]
  return limits.length === 0 ? plainLabel(follows) : `${plainLabel(follows)} (${limits.join('; ')})`
}

function plainLabel(follows: Follows): string {
  if (follows.kind === 'author') return follows.profile.displayName
  if (follows.kind === 'query') return follows.query
  const name = categoryName(follows.category)
  return name === undefined ? follows.category : `${follows.category} ${name}`
}

function samePerson(a: Profile, b: Profile): boolean {
  if (sharedAuthorId(a.ids, b.ids) !== undefined) return true
  if (folded(a.displayName) !== folded(b.displayName)) return false
  // Unequal ids say nothing of people, but tell two apart of whom nothing else is known.
  if (a.papers.length === 0 && b.papers.length === 0)
    return authorIdKinds.every((kind) => a.ids[kind] === undefined || b.ids[kind] === undefined)
  if (a.papers.length === 0 || b.papers.length === 0) return false
  return a.papers.some((paper) => b.papers.includes(paper))
}

function folded(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase()
}

async function followsOf(store: Store, scope: Scope, record: SubscriptionRecord): Promise<Follows> {
  const profile =
    record.follows.kind === 'author'
      ? await store.profiles.get(tenantKey(scope.tenant, record.follows.profile))
      : undefined
  const follows = followsWith(record.follows, profile)
  if (follows === undefined) throw new Error(`the profile of subscription ${record.id} is missing from the store`)
  return follows
}

interface Plan<T> {
  readonly operations: readonly Operation[]
  readonly answer: T
}

/** Reads a channel's list, plans a change and commits it only if the list is still the same: a double press adds nothing twice. */
async function changeList<T>(
  store: Store,
  scope: Scope,
  channel: ChannelId,
  plan: (listed: readonly ListedSubscription[]) => Promise<Plan<T>>,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const edition = await editionRaised(store, channel)
    const { operations, answer } = await plan(await listSubscriptions(store, scope, channel))
    if (operations.length === 0) return answer
    if ((await store.commit([...edition, ...operations])) === 'committed') return answer
  }
  throw new Error(`what ${channel} follows was changed by others ${attempts} times in a row; try again`)
}

/** What a change of a channel's list commits beside it, to be asked for before the list is read: a conflict where the list was changed since. */
export async function editionRaised(store: Store, channel: ChannelId): Promise<readonly Operation[]> {
  const edition = ['subscriptions', channel]
  const before = await store.meta.get(edition)
  const next = typeof before === 'number' ? before + 1 : 1
  return [
    putIf(store.meta, edition, before, next),
    // Unconditional, so that channels do not wait for each other.
    put(store.meta, subscriptionsEdition, `${channel} ${next}`),
  ]
}

function checkTenant(scope: Scope, channel: ChannelId): void {
  const { tenant } = channelParts(channel)
  if (tenant !== scope.tenant) throw new Error(`${channel} belongs to ${tenant}, not to ${scope.tenant}`)
}
