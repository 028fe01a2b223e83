import { withoutDoubleEncoding } from './double-encoding.ts'
import { inForms } from './formula.ts'
import { displayed, dollars } from './formula-bounds.ts'
import {
  address,
  commandName,
  groupEnd,
  groupStart,
  type LatexSource,
  linked,
  literal,
  type Piece,
  readLatex,
  unicodeCharacter,
} from './latex-source.ts'
import { accents, formulaLetters, formulaSigns, letters, signs, subscripts, superscripts } from './latex-symbols.ts'
import { plainText } from './plain-text.ts'
import { dash, isTie, power, type Quotes, quote } from './typography.ts'

/**
 * A title, abstract, comment or name as people read it: LaTeX as Unicode, white space folded, control, bidirectional and invisible characters gone, NFC.
 * What has no faithful form stays as its author wrote it: an unknown command with its arguments, a formula as a whole. Works in linear time.
 * @example readableText('R\\\'{e}nyi entropy in $\\mathbb{R}^2$') // 'Rényi entropy in ℝ²'
 */
export function readableText(source: string): string {
  const text = plainText(withoutDoubleEncoding(source))
  if (!special.test(text)) return text
  return plainText(render(readLatex(text), 0, text.length, 0, false) ?? text)
}

const special = /[\\$`~^{}]|--|''/
const marks = /[\\$`'~^{}]|--+/g
const deepest = 40

/** A stretch of text; when `strict`, undefined as soon as anything would have to stay LaTeX. */
function render(source: LatexSource, from: number, to: number, depth: number, strict: boolean): string | undefined {
  if (depth > deepest) return strict ? undefined : source.text.slice(from, to)
  let out = ''
  let at = from
  const open: Quotes = { double: 0, closings: new Set() }
  while (at < to) {
    marks.lastIndex = at
    const found = marks.exec(source.text)
    const mark = found === null || found.index >= to ? to : found.index
    out += source.text.slice(at, mark)
    if (found === null || mark === to) break
    const piece = pieceAt(source, mark, to, depth, strict, found[0], open)
    if (piece === undefined) return undefined
    out += piece.rendered
    at = piece.next
  }
  return out
}

function pieceAt(
  source: LatexSource,
  at: number,
  to: number,
  depth: number,
  strict: boolean,
  mark: string,
  open: Quotes,
): Piece | undefined {
  switch (mark.charAt(0)) {
    case '\\':
      return command(source, at, to, depth, strict)
    case '$':
      return dollars(source, at, to, inFormula) ?? (strict ? undefined : literal('$', at))
    case '{':
      return group(source, at, to, depth, strict)
    case '}':
      return strict ? undefined : literal('}', at)
    case '^':
      return power(source.text, at) ?? literal('^', at)
    case '~':
      return literal(isTie(source.text, at) ? ' ' : '~', at)
    case '-':
      return { rendered: dash(source.text, at, mark), next: at + mark.length }
    default:
      return quote(source.text, at, to, open)
  }
}

/** A stretch inside a formula must come out whole. */
function inFormula(source: LatexSource, from: number, to: number, depth: number): string | undefined {
  return render(source, from, to, depth, true)
}

/** Commands whose one argument is shown as it is. */
const styles = new Set(
  'emph text textbf textit textmd textnormal textrm textsc textsf textsl texttt textup underline uline mbox hbox mathrm mathbf mathit mathsf mathtt mathcal MakeUppercase'.split(
    ' ',
  ),
)
const declarations = new Set(
  'bf it em sc tt rm sf sl bfseries itshape scshape ttfamily sffamily rmfamily small large Large tiny normalsize footnotesize normalfont noindent protect xspace'.split(
    ' ',
  ),
)
const escaped = new Set(['%', '&', '_', '#', '$', '{', '}'])
const spaces = new Set([',', ';', ':', ' ', '\\', 'quad', 'qquad', 'newline', 'linebreak', 'thinspace'])
const nothings = new Set(['-', '/', '@', '!'])
const citations = /^(?:cite[a-z]*|Cite[a-z]*|parencite|textcite|autocite)$/

function command(source: LatexSource, at: number, to: number, depth: number, strict: boolean): Piece | undefined {
  const name = commandName(source.text, at)
  const next = at + 1 + name.length
  if (name === '(' || name === '[')
    return displayed(source, at, to, inFormula) ?? (strict ? undefined : { rendered: `\\${name}`, next })
  if (escaped.has(name)) return { rendered: name, next }
  if (spaces.has(name)) return { rendered: ' ', next }
  if (nothings.has(name)) return { rendered: '', next }
  const letter = letters.get(name)
  if (letter !== undefined) return { rendered: letter, next: afterName(source, next, true) }
  const sign = signs.get(name) ?? formulaSigns.get(name) ?? formulaLetters.get(name)
  if (sign !== undefined) return { rendered: sign, next: afterName(source, next, false) }
  const accent = accents.get(name)
  return (
    (accent === undefined ? undefined : accented(source, name, next, to, accent)) ??
    (declarations.has(name)
      ? declaration(source, next, to, depth, strict)
      : withArguments(source, name, next, to, depth, strict)) ??
    (strict ? undefined : asWritten(source, at, next, to))
  )
}

function withArguments(
  source: LatexSource,
  name: string,
  after: number,
  to: number,
  depth: number,
  strict: boolean,
): Piece | undefined {
  const next = groupStart(source, after)
  const close = groupEnd(source, next, to)
  if (close === 0) return undefined
  const inner = () => render(source, next + 1, close, depth + 1, strict)
  const asPiece = (rendered: string | undefined, end = close): Piece | undefined =>
    rendered === undefined ? undefined : { rendered, next: end + 1 }
  if (styles.has(name)) return asPiece(inner())
  if (name === 'enquote') return asPiece(wrapped('“', inner(), '”'))
  if (name === 'footnote' || name === 'thanks') return asPiece(wrapped(' (', inner(), ')'))
  if (name === 'url' || name === 'path') return asPiece(address(source, next, close))
  if (citations.test(name)) return asPiece(`[${source.text.slice(next + 1, close)}]`)
  if (name === 'textsuperscript') return asPiece(inForms(inner() ?? '\\', superscripts))
  if (name === 'textsubscript') return asPiece(inForms(inner() ?? '\\', subscripts))
  if (name === 'unicode') return asPiece(unicodeCharacter(source.text.slice(next + 1, close)))
  const nextSecond = groupStart(source, close + 1)
  const second = groupEnd(source, nextSecond, to)
  if (second === 0) return name === 'href' ? asPiece(address(source, next, close)) : undefined
  const innerSecond = () => render(source, nextSecond + 1, second, depth + 1, strict)
  if (name === 'textcolor' || name === 'colorbox') return asPiece(innerSecond(), second)
  if (name === 'href') return asPiece(linked(innerSecond(), address(source, next, close)), second)
  return undefined
}

function wrapped(before: string, text: string | undefined, after: string): string | undefined {
  return text === undefined ? undefined : before + text + after
}

/** After a letter's name LaTeX eats one space; `{}` ends any name. */
function afterName(source: LatexSource, next: number, eatsSpace: boolean): number {
  if (source.text[next] === '{' && source.closing[next] === next + 1) return next + 2
  return eatsSpace && source.text[next] === ' ' ? next + 1 : next
}

function declaration(source: LatexSource, next: number, to: number, depth: number, strict: boolean): Piece | undefined {
  const close = groupEnd(source, next, to)
  if (close === 0) return { rendered: '', next: afterName(source, next, true) }
  const rendered = render(source, next + 1, close, depth + 1, strict)
  return rendered === undefined ? undefined : { rendered, next: close + 1 }
}

/** An unknown command and its arguments, untouched. */
function asWritten(source: LatexSource, at: number, next: number, to: number): Piece {
  let end = next
  for (let close = groupEnd(source, end, to); close !== 0; close = groupEnd(source, end, to)) end = close + 1
  return { rendered: source.text.slice(at, end), next: end }
}

const longestAccented = 16

/** One letter with an accent; or a Greek letter that arXiv's own clean-up took for one (`\k{appa}`). Anything else is not what we think it is. */
function accented(source: LatexSource, name: string, next: number, to: number, accent: string): Piece | undefined {
  const named = /[A-Za-z]/.test(name)
  const start = named && source.text[next] === ' ' ? next + 1 : next
  if (named && start === next && !/[{\\]/.test(source.text.charAt(next))) return undefined
  const close = groupEnd(source, start, to)
  if (close - start > longestAccented) return undefined
  const [base, end] =
    close !== 0
      ? [render(source, start + 1, close, 1, true), close + 1]
      : source.text[start] === '\\'
        ? nakedCommand(source, start, to)
        : [source.text.charAt(start), start + 1]
  const greek = close === 0 || !named ? undefined : formulaLetters.get(name + source.text.slice(start + 1, close))
  if (greek !== undefined) return { rendered: greek, next: close + 1 }
  const letter = base?.trim().replace('ı', 'i').replace('ȷ', 'j').normalize('NFC')
  return letter !== undefined && end <= to && /^\p{L}\p{M}*$/u.test(letter)
    ? { rendered: (letter + accent).normalize('NFC'), next: end }
    : undefined
}

function nakedCommand(source: LatexSource, at: number, to: number): [string | undefined, number] {
  const piece = /^[ij]$/.test(commandName(source.text, at)) ? command(source, at, to, 1, true) : undefined
  return [piece?.rendered, piece?.next ?? at]
}

/** Braces go where they only group for LaTeX: around a command, or around letters within a word. */
function group(source: LatexSource, at: number, to: number, depth: number, strict: boolean): Piece | undefined {
  const close = groupEnd(source, at, to)
  if (close === 0) return strict ? undefined : literal('{', at)
  if (close === at + 1) return { rendered: '', next: close + 1 }
  if (strict || source.text[at + 1] === '\\') {
    const rendered = render(source, at + 1, close, depth + 1, true)
    return rendered === undefined && !strict
      ? { rendered: source.text.slice(at, close + 1), next: close + 1 }
      : rendered === undefined
        ? undefined
        : { rendered, next: close + 1 }
  }
  const inWord = /\p{L}/u.test(source.text.charAt(close + 1)) || /\p{L}/u.test(source.text.charAt(at - 1))
  const content = close - at < 30 ? source.text.slice(at + 1, close) : ''
  return inWord && /^[\p{L}\p{N}-]+$/u.test(content) ? { rendered: content, next: close + 1 } : literal('{', at)
}
