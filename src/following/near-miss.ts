import { parseQuery, type Query, queryMatches, queryText } from '../catalog/query.ts'
import { archiveOf, isWithin } from '../catalog/query-match.ts'
import type { Paper } from '../papers/paper.ts'
import { parseAuthorName } from '../people/author-name.ts'
import { compareNames } from '../people/compare.ts'
import { scoreOfAuthor } from '../people/profile.ts'
import { scoreText } from '../people/score.ts'
import type { Narrowing, Reason } from '../store/records.ts'
import { buildFollowIndex } from './follow-index.ts'
import { matchPaper } from './matcher.ts'
import type { Follows, Subscription } from './subscription.ts'
import { followsLabel } from './subscriptions.ts'

/** How a subscription came close to a paper that it does not match. */
export interface NearMiss {
  /** What is followed, for people. */
  readonly label: string
  /** One clause that says what is missing. */
  readonly why: string
  /** From 0 to 1: the higher, the nearer. */
  readonly nearness: number
}

/** The subscriptions that came nearest to a paper, the nearest first; those that it has nothing in common with are left out. */
export function nearMisses(paper: Paper, subscriptions: readonly Subscription[]): readonly NearMiss[] {
  return subscriptions
    .flatMap((subscription) => {
      const near = matches(paper, subscription)
        ? undefined
        : (narrowed(paper, subscription) ?? nearest(paper, subscription.follows))
      return near === undefined ? [] : [{ label: followsLabel(subscription.follows, subscription.narrowing), ...near }]
    })
    .toSorted((a, b) => b.nearness - a.nearness)
}

type Near = Omit<NearMiss, 'label'>

/** It would match but for what narrows it. */
function narrowed(paper: Paper, subscription: Subscription): Near | undefined {
  const fits = (narrowing: Narrowing) => matches(paper, { ...subscription, narrowing })
  const { narrowing } = subscription
  const reason = reasonFor(paper, { ...subscription, narrowing: {} })
  if (reason === undefined) return undefined
  const { only, without = [], position } = narrowing
  const missing = [
    ...(only !== undefined && !paper.categories.some((category) => only.some((named) => isWithin(category, named)))
      ? [`it is in ${paper.categories.join(', ')}, and only ${only.join(', ')} is wanted`]
      : []),
    ...(position !== undefined && !fits({ position }) ? [`they are not the ${position} author`] : []),
    ...without.flatMap((word) => (fits({ without: [word] }) ? [] : [`it has the word “${word}”`])),
  ]
  const why = missing.join(', and ') || 'what narrows the subscription leaves it out'
  return { nearness: 0.9, why: reason.score === undefined ? why : `${why}; else score ${scoreText(reason.score)}` }
}

function matches(paper: Paper, subscription: Subscription): boolean {
  return reasonFor(paper, subscription) !== undefined
}

function reasonFor(paper: Paper, subscription: Subscription): Reason | undefined {
  return matchPaper(paper, buildFollowIndex([subscription]))[0]?.reason
}

function nearest(paper: Paper, follows: Follows): Near | undefined {
  switch (follows.kind) {
    case 'author':
      return nearestName(paper, follows)
    case 'category': {
      const sister = paper.categories.find((category) => archiveOf(category) === archiveOf(follows.category))
      return sister === undefined ? undefined : { nearness: 0.3, why: `it is in ${sister}` }
    }
    case 'query': {
      const read = parseQuery(follows.query)
      return read.kind === 'query' ? nearestParts(paper, read.query) : undefined
    }
  }
}

function nearestName(paper: Paper, { profile }: Follows & { readonly kind: 'author' }): Near | undefined {
  if ([paper.id, ...paper.aliases].some((id) => profile.not.includes(id))) {
    return { nearness: 1, why: 'somebody here said that it is not theirs' }
  }
  const names = [profile.displayName, ...profile.variants]
  const place = paper.authors.findIndex((author) => names.some((name) => compareNames(name, author) !== 'different'))
  const fits = paper.authors[place]
  if (fits !== undefined) {
    const score = scoreOfAuthor(profile, paper, place)
    const near = score === undefined ? '' : `: score ${scoreText(score)}`
    return { nearness: 0.8, why: `“${fits.name}” may be them, but too little speaks for it${near}` }
  }
  const families = new Set(names.map(familyOf))
  const namesake = paper.authors.find((author) => families.has(familyOf(author)))
  return namesake === undefined
    ? undefined
    : { nearness: 0.5, why: `${namesake.name} bears the same family name alone` }
}

function familyOf(name: Parameters<typeof parseAuthorName>[0]): string {
  return (parseAuthorName(name).family ?? '').toLowerCase()
}

/** Which parts of a query the paper has, where it has some and lacks others. */
function nearestParts(paper: Paper, query: Query): Near | undefined {
  if (query.kind !== 'all') return undefined
  const lacking = query.of.filter((part) => !queryMatches(part, paper))
  const met = query.of.length - lacking.length
  if (met === 0 || lacking.length === 0) return undefined
  const why = `${met} of its ${query.of.length} parts fit; ${lacking.map(queryText).join(', ')} does not`
  return { nearness: 0.7 * (met / query.of.length), why }
}
