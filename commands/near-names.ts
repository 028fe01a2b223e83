import { distance } from 'fastest-levenshtein'
import { wordsOf } from '../src/catalog/words.ts'
import type { Services } from './command.ts'

/** Names with a word in common that are looked at; the catalogue gives those with most papers first. */
const LOOKED_AT = 300

/** Names of the catalogue that a slip or two make of what was typed, the nearest first; none for a name that is like no other. */
export async function nearNames({ catalog }: Services, typed: string, limit: number): Promise<readonly string[]> {
  const words = wordsOf(typed)
  const [given = '', family = given] = [words[0], words.at(-1)]
  if (given === '') return []
  const prefixes = new Set([given, family, family.slice(0, 3), [given.slice(0, 2), family.slice(0, 2)].join(' ')])
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
  const slips = distance(typed, known)
  const most = typed.length < 3 ? 0 : typed.length < 6 ? 1 : 2
  return slips > most ? undefined : slips
}
