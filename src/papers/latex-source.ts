/** LaTeX with its braces matched: `closing[i]` is where the group opened at i closes, or 0. */
export interface LatexSource {
  readonly text: string
  readonly closing: Int32Array
}

/** What a stretch of source gave, and where reading goes on. */
export interface Piece {
  readonly rendered: string
  readonly next: number
}

/** Matches the braces once, so that no reader ever searches for one. */
export function readLatex(text: string): LatexSource {
  const closing = new Int32Array(text.length)
  const open: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) at++
    else if (code === openBrace) open.push(at)
    else if (code === closeBrace) {
      const opening = open.pop()
      if (opening !== undefined) closing[opening] = at
    }
  }
  return { text, closing }
}

const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d

/** Where the group that opens at `at` closes; 0 when none opens there or it closes at or beyond `to`. */
export function groupEnd(source: LatexSource, at: number, to: number): number {
  const close = source.text[at] === '{' ? (source.closing[at] ?? 0) : 0
  return close < to ? close : 0
}

/** Where the argument's group opens: here, or after one space. */
export function groupStart(source: LatexSource, at: number): number {
  return source.text[at] === ' ' && source.text[at + 1] === '{' ? at + 1 : at
}

/** The name of the command at a backslash: letters, or one character. */
export function commandName(text: string, at: number): string {
  commandLetters.lastIndex = at + 1
  return commandLetters.exec(text)?.[0] ?? text.charAt(at + 1)
}

const commandLetters = /[A-Za-z]+/y

export function literal(rendered: string, at: number): Piece {
  return { rendered, next: at + 1 }
}

/** A group that holds an address, with LaTeX's escapes undone. */
export function address(source: LatexSource, open: number, close: number): string {
  return source.text
    .slice(open + 1, close)
    .replace(/\\([%#&_~{}])/g, '$1')
    .trim()
}

/** A link as text: its label, and its address where the label does not say it. */
export function linked(label: string | undefined, target: string): string | undefined {
  if (label === undefined) return undefined
  return bare(target) === bare(label) || label.trim() === '' ? target : `${label} (${target})`
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^(?:https?:\/\/|mailto:)/, '')
    .replace(/\/$/, '')
}

/** MathJax's `\unicode{x2014}`. */
export function unicodeCharacter(code: string): string | undefined {
  const hexadecimal = /^\s*x([0-9A-Fa-f]{2,5})\s*$/.exec(code)?.[1]
  return hexadecimal === undefined ? undefined : String.fromCodePoint(Number.parseInt(hexadecimal, 16))
}
