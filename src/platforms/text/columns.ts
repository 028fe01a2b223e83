/**
 * The text in lines of at most `width` columns, each after `indent`; a word longer than a line keeps a line of its own.
 * White space is folded, and control characters are gone, so that no text can move a terminal's cursor.
 */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of singleLine(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line === '' || widthOf(longer) <= width - indent.length) {
      line = longer
    } else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line].map((each) => indent + each).join('\n')
}

/** The text on one line: white space folded, control and bidi characters gone. */
export function singleLine(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
}

/** The text on one line of at most so many columns, cut with `…`. */
export function columns(text: string, most: number): string {
  const line = singleLine(text)
  if (widthOf(line) <= most) return line
  let kept = ''
  let width = 1
  for (const { segment } of characters.segment(line)) {
    width += widthOf(segment)
    if (width > most) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** Columns of a terminal: none for marks that combine, two for East Asian wide characters and emoji (Unicode TR 11). */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}

const NONE = /[\p{Mn}\p{Me}\p{Cf}]/u
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\uff01-\uff60\u3000-\u303e]|\p{Emoji_Presentation}/u
