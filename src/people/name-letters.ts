import anyAscii from 'any-ascii'

/** How a word of a name compares: one plain spelling, and others it is met under. */
export interface Letters {
  /** Lower-case ASCII letters without diacritics: `muller` for Müller. */
  readonly plain: string
  /** With umlauts and their like written out: `mueller`; the same as `plain` where there are none. */
  readonly spelledOut: string
  /** One spelling for several romanisations: `arefiev` for Arefyev, `mohamed` for Mohammed. */
  readonly sound: string
  /** One or two syllables of Mandarin as pinyin writes them: there every letter tells two people apart. */
  readonly pinyin: boolean
}

const longestMemory = 50_000
const remembered = new Map<string, Letters>()

/** The letters of a word, whatever its script and diacritics; hyphens, dots and apostrophes are none. */
export function lettersOf(word: string): Letters {
  const known = remembered.get(word)
  if (known !== undefined) return known
  if (remembered.size >= longestMemory) remembered.clear()
  const made = read(word)
  remembered.set(word, made)
  return made
}

function read(word: string): Letters {
  const latin = isLatin.test(word) ? word : inLatin(word)
  const composed = latin.normalize('NFC').toLowerCase()
  const plain = toPlain(composed)
  const spelledOut = umlauts.test(composed)
    ? toPlain(composed.replace(umlautLetters, (letter) => writtenOut[letter] ?? letter))
    : plain
  return { plain, spelledOut, sound: soundOf(plain), pinyin: isPinyin(plain) }
}

/** Plain letters of a text in any script. */
export function foldLetters(text: string): string {
  return toPlain((isLatin.test(text) ? text : inLatin(text)).toLowerCase())
}

/** What a Korean syllable keeps in every romanisation: `kng` for Gwang and Kwang, `sng` for Seong and Sung. */
export function koreanConsonants(plain: string): string {
  return plain
    .replace(/ch/g, 'j')
    .replace(/[gdbr]/g, (soft) => ({ g: 'k', d: 't', b: 'p' })[soft] ?? 'l')
    .replace(/[aeiouwy]/g, '')
}

/** True when two words are one spelling of each other, `ö` being `o` or `oe`. */
export function sameLetters(a: Letters, b: Letters): boolean {
  return a.plain === b.plain || a.spelledOut === b.plain || a.plain === b.spelledOut
}

/** True for one or two syllables of pinyin, in plain letters. */
export function isPinyin(plain: string): boolean {
  return plain.length <= 12 && pinyin.test(plain)
}

const isLatin = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u
const umlauts = /[äöüøåæœß]/
const umlautLetters = /[äöüøåæœß]/g
const writtenOut: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
}
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
}

function toPlain(lower: string): string {
  if (/^[a-z]*$/.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/[łøßæœđðþıħŋŧəɛɔ]/g, (letter) => apart[letter] ?? letter)
    .replace(/[^a-z]/g, '')
}

// Their families are romanised by custom, not by rule.
const koreanFamilies: Readonly<Record<string, string>> = {
  김: 'Kim',
  이: 'Lee',
  박: 'Park',
  최: 'Choi',
  정: 'Jung',
  강: 'Kang',
  조: 'Cho',
  윤: 'Yoon',
  장: 'Jang',
  임: 'Lim',
  한: 'Han',
  오: 'Oh',
  서: 'Seo',
  신: 'Shin',
  권: 'Kwon',
  황: 'Hwang',
  안: 'Ahn',
  송: 'Song',
  류: 'Ryu',
  유: 'Yoo',
  전: 'Jeon',
  홍: 'Hong',
  고: 'Ko',
  문: 'Moon',
  양: 'Yang',
  손: 'Son',
  배: 'Bae',
  백: 'Baek',
  허: 'Heo',
  남: 'Nam',
  노: 'Noh',
  하: 'Ha',
}

function inLatin(text: string): string {
  return anyAscii(koreanFamilies[text] ?? text.replace(/[οο][υύ]/gi, 'ou'))
}

const sounds: readonly (readonly [RegExp, string])[] = [
  [/ks/g, 'x'],
  [/hw/g, 'hu'],
  [/c(?=[aorul])/g, 'k'],
  [/ph/g, 'f'],
  [/ou|oo/g, 'u'],
  [/s[hy]|sch/g, 's'],
  [/t[hy]/g, 't'],
  [/ck|kh/g, 'k'],
  [/gh/g, 'g'],
  [/zh|zy/g, 'z'],
  [/w/g, 'v'],
  [/[jy]/g, 'i'],
  [/ie|ii/g, 'i'],
  [/([a-z])\1/g, '$1'],
  [/(?<=[aeiou])h(?=$|[^aeiou])/g, ''],
]

function soundOf(plain: string): string {
  let sound = plain
  for (const [written, heard] of sounds) sound = sound.replace(written, heard)
  return sound
}

const pinyin = new RegExp(
  `^(?:${[
    '(?:zh|ch|sh)(?:a|ai|an|ang|ao|e|ei|en|eng|i|ong|ou|u|ua|uai|uan|uang|ui|un|uo)',
    '[bp](?:a|ai|an|ang|ao|ei|en|eng|i|ian|iao|ie|in|ing|o|u|ou)',
    'm(?:a|ai|an|ang|ao|e|ei|en|eng|i|ian|iao|ie|in|ing|iu|o|ou|u)',
    'f(?:a|an|ang|ei|en|eng|o|ou|u)',
    '[dt](?:a|ai|an|ang|ao|e|ei|eng|i|ian|iao|ie|ing|iu|ong|ou|u|uan|ui|un|uo)',
    '[nl](?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iang|iao|ie|in|ing|iu|ong|ou|u|uan|un|uo|v|ue|ve)',
    '[gkh](?:a|ai|an|ang|ao|e|ei|en|eng|ong|ou|u|ua|uai|uan|uang|ui|un|uo)',
    '[jqx](?:i|ia|ian|iang|iao|ie|in|ing|iong|iu|u|uan|ue|un)',
    'r(?:an|ang|ao|e|en|eng|i|ong|ou|u|uan|ui|un|uo)',
    '[zcs](?:a|ai|an|ang|ao|e|ei|en|eng|i|ong|ou|u|uan|ui|un|uo)',
    'y(?:a|an|ang|ao|e|i|in|ing|o|ong|ou|u|uan|ue|un)',
    'w(?:a|ai|an|ang|ei|en|eng|o|u)',
    '(?:a|ai|an|ang|ao|e|en|er|o|ou)',
  ].join('|')}){1,2}$`,
)
