/** A piece of a query's text; `at` counts characters from 1. */
export type Lexeme =
  | { readonly kind: 'open' | 'close' | 'or'; readonly at: number }
  | { readonly kind: 'not'; readonly at: number; readonly text: string }
  | {
      readonly kind: 'text'
      readonly at: number
      /** As written, without the colon. */
      readonly field?: string
      readonly value: string
      readonly quoted: boolean
      readonly prefix: boolean
    }

export type Lexemes =
  | { readonly kind: 'lexemes'; readonly lexemes: readonly Lexeme[] }
  | { readonly kind: 'error'; readonly message: string }

/** Cuts a query into its pieces; the only mistake it can find is a quote that is not closed. */
export function lexemesOf(text: string): Lexemes {
  const source = text.replace(doubleQuotes, '"').replace(dashes, '$1-')
  const lexemes: Lexeme[] = []
  for (let place = 0; ; ) {
    piece.lastIndex = place
    const groups: Readonly<Record<string, string | undefined>> | undefined = piece.exec(source)?.groups
    if (groups === undefined) return { kind: 'lexemes', lexemes }
    const at = place + (groups.space ?? '').length + 1
    if (groups.unclosed !== undefined)
      return {
        kind: 'error',
        message: `The quote at character ${at + (groups.field ?? '').length} is not closed. Put another " where the phrase ends, or leave it out.`,
      }
    const lexeme = lexemeOf(groups, at)
    if (lexeme !== undefined) lexemes.push(lexeme)
    place = piece.lastIndex
  }
}

// Phones and word processors write these for a plain quote and a minus sign.
const doubleQuotes = /[\u201c-\u201f\u2033\u00ab\u00bb\uff02]/g
const dashes = /(^|[\s(])[\u2010-\u2013\u2212](?=\S)/g

const piece =
  /(?<space>\s*)(?:(?<bracket>[()])|(?<minus>-(?=[^\s)]))|(?<lone>[\p{L}_]+:)(?=[\s)]|$)|(?<field>[\p{L}_]+:)?(?:"(?<phrase>[^"]*)"(?<more>\*?)|(?<unclosed>")|(?<bare>[^\s()"]+)))/uy

function lexemeOf(groups: Readonly<Record<string, string | undefined>>, at: number): Lexeme | undefined {
  const { bracket, minus, field, phrase, more, bare, lone } = groups
  if (bracket !== undefined) return { kind: bracket === '(' ? 'open' : 'close', at }
  if (minus !== undefined) return { kind: 'not', at, text: '-' }
  if (field === undefined && bare === 'OR') return { kind: 'or', at }
  if (field === undefined && bare === 'AND') return undefined
  if (field === undefined && bare === 'NOT') return { kind: 'not', at, text: 'NOT' }
  const named = field ?? lone
  const value = phrase ?? bare ?? ''
  const prefix = more === '*' || (phrase ?? bare ?? '').trimEnd().endsWith('*')
  return {
    kind: 'text',
    at,
    ...(named === undefined ? {} : { field: named.slice(0, -1) }),
    value: prefix ? value.trimEnd().replace(/\*+$/, '') : value,
    quoted: phrase !== undefined,
    prefix,
  }
}
