import { canonicalPaperId } from '../papers/identity.ts'
import type { Query, TextField } from './query.ts'
import { firstDayOf, lastDayOf } from './query-day.ts'
import type { Lexeme } from './query-lexer.ts'
import { lexemesOf } from './query-lexer.ts'
import { wordsOf } from './words.ts'

/** A text read as a query, or one sentence that names the place and the way out. */
export type ParsedQuery =
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'error'; readonly message: string }

const longest = 500
const deepest = 8
const mostTerms = 32

/**
 * Reads what people type: words, "phrases", `title:` `abstract:` (`abs:`) `author:` `cat:` `since:` `until:` `id:`, `-` or NOT, OR, parentheses, a trailing `*`.
 * AND binds more tightly than OR. At most 500 characters, 32 terms and 8 levels of nesting. An empty text is the query that every paper matches.
 * Days are those of `published`, in UTC. Never throws.
 * @example parseQuery('author:"Neel Nanda" -survey')
 */
export function parseQuery(text: string): ParsedQuery {
  if (text.length > longest)
    return wrong(`The query has ${text.length} characters; the limit is ${longest}. Shorten it, or make two of it.`)
  const lexemes = lexemesOf(text)
  if (lexemes.kind === 'error') return lexemes
  const reader = new Reader(lexemes.lexemes)
  try {
    const query = reader.whole()
    if (text.trim() !== '' && reader.terms === 0)
      return wrong('There is no word to search for. Write some letters or digits.')
    return { kind: 'query', query }
  } catch (error) {
    if (error instanceof Mistake) return wrong(error.message)
    throw error
  }
}

class Mistake extends Error {}

function wrong(message: string): ParsedQuery {
  return { kind: 'error', message }
}

/** Reads lexemes from left to right; each method takes what it understands. */
class Reader {
  terms = 0
  readonly #lexemes: readonly Lexeme[]
  #next = 0

  constructor(lexemes: readonly Lexeme[]) {
    this.#lexemes = lexemes
  }

  whole(): Query {
    const query = this.#alternatives(0)
    const rest = this.#lexemes[this.#next]
    if (rest !== undefined)
      throw new Mistake(`The “)” at character ${rest.at} closes nothing. Leave it out, or open it with “(” before.`)
    return query ?? { kind: 'all', of: [] }
  }

  #alternatives(depth: number): Query | undefined {
    const groups = [this.#conjunction(depth)]
    while (this.#lexemes[this.#next]?.kind === 'or') {
      const { at } = this.#lexemes[this.#next++] ?? { at: 0 }
      groups.push(this.#conjunction(depth))
      if (groups.slice(-2).includes(undefined))
        throw new Mistake(`The OR at character ${at} needs a term on both sides. To search for the word, write "or".`)
    }
    return joined('any', groups)
  }

  #conjunction(depth: number): Query | undefined {
    const terms: (Query | undefined)[] = []
    for (;;) {
      const lexeme = this.#lexemes[this.#next]
      if (lexeme === undefined || lexeme.kind === 'or' || lexeme.kind === 'close') return joined('all', terms)
      terms.push(this.#term(depth))
    }
  }

  /** Undefined for what holds no word, such as a dash between two words. */
  #term(depth: number): Query | undefined {
    const lexeme = this.#lexemes[this.#next++]
    if (depth > deepest)
      throw new Mistake(
        `The query is nested more than ${deepest} levels deep. Leave out some parentheses or minus signs.`,
      )
    switch (lexeme?.kind) {
      case 'not': {
        const following = this.#lexemes[this.#next]
        const excluded =
          following === undefined || following.kind === 'or' || following.kind === 'close'
            ? undefined
            : this.#term(depth + 1)
        if (excluded === undefined)
          throw new Mistake(
            `The “${lexeme.text}” at character ${lexeme.at} needs a term behind it that is to be left out, such as ${lexeme.text === '-' ? '-survey' : 'NOT survey'}.`,
          )
        return { kind: 'not', of: excluded }
      }
      case 'open': {
        const group = this.#alternatives(depth + 1)
        if (this.#lexemes[this.#next++]?.kind !== 'close')
          throw new Mistake(`The “(” at character ${lexeme.at} is not closed. Put a “)” where its terms end.`)
        return group
      }
      case 'text': {
        const term = termOf(lexeme)
        if (term !== undefined && ++this.terms > mostTerms)
          throw new Mistake(`The query has more than ${mostTerms} terms. Shorten it, or make two of it.`)
        return term
      }
      default:
        return undefined
    }
  }
}

function joined(kind: 'all' | 'any', parts: readonly (Query | undefined)[]): Query | undefined {
  const of = parts.filter((part) => part !== undefined)
  return of.length > 1 ? { kind, of } : of[0]
}

type Text = Lexeme & { readonly kind: 'text' }

const fields: Readonly<Record<string, (lexeme: Text) => Query | undefined>> = {
  title: (lexeme) => wordsTerm(lexeme, 'title'),
  abstract: (lexeme) => wordsTerm(lexeme, 'abstract'),
  abs: (lexeme) => wordsTerm(lexeme, 'abstract'),
  author: (lexeme) => {
    if (wordsOf(lexeme.value).length === 0) throw needs(lexeme, 'a name', 'author:"Neel Nanda"')
    return { kind: 'author', name: lexeme.value.replace(/\s+/g, ' ').trim() }
  },
  cat: (lexeme) => {
    const category = lexeme.value.trim()
    if (!/^[a-z][a-z0-9.-]*$/i.test(category)) throw needs(lexeme, 'a category', 'cat:cs.LG or cat:math')
    return { kind: 'category', category }
  },
  since: (lexeme) => ({ kind: 'published', since: dayIn(lexeme, firstDayOf) }),
  until: (lexeme) => ({ kind: 'published', until: dayIn(lexeme, lastDayOf) }),
  id: (lexeme) => {
    const id = canonicalPaperId(lexeme.value)
    if (id === undefined) throw needs(lexeme, 'the id of a paper', 'id:2409.00001')
    return { kind: 'id', id }
  },
}
const synonyms: Readonly<Record<string, string>> = { category: 'cat', ti: 'title', au: 'author' }

function termOf(lexeme: Text): Query | undefined {
  if (lexeme.field === undefined)
    return (lexeme.quoted || lexeme.prefix ? undefined : idTerm(lexeme.value)) ?? wordsTerm(lexeme, 'any')
  const name = lexeme.field.toLowerCase()
  const field = Object.hasOwn(synonyms, name) ? synonyms[name] : name
  const read = field !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined
  if (read !== undefined) return read(lexeme)
  const whole = `${lexeme.field}:${lexeme.value}`
  const id = lexeme.quoted ? undefined : idTerm(whole)
  if (id !== undefined) return id
  if (lexeme.value === '') return wordsTerm({ ...lexeme, value: whole }, 'any')
  if (/^https?$/i.test(lexeme.field))
    throw new Mistake(
      `The address “${whole}” can't be searched for or followed. What can: words, author:"Neel Nanda", cat:cs.LG, or the address of a paper on arxiv.org.`,
    )
  throw new Mistake(
    `There is no field “${lexeme.field}:” (character ${lexeme.at}); there are title: abstract: author: cat: since: until: id:. To search for the words, write "${lexeme.field} ${lexeme.value}" in quotes.`,
  )
}

/** Ids and addresses that people paste without `id:`. */
function idTerm(text: string): Query | undefined {
  const id = canonicalPaperId(text)
  return id?.startsWith('arxiv:') || id?.startsWith('doi:') ? { kind: 'id', id } : undefined
}

function wordsTerm(lexeme: Text, field: TextField): Query | undefined {
  // A star inside a phrase means nothing; at its end it would when the phrase is written again.
  const parts = lexeme.value.split(/\s+/u).map((part) => part.replace(/\*+$/, ''))
  const words = parts.filter((part) => wordsOf(part).length > 0)
  if (words.length === 0) {
    if (!lexeme.quoted && lexeme.field === undefined) return undefined
    throw needs(lexeme, 'a word of letters or digits', field === 'any' ? '"state of the art"' : `${field}:transformer`)
  }
  if (!lexeme.prefix) return { kind: 'words', field, words }
  if ((wordsOf(words.join(' ')).at(-1) ?? '').length < 2)
    throw needs(lexeme, 'at least two letters before the “*”', 'trans*')
  return { kind: 'words', field, words, prefix: true }
}

function dayIn(lexeme: Text, read: (text: string) => string | undefined): string {
  const day = read(lexeme.value.trim())
  if (day === undefined)
    throw needs(
      lexeme,
      'a year, month or day',
      `${lexeme.field}:2025, ${lexeme.field}:2025-01 or ${lexeme.field}:2025-01-31`,
    )
  return day
}

function needs(lexeme: Text, what: string, example: string): Mistake {
  const name = lexeme.field === undefined ? `“${lexeme.value}”` : `“${lexeme.field}:${lexeme.value}”`
  return new Mistake(`${name} at character ${lexeme.at} needs ${what}, such as ${example}.`)
}
