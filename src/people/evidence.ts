import type { Signals } from './signals.ts'

/** How sure the program is that an author of a paper is the person. */
export type Confidence = 'certain' | 'likely' | 'possible'

/**
 * The odds that an author is the person, as a natural logarithm: against everybody else of that name, and for what the paper has in common with theirs.
 * `bearers` is how many others are expected to bear the name.
 */
export function logOdds(bearers: number, signals: Signals | undefined): number {
  return -Math.log(mistaken + bearers) + (signals === undefined ? 0 : logLikelihood(signals))
}

/** Even a name that nobody else is known to bear may be somebody else's. So much that of three people of a name that 0.2 others are expected to bear, 98 % of what is taken is right. */
export const mistaken = 0.08

/**
 * What each signal adds, in nats. The fitted ones come from `bench/fit-matcher.ts` (logistic regression on pairs of people taken for one, see docs/FOLLOWING.md);
 * the recorded listings span three months and have no affiliations, nor corrections, so that the last three are set by hand.
 */
export const weights = {
  bias: -1.5,
  /** Of the most surprising shared co-author, by its surprise. */
  coauthor: 0.7,
  /** Of the square root of the surprise of all others. */
  moreCoauthors: 0.48,
  /** Of the share of co-authors who know the person's. */
  acquainted: 5.3,
  /** When no co-author is shared, by the logarithm of how many are known. */
  noCoauthor: -0.25,
  alone: -0.35,
  /** Of the square root of the agreement of words. */
  words: 4.7,
  category: 0.3,
  gapYear: -0.08,
  affiliation: 1.5,
  /** Of the most surprising co-author of a paper that is not theirs: as much as one of theirs counts for it. */
  stranger: -0.7,
} as const

const mostSurprise = 25
export const mostYears = 15

/** The signals as the regression sees them, in the order of the fitted weights. */
export function fittedSignals(signals: Signals): readonly number[] {
  const [first, ...more] = signals.shared
  const surprise = Math.min(
    mostSurprise,
    more.reduce((sum, each) => sum + each.surprise, 0),
  )
  return [
    1,
    first?.surprise ?? 0,
    Math.sqrt(surprise),
    signals.acquainted,
    first === undefined && signals.others > 0 ? Math.log(1 + signals.knownCoauthors) : 0,
    signals.others === 0 ? 1 : 0,
    Math.sqrt(Math.max(0, signals.words ?? usualWords)),
    signals.category ?? usualCategory,
  ]
}

// Where nothing is known to compare with: what speaks neither for nor against.
export const usualWords = 0.045
export const usualCategory = 0.5

function logLikelihood(signals: Signals): number {
  const { bias, coauthor, moreCoauthors, acquainted, noCoauthor, alone, words, category } = weights
  const fitted = [bias, coauthor, moreCoauthors, acquainted, noCoauthor, alone, words, category]
  const measured = fittedSignals(signals)
  return (
    fitted.reduce((sum, weight, at) => sum + weight * (measured[at] ?? 0), 0) +
    weights.stranger * (signals.strangers[0]?.surprise ?? 0) +
    weights.gapYear * Math.min(mostYears, signals.gap ?? 0) +
    (signals.affiliation ? weights.affiliation : 0)
  )
}

export const certainFrom = 5
export const likelyFrom = 0
export const refusedBelow = -1

/** What the odds mean: certain from 150 to 1, likely when it is sooner theirs than not, else possible; undefined where a namesake's co-author speaks against it and nothing for it. */
export function confidenceOf(odds: number, hasStrangers: boolean): Confidence | undefined {
  if (odds >= certainFrom) return 'certain'
  if (odds >= likelyFrom) return 'likely'
  return hasStrangers && odds < refusedBelow ? undefined : 'possible'
}
