import type { Query } from '../catalog/query.ts'
import { paperWords, parseQuery, requiredTokens } from '../catalog/query.ts'
import { wordsOf } from '../catalog/words.ts'
import type { AuthorIds, Paper } from '../papers/paper.ts'
import { nameKeys } from '../people/compare.ts'
import type { Profile } from '../people/profile.ts'
import type { Subscription } from './subscription.ts'

/** Who might be concerned by a paper, found by what the paper holds: the cost does not grow with the number of followers. */
export interface FollowIndex {
  readonly size: number
  /** Followed queries that can't be read any more; they match nothing. */
  readonly unreadable: readonly Subscription[]
  /** Everyone whom the paper concerns is among them, in the order in which they were given; the matcher looks closer. */
  candidatesOf(paper: Paper): readonly Candidate[]
}

export interface Candidate {
  readonly subscription: Subscription
  /** Places of the byline that may be a followed author's. */
  readonly positions: readonly number[]
  /** What a followed query says. */
  readonly query?: Query
}

// A key's 32-bit hash and a subscription's number are kept in one double, which holds 53 bits exactly: a million
// followed authors with some six keys each are 50 MB, where a Map from keys to lists takes twenty times as much.
const numberBits = 21
const numbers = 2 ** numberBits

/** Indexes subscriptions: authors by the keys of their names and by ids, categories by code, queries by a word, name or category that they can't do without. */
export function buildFollowIndex(subscriptions: Iterable<Subscription>): FollowIndex {
  const followed = [...subscriptions]
  if (followed.length > numbers)
    throw new RangeError(`${followed.length} subscriptions are more than an index holds (${numbers})`)
  const entries = new Entries()
  const queries = new Map<number, Query>()
  const tried: number[] = []
  const names = new Map<string, readonly number[]>()
  const unreadable: Subscription[] = []

  for (const [number, subscription] of followed.entries()) {
    const { follows } = subscription
    if (follows.kind === 'author') {
      for (const key of authorKeys(follows.profile, names)) entries.add(key, number)
    } else if (follows.kind === 'category') {
      entries.add(categoryKey(follows.category), number)
    } else {
      const read = parseQuery(follows.query)
      if (read.kind === 'error') {
        unreadable.push(subscription)
        continue
      }
      queries.set(number, read.query)
      const keys = queryKeys(read.query)
      if (keys === undefined) tried.push(number)
      else for (const key of keys) entries.add(key, number)
    }
  }
  const sorted = entries.sorted()

  return {
    size: followed.length,
    unreadable,
    candidatesOf(paper) {
      const found = new Map<number, number[]>()
      const at = (key: number, position?: number) => {
        for (let place = firstOf(sorted, key); place < sorted.length; place++) {
          const entry = sorted[place] ?? 0
          if (Math.floor(entry / numbers) !== key) break
          const number = entry % numbers
          const positions = found.get(number)
          if (positions === undefined) found.set(number, position === undefined ? [] : [position])
          else if (position !== undefined && positions.at(-1) !== position) positions.push(position)
        }
      }
      for (const [position, author] of paper.authors.entries()) {
        for (const key of [...nameKeys(author).map(nameKey), ...idKeys(author.ids ?? {})]) at(key, position)
      }
      for (const key of new Set(paper.categories.flatMap(categoryKeysOf))) at(key)
      for (const word of paperWords(paper)) at(wordKey(word))
      for (const number of tried) found.set(number, [])
      return [...found.entries()]
        .sort(([a], [b]) => a - b)
        .flatMap(([number, positions]) => {
          const subscription = followed[number]
          const query = queries.get(number)
          return subscription === undefined
            ? []
            : [{ subscription, positions, ...(query === undefined ? {} : { query }) }]
        })
    },
  }
}

/** Keys of which every paper that the query finds has one; undefined when it must be tried on every paper. */
function queryKeys(query: Query): readonly number[] | undefined {
  const words = requiredTokens(query)
  if (words !== undefined) return words.map(wordKey)
  switch (query.kind) {
    case 'author': {
      // One word alone asks for it anywhere in a name, and a byline's words are among a paper's words.
      const [only, ...more] = wordsOf(query.name)
      return only !== undefined && more.length === 0 ? [wordKey(only)] : nameKeys(query.name).map(nameKey)
    }
    case 'category':
      return [categoryKey(query.category)]
    case 'all': {
      const each = query.of.map(queryKeys)
      const rank = (part: Query | undefined) => (part?.kind === 'category' ? 1 : 0)
      const [best] = [...each.keys()]
        .filter((at) => each[at] !== undefined)
        .sort((a, b) => rank(query.of[a]) - rank(query.of[b]) || (each[a]?.length ?? 0) - (each[b]?.length ?? 0))
      return best === undefined ? undefined : each[best]
    }
    case 'any': {
      const each = query.of.map(queryKeys)
      return each.every((keys) => keys !== undefined) ? each.flat() : undefined
    }
    default:
      return undefined
  }
}

type Named = Pick<Profile, 'displayName' | 'variants' | 'ids'>

// Many channels follow the same people, and reading a name costs more than all else here.
const namesKept = 100_000

function authorKeys(profile: Named, known: Map<string, readonly number[]>): ReadonlySet<number> {
  const keys = [profile.displayName, ...profile.variants].flatMap((name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const own = nameKeys(name).map(nameKey)
    if (known.size < namesKept) known.set(name, own)
    return own
  })
  return new Set([...keys, ...idKeys(profile.ids)])
}

function idKeys(ids: AuthorIds): readonly number[] {
  return Object.entries(ids).map(([kind, id]) => hash(`i ${kind} ${id}`))
}

function nameKey(key: string): number {
  return hash(`n ${key}`)
}

function wordKey(word: string): number {
  return hash(`w ${word}`)
}

function categoryKey(category: string): number {
  return hash(`c ${category.toLowerCase()}`)
}

/** A category and its archive. */
function categoryKeysOf(category: string): readonly number[] {
  return [categoryKey(category), categoryKey(category.split('.', 1)[0] ?? category)]
}

/** FNV-1a. Two keys with one hash cost a closer look, nothing more. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}

/** Pairs of a key and a number, growing. */
class Entries {
  #held = new Float64Array(1024)
  #length = 0

  add(key: number, number: number): void {
    if (this.#length === this.#held.length) {
      const larger = new Float64Array(this.#held.length * 2)
      larger.set(this.#held)
      this.#held = larger
    }
    this.#held[this.#length++] = key * numbers + number
  }

  sorted(): Float64Array {
    return this.#held.slice(0, this.#length).sort()
  }
}

function firstOf(sorted: Float64Array, key: number): number {
  let low = 0
  let high = sorted.length
  const wanted = key * numbers
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}
