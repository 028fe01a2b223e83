import type { Paper } from '../src/papers/paper.ts'
import { type Appearance, clustered } from '../src/people/clusters.ts'
import { bearersOf } from '../src/people/commonness.ts'
import { comparable } from '../src/people/comparable-name.ts'
import { corpus, papersOf } from './corpus.ts'
import { seeded } from './random.ts'

// node bench/cluster.ts: how well the people behind one name are told apart (src/people/clusters.ts).
//
// Ground truth is made as in fit-matcher.ts: people whose name is so rare that it is one person's. Several of them, without a co-author in common and half of them of one primary
// category, are given one name that about as many people bear, and their papers are put together again. People are halved by a coin: the threshold was set on one half and is judged on the other.

interface Bearer {
  readonly exact: string
  readonly category: string
  readonly appearances: readonly Appearance[]
}

/** Names that other names stand for, with about as many bearers as people are put under them. */
const groups = [
  { people: 2, name: 'Daniel Peterson' },
  { people: 2, name: 'David Smith' },
  { people: 4, name: 'Wei Wang' },
  { people: 8, name: 'Wei Wang' },
  { people: 20, name: 'Wei Wang' },
] as const
const longestByline = 60
const names = 150
const random = seeded(20_251_130)

const papers = papersOf(corpus()).filter(({ authors }) => authors.length <= longestByline)
const people = rareBearers()
const halves = { fit: people.filter(() => random() < 0.5), judge: [] as readonly Bearer[] }
const judged = people.filter((person) => !halves.fit.includes(person))
for (const [half, those] of [
  ['fit', halves.fit],
  ['judge', judged],
] as const) {
  print(`${half}: ${those.length} people of rare names with two papers and more`)
  for (const group of groups) measure(group, those)
}
alone()
speed()

function measure({ people: size, name }: { readonly people: number; readonly name: string }, those: readonly Bearer[]) {
  const scores = Array.from({ length: names }, () => score(homonym(size, those), name))
  const [precision, recall] = [mean(scores.map((one) => one.precision)), mean(scores.map((one) => one.recall))]
  const pure = mean(scores.map((one) => one.pure))
  const f1 = (2 * precision * recall) / (precision + recall)
  const spread = (values: readonly number[]) =>
    1.96 * Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)) / values.length)
  print(
    `  ${size} people as ${name} (${bearersOf(name).toFixed(2)} expected): B3 precision ${precision.toFixed(4)} ±${spread(scores.map((one) => one.precision)).toFixed(4)}, recall ${recall.toFixed(4)} ±${spread(scores.map((one) => one.recall)).toFixed(4)}, F1 ${f1.toFixed(4)}; ` +
      `clusters of one person ${pure.toFixed(4)}; clusters a person ${mean(scores.map((one) => one.pieces)).toFixed(2)}; ${names} names, ${scores.reduce((sum, one) => sum + one.papers, 0)} papers`,
  )
}

/** B3: of each paper, how much of its cluster is the same person's, and how much of the person is in the cluster. */
function score(group: readonly Bearer[], name: string) {
  const labels: string[] = []
  const appearances = group.flatMap((person) =>
    person.appearances.map(({ paper, position }) => {
      labels.push(person.exact)
      return { paper: renamed(paper, position, name), position }
    }),
  )
  const owner = new Map(appearances.map((one, at) => [one.paper, labels[at] ?? '']))
  const found = clustered(shuffled(appearances))
  let [precision, recall, pure] = [0, 0, 0]
  for (const { appearances: cluster } of found) {
    const counts = new Map<string, number>()
    for (const { paper } of cluster) counts.set(owner.get(paper) ?? '', (counts.get(owner.get(paper) ?? '') ?? 0) + 1)
    if (counts.size === 1) pure++
    for (const [label, count] of counts) {
      precision += (count * count) / cluster.length
      recall += (count * count) / labels.filter((each) => each === label).length
    }
  }
  return {
    precision: precision / labels.length,
    recall: recall / labels.length,
    pure: pure / found.length,
    pieces: found.length / group.length,
    papers: labels.length,
  }
}

/** People who never wrote with each other or with one third person, half of them of one category. */
function homonym(size: number, those: readonly Bearer[]): readonly Bearer[] {
  const chosen: Bearer[] = []
  const known = new Set<string>()
  const [first] = shuffled(those)
  for (let attempt = 0; chosen.length < size && attempt < 20_000; attempt++) {
    const other = those[Math.floor(random() * those.length)]
    if (other === undefined || chosen.includes(other)) continue
    if (chosen.length % 2 === 0 && other.category !== first?.category) continue
    const theirs = namesBeside(other)
    if ([...theirs].some((name) => known.has(name))) continue
    for (const name of theirs) known.add(name)
    chosen.push(other)
  }
  return chosen
}

function namesBeside({ appearances }: Bearer): ReadonlySet<string> {
  return new Set(
    appearances.flatMap(({ paper }) =>
      paper.authors.filter((author) => bearersOf(author) < 1).map((author) => comparable(author).exact),
    ),
  )
}

/** Whoever has a rare name should come as one. */
function alone(): void {
  const many = people.filter(({ appearances }) => appearances.length > 2)
  const whole = many.filter(({ appearances }) => clustered(appearances).length === 1)
  print(`rare names of three papers and more that come as one person: ${whole.length} of ${many.length}`)
}

function speed(): void {
  const appearances = shuffled(people)
    .flatMap((person) => person.appearances)
    .slice(0, 200)
    .map(({ paper, position }) => ({ paper: renamed(paper, position, 'Wei Wang'), position }))
  for (let run = 0; run < 3; run++) {
    const from = process.cpuUsage()
    clustered(appearances)
    const { user } = process.cpuUsage(from)
    print(`${appearances.length} papers: ${(user / 1_000).toFixed(0)} ms of processor time`)
  }
}

function renamed(paper: Paper, position: number, name: string): Paper {
  return { ...paper, authors: paper.authors.map((author, at) => (at === position ? { name } : author)) }
}

function rareBearers(): readonly Bearer[] {
  const all = new Map<string, { exact: string; category: string; appearances: Appearance[] }>()
  for (const paper of papers) {
    for (const [position, author] of paper.authors.entries()) {
      const { exact, person, given, family } = comparable(author)
      if (!person || given[0]?.initial !== false || bearersOf(author) > (family.pinyin === '' ? 0.06 : 0.05)) continue
      const bearer = all.get(exact) ?? { exact, category: paper.categories[0] ?? '', appearances: [] }
      bearer.appearances.push({ paper, position })
      all.set(exact, bearer)
    }
  }
  return [...all.values()].filter(({ appearances }) => appearances.length > 1)
}

function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
