import { queryMatches } from '../catalog/query.ts'
import { isWithin } from '../catalog/query-match.ts'
import { wordsOf } from '../catalog/words.ts'
import type { Paper } from '../papers/paper.ts'
import { weighAuthor } from '../people/profile.ts'
import type { Confidence, Narrowing, Reason } from '../store/records.ts'
import type { Candidate, FollowIndex } from './follow-index.ts'
import type { Match, Subscription } from './subscription.ts'
import { followsLabel } from './subscriptions.ts'

/**
 * Whom a paper concerns, why, and how sure that is: one match for each subscription, in the order of the index.
 * `possible` ones are among them. `concerned` leaves out subscriptions before any is looked at closely.
 */
export function matchPaper(
  paper: Paper,
  index: FollowIndex,
  concerned: (subscription: Subscription) => boolean = () => true,
): readonly Match[] {
  return index.candidatesOf(paper).flatMap((candidate) => {
    const { subscription } = candidate
    if (!concerned(subscription) || !isWithinNarrowing(paper, subscription.narrowing)) return []
    const reason = reasonOf(paper, candidate)
    return reason === undefined ? [] : [{ paper: paper.id, channel: subscription.channel, reason }]
  })
}

function reasonOf(paper: Paper, { subscription, positions, query }: Candidate): Reason | undefined {
  const { id, follows, narrowing } = subscription
  const common = { subscription: id, label: followsLabel(follows, {}), kind: follows.kind }
  switch (follows.kind) {
    case 'author': {
      const allowed = positions.filter((position) => isAllowed(position, paper, narrowing))
      const weighed = allowed.flatMap((position) => {
        const weight = weighAuthor(follows.profile, paper, position)
        return weight === undefined ? [] : [{ ...weight, position }]
      })
      const [best] = weighed.sort((a, b) => sureness.indexOf(a.confidence) - sureness.indexOf(b.confidence))
      if (best === undefined) return undefined
      const { position, confidence, evidence } = best
      return { ...common, author: paper.authors[position]?.name ?? '', position, confidence, evidence }
    }
    case 'query':
      if (query === undefined || !queryMatches(query, paper)) return undefined
      return { ...common, confidence: 'certain', evidence: ['the query finds it'] }
    case 'category': {
      const found = paper.categories.findIndex((category) => isWithin(category, follows.category))
      if (found < 0) return undefined
      const how = found === 0 ? 'its primary category' : 'cross-listed'
      return { ...common, confidence: 'certain', evidence: [`${paper.categories[found]}: ${how}`] }
    }
  }
}

const sureness: readonly Confidence[] = ['certain', 'likely', 'possible']

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
