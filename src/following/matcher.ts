import { queryMatches } from '../catalog/query.ts'
import { isWithin } from '../catalog/query-match.ts'
import { wordsOf } from '../catalog/words.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Paper } from '../papers/paper.ts'
import { weighAuthor } from '../people/profile.ts'
import type { Acquaintance } from '../people/signals.ts'
import type { Narrowing, Reason } from '../store/records.ts'
import type { Candidate, FollowIndex } from './follow-index.ts'
import type { Match, Subscription } from './subscription.ts'
import { followsLabel } from './subscriptions.ts'

/**
 * Whom a paper concerns, why, and how sure that is: one match for each subscription, in the order of the index.
 * `possible` ones are among them. `concerned` leaves out subscriptions before any is looked at closely; `acquaintance` tells who has written with whom.
 * Of two namesakes who are followed in one channel, a name in a byline is never more than possibly the one whom less speaks for.
 */
export function matchPaper(
  paper: Paper,
  index: FollowIndex,
  concerned: (subscription: Subscription) => boolean = () => true,
  acquaintance?: Acquaintance,
): readonly Match[] {
  const found = index.candidatesOf(paper).flatMap((candidate) => {
    const { subscription } = candidate
    if (!concerned(subscription) || !isWithinNarrowing(paper, subscription.narrowing)) return []
    const weighed = reasonOf(paper, candidate, acquaintance)
    return weighed === undefined ? [] : [{ ...weighed, channel: subscription.channel }]
  })
  return found.map((one) => {
    const { channel, reason } = one
    const isBeaten = found.some((other) => areNamesakes(one, other) && other.odds > one.odds + clearLead)
    return {
      paper: paper.id,
      channel,
      reason: isBeaten && isSure(reason) ? { ...reason, confidence: 'possible' } : reason,
    }
  })
}

interface Weighed {
  readonly channel: ChannelId
  readonly reason: Reason
  readonly odds: number
}

// e^1: three times as likely.
const clearLead = 1

function areNamesakes(one: Weighed, other: Weighed): boolean {
  return (
    one.channel === other.channel &&
    one.reason.position !== undefined &&
    one.reason.position === other.reason.position &&
    isSure(other.reason)
  )
}

function isSure({ confidence }: Reason): boolean {
  return confidence !== 'possible'
}

function reasonOf(
  paper: Paper,
  { subscription, positions, query }: Candidate,
  acquaintance: Acquaintance | undefined,
): Omit<Weighed, 'channel'> | undefined {
  const { id, follows, narrowing } = subscription
  const common = { subscription: id, label: followsLabel(follows, {}), kind: follows.kind }
  switch (follows.kind) {
    case 'author': {
      const allowed = positions.filter((position) => isAllowed(position, paper, narrowing))
      const weighed = allowed.flatMap((position) => {
        const weight = weighAuthor(follows.profile, paper, position, acquaintance)
        return weight === undefined ? [] : [{ ...weight, position }]
      })
      const [best] = weighed.sort((a, b) => b.odds - a.odds)
      if (best === undefined) return undefined
      const { position, confidence, evidence, odds } = best
      return {
        reason: { ...common, author: paper.authors[position]?.name ?? '', position, confidence, evidence },
        odds,
      }
    }
    case 'query':
      if (query === undefined || !queryMatches(query, paper)) return undefined
      return sure({ ...common, confidence: 'certain', evidence: ['the query finds it'] })
    case 'category': {
      const found = paper.categories.findIndex((category) => isWithin(category, follows.category))
      if (found < 0) return undefined
      const how = found === 0 ? 'its primary category' : 'cross-listed'
      return sure({ ...common, confidence: 'certain', evidence: [`${paper.categories[found]}: ${how}`] })
    }
  }
}

function sure(reason: Reason): Omit<Weighed, 'channel'> {
  return { reason, odds: Number.POSITIVE_INFINITY }
}

function isWithinNarrowing(paper: Paper, { only, without = [] }: Narrowing): boolean {
  if (only !== undefined && only.length > 0) {
    if (!paper.categories.some((category) => only.some((named) => isWithin(category, named)))) return false
  }
  return !without.some((word) => hasWords(paper, word))
}

function hasWords(paper: Paper, text: string): boolean {
  const words = wordsOf(text)
  return (['title', 'abstract'] as const).some((field) => queryMatches({ kind: 'words', field, words }, paper))
}

function isAllowed(place: number, { authors }: Paper, { position }: Narrowing): boolean {
  if (position === undefined) return true
  return place === (position === 'first' ? 0 : authors.length - 1)
}
