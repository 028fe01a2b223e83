import { type ComparableName, comparable, type Name } from './comparable-name.ts'
import { countedNames, families, givenBesideOther, givenBesidePinyin } from './frequencies.ts'

/** Names that the counts are of. */
export const population = countedNames.pinyin + countedNames.other

/**
 * How many people of the counted listings are expected to bear a name, from how often its family and its given name are met there: some 10 for Wei Wang, 0.01 for a name
 * whose two parts are rare. Initials are borne by everyone whose given name begins so. Not rounded; more than 0.
 */
export function bearersOf(name: Name): number {
  const known = remembered.get(comparable(name))
  if (known !== undefined) return known
  const made = expected(comparable(name))
  remembered.set(comparable(name), made)
  return made
}

const remembered = new WeakMap<ComparableName, number>()

// What is too rare to be in the tables.
const rareFamily = 2
const rareGiven = 1
const middleWord = 0.1
const middleInitial = 0.25

// Names go by language, so that two parts meet more often than chance has it. Measured by how often two papers of one name share a co-author,
// against how often two papers of one person do (bench/fit-matcher.ts).
const together = { mandarin: 1.7, other: 15 }

function expected({ person, given, family }: ComparableName): number {
  if (!person) return 1
  const mandarin = family.pinyin !== ''
  const ofFamily = families.get(family.plain) ?? rareFamily
  const bearers = ofFamily * (mandarin ? together.mandarin : together.other)
  const [first, ...middle] = given
  if (first === undefined) return ofFamily
  const counts = mandarin ? givenBesidePinyin : givenBesideOther
  const all = mandarin ? countedNames.pinyin : countedNames.other
  if (first.initial) {
    const share = shareOf(first.plain, mandarin)
    return ofFamily * share * middleInitial ** middle.length
  }
  // Mandarin given names of two syllables are one name, hyphened or not.
  if (mandarin && given.every((word) => word.pinyin !== ''))
    return (bearers * (counts.get(given.map((word) => word.plain).join('')) ?? rareGiven)) / all
  const rest = middle.reduce((share, word) => share * (word.initial ? middleInitial : middleWord), 1)
  return (bearers * (counts.get(first.plain) ?? rareGiven) * rest) / all
}

const shares = { mandarin: letterShares(givenBesidePinyin), other: letterShares(givenBesideOther) }

function shareOf(letter: string, mandarin: boolean): number {
  return (mandarin ? shares.mandarin : shares.other).get(letter) ?? rareLetter
}

const rareLetter = 0.002

function letterShares(counts: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const letters = new Map<string, number>()
  let all = 0
  for (const [name, count] of counts) {
    letters.set(name.charAt(0), (letters.get(name.charAt(0)) ?? 0) + count)
    all += count
  }
  return new Map([...letters].map(([letter, count]) => [letter, count / all]))
}
