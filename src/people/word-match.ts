import type { NameWord } from './comparable-name.ts'
import { type Letters, sameLetters, sameTyped } from './name-letters.ts'
import { areNicknames, isNameOfItsOwn, otherInitials } from './nicknames.ts'
import { bonesOf, isKorean, koreanConsonants, koreanSound, looseSound, mandarinBones } from './romanisation.ts'

/** `whole`: one spelling of one word; `near`: a short name, another romanisation or a slip; `initial`: one stands for the other. */
export interface WordMatch {
  readonly kind: 'whole' | 'near' | 'initial'
  readonly at: number
}

/** What may be met between two names: the Korean romanisations count where a family is borne in Korea. */
export interface Manner {
  readonly korean: boolean
}

/** Where each word of `short` is met in `long`, in order; undefined when one is not. */
export function inOrder(
  short: readonly NameWord[],
  long: readonly NameWord[],
  manner: Manner,
): readonly WordMatch[] | undefined {
  const matches: WordMatch[] = []
  let from = 0
  for (const word of short) {
    const match = nextMatch(word, long, from, manner)
    if (match === undefined) return undefined
    matches.push(match)
    from = match.at + 1
  }
  return matches
}

function nextMatch(word: NameWord, words: readonly NameWord[], from: number, manner: Manner): WordMatch | undefined {
  for (let at = from; at < words.length; at++) {
    const other = words[at]
    const kind = other === undefined ? undefined : matchOf(word, other, from === 0, manner)
    if (kind !== undefined) return { kind, at }
  }
  return undefined
}

/** How two words match; undefined when they are two names. The first given name is held to more than later ones. */
export function matchOf(a: NameWord, b: NameWord, isFirst: boolean, manner: Manner): WordMatch['kind'] | undefined {
  if (a.initial || b.initial) return sameInitial(a, b) ? 'initial' : undefined
  if (sameLetters(a, b)) return 'whole'
  if ((a.cut && b.plain.startsWith(a.plain)) || (b.cut && a.plain.startsWith(b.plain))) return 'initial'
  if (a.script !== b.script) return isForeignNear(a, b) || isNear(a, b, isFirst, manner) ? 'near' : undefined
  return isNear(a, b, isFirst, manner) ? 'near' : undefined
}

/** First letters that one Korean consonant is written with. */
export const koreanInitials = ['gk', 'dt', 'bp', 'jc', 'rl', 'aeiouwy']

function sameInitial(a: NameWord, b: NameWord): boolean {
  const [one, other] = [a.plain.charAt(0), b.plain.charAt(0)]
  return (
    one === other ||
    (a.script !== b.script &&
      (a.script === 'hangul' || b.script === 'hangul') &&
      koreanInitials.some((letters) => letters.includes(one) && letters.includes(other)))
  )
}

/** A word of another script beside Latin letters, by what every transliteration of it keeps. */
export function isForeignNear(a: Letters, b: Letters): boolean {
  const scripts = [a.script, b.script]
  const keeps = (bones: (plain: string) => string) => {
    const kept = bones(a.plain)
    return kept !== '' && kept === bones(b.plain)
  }
  if (scripts.includes('hangul')) return keeps(koreanConsonants)
  if (scripts.includes('han')) {
    const [sign, other] = a.script === 'han' ? [a, b] : [b, a]
    return sign.wadeGiles === other.plain || (!(a.pinyin && b.pinyin) && keeps(mandarinBones))
  }
  return scripts.includes('unvowelled') && keeps(bonesOf)
}

/** Short names, romanisations, and slips of one letter; never between two Mandarin names, where one letter is another name. */
function isNear(a: Letters, b: Letters, isFirst: boolean, { korean }: Manner): boolean {
  if (areNicknames(a.plain, b.plain) || sameTyped(a, b)) return true
  if (a.pinyin && b.pinyin) return false
  if (a.sound === b.sound || isWadeGiles(a, b)) return true
  if (korean && koreanSound(a.plain) === koreanSound(b.plain)) return true
  if (areSyllables(a, b, korean)) return false
  if (isLooselySame(a.sound, b.sound)) return true
  const [short, long] = a.plain.length <= b.plain.length ? [a, b] : [b, a]
  const isSlipped = isSlip(short.plain, long.plain, isFirst ? shortestSlip : shortestLaterSlip)
  return isCut(short, long) || (isSlipped && !isOtherName(short.plain, long.plain))
}

/** `Hsin` beside Xin, where the spelling leaves no doubt whose it is: Chu may be pinyin, too. */
function isWadeGiles(a: Letters, b: Letters): boolean {
  if ((a.pinyin === '') === (b.pinyin === '')) return false
  const [pinyin, typed] = a.pinyin === '' ? [b, a.plain] : [a, b.plain]
  // Many of Taiwan mix the two: Rung for Rong.
  return typed === pinyin.wadeGiles || typed.replace(/ung/g, 'ong') === pinyin.plain
}

/** Two names of Japan or Korea of one length, whose every syllable has a meaning: Takashi and Takeshi, Hyejin and Hyojin are two people. */
function areSyllables(a: Letters, b: Letters, korean: boolean): boolean {
  if (a.plain.length !== b.plain.length) return false
  return (a.romaji !== '' && b.romaji !== '') || (korean && isKorean(a.plain) && isKorean(b.plain))
}

function isLooselySame(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 5 && a.charAt(0) === b.charAt(0) && looseSound(a) === looseSound(b)
}

const shortestCut = 4

/** `Norihi` for Norihito, `Fil` for Fileno: the beginning of a name, where it is no name of its own. */
function isCut(short: Letters, long: Letters): boolean {
  const { plain } = short
  if (long.plain.length < plain.length + 2 || short.pinyin || !long.plain.startsWith(plain)) return false
  if (isNameOfItsOwn(plain) || feminine.test(long.plain.slice(plain.length))) return false
  return (
    plain.length >= shortestCut ||
    (plain.length === shortestCut - 1 && !/[aeiouy]$/.test(plain) && otherInitials(plain).length === 0)
  )
}

/** What makes the name of a woman of that of a man: Jeanne, Gabrielle, Josephine. */
const feminine = /^(?:[lnt]?[ea]|i[ea]|in[ea]|et(?:te|ta)|el(?:le|la))$/

const shortestSlip = 6
const shortestLaterSlip = 4
const shortestVowelSlip = 5
const nearVowels = new Set(['ei', 'ie', 'ou', 'uo', 'ae', 'ea'])

const longestOther = 9
/** Letters that one hears or types for each other. */
const alike = ['aeiouy', 'bvfpw', 'dt', 'gkcqxh', 'szcx', 'mn', 'lr', 'jyi', 'gj', 'uvw']

/** Rajesh and Rakesh differ in one letter, for which nobody takes the other, and are two. */
function isOtherName(one: string, other: string): boolean {
  if (one.length !== other.length || one.length >= longestOther) return false
  const at = [...one].findIndex((letter, place) => letter !== other[place])
  const [letter = '', instead = ''] = [one[at], other[at]]
  if (at === one.length - 1 || one.slice(at + 1) !== other.slice(at + 1)) return false
  return !alike.some((letters) => letters.includes(letter) && letters.includes(instead))
}

/**
 * One letter changed, added, left out or swapped with the next inside a long word, or a last consonant: a last vowel tells Roberto from Roberta.
 * In shorter words only a vowel for its neighbour, or beside a vowel, is one: Tareq, Tariq; Naoaki, Naoki.
 */
export function isSlip(short: string, long: string, shortest: number): boolean {
  if (long.length - short.length > 1 || short.charAt(0) !== long.charAt(0)) return false
  if (short.length < Math.min(shortest, shortestVowelSlip)) return false
  const [endOfShort = '', endOfLong = ''] = [short.at(-1), long.at(-1)]
  if (endOfShort !== endOfLong && (short.length !== long.length || /[aeiouy]/.test(endOfShort + endOfLong)))
    return false
  let head = 0
  while (head < short.length && short[head] === long[head]) head++
  let tail = 0
  while (tail < short.length - head && short[short.length - 1 - tail] === long[long.length - 1 - tail]) tail++
  const [one, other] = [short.slice(head, short.length - tail), long.slice(head, long.length - tail)]
  if (short.length < shortest) {
    const besideVowel = /^[aeiou]?$/.test(one) && /^[aeiou]$/.test(other) && /[aeiou]/.test(long[head - 1] ?? '')
    return besideVowel || nearVowels.has(one + other)
  }
  return (one.length <= 1 && other.length <= 1) || (one.length === 2 && one === [...other].reverse().join(''))
}
