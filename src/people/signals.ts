import type { Author, Paper } from '../papers/paper.ts'
import { bearersOf, population } from './commonness.ts'
import { comparable, isSpelledOut } from './comparable-name.ts'
import { countedPapers, words as wordCounts } from './frequencies.ts'
import { subjectWords } from './paper-words.ts'

/** What is known of a person, so far as a paper is held against it. */
export interface KnownTraits {
  /** Co-authors as they were written, with the number of papers together. */
  readonly coauthors: Readonly<Record<string, number>>
  readonly categories: Readonly<Record<string, number>>
  /** Words of their titles and abstracts, with the number of their papers that use them. */
  readonly words?: Readonly<Record<string, number>>
  /** Years of the first and last paper. */
  readonly years?: readonly [first: number, last: number]
  readonly affiliations?: readonly string[]
  /** Co-authors on papers that are not theirs, whoever bore the name there. */
  readonly strangers?: Readonly<Record<string, number>>
}

/** A co-author of the paper with whom the person has written before. */
export interface SharedCoauthor {
  readonly name: string
  /** How unlikely it is that a stranger's paper bears that name, in nats: more for rare names and short bylines. */
  readonly surprise: number
}

/** What a paper has in common with a person, and what it has not. */
export interface Signals {
  /** The most surprising first. */
  readonly shared: readonly SharedCoauthor[]
  /** Co-authors of namesakes, in the same order. */
  readonly strangers: readonly SharedCoauthor[]
  /** Other names in the byline. */
  readonly others: number
  /** Of these, the share whose co-authors elsewhere the person has written with. */
  readonly acquainted: number
  readonly knownCoauthors: number
  /** How much the words agree, from 0 to 1; undefined when no words are known. */
  readonly words?: number
  /** The share of their papers that is in the paper's primary category; undefined when either has none. */
  readonly category?: number
  /** Years between the paper and the nearest of theirs. */
  readonly gap?: number
  readonly affiliation: boolean
}

/** Who has written with whom, as a catalogue knows it: names by their `exact` form. */
export type Acquaintance = (exact: string) => ReadonlySet<string>

/** Compares a paper with what is known of a person who may stand at `position` (from 0) of its byline. */
export function signalsOf(
  known: KnownTraits,
  paper: Paper,
  position: number,
  acquaintance: Acquaintance = nobody,
): Signals {
  const traits = prepared(known)
  const others = paper.authors.filter((_, at) => at !== position)
  const words = wordAgreement(traits.words, paper)
  const category = categoryShare(known, paper)
  const gap = gapTo(known.years, paper)
  return {
    shared: sharedWith(traits.coauthors, others),
    strangers: sharedWith(traits.strangers, others),
    others: others.length,
    acquainted: others.length > mostAcquainted ? 0 : acquaintedShare(others, traits.coauthors, acquaintance),
    knownCoauthors: traits.coauthors.size,
    ...(words === undefined ? {} : { words }),
    ...(category === undefined ? {} : { category }),
    ...(gap === undefined ? {} : { gap }),
    affiliation: hasAffiliation(known.affiliations, paper.authors[position]?.affiliation),
  }
}

function sharedWith(known: ReadonlySet<string>, others: readonly Author[]): readonly SharedCoauthor[] {
  if (known.size === 0) return []
  const shared = new Map<string, SharedCoauthor>()
  for (const author of others) {
    const { exact, person } = comparable(author)
    if (!known.has(exact)) continue
    const met = person ? (bearersOf(author) + unseen) * others.length : others.length
    shared.set(exact, { name: author.name, surprise: Math.log(1 + population / met) })
  }
  return [...shared.values()].sort((a, b) => b.surprise - a.surprise)
}

const nobody: Acquaintance = () => new Set()
// In longer bylines everybody knows somebody.
const mostAcquainted = 25

function acquaintedShare(others: readonly Author[], known: ReadonlySet<string>, acquaintance: Acquaintance): number {
  const names = others.map((author) => comparable(author).exact)
  const strangers = names.filter((name) => !known.has(name))
  const links = strangers.filter((name) => {
    for (const other of acquaintance(name)) if (known.has(other) && !names.includes(other)) return true
    return false
  })
  return names.length === 0 ? 0 : links.length / names.length
}

// People of a name of whom no paper was counted.
const unseen = 0.5

interface Prepared {
  readonly coauthors: ReadonlySet<string>
  readonly strangers: ReadonlySet<string>
  readonly words: ReadonlyMap<string, number>
}

const remembered = new WeakMap<KnownTraits, Prepared>()

function prepared(known: KnownTraits): Prepared {
  const before = remembered.get(known)
  if (before !== undefined) return before
  const words = known.words ?? {}
  const coauthors = exactNames(known.coauthors)
  const made = {
    coauthors,
    strangers: new Set([...exactNames(known.strangers ?? {})].filter((name) => !coauthors.has(name))),
    words: new Map(Object.entries(words).map(([word, count]) => [word, count * rarity(word)])),
  }
  remembered.set(known, made)
  return made
}

/** Initials alone are shared by too many to tell anything. */
function exactNames(names: Readonly<Record<string, number>>): ReadonlySet<string> {
  return new Set(Object.keys(names).flatMap((name) => (isSpelledOut(name) ? [comparable(name).exact] : [])))
}

/** Inverse document frequency, 0 for the words of every paper. */
export function rarity(word: string): number {
  return Math.log(countedPapers / (wordCounts.get(word) ?? rareWord))
}

const rareWord = 25

/** The cosine of the two lists of words, rare ones counting more. */
function wordAgreement(known: ReadonlyMap<string, number>, paper: Paper): number | undefined {
  if (known.size === 0) return undefined
  let [common, own, theirs] = [0, 0, 0]
  for (const word of subjectWords(paper)) {
    const weight = rarity(word)
    common += weight * (known.get(word) ?? 0)
    own += weight * weight
  }
  for (const weight of known.values()) theirs += weight * weight
  return own === 0 || theirs === 0 ? undefined : common / Math.sqrt(own * theirs)
}

function categoryShare({ categories }: KnownTraits, paper: Paper): number | undefined {
  const [primary] = paper.categories
  const most = Math.max(0, ...Object.values(categories))
  if (primary === undefined || most === 0) return undefined
  return Object.hasOwn(categories, primary) ? (categories[primary] ?? 0) / most : 0
}

function gapTo(years: KnownTraits['years'], paper: Paper): number | undefined {
  const year = yearOf(paper)
  if (years === undefined || year === undefined) return undefined
  return Math.max(0, years[0] - year, year - years[1])
}

/** The year of the first version. */
export function yearOf(paper: Paper): number | undefined {
  const year = Number(paper.published.slice(0, 4))
  return year > 1000 ? year : undefined
}

function hasAffiliation(known: readonly string[] | undefined, found: string | undefined): boolean {
  if (known === undefined || found === undefined) return false
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^\p{L}\d]+/gu, ' ')
      .trim()
      .toLowerCase()
  return known.some((affiliation) => plain(affiliation) === plain(found))
}

/** Who has written with whom in these papers; bylines of more than 25 names tell nothing. */
export function acquaintanceOf(papers: readonly Paper[]): Acquaintance {
  const bylines = new Map<string, (readonly string[])[]>()
  for (const { authors } of papers) {
    if (authors.length > mostAcquainted) continue
    const names = authors.map((author) => comparable(author).exact)
    for (const name of names) {
      const known = bylines.get(name)
      if (known === undefined) bylines.set(name, [names])
      else known.push(names)
    }
  }
  const met = new Map<string, ReadonlySet<string>>()
  return (exact) => {
    const known = met.get(exact) ?? new Set((bylines.get(exact) ?? []).flat())
    met.set(exact, known)
    return known
  }
}
