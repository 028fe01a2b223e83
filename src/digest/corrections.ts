import { isDeepStrictEqual } from 'node:util'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import { isSure, seenChange } from '../following/waiting.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import { type Appearance, matesOf } from '../people/clusters.ts'
import { withMates, withoutMates, withoutPaper, withPaper } from '../people/learning.ts'
import { type Profile, placeIn } from '../people/profile.ts'
import { profileDifference, withoutDifference } from '../people/profile-difference.ts'
import type { Random } from '../random.ts'
import { ulid } from '../random.ts'
import { channelKey, digestKey, ledgerKey, partKey, seenKey, tenantKey } from '../store/keys.ts'
import type { Correction, LedgerStep, Reason, Seen, Splitting } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import type { Operation, Store } from '../store/store.ts'
import { put, putIf } from '../store/store.ts'
import { digestPlace } from './digest-id.ts'

export interface Correcting {
  readonly store: Store
  readonly catalog: Pick<Catalog, 'get' | 'papersBy'>
  readonly clock: Clock
  readonly random: Random
}

/** Somebody's word on whether a paper is by the person whom a subscription of their channel follows. */
export interface Word {
  readonly channel: ChannelId
  readonly paper: PaperId
  readonly subscription: string
  readonly theirs: boolean
  readonly by: { readonly id: string; readonly name: string }
}

export type Corrected =
  /** `seen`: what is seen of the paper in the channel by now; undefined when it has nothing to do with it. */
  | { readonly kind: 'corrected'; readonly correction: Correction; readonly name: string; readonly seen?: Seen }
  /** That had been said before. */
  | { readonly kind: 'known'; readonly name: string }
  | { readonly kind: 'no-such-person' }

const attempts = 8

/**
 * Takes somebody's word: the tenant's profile learns, a paper that is theirs waits to be posted, one that is not waits no more,
 * a question about it is answered, and `also` is written, all in one commit. The scope must be that of the channel's tenant.
 */
export async function correct(
  house: Correcting,
  scope: Scope,
  word: Word,
  also: (correction: Correction, name: string) => readonly Operation[],
): Promise<Corrected> {
  const { store, catalog, clock, random } = house
  const { channel, subscription, theirs } = word
  const paper = await catalog.get(word.paper)
  const id = await nameSeen(store, channel, paper, word.paper)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const record = await store.subscriptions.get(channelKey(channel, subscription))
    if (record?.follows.kind !== 'author') return { kind: 'no-such-person' }
    const profileKey = tenantKey(scope.tenant, record.follows.profile)
    const profile = await store.profiles.get(profileKey)
    if (profile === undefined) return { kind: 'no-such-person' }
    const before = await store.seen.get(seenKey(channel, id))
    const now = clock.now()
    const position = paper === undefined ? -1 : placeOf(profile, paper, before, subscription)
    const mates = paper === undefined || position < 0 ? [] : await matesIn(catalog, profile, paper, position)
    const learnt = learn(profile, paper ?? id, position, theirs, mates)
    const reason = reasonOf(subscription, profile, paper, position)
    const after = before && (theirs ? confirmed(before, reason, isoAt(now)) : refused(before, word, isoAt(now)))
    const moved = before !== undefined && after !== undefined && !isDeepStrictEqual(before, after)
    const name = profile.displayName
    if (!moved && isDeepStrictEqual(profile, learnt)) return { kind: 'known', name }
    const correction: Correction = {
      paper: id,
      subscription,
      profile: record.follows.profile,
      learnt: profileDifference(profile, learnt),
      ...(moved ? { seen: { before, after } } : {}),
    }
    const step: LedgerStep = {
      at: isoAt(now),
      what: theirs ? 'confirmed' : 'not-them',
      detail: `${word.by.name}: ${theirs ? '' : 'not '}${name}`,
    }
    const outcome = await store.commit([
      putIf(store.profiles, profileKey, profile, learnt),
      ...(moved ? seenChange(store, channel, id, before, after) : []),
      ...(moved ? await wishedEdit(store, before, isoAt(now)) : []),
      put(store.ledger, ledgerKey(channel, id, ulid(now, random)), step),
      ...also(correction, name),
    ])
    if (outcome === 'committed') {
      return { kind: 'corrected', correction, name, ...(after === undefined ? {} : { seen: after }) }
    }
  }
  throw new Error(`what is known of ${id} in ${channel} was changed by others ${attempts} times in a row; try again`)
}

/**
 * Takes a correction back: the profile forgets what it learnt by it, and the paper stands as before, unless it has gone on
 * meanwhile. `posted`: it went into a digest and stays there.
 */
export async function takeBack(
  house: Omit<Correcting, 'catalog'>,
  scope: Scope,
  channel: ChannelId,
  { paper, profile, learnt, seen }: Correction,
): Promise<'as-before' | 'posted'> {
  const moved = seen === undefined ? [] : [{ paper, ...seen }]
  const back = await unlearn(house, scope, channel, { profile, learnt, seen: moved }, [paper])
  return back.length === moved.length ? 'as-before' : 'posted'
}

/**
 * The profile forgets what it learnt, and papers that have not gone on since stand as before; answers with these. The ledger
 * tells it of `told`, or of these where none are named.
 */
export async function unlearn(
  { store, clock, random }: Omit<Correcting, 'catalog'>,
  scope: Scope,
  channel: ChannelId,
  { profile, learnt, seen }: Splitting,
  told?: readonly PaperId[],
): Promise<readonly PaperId[]> {
  const profileKey = tenantKey(scope.tenant, profile)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const known = await store.profiles.get(profileKey)
    const current = await store.seen.getMany(seen.map(({ paper }) => seenKey(channel, paper)))
    const back = seen.flatMap(({ paper, before, after }, place) => {
      const now = current[place]
      return now !== undefined && isDeepStrictEqual(now, after) ? [{ paper, before, now }] : []
    })
    const papers = back.map(({ paper }) => paper)
    const now = clock.now()
    const edits = await Promise.all(back.map(({ before }) => wishedEdit(store, before, isoAt(now))))
    const outcome = await store.commit([
      ...(known === undefined ? [] : [putIf(store.profiles, profileKey, known, withoutDifference(known, learnt))]),
      ...back.flatMap((each) => seenChange(store, channel, each.paper, each.now, each.before)),
      ...edits.flat(),
      ...(told ?? papers).map((paper) =>
        put(store.ledger, ledgerKey(channel, paper, ulid(now, random)), { at: isoAt(now), what: 'undone' as const }),
      ),
    ])
    if (outcome === 'committed') return papers
  }
  throw new Error(`what is known in ${channel} was changed by others ${attempts} times in a row; try again`)
}

/** The id under which the channel has seen the paper. */
async function nameSeen(store: Store, channel: ChannelId, paper: Paper | undefined, asked: PaperId): Promise<PaperId> {
  const names = [...new Set([asked, ...(paper === undefined ? [] : [paper.id, ...paper.aliases])])]
  const found = await store.seen.getMany(names.map((name) => seenKey(channel, name)))
  return names.find((_, at) => found[at] !== undefined) ?? paper?.id ?? asked
}

/** Where the person stands in the byline: where the reason says so, or else where an id or the name does. */
function placeOf(profile: Profile, paper: Paper, seen: Seen | undefined, subscription: string): number {
  const told = seen?.reasons.find((reason) => reason.subscription === subscription)
  if (told?.position !== undefined && paper.authors[told.position]?.name === told.author) return told.position
  return placeIn(paper, [profile.displayName, ...profile.variants], profile.ids)
}

/** Papers of a name that are looked at. */
const papersOfName = 2_000

/** What else the catalogue has of whoever stands there. */
async function matesIn(
  catalog: Pick<Catalog, 'papersBy'>,
  profile: Profile,
  paper: Paper,
  position: number,
): Promise<readonly Appearance[]> {
  const names = [profile.displayName, ...profile.variants]
  return matesOf(paper, position, names, await catalog.papersBy(names, { limit: papersOfName }))
}

function learn(
  profile: Profile,
  paper: Paper | PaperId,
  position: number,
  theirs: boolean,
  mates: readonly Appearance[],
): Profile {
  if (typeof paper !== 'string')
    return theirs
      ? withMates(withPaper(profile, paper, position), mates)
      : withoutMates(withoutPaper(profile, paper, position), mates)
  const others = (list: readonly PaperId[]) => list.filter((id) => id !== paper)
  return theirs
    ? { ...profile, papers: [...others(profile.papers), paper], not: others(profile.not) }
    : { ...profile, papers: others(profile.papers), not: [...others(profile.not), paper] }
}

function reasonOf(subscription: string, profile: Profile, paper: Paper | undefined, position: number): Reason {
  const author = paper?.authors[position]?.name
  return {
    subscription,
    label: profile.displayName,
    kind: 'author',
    ...(author === undefined ? {} : { author, position }),
    confidence: 'certain',
    evidence: ['confirmed as theirs'],
  }
}

/** Yes: what was asked, or taken for another's, waits to be posted. */
function confirmed(before: Seen, reason: Reason, at: string): Seen {
  const reasons = [...before.reasons.filter((each) => each.subscription !== reason.subscription), reason]
  if (before.state === 'asked') return { state: 'pending', at, reasons }
  if (before.state === 'refused' && before.why === 'not-theirs') return { state: 'pending', at, reasons }
  return before.state === 'pending' ? { ...before, reasons } : before
}

/** No: what waits goes on waiting for other reasons only. */
export function refused(before: Seen, { subscription, by }: Pick<Word, 'subscription' | 'by'>, at: string): Seen {
  if (before.state !== 'asked' && before.state !== 'pending') return before
  const reasons = before.reasons.filter((reason) => reason.subscription !== subscription)
  if (reasons.length === before.reasons.length) return before
  if (reasons.length === 0) {
    return { state: 'refused', by: by.id, why: 'not-theirs', at, reasons: before.reasons }
  }
  return before.state === 'asked' || reasons.some(isSure) ? { ...before, reasons } : { state: 'asked', at, reasons }
}

/** The message that asked is to say what was answered: what it should look like is found out when it is edited. */
export async function wishedEdit(store: Store, asked: Seen, at: string): Promise<readonly Operation[]> {
  const place = asked.state === 'asked' && asked.askedIn !== undefined ? digestPlace(asked.askedIn) : undefined
  const digest = place && (await store.digests.get(digestKey(place)))
  if (digest === undefined) return []
  return [put(store.edits, partKey({ ...digest, part: digest.parts.length }), { wanted: 'answered', at })]
}
