import anyAscii from 'any-ascii'
import { familyReading, otherReadings } from './family-readings.ts'
import { remembering } from './memory.ts'
import { isPinyin, romajiOf, soundOf, typedPinyin, wadeGilesOf } from './romanisation.ts'

/** How a word of a name compares: one plain spelling, and others it is met under. */
export interface Letters {
  /** Lower-case ASCII letters without diacritics: `muller` for Müller. */
  readonly plain: string
  /** With `ae`, `oe`, `ue`, `aa` as the umlauts that they may stand for: `muller` for Mueller, too. */
  readonly folded: string
  /** One spelling for several romanisations: `arefiev` for Arefyev, `mohamed` for Mohammed. */
  readonly sound: string
  /** One or two syllables of Mandarin as pinyin writes them, with ü as u, else empty. In Mandarin every letter tells two people apart. */
  readonly pinyin: string
  /** The same as Wade and Giles wrote it. */
  readonly wadeGiles: string
  /** In one romanisation if it may be Japanese, else empty. */
  readonly romaji: string
  readonly script: 'latin' | 'han' | 'hangul' | 'unvowelled' | 'other'
  /** Spellings that a family of this sign has elsewhere: `chan` and `tran` for 陳. */
  readonly elsewhere: readonly string[]
}

const mostWords = 30_000
const ofWord = remembering(mostWords, (word) => read(word, false))
const ofFamily = remembering(mostWords, (word) => read(word, true))

/** The letters of a word, whatever its script and diacritics; hyphens, dots and apostrophes are none. Signs of China and Korea read differently in a family name. */
export function lettersOf(word: string, as: 'word' | 'family' = 'word'): Letters {
  return as === 'family' ? ofFamily(word) : ofWord(word)
}

function read(word: string, isFamily: boolean): Letters {
  const script = scriptOf(word)
  const latin = script === 'latin' ? word : ((isFamily ? familyReading(word) : undefined) ?? inLatin(word))
  const plain = toPlain(latin.normalize('NFC').toLowerCase())
  const folded = withoutUmlauts(plain)
  const pinyin = typedPinyin(plain)
  return {
    plain,
    folded,
    sound: soundOf(folded),
    pinyin,
    wadeGiles: wadeGilesOf(pinyin),
    romaji: romajiOf(plain),
    script,
    elsewhere: isFamily && (script === 'han' || script === 'hangul') ? otherReadings(word, plain) : [],
  }
}

/** Plain letters of a text in any script. */
export function foldLetters(text: string): string {
  return toPlain((scriptOf(text) === 'latin' ? text : inLatin(text)).toLowerCase())
}

/** True when two words are one spelling of each other, `ö` being `o` or `oe`. */
export function sameLetters(a: Letters, b: Letters): boolean {
  return a.plain === b.plain || a.folded === b.folded
}

/** True for two words of Japanese that are one: Ohno, Ono. */
export function sameJapanese(a: Letters, b: Letters): boolean {
  if (a.romaji === '' || a.romaji !== b.romaji || (a.pinyin && b.pinyin)) return false
  const [short, long] = a.plain.length <= b.plain.length ? [a.plain, b.plain] : [b.plain, a.plain]
  // One name going on where the other ends is another name, but for the h of Itoh.
  return !long.startsWith(short) || long === `${short}h`
}

/** True for two words of Mandarin of which one is typed with ü and the other without: Lü, Lv, Lyu, Lu. */
export function sameTyped(a: Letters, b: Letters): boolean {
  return a.pinyin !== '' && a.pinyin === b.pinyin
}

function scriptOf(word: string): Letters['script'] {
  if (isLatin.test(word)) return 'latin'
  if (hasHan.test(word)) return 'han'
  if (hasHangul.test(word)) return 'hangul'
  return isUnvowelled.test(word) ? 'unvowelled' : 'other'
}

const isLatin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u
const hasHan = /\p{Script=Han}/u
const hasHangul = /\p{Script=Hangul}/u
// Scripts that leave vowels out, or whose inherent vowels a transliteration leaves out.
const isUnvowelled =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Oriya}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Syriac}]/u

const apart: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ŧ: 't',
  ə: 'e',
  ɛ: 'e',
  ɔ: 'o',
  ɗ: 'd',
  ɓ: 'b',
  ƙ: 'k',
  ƴ: 'y',
  ǝ: 'e',
}

function toPlain(lower: string): string {
  if (/^[a-z]*$/.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[łøßæœđðþıħŋŧəɛɔɗɓƙƴǝ]/g, (letter) => apart[letter] ?? letter)
    .replace(/[^a-z]/g, '')
}

/** Not at the end, where Poe is not Po, nor where either is Mandarin. */
function withoutUmlauts(plain: string): string {
  if (plain.length < 4 || !/[aou][ea]/.test(plain) || isPinyin(plain)) return plain
  const folded = plain.replace(/(?<![aeiou])([aou]e|aa)(?=[^aeiou])/g, (pair) => pair.charAt(0))
  return isPinyin(folded) ? plain : folded
}

const greek: readonly (readonly [RegExp, string])[] = [
  [/[οο][υύ]/gi, 'ou'],
  [/γγ/g, 'ng'],
  [/γκ/g, 'gk'],
  [/(?<=[αε])[υύ](?=[θκξπσςτφχψ])/gi, 'f'],
  [/(?<=[αε])[υύ]/gi, 'v'],
]

function inLatin(text: string): string {
  return anyAscii(greek.reduce((written, [letters, latin]) => written.replace(letters, latin), text))
}
