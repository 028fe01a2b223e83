import {
  type ComparableName,
  comparable,
  joinedWord,
  type Name,
  type NameWord,
  type Reading,
} from './comparable-name.ts'
import { remembering } from './memory.ts'
import { sameJapanese } from './name-letters.ts'
import { otherInitials } from './nicknames.ts'
import { bonesOf, koreanSound } from './romanisation.ts'
import { isSlip, koreanInitials, type Manner, matchOf } from './word-match.ts'

/**
 * Keys for an index of names: two names that are `same` or `compatible` share at least one. Many that share a key are different all the same.
 * A key is a word of the name and the first letter of another.
 */
export function nameKeys(name: Name): readonly string[] {
  const keys = new Set<string>()
  eachKey(comparable(name), (base, initial) => keys.add(initial === undefined ? base : `${base}/${initial}`))
  return [...keys]
}

/** Takes a key of a name: its word, the letter, and the word that the letter begins; no letter where the whole name is the key, no word where any may stand. */
export type TakeKey = (base: string, initial?: string, word?: NameWord) => void

/**
 * Gives each key of a name, some more than once. Two names that may be one share a key whose words may be one, too (`wordsMayBeOne`), or of which one has no word.
 */
export function eachKey(name: ComparableName, take: TakeKey): void {
  const { person, exact, words, given, korean, otherReadings } = name
  if (!person) {
    take(exact)
    return
  }
  readingKeys(name, korean, take)
  for (const reading of otherReadings) readingKeys(reading, korean, take)
  // A family of several words is met as one: Van den Berg, Vandenberg.
  const isLongFamily = words.length > given.length + 1
  for (const [at, word] of words.entries()) {
    if (word.initial) continue
    for (const [place, other] of words.entries()) {
      if (place === at) continue
      const begun = isLongFamily && place >= given.length ? undefined : other
      for (const initial of initialsOf(other, korean)) take(word.folded, initial, begun)
    }
  }
}

function readingKeys({ given, family, familyCore }: Reading, korean: boolean, take: TakeKey): void {
  const bases = [family.folded, family.pinyin, `~${family.sound}`, ...family.elsewhere]
  if (familyCore !== family)
    bases.push(familyCore.folded, familyCore.pinyin, `~${familyCore.sound}`, ...familyCore.elsewhere)
  const [first] = given
  for (const [at, base] of bases.entries()) {
    if (base === '' || bases.indexOf(base) < at) continue
    if (first === undefined) for (const letter of alphabet) take(base, letter)
    for (const [place, word] of given.entries()) {
      const next = given[place + 1]
      const joined = next === undefined || word.initial || next.initial ? undefined : joinedWord(word, next)
      for (const initial of initialsOf(word, korean)) {
        take(base, initial, word)
        // Lianhau is met as Lian Hau.
        if (joined !== undefined) take(base, initial, joined)
      }
    }
  }
  // Scripts without vowels tell neither the initial of a name that begins with one nor a family as it is spelled.
  if (first !== undefined) {
    const isLatin = familyCore.script === 'latin' && first.script === 'latin'
    take(`^${boneLetters(familyCore.plain)}`, boneLetters(first.plain), isLatin ? first : undefined)
  }
}

const shortestSlip = 4

/** Whether two words that stand at one place of a key may be one: false only where no two names are one by them. */
export function wordsMayBeOne(a: NameWord, b: NameWord, manner: Manner): boolean {
  if (!tellsApart(a) || !tellsApart(b) || matchOf(a, b, false, manner) !== undefined) return true
  // A family may have a slip that a given name may not, but for those of China, where one letter is another name.
  if (a.pinyin !== '' && b.pinyin !== '') return false
  const [short, long] = a.folded.length <= b.folded.length ? [a.folded, b.folded] : [b.folded, a.folded]
  return isSlip(short, long, shortestSlip) || sameJapanese(a, b)
}

/** Not an initial, nor what is cut short, nor what is transliterated: these may be many words. */
export function tellsApart(word: NameWord): boolean {
  return !word.initial && !word.cut && word.script === 'latin'
}

const mostWords = 30_000
const boneLetters = remembering(mostWords, bonesOf)
const letters = { korean: remembering(mostWords, koreanLetters), other: remembering(mostWords, otherLetters) }
const alphabet = 'abcdefghijklmnopqrstuvwxyz'

function initialsOf(word: NameWord, korean: boolean): readonly string[] {
  const key = word.script === 'latin' ? word.plain : `${word.script} ${word.plain}`
  return korean ? letters.korean(key, word) : letters.other(key, word)
}

function otherLetters(_key: string, word: NameWord): readonly string[] {
  return [...new Set(lettersFor(word))]
}

function koreanLetters(_key: string, word: NameWord): readonly string[] {
  return [...new Set([...lettersFor(word), koreanSound(word.plain).charAt(0)])].filter((letter) => letter !== '')
}

function lettersFor(word: NameWord): readonly string[] {
  const begins = (letters: string) => letters.includes(word.plain.charAt(0))
  const hangul = word.script === 'hangul' ? (koreanInitials.find(begins) ?? '') : ''
  const sign = word.script === 'han' ? (mandarinInitials.find(begins) ?? '') : ''
  const taiwan = word.wadeGiles.charAt(0)
  return [word.plain.charAt(0), word.sound.charAt(0), ...taiwan, ...otherInitials(word.plain), ...hangul, ...sign]
}

/** First letters with which pinyin and Wade–Giles write one sound. */
const mandarinInitials = ['xsh', 'zcjqtr', 'gk', 'dt', 'bp']
