import type { Paper } from '../src/papers/paper.ts'
import { type Appearance, peopleNamed } from '../src/people/clusters.ts'
import { bearersOf } from '../src/people/commonness.ts'
import { isSpelledOut } from '../src/people/comparable-name.ts'
import { compareNames } from '../src/people/compare.ts'
import { confidenceOf, logOdds } from '../src/people/evidence.ts'
import { yearOf } from '../src/people/signals.ts'
import { count } from './words.ts'

/** One of the people whom a name may mean. */
export interface Candidate {
  readonly name: string
  readonly papers: readonly Paper[]
  readonly appearances: readonly Appearance[]
}

/** What a candidate is known by. */
export interface Traits {
  readonly years: readonly [first: number, last: number] | undefined
  readonly perMonth: number
  readonly categories: readonly string[]
  readonly coauthors: readonly string[]
  readonly titles: readonly string[]
}

// Nobody else of such a name is expected (see commonness.ts).
const rareBearers = 0.1
const fewPapers = 3

/** The people behind a name, who has most papers first. A paper or two under a name so rare that nobody else should bear it count as the same person’s. */
export function candidatesIn(papers: readonly Paper[], name: string): readonly Candidate[] {
  const people = peopleNamed(name, papers).map(({ name: written, appearances }) => ({ name: written, appearances }))
  const [main, ...others] = people
  if (main === undefined) return []
  const stray = (one: (typeof people)[number]) =>
    one.appearances.length < fewPapers &&
    bearersOf(one.name) < rareBearers &&
    compareNames(one.name, main.name) === 'same'
  const whole = { name: main.name, appearances: [main, ...others.filter(stray)].flatMap((one) => one.appearances) }
  return [whole, ...others.filter((one) => !stray(one))].map((one) => ({
    ...one,
    papers: [...new Set(one.appearances.map(({ paper }) => paper))],
  }))
}

/** Of the people behind a name those who bear it in full, where there is one. Initials are everybody's whom they fit. */
export function meantBy(name: string, papers: readonly Paper[]): readonly Candidate[] {
  const candidates = candidatesIn(papers, name)
  const same = isSpelledOut(name) ? candidates.filter((candidate) => bears(candidate, name)) : []
  return same.length === 0 ? candidates : same
}

/** True for someone who has signed with the name, in whatever spelling of it. */
export function bears({ appearances }: Candidate, name: string): boolean {
  const names = new Set(appearances.map(({ paper, position }) => paper.authors[position]?.name ?? ''))
  return [...names].some((each) => compareNames(each, name) === 'same')
}

/** True where the name alone tells so little that whoever follows it is asked about papers. */
export function isAskedAbout(name: string): boolean {
  return confidenceOf(logOdds(bearersOf(name), undefined), false) === 'possible'
}

/** What a candidate is known by: years, papers a month between the first and the last, categories, co-authors, and two latest titles. */
export function traitsOf({ papers, appearances }: Candidate): Traits {
  const years = papers.flatMap((paper) => yearOf(paper) ?? [])
  const days = papers.map(({ published }) => Date.parse(published)).filter((time) => !Number.isNaN(time))
  const months = days.length === 0 ? 1 : (Math.max(...days) - Math.min(...days)) / monthMs + 1
  const beside = appearances.flatMap(({ paper, position }) => paper.authors.filter((_, at) => at !== position))
  return {
    years: years.length === 0 ? undefined : [Math.min(...years), Math.max(...years)],
    perMonth: Math.round((papers.length / months) * 10) / 10,
    categories: most(
      papers.flatMap((paper) => paper.categories.slice(0, 1)),
      2,
    ),
    coauthors: most(
      beside.map((author) => author.name),
      3,
    ),
    titles: papers
      .toSorted((a, b) => b.published.localeCompare(a.published))
      .slice(0, 2)
      .map(({ title }) => title),
  }
}

const monthMs = (365.25 / 12) * 24 * 3_600_000

/** @example papersText(candidate) // '12 papers, 2019–2025, 0.4 a month' */
export function papersText(candidate: Candidate): string {
  const { years, perMonth } = traitsOf(candidate)
  const span = years === undefined ? [] : [years[0] === years[1] ? String(years[0]) : `${years[0]}–${years[1]}`]
  const pace = candidate.papers.length < 2 ? [] : [`${perMonth} a month`]
  return [count(candidate.papers.length, 'paper'), ...span, ...pace].join(', ')
}

function most(words: readonly string[], limit: number): readonly string[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, limit)
    .map(([word]) => word)
}
