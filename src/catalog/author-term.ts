import { compareNames, nameKeys } from '../people/compare.ts'
import { wordsOf } from './words.ts'

/** Whether a name in a byline is one that `author:` asks for: the same or a compatible one. One word alone asks for it as any part of the name. */
export function bearsName(asked: string, name: string): boolean {
  const alone = loneWord(asked)
  return alone === undefined ? compareNames(asked, name) !== 'different' : wordsOf(name).includes(alone)
}

/**
 * Whether a paper that bears `name` is one by the person `asked`: the same name, or a fuller form of it (`J. Kaplan` asks for Jared Kaplan, too).
 * The other way round it may be anybody with that initial.
 */
export function isFullerName(asked: string, name: string): boolean {
  const relation = compareNames(asked, name)
  if (relation !== 'compatible') return relation === 'same'
  const rest = [...wordsOf(name)]
  return wordsOf(asked).every((word) => {
    const at = rest.findIndex((other) => other === word || (word.length === 1 && other.startsWith(word)))
    if (at >= 0) rest.splice(at, 1)
    return at >= 0
  })
}

/** The one word of a name without any other. */
export function loneWord(asked: string): string | undefined {
  const words = wordsOf(asked)
  return words.length === 1 ? words[0] : undefined
}

/** Keys of which two names share one where `compareNames` does not tell them apart. */
export function authorKeys(name: string): readonly string[] {
  return nameKeys(name)
}
