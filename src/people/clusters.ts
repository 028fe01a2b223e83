import type { Paper } from '../papers/paper.ts'
import { compareNames } from './compare.ts'
import { type Appearance, type Cluster, clusterOf, joinedCluster, Likeness, oddsBetween } from './likeness.ts'

export type { Appearance } from './likeness.ts'

/** One of the people behind a name, as far as papers tell them apart. */
export interface Person {
  /** As most of the papers write it. */
  readonly name: string
  /** In the order in which they were given. */
  readonly appearances: readonly Appearance[]
}

/**
 * The people behind a name: every author of the papers whose name agrees with it, put together by shared co-authors, words, categories, years and ids, by the arithmetic of evidence.ts.
 * Who has most papers comes first. One person may come as two, where nothing ties their papers together; two people seldom come as one (docs/FOLLOWING.md has the figures).
 */
export function peopleNamed(name: string, papers: readonly Paper[]): readonly Person[] {
  const seen = new Set<string>()
  return clustered(
    papers.flatMap((paper) => {
      if (seen.has(paper.id)) return []
      seen.add(paper.id)
      return paper.authors.flatMap((author, position) =>
        compareNames(author, name) === 'different' ? [] : [{ paper, position }],
      )
    }),
  )
}

/** The other papers, of those given, that seem to be by the author at `position` (from 0) of a paper; `names` are the forms of that author’s name. */
export function matesOf(
  paper: Paper,
  position: number,
  names: readonly string[],
  papers: readonly Paper[],
): readonly Appearance[] {
  const others = [...new Map(papers.map((each) => [each.id, each])).values()].filter(({ id }) => id !== paper.id)
  const bearers = others.flatMap((other) =>
    other.authors.flatMap((author, at) =>
      names.some((name) => compareNames(author, name) !== 'different') ? [{ paper: other, position: at }] : [],
    ),
  )
  const person = clustered([{ paper, position }, ...bearers]).find(({ appearances }) =>
    appearances.some((one) => one.paper === paper),
  )
  return person?.appearances.filter((one) => one.paper !== paper) ?? []
}

/** The same for authors who were found otherwise. */
export function clustered(appearances: readonly Appearance[]): readonly Person[] {
  const alone = appearances.flatMap((one, at) => clusterOf(one, at) ?? [])
  const found = alone.length <= comparedAtMost ? agglomerated(alone) : agglomeratedLargest(alone)
  return found
    .map(({ members }) => personOf(members.toSorted((a, b) => a - b).flatMap((at) => appearances[at] ?? [])))
    .toSorted((a, b) => b.appearances.length - a.appearances.length)
}

/** Clusters of which each is compared with each other: the work grows with the square of their number. */
const comparedAtMost = 200

function agglomerated(given: readonly Cluster[]): readonly Cluster[] {
  const clusters: (Cluster | undefined)[] = [...given]
  const likeness = new Likeness(given)
  const odds = clusters.map((one, a) =>
    clusters.map((other, b) => (b < a && one && other ? likeness.odds(one, other) : Number.NEGATIVE_INFINITY)),
  )
  for (;;) {
    const pair = bestPair(odds)
    const [one, other] = [clusters[pair.a], clusters[pair.b]]
    if (pair.odds < joinFrom || one === undefined || other === undefined) break
    const joined = likeness.join(one, other)
    clusters[pair.a] = undefined
    clusters[pair.b] = joined
    clusters.forEach((third, at) => {
      const [row, column] = at < pair.b ? [pair.b, at] : [at, pair.b]
      const line = odds[row]
      if (line !== undefined && row !== column)
        line[column] = third === undefined ? Number.NEGATIVE_INFINITY : likeness.odds(joined, third)
      const gone = odds[Math.max(at, pair.a)]
      if (gone !== undefined) gone[Math.min(at, pair.a)] = Number.NEGATIVE_INFINITY
    })
  }
  return clusters.flatMap((cluster) => cluster ?? [])
}

/**
 * Of many papers: those that a co-author or an id ties together are one person's first, the strongest tie before the others, and what is left is compared as ever, the largest with each other.
 * Whoever stays beyond those has a paper or two that nothing ties to the rest.
 */
function agglomeratedLargest(alone: readonly Cluster[]): readonly Cluster[] {
  const clusters = [...alone]
  const parent = alone.map((_, at) => at)
  const rootOf = (at: number): number => {
    let root = at
    while ((parent[root] ?? root) !== root) root = parent[root] ?? root
    return root
  }
  for (const { a, b } of ties(alone)) {
    const [one, other] = [rootOf(a), rootOf(b)]
    const [first, second] = [clusters[one], clusters[other]]
    if (one === other || first === undefined || second === undefined) continue
    if (oddsBetween(first, second) < joinFrom) continue
    clusters[one] = joinedCluster(first, second)
    parent[other] = one
  }
  const blocks = clusters
    .filter((_, at) => parent[at] === at)
    .toSorted((one, other) => other.members.length - one.members.length)
  return [...agglomerated(blocks.slice(0, comparedAtMost)), ...blocks.slice(comparedAtMost)]
}

/** Papers that follow each other among those of one co-author or one id, where it is enough to join them, the strongest first. */
function ties(alone: readonly Cluster[]): readonly { readonly a: number; readonly b: number; readonly odds: number }[] {
  const last = new Map<string, number>()
  const found = new Map<string, { readonly a: number; readonly b: number; readonly odds: number }>()
  for (const [b, cluster] of alone.entries()) {
    const ids = cluster.ids.flatMap((each) => Object.entries(each).map(([kind, id]) => `${kind}=${id}`))
    for (const holder of [...cluster.coauthors.keys(), ...ids]) {
      const a = last.get(holder)
      last.set(holder, b)
      const before = a === undefined ? undefined : alone[a]
      if (a === undefined || before === undefined || found.has(`${a} ${b}`)) continue
      const odds = oddsBetween(before, cluster)
      if (odds >= joinFrom) found.set(`${a} ${b}`, { a, b, odds })
    }
  }
  return [...found.values()].sort((one, other) => other.odds - one.odds)
}

// More than sooner than not: what is kept apart can be put together, but not the other way round. Set on one half of the people of bench/cluster.ts.
const joinFrom = 1

function bestPair(odds: readonly (readonly number[])[]): { readonly a: number; readonly b: number; odds: number } {
  let best = { a: -1, b: -1, odds: Number.NEGATIVE_INFINITY }
  odds.forEach((line, a) => {
    for (let b = 0; b < a; b++) {
      const value = line[b] ?? Number.NEGATIVE_INFINITY
      if (value > best.odds) best = { a, b, odds: value }
    }
  })
  return best
}

function personOf(appearances: readonly Appearance[]): Person {
  const counts = new Map<string, number>()
  for (const { paper, position } of appearances) {
    const name = paper.authors[position]?.name ?? ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const [name = ''] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
  return { name, appearances }
}
