import { fileURLToPath } from 'node:url'
import type { Paper } from '../src/papers/paper.ts'
import { bearersOf } from '../src/people/commonness.ts'
import { comparable } from '../src/people/comparable-name.ts'
import { fittedSignals, weights } from '../src/people/evidence.ts'
import { profileFromPapers, weighAuthor } from '../src/people/profile.ts'
import { acquaintanceOf, type KnownTraits, signalsOf } from '../src/people/signals.ts'
import { wordsOfPapers } from '../src/people/traits.ts'
import { corpus, papersOf } from './corpus.ts'
import { seeded } from './random.ts'

// node bench/fit-matcher.ts: how the weights of src/people/evidence.ts were got, and what they are worth.
//
// Ground truth is made of people whose name is so rare that it is one person's. Their papers are split by date: the earlier ones make a profile, the later ones are to be
// found again. Among them are put papers of another person, as if that one bore the same name: four in ten of the same primary category, nobody in common.
// People are halved by a coin: weights are fitted on one half and judged on the other.

interface Bearer {
  readonly exact: string
  readonly papers: { readonly paper: Paper; readonly position: number }[]
}

/** A paper held against a profile. */
interface Trial {
  readonly signals: readonly number[]
  readonly isTheirs: boolean
  readonly half: 'fit' | 'judge'
  readonly known: number
}

const longestByline = 60
const rare = { mandarin: 0.05, other: 0.06 }
const papers = papersOf(corpus())
  .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  .filter(({ authors }) => authors.length <= longestByline)
const random = seeded(20_251_128)
const acquaintance = acquaintanceOf(papers)

if (process.argv[1] === fileURLToPath(import.meta.url)) main()

function main(): void {
  const people = rareBearers()
  measureTogetherness()
  measureAlone()
  const trials = people.flatMap((person) => trialsOf(person, people))
  const [fit, judge] = [trials.filter(({ half }) => half === 'fit'), trials.filter(({ half }) => half === 'judge')]
  print(`${people.length} people of rare names; ${fit.length} trials to fit, ${judge.length} to judge by`)
  print(
    `fitted:  ${regression(fit)
      .map((weight) => weight.toFixed(2))
      .join('  ')}`,
  )
  const { bias, coauthor, moreCoauthors, acquainted, noCoauthor, alone, words, category } = weights
  const used = [bias, coauthor, moreCoauthors, acquainted, noCoauthor, alone, words, category]
  print(`in use:  ${used.map((weight) => weight.toFixed(2)).join('  ')}`)
  for (const [name, set] of [
    ['all profiles', judge],
    ['profiles of 4 papers and more', judge.filter(({ known }) => known >= 4)],
  ] as const) {
    print(name)
    for (const from of [-1, -0.5, 0, 0.7, 2, 3, 4, 5, 6]) judgeAt(from, set, used)
  }
}

/** What is found of people whose name is nobody else's: the earlier half of their papers is the profile, the whole of the odds decides. */
function measureAlone(): void {
  for (const [least, most] of [
    [0, 0.01],
    [0.01, 0.05],
    [0.05, 0.1],
  ] as const) {
    const those = bearers().filter((bearer) => {
      const expected = bearersOfPerson(bearer)
      return bearer.papers.length > 3 && expected >= least && expected < most
    })
    const found = those.flatMap((bearer) => {
      const middle = Math.ceil(bearer.papers.length / 2)
      const [first] = bearer.papers
      const name = first?.paper.authors[first.position]?.name ?? ''
      const profile = profileFromPapers(
        name,
        bearer.papers.slice(0, middle).map(({ paper }) => paper),
      )
      return bearer.papers.slice(middle).map(({ paper, position }) => weighAuthor(profile, paper, position)?.confidence)
    })
    const certain = found.filter((confidence) => confidence === 'certain').length
    const likely = found.filter((confidence) => confidence === 'likely').length
    print(
      `names with ${least} to ${most} expected others: ${those.length} people, ${found.length} later papers; certain ${(certain / found.length).toFixed(3)}, certain or likely ${((certain + likely) / found.length).toFixed(3)} ${interval(certain + likely, found.length)}`,
    )
  }
}

function judgeAt(from: number, trials: readonly Trial[], used: readonly number[]): void {
  const odds = ({ signals }: Trial) => signals.reduce((sum, signal, at) => sum + signal * (used[at] ?? 0), 0)
  const taken = trials.filter((trial) => odds(trial) >= from)
  const [right, all] = [
    taken.filter(({ isTheirs }) => isTheirs).length,
    trials.filter(({ isTheirs }) => isTheirs).length,
  ]
  const others = trials.length - all
  // As many papers of the other as of the person.
  const wrong = ((taken.length - right) / others) * all
  print(
    `  odds from e^${from}: precision ${(right / (right + wrong)).toFixed(4)} ${interval(right, right + wrong)}, recall ${(right / all).toFixed(4)} ${interval(right, all)}, of ${all} and ${others}`,
  )
}

/** Wilson's interval at 95 %. */
function interval(hits: number, all: number): string {
  const z = 1.96
  const share = hits / all
  const middle = share + z ** 2 / (2 * all)
  const spread = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))
  return `(${((middle - spread) / (1 + z ** 2 / all)).toFixed(4)}–${((middle + spread) / (1 + z ** 2 / all)).toFixed(4)})`
}

function bearers(): readonly Bearer[] {
  const all = new Map<string, Bearer>()
  for (const paper of papers) {
    for (const [position, author] of paper.authors.entries()) {
      const { exact, person, given } = comparable(author)
      if (!person || given[0]?.initial !== false) continue
      const bearer = all.get(exact) ?? { exact, papers: [] }
      bearer.papers.push({ paper, position })
      all.set(exact, bearer)
    }
  }
  return [...all.values()]
}

function bearersOfPerson({ papers: [first] }: Bearer): number {
  const author = first?.paper.authors[first.position]
  return author === undefined ? 0 : bearersOf(author)
}

function isMandarin({ papers: [first] }: Bearer): boolean {
  const author = first?.paper.authors[first.position]
  return author !== undefined && comparable(author).family.pinyin !== ''
}

function rareBearers(): readonly Bearer[] {
  return bearers().filter(
    (bearer) => bearer.papers.length > 1 && bearersOfPerson(bearer) < (isMandarin(bearer) ? rare.mandarin : rare.other),
  )
}

/** How often two papers of one name share a co-author, by how common the name is expected to be: what `together` in commonness.ts was set by. */
function measureTogetherness(): void {
  const all = bearers().filter((bearer) => bearer.papers.length > 2)
  for (const mandarin of [true, false]) {
    for (const [least, most] of [
      [0, 0.01],
      [0.01, 0.05],
      [0.05, 0.2],
      [0.2, 0.6],
      [0.6, 2],
      [2, 20],
    ] as const) {
      const those = all.filter((bearer) => {
        const expected = bearersOfPerson(bearer)
        return isMandarin(bearer) === mandarin && expected >= least && expected < most
      })
      const pairs = those.flatMap((bearer) => {
        const names = bearer.papers.map(
          ({ paper }) =>
            new Set(paper.authors.map((author) => comparable(author).exact).filter((n) => n !== bearer.exact)),
        )
        return names.flatMap((one, at) => names.slice(at + 1).map((other) => [...one].some((each) => other.has(each))))
      })
      const share = pairs.filter(Boolean).length / pairs.length
      print(
        `${mandarin ? 'Mandarin' : 'other'} names with ${least} to ${most} expected others: ${those.length}; a co-author in common ${share.toFixed(3)}`,
      )
    }
  }
}

function trialsOf(person: Bearer, people: readonly Bearer[]): readonly Trial[] {
  if (person.papers.length < 3) return []
  const half = random() < 0.5 ? 'fit' : 'judge'
  return [0, 1].flatMap(() => {
    const known = 1 + Math.floor(random() * (person.papers.length - 1))
    const [theirs, later] = [person.papers.slice(0, known), person.papers.slice(known, known + 4)]
    const traits = traitsOf(theirs)
    const [first] = theirs
    const held = (paper: Paper, position: number, isTheirs: boolean): Trial => ({
      signals: fittedSignals(signalsOf(traits, paper, position, acquaintance)),
      isTheirs,
      half,
      known,
    })
    return later.flatMap(({ paper, position }) => {
      const other = homonym(person, traits, first?.paper.categories[0], people)
      const own = held(paper, position, true)
      return other === undefined ? [own] : [own, held(other.paper, other.position, false)]
    })
  })
}

function traitsOf(theirs: Bearer['papers']): KnownTraits {
  const count = (names: readonly string[]) => {
    const counts = new Map<string, number>()
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
    return Object.fromEntries(counts)
  }
  return {
    coauthors: count(
      theirs.flatMap(({ paper, position }) => paper.authors.flatMap(({ name }, at) => (at === position ? [] : [name]))),
    ),
    categories: count(theirs.flatMap(({ paper }) => paper.categories)),
    words: wordsOfPapers(theirs.map(({ paper }) => paper)),
  }
}

/** A paper of somebody who never wrote with the person or with those whom the person wrote with. */
function homonym(person: Bearer, { coauthors }: KnownTraits, category: string | undefined, people: readonly Bearer[]) {
  const near = random() < 0.4
  const known = new Set([person.exact, ...Object.keys(coauthors).map((name) => comparable(name).exact)])
  for (let attempt = 0; attempt < 300; attempt++) {
    const other = people[Math.floor(random() * people.length)]
    const names = other?.papers.flatMap(({ paper }) => paper.authors) ?? []
    if (names.some((name) => known.has(comparable(name).exact) && bearersOf(name) < 1)) continue
    const choice = other?.papers.filter(({ paper }) => !near || paper.categories[0] === category) ?? []
    const found = choice[Math.floor(random() * choice.length)]
    if (found !== undefined) return found
  }
  return undefined
}

/** Newton's method with a small ridge; both classes weigh the same. */
function regression(trials: readonly Trial[]): readonly number[] {
  const size = trials[0]?.signals.length ?? 0
  const theirs = trials.filter(({ isTheirs }) => isTheirs).length
  let fitted: readonly number[] = Array.from({ length: size }, () => 0)
  for (let step = 0; step < 12; step++) {
    const gradient: number[] = fitted.map((weight, at) => (at === 0 ? 0 : -2 * weight))
    const curve: number[][] = fitted.map((_, row) => fitted.map((_, column) => (row === column ? 2 : 0)))
    for (const { signals, isTheirs } of trials) {
      const odds = signals.reduce((sum, signal, at) => sum + signal * (fitted[at] ?? 0), 0)
      const chance = 1 / (1 + Math.exp(-odds))
      const share = trials.length / 2 / (isTheirs ? theirs : trials.length - theirs)
      signals.forEach((signal, row) => {
        gradient[row] = (gradient[row] ?? 0) + ((isTheirs ? 1 : 0) - chance) * share * signal
        const line = curve[row] ?? []
        signals.forEach((other, column) => {
          line[column] = (line[column] ?? 0) + chance * (1 - chance) * share * signal * other
        })
      })
    }
    const move = solved(curve, gradient)
    fitted = fitted.map((weight, at) => weight + (move[at] ?? 0))
  }
  return fitted
}

/** Gauss and Jordan's elimination. */
function solved(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  let rows = matrix.map((row, at) => [...row, right[at] ?? 0])
  for (const [at] of matrix.entries()) {
    const pivot = rows[at] ?? []
    const scaled = pivot.map((value) => value / (pivot[at] ?? 1))
    rows = rows.map((row, other) =>
      other === at ? scaled : row.map((value, column) => value - (row[at] ?? 0) * (scaled[column] ?? 0)),
    )
  }
  return rows.map((row) => row.at(-1) ?? 0)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
