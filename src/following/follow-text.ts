import { parseQuery } from '../catalog/query.ts'
import { categories } from '../papers/venue.ts'
import { LONGEST_NAME } from '../people/author-name.ts'
import type { Narrowing } from '../store/records.ts'

export type { ImportedSubscription, SubscriptionsRead } from './subscription-lines.ts'
export { parseImport, printExport } from './subscription-lines.ts'

/** What someone asks to follow, before it is known which person of that name is meant. */
export interface FollowText {
  readonly kind: 'follow'
  readonly follows:
    | { readonly kind: 'author'; readonly name: string }
    | { readonly kind: 'query'; readonly query: string }
    | { readonly kind: 'category'; readonly category: string }
  readonly narrowing: Narrowing
}

/** `error`: one sentence that names what can't be read and the way out. */
export type FollowRead = FollowText | { readonly kind: 'error'; readonly message: string }

/**
 * Reads what people type after `subscribe`: `author:"Jared Kaplan"` or the bare name, `cat:cs.CL` or the bare code, anything else
 * is a query. `only:cs.LG`, `position:first` (or `as first author` behind a name), and after an author or category `-word`, narrow it.
 * @example parseFollow('Jared Kaplan position:last -survey')
 */
export function parseFollow(text: string): FollowRead {
  const words = text.trim().match(/-?(?:[a-z]+:)?"[^"]*"|\S+/giu) ?? []
  const only: string[] = []
  let position: Narrowing['position']
  const rest: string[] = []
  for (const word of words) {
    const [, name = '', value = ''] = /^(only|position):(.*)$/iu.exec(word) ?? []
    if (name.toLowerCase() === 'only') {
      const category = knownCategory(unquoted(value))
      if (/^(?:first|last)$/iu.test(unquoted(value)))
        return wrong(`Where an author stands is a position: write position:${unquoted(value).toLowerCase()}.`)
      if (category === undefined)
        return wrong(`“${value}” is not a category: write only:cs.LG, or an archive as only:math.`)
      only.push(category)
    } else if (name.toLowerCase() === 'position') {
      const place = value.toLowerCase()
      if (place !== 'first' && place !== 'last') return wrong('A position is first or last: write position:first.')
      position = place
    } else rest.push(word)
  }
  if (rest.length === 0) return wrong('Say whom or what to follow: a name, a category such as cat:cs.CL, or a query.')

  const without = rest.filter((word) => /^-./u.test(word)).map((word) => unquoted(word.slice(1)))
  const plain = rest.filter((word) => !/^-./u.test(word))
  const placed = placedAuthor(plain)
  if (placed !== undefined)
    return {
      kind: 'follow',
      follows: placed.author,
      narrowing: narrowingOf(only, without, position ?? placed.position),
    }
  const follows = authorOf(plain) ?? categoryOf(plain)
  if (follows !== undefined && 'message' in follows) return follows
  if (follows?.kind === 'author' && follows.name.length > LONGEST_NAME)
    return wrong(`That is longer than ${LONGEST_NAME} characters, which no name is: write author:"Jared Kaplan".`)
  if (follows === undefined) {
    if (position !== undefined)
      return wrong('A position works with an author only: write author:"Jared Kaplan" position:first.')
    const query = rest.join(' ')
    const read = parseQuery(query)
    if (read.kind === 'error') return read
    return { kind: 'follow', follows: { kind: 'query', query }, narrowing: narrowingOf(only, [], undefined) }
  }
  if (position !== undefined && follows.kind !== 'author')
    return wrong('A position works with an author only, not with a category.')
  return { kind: 'follow', follows, narrowing: narrowingOf(only, without, position) }
}

/** The category or archive that a code names, in the taxonomy's spelling; undefined for one that does not exist. */
export function knownCategory(code: string): string | undefined {
  return spelling().get(code.trim().toLowerCase())
}

let spellings: ReadonlyMap<string, string> | undefined

function spelling(): ReadonlyMap<string, string> {
  spellings ??= new Map([...categories()].map(([code]) => [code.toLowerCase(), code]))
  return spellings
}

type Named = FollowText['follows'] | { readonly kind: 'error'; readonly message: string } | undefined

function authorOf(words: readonly string[]): Named {
  const [first = ''] = words
  const prefixed = /^(?:author|au):(.*)$/iu.exec(first)?.[1]
  if (prefixed !== undefined) {
    // A name typed without quotes goes on to the end, unless what follows makes it a query.
    const bare = !prefixed.startsWith('"')
    if (words.length > 1 && !(bare && words.slice(1).every(isNameWord))) return undefined
    const name = unquoted([prefixed, ...words.slice(1)].join(' '))
    return /\p{L}/u.test(name) ? { kind: 'author', name } : wrong('Whom? Write author:"Jared Kaplan".')
  }
  const quoted = words.length === 1 && first.startsWith('"') ? unquoted(first).split(' ') : undefined
  if (quoted !== undefined || words.length < 2 || words.length > 5) return undefined
  if (!words.every(isNameWord) || !isCapitalised(words[0]) || !isCapitalised(words.at(-1))) return undefined
  return { kind: 'author', name: words.join(' ') }
}

/** `Meg Tong as first author`, `author:"Meg Tong" last`: an author, and the place that people write behind the name. */
function placedAuthor(words: readonly string[]) {
  const [, named = '', place] =
    /^(.+?),?\s+(?:as\s+)?(?:the\s+)?(first|last)(?:\s+author)?$/iu.exec(words.join(' ')) ?? []
  if (place === undefined) return undefined
  const author = authorOf(named.match(/(?:[a-z]+:)?"[^"]*"|\S+/giu) ?? [])
  if (author === undefined || 'message' in author || author.kind !== 'author') return undefined
  return { author, position: place.toLowerCase() === 'first' ? ('first' as const) : ('last' as const) }
}

function categoryOf(words: readonly string[]): Named {
  const [only = '', more] = words
  if (more !== undefined) return undefined
  const prefixed = /^cat:(.*)$/iu.exec(only)?.[1]
  const category = knownCategory(unquoted(prefixed ?? only))
  if (category !== undefined) return { kind: 'category', category }
  if (prefixed === undefined) return undefined
  return wrong(`“${prefixed}” is not a category of arXiv: write a code such as cat:cs.CL, or an archive as cat:math.`)
}

const namePart = /^[\p{L}\p{M}][\p{L}\p{M}'’.-]*,?$/u
const smallWords = new Set(
  'van von der den de del della di da do dos du la le ter ten y e al bin ibn el af zu'.split(' '),
)

function isNameWord(word: string): boolean {
  if (/^(?:AND|OR|NOT)$/.test(word)) return false
  return namePart.test(word) && (isCapitalised(word) || smallWords.has(word.toLowerCase()))
}

/** Scripts without case count as capitalised. */
function isCapitalised(word: string | undefined): boolean {
  return word !== undefined && /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(word)
}

function unquoted(text: string): string {
  return text.replaceAll('"', '').replace(/\s+/gu, ' ').trim()
}

function narrowingOf(only: readonly string[], without: readonly string[], position: Narrowing['position']): Narrowing {
  const words = without.filter((word) => word !== '')
  return {
    ...(only.length === 0 ? {} : { only: [...new Set(only)] }),
    ...(words.length === 0 ? {} : { without: [...new Set(words)] }),
    ...(position === undefined ? {} : { position }),
  }
}

function wrong(message: string): { readonly kind: 'error'; readonly message: string } {
  return { kind: 'error', message }
}
