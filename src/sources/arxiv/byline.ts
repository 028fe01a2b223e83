import { readableText } from '../../papers/latex.ts'
import type { Author } from '../../papers/paper.ts'

/**
 * The names of a byline in one string, as arXiv's feeds and its raw format give it: separated by commas (and a last "and"), with `Jr.` set off by
 * a comma, affiliations in parentheses, and a collaboration before a colon. Names come without parts, for the string has none.
 * @example splitByline('Ada Lovelace (London), Sammy Davis, Jr.') // [{ name: 'Ada Lovelace', affiliation: 'London' }, { name: 'Sammy Davis Jr.' }]
 */
export function splitByline(byline: string): readonly Author[] {
  const authors: Author[] = []
  for (const piece of piecesOf(readableText(withoutTags(byline)))) {
    const { name, affiliation } = withoutParentheses(piece)
    const previous = authors.at(-1)
    if (suffix.test(name) && previous !== undefined) {
      authors[authors.length - 1] = { ...previous, name: `${previous.name} ${name}` }
    } else if (isName(name)) {
      authors.push({ name, ...(affiliation === undefined ? {} : { affiliation }) })
    }
  }
  return authors
}

/** A name whose parts the source gives apart (`Gomez`, `Aidan N.`, `Jr.`); undefined when there is no name in it. */
export function authorFromParts(parts: {
  readonly family: string
  readonly given?: string
  readonly suffix?: string
  readonly affiliation?: string
}): Author | undefined {
  const given = readableText(parts.given ?? '')
  const family = readableText(parts.family)
  const ending = readableText(parts.suffix ?? '')
  const affiliation = readableText(parts.affiliation ?? '')
  const name = [given, family, ending].filter((part) => part !== '').join(' ')
  // Old records hold the colon of "X Collaboration: A. B." as an author of its own.
  if (!isName(name)) return undefined
  return {
    name,
    ...(given === '' ? {} : { given }),
    ...(family === '' ? {} : { family }),
    ...(ending === '' ? {} : { suffix: ending }),
    ...(affiliation === '' ? {} : { affiliation }),
  }
}

/** `Young, J. E.` or `Davis, Sammy, Jr.` as Dublin Core writes names; a name without a comma has no parts. */
export function authorFromInverted(text: string): Author | undefined {
  const [family = '', given, ending] = text.split(',').map((part) => part.trim())
  if (given === undefined) return isName(family) ? { name: readableText(family) } : undefined
  return authorFromParts({ family, given, ...(ending === undefined ? {} : { suffix: ending }) })
}

const suffix = /^(?:jr|sr|ii|iii|iv|2nd|3rd|esq|ph\.?\s?d|m\.?d)\.?$/i
const etAl = /^et\.? al\.?$/i
const mostPieces = 20_000

function isName(text: string): boolean {
  return /\p{L}/u.test(text) && !etAl.test(text)
}

/** Feeds have carried each name as a link to its search. */
function withoutTags(text: string): string {
  return text.replace(/<\/?[a-z][^<>]{0,500}>/gi, '')
}

function piecesOf(byline: string): readonly string[] {
  const pieces: string[] = []
  let depth = 0
  let piece = ''
  for (const letter of byline) {
    if (letter === '(' || letter === '[') depth++
    if ((letter === ')' || letter === ']') && depth > 0) depth--
    const ends =
      depth === 0 && (letter === ',' || letter === ';' || (letter === ':' && /collaborations?$/i.test(piece)))
    if (ends) pieces.push(piece)
    piece = ends ? '' : piece + letter
  }
  pieces.push(piece)
  return pieces
    .slice(0, mostPieces)
    .flatMap((text) => (text.includes('(') ? [text] : text.split(/(?:^|\s)(?:and|&)\s/i)))
    .map((text) =>
      text
        .trim()
        .replace(/^(?:and|&)\s+/i, '')
        .replace(/^(?:for|on behalf of)\s+(?=the\s)/i, ''),
    )
    .filter((text) => text !== '')
}

function withoutParentheses(piece: string): { readonly name: string; readonly affiliation?: string } {
  const open = piece.indexOf('(')
  if (open < 0) return { name: piece }
  const close = piece.lastIndexOf(')')
  const inside = piece.slice(open + 1, close > open ? close : undefined).trim()
  const name = `${piece.slice(0, open)} ${close > open ? piece.slice(close + 1) : ''}`.replace(/\s+/g, ' ').trim()
  // `(1, 2)` are footnote marks, `((1) …)` their legend: not one person's affiliation.
  return /^[\d\s,;*†‡]*$|^\(/.test(inside) || name === '' ? { name } : { name, affiliation: inside }
}
