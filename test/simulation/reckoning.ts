import { metadataOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { pairOf } from './deliveries.ts'
import { followedBy, mayBeBy } from './papers.ts'

/** One thing that a channel follows, by a test's own list. */
export interface Following {
  readonly channel: ChannelId
  /** What it is known by in that list. */
  readonly what: string
  readonly concerns: (event: Announcement) => boolean
  /** It may be theirs: somebody is asked, unless it is with people they are known to write with. */
  readonly mayConcern?: (event: Announcement) => boolean
  /** Epoch ms. */
  readonly since: number
  /** Ids that the catalogue had by then: they are no news. */
  readonly known: ReadonlySet<string>
  /** Epoch ms; from then on it is followed no more. */
  until?: number
  /** Somebody refused a paper of the name: others of whoever wrote it stop, too, so that none of the name is surely due. */
  doubted?: boolean
}

/** What a channel has to be given, with the moment (epoch ms) at which arXiv first showed it, and all that it may be given. By pairOf. */
export interface Reckoning {
  readonly due: ReadonlyMap<string, number>
  readonly allowed: ReadonlySet<string>
}

/** When (epoch ms) somebody said of a paper that it is theirs, by pairOf; what was taken back is not among them. */
export type Confirmations = ReadonlyMap<string, number>

/**
 * Reckons from the announcements and the list alone. A first announcement after the following began is due. What was at arXiv by then
 * but not with us, and what is announced again or cross-listed later, may be given: a feed that lists it can be missed.
 * What may be theirs is due once somebody has said that it is.
 */
export function reckon(
  announced: readonly Announcement[],
  followings: readonly Following[],
  confirmed: Confirmations = new Map(),
): Reckoning {
  const due = new Map<string, number>()
  const allowed = new Set<string>()
  const first = new Map<string, Announcement>()
  for (const event of announced) if (!first.has(event.id)) first.set(event.id, event)
  for (const { channel, concerns, mayConcern, since, known, until, doubted = false } of followings) {
    for (const event of announced) {
      const may = mayConcern?.(event) === true
      if (event.announce === 'replace' || !(concerns(event) || may)) continue
      const shownAt = metadataOpens(event.announced ?? '')
      const pair = pairOf(channel, `arxiv:${event.id}`)
      const saidAt = confirmed.get(pair)
      if (may && saidAt !== undefined && until === undefined) due.set(pair, saidAt)
      if (until !== undefined && shownAt > until) continue
      if (shownAt > since) allowed.add(pair)
      else if (!known.has(event.id)) allowed.add(pair)
      if (may || doubted || until !== undefined) continue
      if (shownAt > since && first.get(event.id) === event) due.set(pair, shownAt)
    }
  }
  return { due, allowed }
}

/** Everything by one of the forty, and what may be. */
export const byAuthor = (name: string): Pick<Following, 'concerns' | 'mayConcern'> => ({
  concerns: (event) => followedBy(event, [name]),
  mayConcern: (event) => mayBeBy(event, name),
})
