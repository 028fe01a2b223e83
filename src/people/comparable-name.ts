import type { Author } from '../papers/paper.ts'
import { type AuthorName, parseAuthorName } from './author-name.ts'
import { isKoreanFamily } from './family-readings.ts'
import { isParticle } from './family-words.ts'
import { remembering } from './memory.ts'
import { foldLetters, type Letters, lettersOf } from './name-letters.ts'
import { isPinyin } from './romanisation.ts'

/** A word of a name, ready to be compared. */
export interface NameWord extends Letters {
  /** One letter, standing for any word that begins with it. */
  readonly initial: boolean
  /** Cut short with a dot, standing for any word that begins so: `Chr.` */
  readonly cut: boolean
}

/** One way to read a name: which of its words are given and which the family's. */
export interface Reading {
  readonly given: readonly NameWord[]
  /** The family name as one word, particles included. */
  readonly family: Letters
  /** The same without particles. */
  readonly familyCore: Letters
}

/** A name, ready to be compared. */
export interface ComparableName extends Reading {
  readonly person: boolean
  /** Equal for names that differ in nothing but diacritics, hyphens, dots and case. */
  readonly exact: string
  /** All words in order. */
  readonly words: readonly NameWord[]
  /** Equal for names of the same words in whatever order; missing where one is an initial. */
  readonly unordered?: string
  /** Has a word of another script. */
  readonly foreign: boolean
  /** Its family is borne in Korea. */
  readonly korean: boolean
  /** `jr`, `iii`: parent and child share all the rest. */
  readonly generation?: string
  /** Other ways to read it: `Kaplan J.` with the family first, `García López` with only one of the two. */
  readonly otherReadings: readonly Reading[]
}

/** A name, in any form that the comparer takes. */
export type Name = string | Author | AuthorName

const mostNames = 30_000
const remembered = remembering(mostNames, (_key, name: Name) => comparableOnce(name))

/** The same for a name that is not looked at again soon, as one of a million that are indexed. */
export function comparableOnce(name: Name): ComparableName {
  return compose(typeof name !== 'string' && 'kind' in name ? name : parseAuthorName(name))
}

/** The comparable form of a name. It is remembered, for the names of bylines come again and again. */
export function comparable(name: Name): ComparableName {
  return remembered(memoryKey(name), name)
}

function memoryKey(name: Name): string {
  if (typeof name === 'string') return name
  if (!('kind' in name) && name.family === undefined) return name.name
  return [name.given, name.family, name.suffix, 'kind' in name ? name.kind : 'person'].join('\0')
}

/** True when a given name is more than initials; collaborations have none to spell. */
export function isSpelledOut(name: Name): boolean {
  const { person, given } = comparable(name)
  return !person || given.some((word) => !word.initial)
}

function compose(name: AuthorName): ComparableName {
  const isMixed = hasSmall(name.family) || hasSmall(name.given ?? '')
  const main = readingOf(wordsOf(name.given ?? '', isMixed), name.family)
  const { given, family } = main
  const generation = /\b(jr|sr|jnr|snr|ii|iii|iv|2nd|3rd)\b/i.exec(name.suffix ?? '')?.[1]?.toLowerCase()
  const person = name.kind === 'person'
  const words = [...given, ...wordsOf(name.family, isMixed)]
  return {
    ...main,
    person,
    exact: person
      ? `${given.map((word) => word.plain).join('')} ${family.plain}`
      : `=${collectiveLetters(name.family)}`,
    words,
    ...(words.length < 2 || words.some((word) => word.initial)
      ? {}
      : {
          unordered: words
            .map((word) => word.plain)
            .sort()
            .join(' '),
        }),
    foreign: words.some((word) => word.script !== 'latin'),
    korean: family.script === 'hangul' || isKoreanFamily(family.plain) || isKoreanFamily(words[0]?.plain ?? ''),
    ...(generation === undefined ? {} : { generation: generation.replace('nr', 'r') }),
    otherReadings: person ? otherReadingsOf(name, main, isMixed) : [],
  }
}

function hasSmall(text: string): boolean {
  return /[a-z]/.test(text) || /\p{Ll}/u.test(text)
}

function readingOf(given: readonly NameWord[], family: string): Reading {
  if (oneWord.test(family)) {
    const only = lettersOf(family, 'family')
    return { given, family: only, familyCore: only }
  }
  // El-Sayed is two words, of which the first is a particle.
  const words = family.split(' ').flatMap((word) => word.split(/(?<=^(?:al|el))[-‐‑–]/i))
  const core = words.filter((word) => !isParticle(word))
  const whole = lettersOf(words.join(''), 'family')
  return {
    given,
    family: whole,
    familyCore: core.length === words.length || core.length === 0 ? whole : lettersOf(core.join(''), 'family'),
  }
}

function otherReadingsOf({ given = '', family }: AuthorName, main: Reading, isMixed: boolean): readonly Reading[] {
  if (oneWord.test(family)) return []
  const names = family.split(/[ \-‐‑–]/).filter((word) => word !== '' && !isParticle(word))
  const [first = '', last = ''] = [names[0], names.at(-1)]
  if (names.length > 1) return [readingOf(main.given, first), readingOf([...main.given, ...wordsOf(first)], last)]
  const initials = wordsOf(family, isMixed)
  const spelled = main.given.filter((word) => !word.initial)
  // `Kaplan J.`, `Kaplan J.D.`: initials behind the family, as some indexes have it.
  if (initials.length <= 3 && initials.every((word) => word.initial) && spelled.length === main.given.length)
    return spelled.length === 0 || spelled.length > 2 ? [] : [readingOf(initials, given)]
  return main.given.length > 1 &&
    main.given.slice(1).every((word) => word.initial) &&
    initials.every((word) => word.initial)
    ? [readingOf([...main.given.slice(1), ...initials], given.split(' ')[0] ?? '')]
    : []
}

/** `The ATLAS Collaboration` is the ATLAS collab. */
function collectiveLetters(name: string): string {
  return foldLetters(name.replace(/^the /i, '').replace(/\bcollab\b\.?/i, 'collaboration')) || name
}

function wordsOf(text: string, isMixed = false): readonly NameWord[] {
  if (text === '') return []
  if (simpleWords.test(text)) return text.split(/[ -]/).map((word) => wordOf(word))
  return text
    .replace(/\.(?=[^\s-])/g, '. ')
    .split(/[\s\-‐‑–()"“”,/・]+/)
    .flatMap((word) => (syllabic.test(word) ? [...word] : [word]))
    .flatMap((word) => (isMixed && initialLetters.test(word) ? [...word] : camelCase(word)))
    .map((word) => wordOf(word))
    .filter((word) => word.plain !== '')
}

/** `QasemiZadeh` is two words; `XuanYuan` is one name. */
function camelCase(word: string): readonly string[] {
  const parts = word.split(/(?<=\p{Ll}{2})(?=\p{Lu})/u)
  return parts.some((part) => isPinyin(part.toLowerCase())) ? [word] : parts
}

const mostWords = 30_000
// Most names: nothing in them but words.
const simpleWords = /^[A-Z]?[a-z]+(?:[ -][A-Z]?[a-z]+)*$/
/** A word of more than a letter. */
const oneWord = /^[A-Za-z][a-z]+$/
/** `JD` in a name that has small letters, too; `ANA` is a name. */
const initialLetters = /^(?:\p{Lu}{2}|[B-DF-HJ-NP-TV-Z]{3})$/u
const syllabic = /^(?:\p{Script=Hangul}+|\p{Script=Han}{1,2})$/u

/** Two words written as one. */
export function joinedWord(first: NameWord, second: NameWord): NameWord {
  return { ...lettersOf(first.plain + second.plain), script: first.script, initial: false, cut: false }
}

const wordOf = remembering(mostWords, (word: string): NameWord => {
  const letters = lettersOf(word)
  return {
    ...letters,
    initial: letters.plain.length === 1,
    cut: word.endsWith('.') && letters.plain.length > 1,
  }
})
