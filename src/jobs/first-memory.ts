import { isoAt } from '../clock.ts'
import { followedFrom } from '../following/subscriptions.ts'
import type { Source, SourceMemory } from '../sources/source.ts'
import type { Store } from '../store/store.ts'

/** So that the numbers of the listing before are among what a first harvest learns of, over a long weekend, too. */
const REACH_MS = 5 * 24 * 3_600_000

/**
 * What a source is told at its harvest. While its first one is not complete that is also since when anything is followed, for
 * from then on nothing may be missing; `since` (`YYYY-MM-DD`) is then no later than that asks for. Rejects when the store does.
 */
export async function withFollowedSince(
  store: Store,
  source: Pick<Source, 'announcedThrough'>,
  memory: SourceMemory,
  since: string | undefined,
): Promise<{ readonly memory: SourceMemory; readonly since?: string }> {
  const asked = since === undefined ? {} : { since }
  if (source.announcedThrough(memory) !== undefined) return { memory, ...asked }
  const followedSince = await followedFrom(store)
  if (followedSince === undefined) return { memory, ...asked }
  const reaching = isoAt(followedSince - REACH_MS).slice(0, 10)
  const earliest = since === undefined || reaching < since ? reaching : since
  return { memory: { ...memory, followedSince }, since: earliest }
}
