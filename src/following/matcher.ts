import { queryMatches } from '../catalog/query.ts'
import { isWithin } from '../catalog/query-match.ts'
import { wordsOf } from '../catalog/words.ts'
import type { ChannelId } from '../message/channel.ts'
import type { Paper } from '../papers/paper.ts'
import { type Profile, type Weight, weighAuthor } from '../people/profile.ts'
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
  const weigh = weigher(paper, acquaintance)
  const found = index.candidatesOf(paper).flatMap((candidate) => {
    const { subscription } = candidate
    if (!concerned(subscription) || !isWithinNarrowing(paper, subscription.narrowing)) return []
    const weighed = reasonOf(paper, candidate, weigh)
    return weighed === undefined ? [] : [{ ...weighed, channel: subscription.channel }]
  })
  const best = bestOdds(found)
  return found.map((one) => {
    const { channel, reason } = one
    const isBeaten = (best.get(placeOf(one)) ?? one.odds) > one.odds + clearLead
    return {
      paper: paper.id,
      channel,
      reason: isBeaten && isSure(reason) ? beaten(reason) : reason,
    }
  })
}

interface Weighed {
  readonly channel: ChannelId
  readonly reason: Reason
  readonly odds: number
}

function beaten(reason: Reason): Reason {
  const evidence = [...reason.evidence, 'more speaks for another one of the name who is followed here']
  return { ...reason, confidence: 'possible', evidence }
}

// e^1: three times as likely.
const clearLead = 1

/** The best odds of a sure reason for each name in the byline, channel by channel. */
function bestOdds(found: readonly Weighed[]): ReadonlyMap<string, number> {
  const best = new Map<string, number>()
  for (const one of found) {
    if (one.reason.position === undefined || !isSure(one.reason)) continue
    best.set(placeOf(one), Math.max(best.get(placeOf(one)) ?? Number.NEGATIVE_INFINITY, one.odds))
  }
  return best
}

function placeOf({ channel, reason }: Weighed): string {
  return `${channel} ${reason.position}`
}

type Weigh = (profile: Profile, position: number, alike: number | undefined) => Weight | undefined

/** weighAuthor, once for all who know the same of a person. */
function weigher(paper: Paper, acquaintance: Acquaintance | undefined): Weigh {
  const known = new Map<string, Weight | undefined>()
  return (profile, position, alike) => {
    if (alike === undefined) return weighAuthor(profile, paper, position, acquaintance)
    const key = `${alike} ${position}`
    if (!known.has(key)) known.set(key, weighAuthor(profile, paper, position, acquaintance))
    return known.get(key)
  }
}

function isSure({ confidence }: Reason): boolean {
  return confidence !== 'possible'
}

function reasonOf(
  paper: Paper,
  { subscription, positions, query, alike }: Candidate,
  weigh: Weigh,
): Omit<Weighed, 'channel'> | undefined {
  const { id, follows, narrowing } = subscription
  const common = { subscription: id, label: followsLabel(follows, {}), kind: follows.kind }
  switch (follows.kind) {
    case 'author': {
      const allowed = positions.filter((position) => isAllowed(position, paper, narrowing))
      const weighed = allowed.flatMap((position) => {
        const weight = weigh(follows.profile, position, alike)
        return weight === undefined ? [] : [{ ...weight, position }]
      })
      const [best] = weighed.sort((a, b) => b.odds - a.odds)
      if (best === undefined) return undefined
      const { position, confidence, evidence, odds, score } = best
      const scored = score === undefined ? {} : { score }
      return {
        reason: { ...common, author: paper.authors[position]?.name ?? '', position, confidence, evidence, ...scored },
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
