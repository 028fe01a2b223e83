import {
  certainFrom,
  fittedSignals,
  likelyFrom,
  mistaken,
  mostYears,
  usualCategory,
  usualWords,
  weights,
} from './evidence.ts'
import type { Signals } from './signals.ts'

/** The odds that a paper is a person's, as a natural logarithm, and what they are made of. */
export interface Score {
  readonly odds: number
  /** They add up to the odds, but for rounding. */
  readonly parts: readonly ScorePart[]
}

/** One thing that speaks for it or, below 0, against it, in words for people. */
export interface ScorePart {
  readonly what: string
  readonly adds: number
}

/** How a byline's name fits a person's: in full, by initials, or only turned around, misspelt, or without its given or family name. */
export type NameFit = 'full' | 'initials' | 'loose'

/** An author whose name fits, as compared with a person. */
export interface Scored {
  /** How many others are expected to bear the name. */
  readonly bearers: number
  /** Undefined where nothing is known to compare with. */
  readonly signals?: Signals
  readonly fit: NameFit
  /** The paper's primary one. */
  readonly category?: string
  readonly odds: number
}

/** Who is known by the full name seldom signs with initials, and more seldom with the name turned around; others bear those forms. */
export const fitCost: Readonly<Record<NameFit, number>> = { full: 0, initials: 1.5, loose: 3 }
const fitText: Readonly<Record<NameFit, string>> = {
  full: 'full name',
  initials: 'initials only',
  loose: 'name in another order or form',
}

/** What the odds are made of, in the order of docs/FOLLOWING.md; what comes to nothing is left out. Numbers have two decimals. */
export function scoreOf({ bearers, signals, fit, category, odds }: Scored): Score {
  const parts = [
    { what: nameText(bearers), adds: -Math.log(mistaken + bearers) },
    { what: fitText[fit], adds: -fitCost[fit] },
    ...(signals === undefined ? [] : partsOf(signals, category)),
  ]
  return {
    odds: rounded(odds),
    parts: parts.map(({ what, adds }) => ({ what, adds: rounded(adds) })).filter(({ adds }) => adds !== 0),
  }
}

/**
 * A score as people read it.
 * @example '3.2 (certain from 5, likely from 0): rare name +2.1, with Ethan Perez +1.8, cs.LG +0.1'
 */
export function scoreText({ odds, parts }: Score): string {
  const told = parts.filter(({ adds }) => Math.abs(adds) >= smallest)
  const sum = told.map(({ what, adds }) => `${what} ${signed(adds)}`).join(', ')
  return `${unsigned(odds)} (certain from ${certainFrom}, likely from ${likelyFrom}): ${sum}`
}

/** @example '−1.8' */
export function unsigned(value: number): string {
  return value
    .toFixed(1)
    .replace(/^-0\.0$/, '0.0')
    .replace('-', '−')
}

const smallest = 0.05

function signed(value: number): string {
  return value < 0 ? unsigned(value) : `+${unsigned(value)}`
}

const rareBearers = 0.1
const manyBearers = 1.5

function nameText(bearers: number): string {
  if (bearers >= manyBearers) return `a name of about ${Math.round(bearers)} others`
  return bearers < rareBearers ? 'rare name' : 'name that few others bear'
}

/** Words and category are told by how far they are from what is usual, for that is what moves the odds. */
function partsOf(signals: Signals, category: string | undefined): readonly ScorePart[] {
  const [one, first = 0, more = 0, acquainted = 0, unshared = 0, alone = 0, words = 0, share = 0] =
    fittedSignals(signals)
  const usual = Math.sqrt(usualWords)
  const [nearest, ...others] = signals.shared
  return [
    {
      what: 'any paper of that name',
      adds: weights.bias * (one ?? 1) + weights.words * usual + weights.category * usualCategory,
    },
    ...(nearest === undefined ? [] : [{ what: `wrote with ${nearest.name} before`, adds: weights.coauthor * first }]),
    ...(others.length === 0
      ? []
      : [{ what: othersText(others.map(({ name }) => name)), adds: weights.moreCoauthors * more }]),
    { what: 'co-authors of their co-authors', adds: weights.acquainted * acquainted },
    { what: 'with nobody they wrote with before', adds: weights.noCoauthor * unshared },
    { what: 'no co-author', adds: weights.alone * alone },
    { what: words < usual ? 'other subjects' : 'their subjects', adds: weights.words * (words - usual) },
    { what: category ?? 'no category', adds: weights.category * (share - usualCategory) },
    ...(signals.strangers.length === 0
      ? []
      : [
          {
            what: `with ${signals.strangers[0]?.name}, as on a paper that is not theirs`,
            adds: weights.stranger * (signals.strangers[0]?.surprise ?? 0),
          },
        ]),
    { what: `${signals.gap} years from their papers`, adds: weights.gapYear * Math.min(mostYears, signals.gap ?? 0) },
    { what: 'same affiliation', adds: signals.affiliation ? weights.affiliation : 0 },
  ]
}

function othersText([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? `and with ${first}` : `and with ${first} and ${more.length} more`
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
