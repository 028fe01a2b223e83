import type { NameWord } from '../people/comparable-name.ts'
import { tellsApart, wordsMayBeOne } from '../people/name-keys.ts'

// Words beyond are held to be any word, which costs a closer look.
const mostWords = 2 ** 20
const pairBits = 20
const half = 2 ** 22

/** Words of names as numbers, so that a million names are held beside one another without being read again. */
export class WordCodes {
  readonly #ids = new Map<string, number>()
  readonly #words: NameWord[] = []
  /** What was found of two words lately: both codes, and in the last bit whether they may be one. */
  readonly #pairs = new Float64Array(2 ** pairBits)

  /** The number of a word in a name, Korean or not; 0 where it stands for any word. */
  codeOf(word: NameWord | undefined, korean: boolean): number {
    if (word === undefined || !tellsApart(word)) return 0
    let id = this.#ids.get(word.plain)
    if (id === undefined) {
      if (this.#words.length >= mostWords) return 0
      this.#words.push(word)
      id = this.#words.length
      this.#ids.set(word.plain, id)
    }
    return id * 2 + (korean ? 1 : 0)
  }

  /** Whether two names may be one by these words of theirs. */
  mayBeOne(a: number, b: number): boolean {
    if (a === 0 || b === 0 || a >> 1 === b >> 1) return true
    const slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> (32 - pairBits)
    const pair = a * half + b
    const known = this.#pairs[slot] ?? 0
    if (Math.floor(known / 2) === pair) return known % 2 === 1
    const [one, other] = [this.#words[(a >> 1) - 1], this.#words[(b >> 1) - 1]]
    const manner = { korean: a % 2 === 1 || b % 2 === 1 }
    const may = one === undefined || other === undefined || wordsMayBeOne(one, other, manner)
    this.#pairs[slot] = pair * 2 + (may ? 1 : 0)
    return may
  }
}
