import { sharedAuthorId } from '../papers/author-ids.ts'
import type { Author, AuthorIds, Paper } from '../papers/paper.ts'
import { bearersOf, population } from './commonness.ts'
import { comparable, isSpelledOut } from './comparable-name.ts'
import { compareNames } from './compare.ts'
import { logOdds } from './evidence.ts'
import { subjectWords } from './paper-words.ts'
import { rarity, yearOf } from './signals.ts'
import { isTelling } from './traits.ts'

/** A paper under a name, and where (from 0) in its byline the name stands. */
export interface Appearance {
  readonly paper: Paper
  readonly position: number
}

/** Papers that are taken for one person's. */
export interface Cluster {
  readonly members: readonly number[]
  readonly names: readonly Author[]
  /** How many bear the rarest of the names. */
  readonly bearers: number
  readonly papers: ReadonlySet<string>
  readonly ids: readonly AuthorIds[]
  /** By their exact form, with how many people are expected to bear the name. */
  readonly coauthors: ReadonlyMap<string, number>
  readonly words: ReadonlyMap<string, number>
  /** Of the words, squared. */
  readonly length: number
  readonly categories: ReadonlyMap<string, number>
  readonly years?: readonly [first: number, last: number]
}

/** One paper by itself; `at` is its place in the list. Undefined where nobody stands at that position. */
export function clusterOf({ paper, position }: Appearance, at: number): Cluster | undefined {
  const author = paper.authors[position]
  if (author === undefined) return undefined
  const others = paper.authors.filter((other, place) => place !== position && isSpelledOut(other))
  const words = new Map([...subjectWords(paper)].filter(isTelling).map((word) => [word, rarity(word)]))
  const year = yearOf(paper)
  return {
    members: [at],
    names: [author],
    bearers: bearersOf(author),
    papers: new Set([paper.id]),
    ids: author.ids === undefined ? [] : [author.ids],
    coauthors: new Map(
      others.map((other) => {
        const { exact, person } = comparable(other)
        return [exact, person ? bearersOf(other) : 1]
      }),
    ),
    words,
    length: squared(words),
    categories: new Map(paper.categories.slice(0, 1).map((category) => [category, 1])),
    ...(year === undefined ? {} : { years: [year, year] as const }),
  }
}

/** How much speaks for two clusters being one person. What words have in common is remembered, for it adds up. */
export class Likeness {
  readonly #common = new Map<Cluster, Map<Cluster, number>>()

  constructor(clusters: readonly Cluster[]) {
    const holders = new Map<string, Cluster[]>()
    for (const cluster of clusters) {
      const own = new Map<Cluster, number>()
      for (const [word, weight] of cluster.words) {
        const known = holders.get(word) ?? []
        for (const other of known) own.set(other, (own.get(other) ?? 0) + weight * (other.words.get(word) ?? 0))
        known.push(cluster)
        holders.set(word, known)
      }
      this.#common.set(cluster, own)
    }
  }

  odds(one: Cluster, other: Cluster): number {
    return oddsOf(one, other, () => this.#commonOf(one, other))
  }

  join(one: Cluster, other: Cluster): Cluster {
    const common = this.#commonOf(one, other)
    const joined = { ...together(one, other), words: new Map(), length: one.length + other.length + 2 * common }
    const own = new Map<Cluster, number>()
    for (const third of this.#common.keys())
      if (third !== one && third !== other) own.set(third, this.#commonOf(one, third) + this.#commonOf(other, third))
    this.#common.delete(one)
    this.#common.delete(other)
    this.#common.set(joined, own)
    return joined
  }

  #commonOf(one: Cluster, other: Cluster): number {
    return this.#common.get(one)?.get(other) ?? this.#common.get(other)?.get(one) ?? 0
  }
}

/** As `Likeness` tells it, for two that are looked at alone. */
export function oddsBetween(one: Cluster, other: Cluster): number {
  return oddsOf(one, other, () => {
    const [few, many] = one.words.size < other.words.size ? [one.words, other.words] : [other.words, one.words]
    let common = 0
    for (const [word, weight] of few) common += weight * (many.get(word) ?? 0)
    return common
  })
}

/** As `Likeness` joins two, with all their words. */
export function joinedCluster(one: Cluster, other: Cluster): Cluster {
  const words = summed(one.words, other.words)
  return { ...together(one, other), words, length: squared(words) }
}

function oddsOf(one: Cluster, other: Cluster, commonOf: () => number): number {
  if (sharesId(one.ids, other.ids)) return Number.POSITIVE_INFINITY
  if (areApart(one, other)) return Number.NEGATIVE_INFINITY
  const words = commonOf() / Math.sqrt(one.length * other.length || 1)
  const category = categoryShare(one, other)
  const gap = one.years && other.years && Math.max(0, one.years[0] - other.years[1], other.years[0] - one.years[1])
  const [few, many] = one.coauthors.size < other.coauthors.size ? [one, other] : [other, one]
  return logOdds(Math.max(one.bearers, other.bearers), {
    shared: sharedBy(few, many),
    strangers: [],
    others: few.coauthors.size,
    acquainted: 0,
    knownCoauthors: many.coauthors.size,
    words,
    ...(category === undefined ? {} : { category }),
    ...(gap === undefined ? {} : { gap }),
    affiliation: false,
  })
}

function together(one: Cluster, other: Cluster): Omit<Cluster, 'words' | 'length'> {
  return {
    members: [...one.members, ...other.members],
    names: [...new Map([...one.names, ...other.names].map((name) => [name.name, name])).values()],
    bearers: Math.min(one.bearers, other.bearers),
    papers: new Set([...one.papers, ...other.papers]),
    ids: [...one.ids, ...other.ids],
    coauthors: new Map([...one.coauthors, ...other.coauthors]),
    categories: summed(one.categories, other.categories),
    ...spanOf(one.years, other.years),
  }
}

/** In one byline stand two people, and names that are different are two people’s. */
function areApart(one: Cluster, other: Cluster): boolean {
  const [few, many] = one.papers.size < other.papers.size ? [one, other] : [other, one]
  for (const paper of few.papers) if (many.papers.has(paper)) return true
  return one.names.some((a) => other.names.some((b) => a.name !== b.name && compareNames(a, b) === 'different'))
}

function sharesId(one: readonly AuthorIds[], other: readonly AuthorIds[]): boolean {
  return one.some((a) => other.some((b) => sharedAuthorId(a, b) !== undefined))
}

// People of a name of whom no paper was counted.
const unseen = 0.5

function sharedBy(few: Cluster, many: Cluster) {
  const shared: { readonly name: string; readonly surprise: number }[] = []
  for (const [name, bearers] of few.coauthors) {
    if (!many.coauthors.has(name)) continue
    const met = (bearers + unseen) * Math.sqrt(few.coauthors.size * many.coauthors.size)
    shared.push({ name, surprise: Math.log(1 + population / met) })
  }
  return shared.sort((a, b) => b.surprise - a.surprise)
}

/** How much of the papers is in the primary categories of both, from 0 to 1. */
function categoryShare(one: Cluster, other: Cluster): number | undefined {
  if (one.categories.size === 0 || other.categories.size === 0) return undefined
  let [common, own, theirs] = [0, 0, 0]
  for (const [category, count] of one.categories) common += count * (other.categories.get(category) ?? 0)
  for (const count of one.categories.values()) own += count ** 2
  for (const count of other.categories.values()) theirs += count ** 2
  return common / Math.sqrt(own * theirs)
}

function summed(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sum = new Map(one)
  for (const [key, count] of other) sum.set(key, (sum.get(key) ?? 0) + count)
  return sum
}

function spanOf(one: Cluster['years'], other: Cluster['years']): Pick<Cluster, 'years'> {
  if (one === undefined || other === undefined) {
    const years = one ?? other
    return years === undefined ? {} : { years }
  }
  return { years: [Math.min(one[0], other[0]), Math.max(one[1], other[1])] }
}

function squared(words: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const weight of words.values()) sum += weight ** 2
  return sum
}
