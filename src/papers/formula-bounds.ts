import { renderFormula, type TextInFormula } from './formula.ts'
import { groupEnd, type LatexSource, type Piece } from './latex-source.ts'

/** `$…$` or `$$…$$` where it is a formula and not money. */
export function dollars(source: LatexSource, at: number, to: number, text: TextInFormula): Piece | undefined {
  const mark = source.text.startsWith('$$', at) ? '$$' : '$'
  const start = at + mark.length
  const close = nextDollar(source, start, to)
  if (
    close === -1 ||
    !source.text.startsWith(mark, close) ||
    !isFormula(source.text, start, close, close + mark.length)
  )
    return undefined
  return formula(source, at, start, close, close + mark.length, text)
}

/** `\(…\)` or `\[…\]`; undefined when it does not close. */
export function displayed(source: LatexSource, at: number, to: number, text: TextInFormula): Piece | undefined {
  const limit = Math.min(to, at + longestFormula)
  const mark = source.text[at + 1] === '(' ? ')' : ']'
  for (let close = at + 2; close < limit; close++) {
    if (source.text[close] !== '\\') continue
    const escaped = source.text[close + 1]
    if (escaped === mark) return formula(source, at, at + 2, close, close + 2, text)
    // Neither form nests, so another opening means that this one never closes.
    if (escaped === '(' || escaped === '[') return undefined
    close++
  }
  return undefined
}

const longestFormula = 2000

function formula(source: LatexSource, at: number, from: number, to: number, end: number, text: TextInFormula): Piece {
  return { rendered: renderFormula(source, from, to, text) ?? source.text.slice(at, end), next: end }
}

function nextDollar(source: LatexSource, from: number, to: number): number {
  const limit = Math.min(to, from + longestFormula)
  for (let at = from; at < limit; at++) {
    const character = source.text[at]
    if (character === '\\') at++
    else if (character === '{') at = Math.max(at, groupEnd(source, at, limit))
    else if (character === '$') return at
  }
  return -1
}

/** Between two dollars stands a formula unless it reads like prose between two prices. */
function isFormula(text: string, from: number, to: number, end: number): boolean {
  const content = text.slice(from, to)
  if (content.trim() === '') return false
  // A script belongs to a formula: this dollar opens the one of the script, and the one before it is money.
  if (/[_^]/.test(text.charAt(end))) return false
  const padded = /^\s/.test(content) !== /\s$/.test(content)
  if (/[\\^_]/.test(content)) return !padded || content.includes('\\')
  if (/^[<>=+~-]$/.test(content)) return true
  if (/^\s|\s$/.test(content) || /\d/.test(text.charAt(end))) return false
  const words = content.match(/[A-Za-z]{3,}/g)?.length ?? 0
  return words < 3 && count(content, '(') === count(content, ')')
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
