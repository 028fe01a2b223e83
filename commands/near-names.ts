import { wordsOf } from '../src/catalog/words.ts'
import type { Services } from './command.ts'

/** Names with a word in common that are looked at; the catalogue gives those with most papers first. */
const LOOKED_AT = 300

/** Names of the catalogue that a slip or two make of what was typed, the nearest first; none for a name that is like no other. */
export async function nearNames({ catalog }: Services, typed: string, limit: number): Promise<readonly string[]> {
  const words = wordsOf(typed)
  const [given = '', family = given] = [words[0], words.at(-1)]
  if (given === '') return []
  const prefixes = new Set([
    given,
    family,
    family.slice(0, 3),
    `${given.slice(0, 2)} ${family.slice(0, 2)}`,
    // In a large catalogue hundreds begin as those do.
    `${given} ${family.slice(0, 3)}`,
    `${given.slice(0, 3)} ${family.slice(0, Math.max(3, family.length - 2))}`,
  ])
  const found = new Set<string>()
  for (const prefix of prefixes) {
    for (const { value } of await catalog.complete('author', prefix, LOOKED_AT)) found.add(value)
  }
  return [...found]
    .map((name) => ({ name, slips: slipsBetween(words, wordsOf(name)) }))
    .filter(({ slips }) => slips !== undefined)
    .toSorted((a, b) => (a.slips ?? 0) - (b.slips ?? 0))
    .slice(0, limit)
    .map(({ name }) => name)
}

/** Undefined where it is another name: each word allows one slip, a long one two, and an initial stands for its name. */
function slipsBetween(typed: readonly string[], known: readonly string[]): number | undefined {
  const [family = '', knownFamily = ''] = [typed.at(-1), known.at(-1)]
  const last = wordSlips(family, knownFamily)
  if (last === undefined || typed.length === 1) return family.length < 3 ? undefined : last
  const [given = '', knownGiven = ''] = [typed[0], known[0]]
  const isInitial = given.length === 1 || knownGiven.length === 1
  const first = !isInitial ? wordSlips(given, knownGiven) : given[0] === knownGiven[0] ? 0 : undefined
  return first === undefined ? undefined : last + first
}

function wordSlips(typed: string, known: string): number | undefined {
  const slips = slipsIn(typed, known)
  const most = typed.length < 3 ? 0 : typed.length < 6 ? 1 : 2
  return slips > most ? undefined : slips
}

/** Letters that were left out, put in, mistaken or exchanged with the next (optimal string alignment). */
function slipsIn(typed: string, known: string): number {
  const rows: number[][] = [Array.from({ length: known.length + 1 }, (_, at) => at)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let a = 1; a <= typed.length; a++) {
    rows.push([a])
    for (let b = 1; b <= known.length; b++) {
      const mistaken = at(a - 1, b - 1) + (typed[a - 1] === known[b - 1] ? 0 : 1)
      const isTurned = a > 1 && b > 1 && typed[a - 1] === known[b - 2] && typed[a - 2] === known[b - 1]
      const turned = isTurned ? at(a - 2, b - 2) + 1 : Number.POSITIVE_INFINITY
      rows[a]?.push(Math.min(at(a - 1, b) + 1, at(a, b - 1) + 1, mistaken, turned))
    }
  }
  return at(typed.length, known.length)
}
