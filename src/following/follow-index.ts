import type { Query } from '../catalog/query.ts'
import { paperWords, parseQuery, requiredTokens } from '../catalog/query.ts'
import { wordsOf } from '../catalog/words.ts'
import type { AuthorIds, Paper } from '../papers/paper.ts'
import { comparable, comparableOnce, type Name } from '../people/comparable-name.ts'
import { type NameRelation, nameComparer, nameKeys } from '../people/compare.ts'
import { eachKey } from '../people/name-keys.ts'
import type { Profile } from '../people/profile.ts'
import { FollowEntries } from './follow-entries.ts'
import type { Subscription } from './subscription.ts'
import { WordCodes } from './word-codes.ts'

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
  /** The same number for all who follow a person of whom they know the same: what speaks for one speaks for the others. */
  readonly alike?: number
}

/** Indexes subscriptions: authors by the keys of their names and by ids, categories by code, queries by a word, name or category that they can't do without. */
export function buildFollowIndex(subscriptions: Iterable<Subscription>): FollowIndex {
  const followed = [...subscriptions]
  const entries = new FollowEntries()
  const codes = new WordCodes()
  const queries = new Map<number, Query>()
  const tried: number[] = []
  const people = new Map<string, number>()
  // Whoever follows the same person as an earlier subscription is not in the index but behind that one: a person is looked at once, however many follow.
  const followers = new Int32Array(followed.length)
  const alike = Int32Array.from(followed.keys())
  const unreadable: Subscription[] = []

  for (const [number, subscription] of followed.entries()) {
    const { follows } = subscription
    if (follows.kind === 'author') {
      const person = personKey(follows.profile)
      const last = people.get(person)
      if (last === undefined) addAuthor(entries, codes, follows.profile, number)
      else {
        followers[last] = number
        const earlier = followed[last]?.follows
        if (earlier?.kind === 'author' && knowTheSame(earlier.profile, follows.profile))
          alike[number] = alike[last] ?? last
      }
      if (last !== undefined || people.size < peopleKept) people.set(person, number)
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
  const numbersOf = (key: number) => sorted.numbersOf(key)
  // Of the many who share a family and an initial, those whose given names may be one.
  const bearersOf = (name: Name) => {
    const bearers = new Set<number>()
    const { korean } = comparable(name)
    eachKey(comparable(name), (base, initial, word) => {
      const code = codes.codeOf(word, korean)
      sorted.each(
        nameKeyOf(base, initial),
        (other) => codes.mayBeOne(code, other),
        (number) => bearers.add(number),
      )
    })
    return bearers
  }

  return {
    size: followed.length,
    unreadable,
    candidatesOf(paper) {
      const found = new Map<number, number[]>()
      const add = (number: number, position?: number) => {
        const positions = found.get(number)
        if (positions === undefined) found.set(number, position === undefined ? [] : [position])
        else if (position !== undefined && positions.at(-1) !== position) positions.push(position)
      }
      for (const [position, author] of paper.authors.entries()) {
        const bearers = bearersOf(author)
        const relationTo = bearers.size === 0 ? undefined : nameComparer(author)
        for (const number of bearers)
          if (relationTo !== undefined && mayBe(followed[number], relationTo)) add(number, position)
        for (const key of idKeys(author.ids ?? {})) for (const number of numbersOf(key)) add(number, position)
      }
      // Words are looked up for queries alone.
      const words = queries.size === 0 ? [] : [...paperWords(paper)].map(wordKey)
      const others = [...paper.categories.flatMap(categoryKeysOf), ...words]
      for (const key of new Set(others)) for (const number of numbersOf(key)) add(number)
      for (const number of tried) found.set(number, [])
      for (const [number, positions] of found) {
        const next = followers[number] ?? 0
        if (next > number) found.set(next, positions)
      }
      return [...found.keys()]
        .sort((a, b) => a - b)
        .flatMap((number) => {
          const [subscription, positions = []] = [followed[number], found.get(number)]
          if (subscription === undefined) return []
          const query = queries.get(number)
          return [
            {
              subscription,
              positions,
              ...(query === undefined ? {} : { query }),
              ...(subscription.follows.kind === 'author' ? { alike: alike[number] ?? number } : {}),
            },
          ]
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

// While the index is built; those beyond are indexed each for itself.
const peopleKept = 100_000

function personKey({ displayName, variants, ids }: Profile): string {
  const isBare = variants.length === 0 && Object.keys(ids).length === 0 && !displayName.startsWith('[')
  return isBare ? displayName : JSON.stringify([displayName, variants, ids])
}

function addAuthor(entries: FollowEntries, codes: WordCodes, profile: Profile, number: number): void {
  const { displayName, variants, ids } = profile
  const from = entries.length
  for (const name of [displayName, ...variants]) {
    const read = comparableOnce(name)
    eachKey(read, (base, initial, word) =>
      entries.addNew(nameKeyOf(base, initial), number, codes.codeOf(word, read.korean), from),
    )
  }
  for (const key of idKeys(ids)) entries.add(key, number)
}

/** Of two profiles of one person: whether all else in them is the same, too. */
function knowTheSame(a: Profile, b: Profile): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** Whether an author's name is one of the person's; of what is no person the matcher knows more. */
function mayBe(subscription: Subscription | undefined, relationTo: (name: string) => NameRelation): boolean {
  if (subscription?.follows.kind !== 'author') return true
  const { displayName, variants } = subscription.follows.profile
  return relationTo(displayName) !== 'different' || variants.some((name) => relationTo(name) !== 'different')
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

/** The same as nameKey's, of a key in its parts. */
function nameKeyOf(base: string, initial: string | undefined): number {
  const value = hashOn(hashOn(hashStart, 'n '), base)
  return (initial === undefined ? value : hashOn(hashOn(value, '/'), initial)) >>> 0
}

/** FNV-1a. Two keys with one hash cost a closer look, nothing more. */
function hash(text: string): number {
  return hashOn(hashStart, text) >>> 0
}

const hashStart = 0x811c9dc5

function hashOn(value: number, text: string): number {
  let next = value
  for (let at = 0; at < text.length; at++) next = Math.imul(next ^ text.charCodeAt(at), 0x01000193)
  return next
}
