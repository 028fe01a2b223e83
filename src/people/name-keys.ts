import { comparable, type Name, type NameWord } from './comparable-name.ts'
import { otherInitials } from './nicknames.ts'
import { bonesOf, koreanSound } from './romanisation.ts'
import { koreanInitials } from './word-match.ts'

/**
 * Keys for an index of names: two names that are `same` or `compatible` share at least one. Many that share a key are different all the same.
 * A key is a word of the name and the first letter of another.
 */
export function nameKeys(name: Name): readonly string[] {
  const { person, exact, words, given, family, familyCore, korean, otherReadings } = comparable(name)
  if (!person) return [exact]
  const keys = new Set<string>()
  const addAll = (bases: ReadonlySet<string>, initials: Iterable<string>) => {
    for (const initial of initials) for (const base of bases) keys.add(`${base}/${initial}`)
  }
  const initials = (word: NameWord) => initialsOf(word, korean)
  for (const reading of [{ given, family, familyCore }, ...otherReadings]) {
    const forms = [reading.family, reading.familyCore].flatMap((letters) => [
      letters.folded,
      letters.pinyin,
      `~${letters.sound}`,
      ...letters.elsewhere,
    ])
    const bases = new Set(forms.filter((form) => form !== ''))
    addAll(bases, reading.given.length === 0 ? alphabet : reading.given.flatMap(initials))
    // Scripts without vowels tell neither the initial of a name that begins with one nor a family as it is spelled.
    const [first] = reading.given
    if (first !== undefined) keys.add(`^${bonesOf(reading.familyCore.plain)}/${bonesOf(first.plain)}`)
  }
  words.forEach((word, at) => {
    if (!word.initial)
      addAll(
        new Set([word.folded]),
        words.flatMap((other, n) => (n === at ? [] : initials(other))),
      )
  })
  return [...keys]
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz'

function initialsOf(word: NameWord, korean: boolean): readonly string[] {
  const hangul =
    word.script === 'hangul' ? (koreanInitials.find((letters) => letters.includes(word.plain.charAt(0))) ?? '') : ''
  const sign =
    word.script === 'han' ? (mandarinInitials.find((letters) => letters.includes(word.plain.charAt(0))) ?? '') : ''
  return [
    word.plain.charAt(0),
    word.sound.charAt(0),
    ...(korean ? koreanSound(word.plain).charAt(0) : ''),
    ...otherInitials(word.plain),
    ...hangul,
    ...sign,
  ]
}

/** First letters with which pinyin and Wade–Giles write one sound. */
const mandarinInitials = ['xsh', 'zcjqtr', 'gk', 'dt', 'bp']
