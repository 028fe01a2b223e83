// The query language as deployed (info.arxiv.org/help/api/user-manual, 5.1; github.com/arXiv/arxiv-search, search/domain/classic_api):
// what the parser would refuse is first rewritten, and operators have no precedence: `a AND b OR c` is `a AND (b OR c)`.
export type Field = 'ti' | 'au' | 'abs' | 'co' | 'jr' | 'cat' | 'rn' | 'id' | 'doi' | 'all' | 'submittedDate'
type Operator = 'AND' | 'OR' | 'ANDNOT'

export type SearchQuery =
  | { readonly kind: 'term'; readonly field: Field; readonly value: string; readonly quoted: boolean }
  | { readonly kind: 'pair'; readonly operator: Operator; readonly left: SearchQuery; readonly right: SearchQuery }

export interface ParsedQuery {
  /** The query as rewritten: `testing` becomes `all:testing`. */
  readonly adapted: string
  /** Undefined when nothing is left to search for. */
  readonly query: SearchQuery | undefined
}

/** Thrown for a query that even the rewriting does not save. */
export class QueryError extends Error {}

/** Parses a `search_query`; throws a QueryError for parentheses that do not match. */
export function parseSearchQuery(text: string): ParsedQuery {
  const tokens = fixFirstUnderscore(withPrefixes(tokenize(fixDates(text.replace(/[\r\n]/g, ' ')))))
  const cursor = { at: 0 }
  const query = parseSequence(tokens, cursor)
  if (cursor.at < tokens.length) throw new QueryError(`Cannot parse fragment: ${text}`)
  return { adapted: query === undefined ? '' : written(query, false), query }
}

/** The query as the answer's link shows it, with the parentheses that the missing precedence amounts to. */
export function showSearchQuery(query: SearchQuery): string {
  return written(query, true)
}

type Token =
  | { readonly kind: 'prefix'; readonly field: Field }
  | { readonly kind: 'operator'; readonly operator: Operator }
  | { readonly kind: 'open' | 'close' }
  | { readonly kind: 'text'; readonly value: string; readonly quoted: boolean }

const PREFIXES = 'abs|all|au|cat|co|doi|id|jr|rn|submittedDate|ti|title'
const TOKENS = new RegExp(
  `"(?<quoted>[^"]*)"|(?<paren>[()])|\\b(?<operator>AND|ANDNOT|NOT|OR)\\b(?=[()\\s]|$)|(?<prefix>${PREFIXES}):|(?<text>[^"()\\s]+)`,
  'g',
)
const FIELDS: readonly Field[] = ['ti', 'au', 'abs', 'co', 'jr', 'cat', 'rn', 'id', 'doi', 'all', 'submittedDate']

function tokenize(text: string): readonly Token[] {
  return [...text.matchAll(TOKENS)].map(({ groups = {} }): Token => {
    const { quoted, paren, operator, prefix } = groups
    if (paren !== undefined) return { kind: paren === '(' ? 'open' : 'close' }
    if (operator !== undefined) return { kind: 'operator', operator: operatorOf(operator) }
    if (prefix !== undefined) return { kind: 'prefix', field: FIELDS.find((field) => field === prefix) ?? 'ti' }
    if (quoted !== undefined) return { kind: 'text', value: quoted.trim(), quoted: true }
    return { kind: 'text', value: groups.text ?? '', quoted: false }
  })
}

function operatorOf(word: string): Operator {
  return word === 'AND' || word === 'OR' ? word : 'ANDNOT'
}

// `lastUpdatedDate` is silently `submittedDate`; partial dates are filled up; a bound that is no number stays as it is, and then means nothing.
function fixDates(text: string): string {
  return text
    .replaceAll('lastUpdatedDate:', 'submittedDate:')
    .replace(/submittedDate:\[([\d-]{4,14}) TO ([\d-]{4,14})\]/g, (_, from: string, to: string) => {
      return `submittedDate:"${fillDate(from, '0101', '0000')} TO ${fillDate(to, '1231', '2359')}"`
    })
}

function fillDate(digits: string, monthDay: string, time: string): string {
  if (!/^\d+$/.test(digits)) return digits
  const lastDay = new Date(Date.UTC(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), 0)).getUTCDate()
  const inMonth = monthDay === '0101' ? '01' : String(lastDay)
  const day = digits.length === 4 ? digits + monthDay : digits.length === 6 ? digits + inMonth : digits
  return (day.length === 8 ? day + time : day).slice(0, 12)
}

// A text without a prefix gets that of the parenthesis it stands in (`ti:(a b)`), else `all:`.
function withPrefixes(tokens: readonly Token[]): readonly Token[] {
  const groups: (Field | undefined)[] = []
  return tokens.flatMap((token, index): readonly Token[] => {
    const before = tokens[index - 1]
    if (token.kind === 'open') groups.push(before?.kind === 'prefix' ? before.field : groups.at(-1))
    if (token.kind === 'close') groups.pop()
    if (token.kind === 'prefix') return tokens[index + 1]?.kind === 'text' ? [token] : []
    if (token.kind !== 'text' || before?.kind === 'prefix') return [token]
    return [{ kind: 'prefix', field: groups.at(-1) ?? 'all' }, token]
  })
}

// The published server means to read `au:Kaplan_J` as `au:"Kaplan J"`, but looks at the query's second token in place of the author's own.
function fixFirstUnderscore(tokens: readonly Token[]): readonly Token[] {
  const second = tokens[1]
  if (second?.kind !== 'text' || !second.value.includes('_')) return tokens
  const spaced: Token = { kind: 'text', value: second.value.replaceAll('_', ' '), quoted: true }
  const fixesItself = tokens[0]?.kind === 'prefix' && tokens[0].field === 'au'
  return tokens.map((token, index) => {
    const before = tokens[index - 1]
    const ofAuthor = token.kind === 'text' && before?.kind === 'prefix' && before.field === 'au'
    return ofAuthor && (index === 1 || !fixesItself) ? spaced : token
  })
}

// operand (operator? operand)*, folded from the right; of several operators in a row the last counts (`AND NOT` is ANDNOT), a missing one is OR.
function parseSequence(tokens: readonly Token[], cursor: { at: number }): SearchQuery | undefined {
  skipOperators(tokens, cursor)
  const left = parseOperand(tokens, cursor)
  if (left === undefined) return undefined
  const operator = skipOperators(tokens, cursor) ?? 'OR'
  const right = parseSequence(tokens, cursor)
  return right === undefined ? left : { kind: 'pair', operator, left, right }
}

function parseOperand(tokens: readonly Token[], cursor: { at: number }): SearchQuery | undefined {
  const token = tokens[cursor.at]
  if (token === undefined || token.kind === 'close') return undefined
  cursor.at += 1
  if (token.kind === 'open') {
    const inner = parseSequence(tokens, cursor)
    if (tokens[cursor.at]?.kind !== 'close') throw new QueryError('A parenthesis is not closed')
    cursor.at += 1
    return inner
  }
  const text = tokens[cursor.at]
  if (token.kind !== 'prefix' || text?.kind !== 'text') throw new QueryError('Cannot parse the query')
  cursor.at += 1
  return { kind: 'term', field: token.field, value: text.value, quoted: text.quoted }
}

function skipOperators(tokens: readonly Token[], cursor: { at: number }): Operator | undefined {
  let last: Operator | undefined
  for (let token = tokens[cursor.at]; token?.kind === 'operator'; token = tokens[cursor.at]) {
    last = token.operator
    cursor.at += 1
  }
  return last
}

function written(query: SearchQuery, grouped: boolean): string {
  if (query.kind === 'term') return `${query.field}:${query.value.includes(' ') ? `"${query.value}"` : query.value}`
  const left = query.left.kind === 'pair' ? `(${written(query.left, grouped)})` : written(query.left, grouped)
  const right = written(query.right, grouped)
  return `${left} ${query.operator} ${grouped && query.right.kind === 'pair' ? `(${right})` : right}`
}
