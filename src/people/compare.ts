import { type ComparableName, comparable, type Name, type NameWord } from './comparable-name.ts'
import { koreanConsonants, type Letters, sameLetters } from './name-letters.ts'
import { areNicknames, otherInitials } from './nicknames.ts'

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

/**
 * Keys for an index of names: two names that are `same` or `compatible` share at least one. Many that share a key are different all the same.
 * A key is a word of the name and the first letter of another.
 */
export function nameKeys(name: Name): readonly string[] {
  const { person, exact, words, given, family, familyCore } = comparable(name)
  if (!person) return [exact]
  const keys = new Set<string>()
  const addAll = (bases: ReadonlySet<string>, initials: Iterable<string>) => {
    for (const initial of initials) for (const base of bases) keys.add(`${base}/${initial}`)
  }
  const familyForms = new Set(
    [family, familyCore].flatMap((letters) => [letters.plain, letters.spelledOut, `~${letters.sound}`]),
  )
  addAll(familyForms, given.length === 0 ? alphabet : given.flatMap(initialsOf))
  words.forEach((word, at) => {
    if (!word.initial)
      addAll(
        new Set([word.plain, word.spelledOut]),
        words.flatMap((other, n) => (n === at ? [] : initialsOf(other))),
      )
  })
  return [...keys]
}

const koreanInitials = ['gk', 'dt', 'bp', 'jc', 'rl', 'aeiouwy']
const alphabet = 'abcdefghijklmnopqrstuvwxyz'

function initialsOf(word: NameWord): readonly string[] {
  const others = word.korean ? (koreanInitials.find((letters) => letters.includes(word.plain.charAt(0))) ?? '') : ''
  return [word.plain.charAt(0), word.sound.charAt(0), ...otherInitials(word.plain), ...others]
}

function compareComparable(a: ComparableName, b: ComparableName): NameRelation {
  if (a.person !== b.person) return 'different'
  if (a.generation !== undefined && b.generation !== undefined && a.generation !== b.generation) return 'different'
  if (a.exact === b.exact) return 'same'
  if (!a.person) return 'different'
  const family = compareFamilies(a, b)
  if (family === 'different') return isFamilySlip(a, b) ? 'compatible' : compareWords(a, b)
  const given = compareGiven(a.given, b.given)
  return given === 'same' ? family : given
}

function compareFamilies(a: ComparableName, b: ComparableName): NameRelation {
  if (sameLetters(a.family, b.family)) return 'same'
  if (
    sameLetters(a.familyCore, b.familyCore) ||
    sameLetters(a.family, b.familyCore) ||
    sameLetters(a.familyCore, b.family)
  )
    return 'compatible'
  return (a.foreign || b.foreign) && a.family.sound === b.family.sound ? 'compatible' : 'different'
}

/** A long family name romanised otherwise or with a slip of one letter, beside a given name that is spelled out and the same. One name going on where the other ends is no slip. */
function isFamilySlip(a: ComparableName, b: ComparableName): boolean {
  const [one, other] = [a.family.plain, b.family.plain]
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1 && a.family.sound !== b.family.sound) return false
  if (short.length < shortestFamilySlip || a.given[0]?.initial !== false) return false
  // Itoh is Ito.
  const close = long.startsWith(short)
    ? long === `${short}h` && short.endsWith('o')
    : a.family.sound === b.family.sound || isSlip(short, long, shortestFamilySlip)
  return close && !(a.family.pinyin && b.family.pinyin) && compareGiven(a.given, b.given) === 'same'
}

/** Given names: each word of the shorter must be met in the longer, in order; the first with the first, or as a whole word (`M. Teresa`, `Teresa`). */
function compareGiven(a: readonly NameWord[], b: readonly NameWord[]): NameRelation {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 'same' : 'compatible'
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (sameSet(short, long)) return sameOrder(short, long) ? 'same' : 'compatible'
  const matches = inOrder(short, short.length < long.length ? joinedLike(short, long) : long)
  if (matches === undefined) return 'different'
  if (short.length === long.length && matches.every((match) => match.kind === 'whole')) return 'same'
  const [first] = matches
  return first?.at === 0 || first?.kind === 'whole' ? 'compatible' : 'different'
}

/** Words of two names whose families differ as they were read: the boundary may lie elsewhere, the order be turned, or a second family name be missing. */
function compareWords(a: ComparableName, b: ComparableName): NameRelation {
  if (a.unordered !== undefined && a.unordered === b.unordered)
    return sameOrder(a.words, b.words) ? 'same' : 'compatible'
  const [short, long] = a.words.length <= b.words.length ? [a.words, b.words] : [b.words, a.words]
  const [head, other] = [short[0], long[0]]
  if (head === undefined || other === undefined || matchOf(head, other, true) === undefined) return 'different'
  const matches = inOrder(short, long)
  const [first] = matches ?? []
  if (matches === undefined || first?.at !== 0) return 'different'
  const whole = matches.filter((match) => match.kind === 'whole').length
  const last = matches[matches.length - 1]
  // Deepak P is Deepak Padmanabhan, Srinivas is Srinivas Bangalore: so do some names of India vary.
  const shortened =
    first.kind === 'whole' && last?.kind !== 'near' && (short.length === long.length || short.length === 1)
  return (whole >= 2 && last?.kind === 'whole') || (shortened && whole === Math.max(1, matches.length - 1))
    ? 'compatible'
    : 'different'
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

interface WordMatch {
  readonly kind: 'whole' | 'near' | 'initial'
  readonly at: number
}

function inOrder(short: readonly NameWord[], long: readonly NameWord[]): readonly WordMatch[] | undefined {
  const matches: WordMatch[] = []
  let from = 0
  for (const word of short) {
    const match = nextMatch(word, long, from)
    if (match === undefined) return undefined
    matches.push(match)
    from = match.at + 1
  }
  return matches
}

function nextMatch(word: NameWord, words: readonly NameWord[], from: number): WordMatch | undefined {
  for (let at = from; at < words.length; at++) {
    const other = words[at]
    const kind = other === undefined ? undefined : matchOf(word, other, from === 0)
    if (kind !== undefined) return { kind, at }
  }
  return undefined
}

function matchOf(a: NameWord, b: NameWord, isFirst: boolean): WordMatch['kind'] | undefined {
  if (a.initial || b.initial) return sameInitial(a, b) ? 'initial' : undefined
  if (sameLetters(a, b)) return 'whole'
  if ((a.cut && b.plain.startsWith(a.plain)) || (b.cut && a.plain.startsWith(b.plain))) return 'initial'
  if (a.korean !== b.korean) return koreanConsonants(a.plain) === koreanConsonants(b.plain) ? 'near' : undefined
  return isNear(a, b, isFirst) ? 'near' : undefined
}

function sameInitial(a: NameWord, b: NameWord): boolean {
  const [one, other] = [a.plain.charAt(0), b.plain.charAt(0)]
  return (
    one === other ||
    (a.korean !== b.korean && koreanInitials.some((letters) => letters.includes(one) && letters.includes(other)))
  )
}

/** Short names, romanisations, and slips of one letter; never between two Mandarin names, where one letter is another name. */
function isNear(a: Letters, b: Letters, isFirst: boolean): boolean {
  if (areNicknames(a.plain, b.plain)) return true
  if (a.pinyin && b.pinyin) return false
  if (a.sound === b.sound || (!isFirst && unvoiced(a.sound) === unvoiced(b.sound))) return true
  const [short, long] = a.plain.length <= b.plain.length ? [a, b] : [b, a]
  if (isCut(short, long)) return true
  return isSlip(short.plain, long.plain, isFirst ? shortestSlip : shortestLaterSlip)
}

const shortestCut = 4

/** `Norihi` for Norihito, `Fil` for Fileno: the beginning of a name, where it is no name of its own. */
function isCut(short: Letters, long: Letters): boolean {
  const { plain } = short
  if (long.plain.length < plain.length + 2 || short.pinyin || !long.plain.startsWith(plain)) return false
  return (
    plain.length >= shortestCut ||
    (plain.length === shortestCut - 1 && !/[aeiouy]$/.test(plain) && otherInitials(plain).length === 0)
  )
}

/** Korean consonants, which one romanisation writes soft and another hard. */
function unvoiced(sound: string): string {
  return sound.replace(/^g/, 'k').replace(/^d/, 't').replace(/^b/, 'p').replace(/^j/, 'c')
}

const shortestSlip = 6
const shortestLaterSlip = 4
const shortestFamilySlip = 4

/** One letter changed, added or left out inside a long word, or a last consonant: a last vowel tells Roberto from Roberta. */
function isSlip(short: string, long: string, shortest: number): boolean {
  if (short.length < shortest || long.length - short.length > 1 || short.charAt(0) !== long.charAt(0)) return false
  const [endOfShort = '', endOfLong = ''] = [short.at(-1), long.at(-1)]
  if (endOfShort !== endOfLong && (short.length !== long.length || /[aeiouy]/.test(endOfShort + endOfLong)))
    return false
  let head = 0
  while (head < short.length && short[head] === long[head]) head++
  let tail = 0
  while (tail < short.length - head && short[short.length - 1 - tail] === long[long.length - 1 - tail]) tail++
  return short.length - head - tail <= 1 && long.length - head - tail <= 1
}

/** `Lian Hau` beside `Lianhau`: the longer with two words joined where the shorter writes them as one. */
function joinedLike(short: readonly NameWord[], long: readonly NameWord[]): readonly NameWord[] {
  for (let at = 0; at + 1 < long.length; at++) {
    const [first, second] = [long[at], long[at + 1]]
    const whole = first && second && short.find((word) => word.plain === first.plain + second.plain)
    if (whole) return [...long.slice(0, at), whole, ...long.slice(at + 2)]
  }
  return long
}
