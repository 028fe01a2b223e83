import { inForms } from './formula.ts'
import { literal, type Piece } from './latex-source.ts'
import { superscripts } from './latex-symbols.ts'

/** `--` is an en dash and `---` an em dash; options (`--verbose`), arrows and rules stay. */
export function dash(text: string, at: number, mark: string): string {
  const before = text.charAt(at - 1)
  const after = text.charAt(at + mark.length)
  const option = (before === '' || /[\s([`'"]/.test(before)) && /[A-Za-z]/.test(after)
  if (mark.length > 3 || (option && mark === '--') || after === '>' || before === '<' || before === '!') return mark
  return mark.length === 2 ? '–' : '—'
}

/** `Fig.~1`, not `~5 %`, `1~2` or an address. */
export function isTie(text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  const after = text.charAt(at + 1)
  return (
    /[\p{L}\p{N}.,;:)\]}'"]/u.test(before) &&
    after !== '' &&
    /\S/.test(after) &&
    !(/\p{N}/u.test(before) && /\p{N}/u.test(after))
  )
}

/** A whole number as exponent, outside any formula: `10^-3`, `Diffusion^2`. */
export function power(text: string, at: number): Piece | undefined {
  if (!/[\p{L}\p{N})]/u.test(text.charAt(at - 1))) return undefined
  const written = /^\^(?:(-?\d{1,4})|\{(-?\d{1,4})\})(?![.,]?\d)/.exec(text.slice(at, at + 10))
  const exponent = written?.[1] ?? written?.[2]
  const rendered = exponent === undefined ? undefined : inForms(exponent, superscripts)
  return written === null || rendered === undefined ? undefined : { rendered, next: at + written[0].length }
}

/** Which quotes stand open while a text is read. */
export interface Quotes {
  double: number
  readonly closings: Set<number>
}

const farthestClosing = 200

/** LaTeX's quotes: ``double'' and `single'; an apostrophe, and `code` between two of the same, stay. */
export function quote(text: string, at: number, to: number, open: Quotes): Piece {
  if (text.startsWith('``', at) && at + 2 <= to) {
    open.double++
    return { rendered: '“', next: at + 2 }
  }
  if (text.startsWith("''", at) && at + 2 <= to) return closingDouble(text, at, open)
  if (text[at] === "'") return literal(open.closings.has(at) ? '’' : "'", at)
  const closing = singleClosing(text, at, to)
  if (closing === 0) return literal('`', at)
  open.closings.add(closing)
  return literal('‘', at)
}

function closingDouble(text: string, at: number, open: Quotes): Piece {
  const seconds = /\d/.test(text.charAt(at - 1)) && open.double === 0
  const rendered = open.double > 0 ? '”' : seconds ? "''" : '"'
  open.double = Math.max(0, open.double - 1)
  return { rendered, next: at + 2 }
}

function singleClosing(text: string, at: number, to: number): number {
  if (/[\p{L}\p{N}]/u.test(text.charAt(at - 1)) || !/[\p{L}\p{N}]/u.test(text.charAt(at + 1))) return 0
  const end = Math.min(to, at + farthestClosing)
  for (let n = at + 1; n < end; n++) {
    if (text[n] === '`') return 0
    if (text[n] === "'" && !/[\p{L}\p{N}]/u.test(text.charAt(n + 1))) return text[n + 1] === "'" ? 0 : n
  }
  return 0
}
