import { isDeepStrictEqual } from 'node:util'
import type { Catalog } from '../catalog/catalog.ts'
import { isoAt } from '../clock.ts'
import { seenChange } from '../following/waiting.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Paper, PaperId } from '../papers/paper.ts'
import type { Appearance } from '../people/clusters.ts'
import { withoutPerson } from '../people/learning.ts'
import { type Profile, placeIn } from '../people/profile.ts'
import { profileDifference } from '../people/profile-difference.ts'
import { ulid } from '../random.ts'
import { channelKey, ledgerKey, seenKey, tenantKey } from '../store/keys.ts'
import type { Splitting } from '../store/records.ts'
import type { Scope } from '../store/scope.ts'
import type { Operation } from '../store/store.ts'
import { put, putIf } from '../store/store.ts'
import { type Correcting, refused, unlearn, wishedEdit } from './corrections.ts'

/** Somebody's word that papers that count as those of whom a subscription of their channel follows are another person's. */
export interface SplitWord {
  readonly channel: ChannelId
  readonly subscription: string
  readonly papers: readonly PaperId[]
  readonly by: { readonly id: string; readonly name: string }
}

const attempts = 8

/** Where (from 0) in the byline the person stands, by their ids or whichever of their names; undefined where nowhere. */
export function appearanceOf({ displayName, variants, ids }: Profile, paper: Paper): Appearance | undefined {
  const position = placeIn(paper, [displayName, ...variants], ids)
  return position < 0 ? undefined : { paper, position }
}

/**
 * Takes papers out of a person: the tenant's profile refuses them and forgets what they had taught, those that wait are taken back, and `also` is written, all in one commit.
 * What was posted stays posted. Undefined where the subscription follows no person any more. The scope must be that of the channel's tenant.
 */
export async function splitOff(
  { store, catalog, clock, random }: Omit<Correcting, 'catalog'> & { readonly catalog: Pick<Catalog, 'getMany'> },
  scope: Scope,
  word: SplitWord,
  also: (splitting: Splitting, name: string) => readonly Operation[],
): Promise<{ readonly name: string; readonly gone: readonly Paper[] } | undefined> {
  const { channel, subscription, by } = word
  for (let attempt = 0; attempt < attempts; attempt++) {
    const record = await store.subscriptions.get(channelKey(channel, subscription))
    if (record?.follows.kind !== 'author') return undefined
    const profileKey = tenantKey(scope.tenant, record.follows.profile)
    const profile = await store.profiles.get(profileKey)
    if (profile === undefined) return undefined
    const appearances = async (ids: readonly PaperId[]) =>
      (await catalog.getMany(ids)).flatMap((paper) => (paper && appearanceOf(profile, paper)) ?? [])
    const gone = await appearances(word.papers)
    const stay = await appearances(profile.papers.filter((id) => !word.papers.includes(id)))
    const learnt = withoutPerson(profile, gone, stay)
    const at = isoAt(clock.now())
    const step = { at, what: 'not-them' as const, detail: `${by.name}: not ${profile.displayName}` }
    const known = await store.seen.getMany(gone.map(({ paper }) => seenKey(channel, paper.id)))
    const concerned = gone.flatMap(({ paper }, place) => {
      const before = known[place]
      return before?.reasons.some((reason) => reason.subscription === subscription) === true
        ? [{ paper: paper.id, before, after: refused(before, word, at) }]
        : []
    })
    const moved = concerned.filter(({ before, after }) => !isDeepStrictEqual(before, after))
    const edits = await Promise.all(moved.map(({ before }) => wishedEdit(store, before, at)))
    const splitting = { profile: record.follows.profile, learnt: profileDifference(profile, learnt), seen: moved }
    const outcome = await store.commit([
      putIf(store.profiles, profileKey, profile, learnt),
      ...moved.flatMap(({ paper, before, after }) => seenChange(store, channel, paper, before, after)),
      ...concerned.map(({ paper }) => put(store.ledger, ledgerKey(channel, paper, ulid(clock.now(), random)), step)),
      ...edits.flat(),
      ...also(splitting, profile.displayName),
    ])
    if (outcome === 'committed') return { name: profile.displayName, gone: gone.map(({ paper }) => paper) }
  }
  throw new Error(`what ${channel} follows was changed by others ${attempts} times in a row; try again`)
}

/** Takes it back: the papers count as theirs again, and wait where they have not gone on meanwhile. */
export async function putTogether(
  house: Omit<Correcting, 'catalog'>,
  scope: Scope,
  channel: ChannelId,
  splitting: Splitting,
): Promise<void> {
  await unlearn(house, scope, channel, splitting)
}
