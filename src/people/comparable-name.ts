import type { Author } from '../papers/paper.ts'
import { type AuthorName, isParticle, parseAuthorName } from './author-name.ts'
import { foldLetters, isPinyin, type Letters, lettersOf } from './name-letters.ts'

/** A word of a name, ready to be compared. */
export interface NameWord extends Letters {
  /** One letter, standing for any word that begins with it. */
  readonly initial: boolean
  /** Cut short with a dot, standing for any word that begins so: `Chr.` */
  readonly cut: boolean
  /** Came from another script. */
  readonly foreign: boolean
  readonly particle: boolean
  /** A syllable of Hangul. */
  readonly korean: boolean
}

/** A name, ready to be compared. */
export interface ComparableName {
  readonly person: boolean
  /** Equal for names that differ in nothing but diacritics, hyphens, dots and case. */
  readonly exact: string
  readonly given: readonly NameWord[]
  /** The family name as one word, particles included. */
  readonly family: Letters
  /** The same without particles. */
  readonly familyCore: Letters
  /** All words in order. */
  readonly words: readonly NameWord[]
  /** Equal for names of the same words in whatever order; missing where one is an initial. */
  readonly unordered?: string
  readonly foreign: boolean
  /** `jr`, `iii`: parent and child share all the rest. */
  readonly generation?: string
}

/** A name, in any form that the comparer takes. */
export type Name = string | Author | AuthorName

const longestMemory = 50_000
const remembered = new Map<string, ComparableName>()

/** The comparable form of a name. It is remembered, for the names of bylines come again and again. */
export function comparable(name: Name): ComparableName {
  const key = memoryKey(name)
  const known = remembered.get(key)
  if (known !== undefined) return known
  if (remembered.size >= longestMemory) remembered.clear()
  const made = compose(typeof name !== 'string' && 'kind' in name ? name : parseAuthorName(name))
  remembered.set(key, made)
  return made
}

function memoryKey(name: Name): string {
  if (typeof name === 'string') return name
  if (!('kind' in name) && name.family === undefined) return name.name
  return [name.given, name.family, name.suffix, 'kind' in name ? name.kind : 'person'].join('\0')
}

function compose(name: AuthorName): ComparableName {
  const given = wordsOf(withoutTitle(name.given ?? ''))
  const familyWords = name.family.split(' ')
  const core = familyWords.filter((word) => !isParticle(word))
  const family = lettersOf(familyWords.join(''))
  const generation = /\b(jr|sr|jnr|snr|ii|iii|iv|2nd|3rd)\b/i.exec(name.suffix ?? '')?.[1]?.toLowerCase()
  const person = name.kind === 'person'
  const words = [...given, ...wordsOf(name.family)]
  return {
    person,
    exact: person
      ? `${given.map((word) => word.plain).join('')} ${family.plain}`
      : `=${foldLetters(name.family) || name.family}`,
    given,
    family,
    familyCore: core.length === familyWords.length || core.length === 0 ? family : lettersOf(core.join('')),
    words,
    ...(words.length < 2 || words.some((word) => word.initial)
      ? {}
      : {
          unordered: words
            .map((word) => word.plain)
            .sort()
            .join(' '),
        }),
    foreign: words.some((word) => word.foreign),
    ...(generation === undefined ? {} : { generation: generation.replace('nr', 'r') }),
  }
}

function withoutTitle(given: string): string {
  return given.replace(/^(?:(?:dr|prof|mr|mrs|ms|sir|dipl|ing)\.? )+/i, '')
}

function wordsOf(text: string): readonly NameWord[] {
  return text
    .replace(/\.(?=[^\s-])/g, '. ')
    .split(/[\s\-‐‑–()"“”,/]+/)
    .flatMap((word) => (hangul.test(word) ? [...word] : [word]))
    .flatMap((word) => (/^\p{Lu}{2}$/u.test(word) && text !== text.toUpperCase() ? [...word] : camelCase(word)))
    .map(wordOf)
    .filter((word) => word.plain !== '')
}

/** `QasemiZadeh` is two words; `XuanYuan` is one name. */
function camelCase(word: string): readonly string[] {
  const parts = word.split(/(?<=\p{Ll}{2})(?=\p{Lu})/u)
  return parts.some((part) => isPinyin(part.toLowerCase())) ? [word] : parts
}

const hangul = /^\p{Script=Hangul}+$/u
const notLatin = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u

function wordOf(word: string): NameWord {
  const letters = lettersOf(word)
  return {
    ...letters,
    initial: letters.plain.length === 1,
    cut: word.endsWith('.') && letters.plain.length > 1,
    foreign: notLatin.test(word),
    particle: isParticle(word),
    korean: hangul.test(word),
  }
}
