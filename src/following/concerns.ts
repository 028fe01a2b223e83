import type { Catalog } from '../catalog/catalog.ts'
import type { Change } from '../catalog/change.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Paper } from '../papers/paper.ts'
import { type Acquaintance, acquaintanceOf } from '../people/signals.ts'
import type { Reason } from '../store/records.ts'
import type { FollowIndex } from './follow-index.ts'
import { matchPaper } from './matcher.ts'
import { isNewsTo } from './news.ts'
import type { Subscription } from './subscription.ts'

/** One paper concerns one channel, with all reasons. */
export interface Concern {
  readonly seq: number
  readonly channel: ChannelId
  readonly paper: Paper
  readonly reasons: readonly Reason[]
}

export interface Concerning {
  readonly catalog: Pick<Catalog, 'id' | 'getMany' | 'papersBy'>
  readonly clock: Clock
  readonly log?: Log
}

/**
 * Whom the papers of these changes concern, in the order of the changes. Where it is doubtful whose a paper is, the catalogue is asked with whom
 * its authors have written elsewhere. Rejects when the catalogue does.
 */
export async function concernsOf(
  { catalog, clock, log }: Concerning,
  news: readonly Change[],
  index: FollowIndex,
): Promise<readonly Concern[]> {
  const papers = await catalog.getMany(news.map((change) => change.paper))
  const found: Concern[] = []
  for (const [at, change] of news.entries()) {
    const paper = papers[at]
    if (paper === undefined) {
      log?.({ event: 'match.paper-missing', paper: change.paper, seq: change.seq })
      continue
    }
    // Matching is all computing: whoever asks something meanwhile gets a turn.
    if (at % 25 === 24) await clock.sleep(0)
    const byChannel = new Map<ChannelId, Reason[]>()
    const isConcerned = (subscription: Subscription) => isNewsTo(subscription, change, catalog.id, paper.announced)
    const atFirstSight = matchPaper(paper, index, isConcerned)
    const matches = atFirstSight.some(({ reason }) => reason.confidence === 'possible')
      ? matchPaper(paper, index, isConcerned, await acquaintanceAround(catalog, paper))
      : atFirstSight
    const others = change.kind === 'crosslisted' ? withoutCrossLists(paper, index) : undefined
    for (const { channel, reason } of matches) {
      if (others?.has(subscriptionOf(channel, reason)) === true) continue
      const reasons = byChannel.get(channel)
      if (reasons === undefined) byChannel.set(channel, [reason])
      else reasons.push(reason)
    }
    for (const [channel, reasons] of byChannel) found.push({ seq: change.seq, channel, paper, reasons })
  }
  return found
}

/** Bylines longer than this say nothing of who knows whom. */
const longestByline = 25
/** Papers of one name that are looked at: a name with more is borne by many people. */
const papersOfOne = 50

async function acquaintanceAround(
  catalog: Pick<Catalog, 'papersBy'>,
  { authors }: Paper,
): Promise<Acquaintance | undefined> {
  if (authors.length > longestByline) return undefined
  const papers: Paper[] = []
  for (const { name } of authors) papers.push(...(await catalog.papersBy([name], { limit: papersOfOne })))
  return acquaintanceOf(papers)
}

/** Who would have had the paper for its primary category alone: its cross-listing is no news to them. */
function withoutCrossLists(paper: Paper, index: FollowIndex): ReadonlySet<string> {
  const primary = { ...paper, categories: paper.categories.slice(0, 1) }
  return new Set(matchPaper(primary, index).map(({ channel, reason }) => subscriptionOf(channel, reason)))
}

function subscriptionOf(channel: ChannelId, reason: Reason): string {
  return `${channel} ${reason.subscription}`
}
