import {
  type ComparableName,
  comparable,
  joinedWord,
  type Name,
  type NameWord,
  type Reading,
} from './comparable-name.ts'
import { isIberianGiven } from './family-words.ts'
import { type Letters, sameJapanese, sameLetters, sameTyped } from './name-letters.ts'
import { bonesOf } from './romanisation.ts'
import { inOrder, isForeignNear, isSlip, type Manner, matchOf, type WordMatch } from './word-match.ts'

export { nameKeys } from './name-keys.ts'

/** `same`: one spelling of one name. `compatible`: nothing speaks against one person. `different`: two people. */
export type NameRelation = 'same' | 'compatible' | 'different'

/**
 * How two names relate, by their parts and never by a part of a word: `Jared Kaplan` and `J. Kaplan` are compatible, `Amy Weinberg` and `Amy Weinberger` different.
 * Diacritics, hyphens, dots and case make no difference. Missing middle names, initials, short names, a missing second family name, and the two orders of one name
 * (`Yang Liu`, `Liu Yang`) are compatible. Names in other scripts are compared by their transliteration (Han by its Mandarin reading). Symmetric.
 */
export function compareNames(a: Name, b: Name): NameRelation {
  if (a === b) return 'same'
  return compareComparable(comparable(a), comparable(b))
}

/** How other names relate to one: compareNames, for many beside the same. */
export function nameComparer(one: Name): (other: Name) => NameRelation {
  const known = comparable(one)
  return (other) => (other === one ? 'same' : compareComparable(comparable(other), known))
}

function compareComparable(a: ComparableName, b: ComparableName): NameRelation {
  if (a.person !== b.person) return 'different'
  if (a.generation !== undefined && b.generation !== undefined && a.generation !== b.generation) return 'different'
  if (a.exact === b.exact) return 'same'
  if (!a.person) return 'different'
  if (a.unordered !== undefined && a.unordered === b.unordered)
    return sameOrder(a.words, b.words) ? 'same' : 'compatible'
  const manner = { korean: a.korean || b.korean }
  const relation = compareReadings(a, b, manner)
  if (relation !== 'different') return relation
  const isOne =
    isFamilySlip(a, b, manner) ||
    areWordsOfOne(a, b, manner) ||
    isTurned(a, b, manner) ||
    isTurned(b, a, manner) ||
    agreeOtherwiseRead(a, b, manner)
  return isOne ? 'compatible' : 'different'
}

/** Whether the given names of two names agree and the families do: neither turned around, nor with one of the two missing or misspelt. */
export function agreeInOrder(one: Name, other: Name): boolean {
  const [a, b] = [comparable(one), comparable(other)]
  const manner = { korean: a.korean || b.korean }
  if (a.person && (a.given.length === 0) !== (b.given.length === 0)) return false
  return compareReadings(a, b, manner) !== 'different' || agreeOtherwiseRead(a, b, manner)
}

function agreeOtherwiseRead(a: ComparableName, b: ComparableName, manner: Manner): boolean {
  return (
    a.otherReadings.some((reading) => compareReadings(reading, b, manner) !== 'different') ||
    b.otherReadings.some((reading) => compareReadings(a, reading, manner) !== 'different')
  )
}

function compareReadings(a: Reading, b: Reading, manner: Manner): NameRelation {
  const family = compareFamilies(a, b)
  if (family === 'different') return 'different'
  const given = compareGiven(a.given, b.given, manner)
  return given === 'same' ? family : given
}

function isMandarin(words: readonly Letters[]): boolean {
  return words.every((word) => word.pinyin !== '')
}

function compareFamilies(a: Reading, b: Reading): NameRelation {
  if (sameLetters(a.family, b.family)) return 'same'
  return isOneFamily(a.familyCore, b.familyCore) ||
    (a.family !== a.familyCore && isOneFamily(a.family, b.familyCore)) ||
    (b.family !== b.familyCore && isOneFamily(a.familyCore, b.family)) ||
    isUnvowelledNear(a, b)
    ? 'compatible'
    : 'different'
}

function isOneFamily(a: Letters, b: Letters): boolean {
  if (sameLetters(a, b) || sameTyped(a, b) || sameJapanese(a, b)) return true
  if (a.script === b.script) return false
  return a.sound === b.sound || a.elsewhere.includes(b.plain) || b.elsewhere.includes(a.plain)
}

/** The consonants of a family alone would be those of many: the first given name has to agree in its own. */
function isUnvowelledNear(a: Reading, b: Reading): boolean {
  if (a.familyCore.script !== 'unvowelled' && b.familyCore.script !== 'unvowelled') return false
  const [one, other] = [a.given[0], b.given[0]]
  if (one === undefined || other === undefined || !isForeignNear(a.familyCore, b.familyCore)) return false
  return bonesOf(one.plain) === bonesOf(other.plain)
}

const shortestFamilySlip = 4
const longSound = 6
const longHeard = 8

/** A long family name romanised otherwise or with a slip of one letter, beside a given name that is spelled out and the same. One name going on where the other ends is no slip. */
function isFamilySlip(a: ComparableName, b: ComparableName, manner: Manner): boolean {
  const [one, other] = [a.family.folded, b.family.folded]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const sounds = a.family.sound === b.family.sound
  if ((long.length - short.length > 1 && !sounds) || short.length < shortestFamilySlip) return false
  if (a.family.pinyin && b.family.pinyin) return false
  // Itoh is Ito, Nemirovskii Nemirovski.
  if (long.startsWith(short) && !/^(?:.*o h|.*i [iy])$/.test(`${short} ${long.slice(short.length)}`)) return false
  if (!sounds && !isSlip(short, long, shortestFamilySlip) && !isHeardSlip(a.family.sound, b.family.sound)) return false
  const given = compareGiven(a.given, b.given, manner)
  if (given === 'same' && a.given[0]?.initial === false) return true
  return given === 'compatible' && sounds && short.length >= longSound
}

/** `Chakraborty` for Chakrabarti: romanised otherwise and with a slip, where so much of a name is left. */
function isHeardSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  return short.length >= longHeard && !long.startsWith(short) && isSlip(short, long, longHeard)
}

/** Given names: each word of the shorter must be met in the longer, in order; the first with the first, or as a whole word (`M. Teresa`, `Teresa`). */
function compareGiven(a: readonly NameWord[], b: readonly NameWord[], manner: Manner): NameRelation {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 'same' : 'compatible'
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (sameSet(short, long)) return sameOrder(short, long) ? 'same' : 'compatible'
  const matches = inOrder(short, long, manner) ?? inJoined(short, long, manner)
  if (matches === undefined) return isAmongInitials(a, b, manner) ? 'compatible' : 'different'
  if (short.length === long.length && matches.every((match) => match.kind === 'whole')) return 'same'
  const [first] = matches
  return first?.at === 0 || first?.kind === 'whole' || isAmongInitials(a, b, manner) ? 'compatible' : 'different'
}

const manyInitials = 3

/** `S. P. J.` beside Jan: who has three initials may go by the last. */
function isAmongInitials(a: readonly NameWord[], b: readonly NameWord[], manner: Manner): boolean {
  const [initials, named] = a.every((word) => word.initial) ? [a, b] : [b, a]
  const [only, ...more] = named
  if (only === undefined || more.length > 0 || only.initial || initials.length < manyInitials) return false
  return (
    initials.every((word) => word.initial) && initials.some((word) => matchOf(word, only, true, manner) !== undefined)
  )
}

/** Words of two names whose families differ as they were read: the boundary may lie elsewhere, the order be turned, or a second family name be missing. */
function areWordsOfOne(a: ComparableName, b: ComparableName, manner: Manner): boolean {
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  const [head, other] = [short[0], long[0]]
  if (head === undefined || other === undefined || matchOf(head, other, true, manner) === undefined) return false
  // Hong Yu has no second family name that Hong Yu Zhou would have left.
  if (short.length < long.length && isMandarin(long)) return false
  const matches = inOrder(short, long, manner)
  const [first] = matches ?? []
  if (matches === undefined || first?.at !== 0) return false
  const whole = matches.filter((match) => match.kind === 'whole').length
  const last = matches[matches.length - 1]
  if (isSecondFamilyMissing(short, long, matches)) return true
  // Deepak P is Deepak Padmanabhan, Srinivas is Srinivas Bangalore: so do some names of India vary.
  const shortened =
    first.kind === 'whole' && last?.kind !== 'near' && (short.length === long.length || short.length === 1)
  return (whole >= 2 && last?.kind === 'whole') || (shortened && whole === Math.max(1, matches.length - 1))
}

/** `J. Turmo Borras` is Jordi Turmo, and Sobha L. is Sobha Lalitha Devi. */
function isSecondFamilyMissing(
  short: readonly NameWord[],
  long: readonly NameWord[],
  matches: readonly WordMatch[],
): boolean {
  const [first, second, ...more] = matches
  if (first === undefined || second === undefined || more.length > 0 || long.length !== 3 || second.at !== 1)
    return false
  if (first.kind === 'whole') return second.kind === 'initial' && short[1]?.initial === true
  return (
    first.kind === 'initial' &&
    second.kind === 'whole' &&
    [short[0], long[0]].some((word) => word !== undefined && isIberianGiven(word.plain))
  )
}

/** `Erdős Pál` beside Paul Erdős: the family first in one, and the given names alike and spelled out in both. */
function isTurned(a: ComparableName, b: ComparableName, manner: Manner): boolean {
  const [family, last] = [a.words[0], b.words[b.words.length - 1]]
  if (family === undefined || last === undefined || family.initial || family.plain.charAt(0) !== last.plain.charAt(0))
    return false
  if (!sameLetters(family, last) && !sameTyped(family, last)) return false
  const [one, other] = [a.words.slice(1), b.words.slice(0, -1)]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length === 0 || short[0]?.initial !== false) return false
  const matches = inOrder(short, long, manner) ?? inJoined(short, long, manner)
  return matches !== undefined && matches[0]?.at === 0 && matches.every((match) => match.kind !== 'initial')
}

function sameOrder(a: readonly NameWord[], b: readonly NameWord[]): boolean {
  return a.every((word, at) => word.plain === b[at]?.plain)
}

function sameSet(a: readonly NameWord[], b: readonly NameWord[]): boolean {
  if (a.length !== b.length || a.length < 2) return false
  // Most names fail here, before anything is sorted.
  if (!a.every((word) => !word.initial && b.some((other) => other.plain === word.plain))) return false
  return spellings(a) === spellings(b)
}

function spellings(words: readonly NameWord[]): string {
  return words
    .map((word) => word.plain)
    .sort()
    .join(' ')
}

/** `Lian Hau` beside `Lianhau`: two words of the longer written as one in the shorter. */
function inJoined(
  short: readonly NameWord[],
  long: readonly NameWord[],
  manner: Manner,
): readonly WordMatch[] | undefined {
  if (short.length === long.length) return undefined
  for (let at = 0; at + 1 < long.length; at++) {
    const [first, second] = [long[at], long[at + 1]]
    if (first === undefined || second === undefined || first.initial || second.initial) continue
    if (!short.some((word) => mayBegin(word, first))) continue
    const whole = joinedWord(first, second)
    const matches = short.some((word) => !word.initial && matchOf(word, whole, false, manner) !== undefined)
      ? inOrder(short, [...long.slice(0, at), whole, ...long.slice(at + 2)], manner)
      : undefined
    if (matches !== undefined) return matches
  }
  return undefined
}

function mayBegin(word: NameWord, first: NameWord): boolean {
  return (
    !word.initial &&
    word.plain.length > first.plain.length &&
    (word.plain.charAt(0) === first.plain.charAt(0) ||
      word.wadeGiles.charAt(0) === first.plain.charAt(0) ||
      word.script !== first.script)
  )
}
