import {
  address,
  commandName,
  groupEnd,
  type LatexSource,
  linked,
  literal,
  type Piece,
  unicodeCharacter,
} from './latex-source.ts'
import {
  blackboard,
  formulaAccents,
  formulaLetters,
  formulaSigns,
  functionNames,
  letters,
  signs,
  subscripts,
  superscripts,
} from './latex-symbols.ts'

/** Renders a stretch of text inside a formula (`\text{…}`), whole or not at all. */
export type TextInFormula = (source: LatexSource, from: number, to: number, depth: number) => string | undefined

/**
 * A formula (without its delimiters) in Unicode, or undefined when any part of it has no faithful form: half a formula misleads.
 * Calligraphic and bold letters become plain ones, so that a title is found by what it spells.
 */
export function renderFormula(source: LatexSource, from: number, to: number, text: TextInFormula): string | undefined {
  if (to - from > longestFormula) return undefined
  return stretch(source, from, to, 0, text)?.replace(/ +/g, ' ').trim()
}

const longestFormula = 2000
const deepest = 30

function stretch(
  source: LatexSource,
  from: number,
  to: number,
  depth: number,
  text: TextInFormula,
): string | undefined {
  if (depth > deepest) return undefined
  let out = ''
  let at = from
  while (at < to) {
    const piece = pieceAt(source, at, to, depth, text, out)
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
  text: TextInFormula,
  before: string,
): Piece | undefined {
  const character = source.text.charAt(at)
  switch (character) {
    case '\\':
      return command(source, at, to, depth, text, before)
    case '^':
    case '_':
      return script(source, at, to, depth, text)
    case '{':
      return argument(source, at, to, depth, text)
    case '}':
    case '&':
    case '$':
      return undefined
    case "'":
      return literal('′', at)
    case '~':
      return literal(' ', at)
    default:
      return literal(/\s/.test(character) ? ' ' : character, at)
  }
}

/** A command's argument: a group, a command, or one character. */
function argument(
  source: LatexSource,
  start: number,
  to: number,
  depth: number,
  text: TextInFormula,
): Piece | undefined {
  const at = skipSpaces(source.text, start, to)
  if (at >= to) return undefined
  if (source.text[at] !== '{') return pieceAt(source, at, to, depth + 1, text, '')
  const close = groupEnd(source, at, to)
  if (close === 0) return undefined
  const rendered = stretch(source, at + 1, close, depth + 1, text)
  return rendered === undefined ? undefined : { rendered, next: close + 1 }
}

function script(source: LatexSource, at: number, to: number, depth: number, text: TextInFormula): Piece | undefined {
  const forms = source.text[at] === '^' ? superscripts : subscripts
  const base = argument(source, at + 1, to, depth, text)
  if (base === undefined) return undefined
  const rendered = inForms(base.rendered, forms)
  return rendered === undefined ? undefined : { rendered, next: base.next }
}

/** A text in raised or lowered characters, when each of its characters has one. */
export function inForms(text: string, forms: ReadonlyMap<string, string>): string | undefined {
  let out = ''
  for (const character of text.trim()) {
    const form = forms.get(character)
    if (form === undefined) return undefined
    out += form
  }
  return out
}

const transparent = new Set(
  'mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathnormal boldsymbol bm pmb operatorname underline mathop mathbin mathrel mathord'.split(
    ' ',
  ),
)
const textual = new Set('text textrm textbf textit textsf texttt textsc textnormal emph mbox hbox'.split(' '))
const silent = new Set(
  'rm bf it sf tt cal left right big Big bigg Bigg bigl bigr Bigl Bigr middle displaystyle textstyle limits nolimits nonumber'.split(
    ' ',
  ),
)
const spaces = new Set([',', ';', ':', ' ', '>', '\n', 'quad', 'qquad', 'thinspace', 'enspace'])
const escaped = new Set(['%', '&', '_', '#', '$', '{', '}'])

function command(
  source: LatexSource,
  at: number,
  to: number,
  depth: number,
  text: TextInFormula,
  before: string,
): Piece | undefined {
  const name = commandName(source.text, at)
  const next = at + 1 + name.length
  if (next > to) return undefined
  if (escaped.has(name)) return { rendered: name, next }
  if (spaces.has(name)) return { rendered: ' ', next }
  if (name === '!') return { rendered: '', next }
  if (name === '|') return { rendered: '‖', next }
  if (silent.has(name)) return { rendered: '', next: delimiterAfter(source.text, name, next, to) }
  const letter = formulaLetters.get(name) ?? letters.get(name)
  if (letter !== undefined) return { rendered: letter, next: spaceBeforeWord(source.text, next, to) }
  const sign = formulaSigns.get(name) ?? signs.get(name)
  // The space after a command only ends its name; it is the author's when there is one before, too.
  if (sign !== undefined)
    return { rendered: sign, next: before === '' || before.endsWith(' ') ? next : skipSpaces(source.text, next, to) }
  if (functionNames.has(name)) return functionName(source.text, name, next, before)
  if (textual.has(name)) return textArgument(source, next, to, depth, text)
  if (transparent.has(name)) return argument(source, source.text[next] === '*' ? next + 1 : next, to, depth, text)
  if (name === 'mathbb' || name === 'mathds') return inBlackboard(argument(source, next, to, depth, text))
  if (name === 'frac' || name === 'dfrac' || name === 'tfrac') return fraction(source, next, to, depth, text, before)
  if (name === 'sqrt') return root(source, next, to, depth, text)
  if (name === 'not') return accented(argument(source, next, to, depth, text), '\u0338')
  if (name === 'href') return link(source, next, to, depth, text)
  if (name === 'unicode') return codePoint(source, next, to)
  const accent = formulaAccents.get(name)
  return accent === undefined ? undefined : accented(argument(source, next, to, depth, text), accent)
}

function textArgument(
  source: LatexSource,
  at: number,
  to: number,
  depth: number,
  text: TextInFormula,
): Piece | undefined {
  const close = groupEnd(source, at, to)
  if (close === 0) return undefined
  const rendered = text(source, at + 1, close, depth + 1)
  return rendered === undefined ? undefined : { rendered, next: close + 1 }
}

function link(source: LatexSource, at: number, to: number, depth: number, text: TextInFormula): Piece | undefined {
  const close = groupEnd(source, at, to)
  const label = close === 0 ? undefined : textArgument(source, close + 1, to, depth, text)
  const rendered = linked(label?.rendered, address(source, at, close))
  return label === undefined || rendered === undefined ? undefined : { rendered, next: label.next }
}

function codePoint(source: LatexSource, at: number, to: number): Piece | undefined {
  const close = groupEnd(source, at, to)
  const rendered = unicodeCharacter(source.text.slice(at + 1, close))
  return rendered === undefined ? undefined : { rendered, next: close + 1 }
}

function functionName(text: string, name: string, next: number, before: string): Piece {
  const word = name === 'bmod' ? 'mod' : name
  return {
    rendered: `${/[\p{L}\p{N})]$/u.test(before) ? ' ' : ''}${word}${/[A-Za-z0-9\\]/.test(text.charAt(next)) ? ' ' : ''}`,
    next,
  }
}

function fraction(
  source: LatexSource,
  at: number,
  to: number,
  depth: number,
  text: TextInFormula,
  before: string,
): Piece | undefined {
  const over = argument(source, at, to, depth, text)
  const under = over && argument(source, over.next, to, depth, text)
  if (over === undefined || under === undefined) return undefined
  // Beside a factor or a script, a slash would bind otherwise than the bar did.
  const after = source.text.slice(under.next, to).trimStart()
  if (/[\p{L}\p{N})\]]\s*$/u.test(before) || /^[\p{L}\p{N}^_({[]/u.test(after) || isFactor(after)) return undefined
  return { rendered: `${inParentheses(over.rendered)}/${inParentheses(under.rendered)}`, next: under.next }
}

function isFactor(after: string): boolean {
  const name = commandName(after, 0)
  return after.startsWith('\\') && name !== 'right' && !spaces.has(name) && !formulaSigns.has(name)
}

function root(source: LatexSource, at: number, to: number, depth: number, text: TextInFormula): Piece | undefined {
  const degree = /^\[([34])\]/.exec(source.text.slice(at, at + 3))
  if (degree === null && source.text[at] === '[') return undefined
  const base = argument(source, degree === null ? at : at + 3, to, depth, text)
  if (base === undefined) return undefined
  const sign = degree === null ? '√' : degree[1] === '3' ? '∛' : '∜'
  const bare = /^(?:\p{L}|\d+)$/u.test(base.rendered.trim())
  return { rendered: bare ? `${sign}${base.rendered.trim()}` : `${sign}(${base.rendered.trim()})`, next: base.next }
}

function inParentheses(text: string): string {
  const part = text.trim()
  return /^[\p{L}\p{N}\p{M}.]+$/u.test(part) ? part : `(${part})`
}

function inBlackboard(piece: Piece | undefined): Piece | undefined {
  return piece && { ...piece, rendered: [...piece.rendered].map((letter) => blackboard.get(letter) ?? letter).join('') }
}

function accented(piece: Piece | undefined, accent: string): Piece | undefined {
  if (piece === undefined) return undefined
  const base = piece.rendered.trim().normalize('NFC')
  return [...base].length === 1 ? { rendered: (base + accent).normalize('NFC'), next: piece.next } : undefined
}

/** After `\left` and its like a dot stands for no delimiter at all. */
function delimiterAfter(text: string, name: string, next: number, to: number): number {
  const at = skipSpaces(text, next, to)
  return (name === 'left' || name === 'right') && text[at] === '.' ? at + 1 : at
}

function spaceBeforeWord(text: string, next: number, to: number): number {
  const at = skipSpaces(text, next, to)
  return /[A-Za-z0-9]/.test(text.charAt(at)) ? at : next
}

function skipSpaces(text: string, from: number, to: number): number {
  let at = from
  while (at < to && /\s/.test(text.charAt(at))) at++
  return at
}
