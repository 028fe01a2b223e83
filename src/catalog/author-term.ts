import { wordsOf } from './words.ts'

/** Whether a name in a byline is one that `author:` asks for. One word alone asks for it as any part of the name. */
export function bearsName(asked: string, name: string): boolean {
  const words = wordsOf(name)
  const wanted = wordsOf(asked)
  return wanted.length === 1 ? words.includes(wanted[0] ?? '') : wanted.join(' ') === words.join(' ')
}
