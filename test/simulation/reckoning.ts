import { metadataOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { pairOf } from './deliveries.ts'
import { followedBy } from './papers.ts'

/** One thing that a channel follows, by a test's own list. */
export interface Following {
  readonly channel: ChannelId
  /** What it is known by in that list. */
  readonly what: string
  readonly concerns: (event: Announcement) => boolean
  /** Epoch ms. */
  readonly since: number
  /** Ids that the catalogue had by then: they are no news. */
  readonly known: ReadonlySet<string>
  /** Epoch ms; from then on it is followed no more. */
  until?: number
}

/** What a channel has to be given, with the moment (epoch ms) at which arXiv first showed it, and all that it may be given. By pairOf. */
export interface Reckoning {
  readonly due: ReadonlyMap<string, number>
  readonly allowed: ReadonlySet<string>
}

/**
 * Reckons from the announcements and the list alone. A first announcement after the following began is due. What was at arXiv by then
 * but not with us, and what is announced again or cross-listed later, may be given: a feed that lists it can be missed.
 */
export function reckon(announced: readonly Announcement[], followings: readonly Following[]): Reckoning {
  const due = new Map<string, number>()
  const allowed = new Set<string>()
  const first = new Map<string, Announcement>()
  for (const event of announced) if (!first.has(event.id)) first.set(event.id, event)
  for (const { channel, concerns, since, known, until } of followings) {
    for (const event of announced) {
      if (event.announce === 'replace' || !concerns(event)) continue
      const shownAt = metadataOpens(event.announced ?? '')
      const pair = pairOf(channel, `arxiv:${event.id}`)
      if (until !== undefined && shownAt > until) continue
      if (shownAt > since) allowed.add(pair)
      else if (!known.has(event.id)) allowed.add(pair)
      if (shownAt > since && until === undefined && first.get(event.id) === event) due.set(pair, shownAt)
    }
  }
  return { due, allowed }
}

/** Everything by one of the forty. */
export const byAuthor = (name: string) => (event: Announcement) => followedBy(event, [name])
