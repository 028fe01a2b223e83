/**
 * Plain text for people: no control, bidirectional or invisible characters, white space folded to single spaces, NFC, no lone surrogates.
 * The joiners U+200C and U+200D stay, for Persian, Indic scripts and emoji are spelt with them.
 */
export function plainText(text: string): string {
  if (simple.test(text)) return text
  // An abstract in plain English has its lines to be joined, and nothing else.
  if (ascii.test(text)) return text.replace(whitespace, ' ').trim()
  return text.toWellFormed().replace(unseen, '').replace(whitespace, ' ').trim().normalize('NFC')
}

// Printable ASCII with single spaces inside: most titles.
const simple = /^(?:[!-~]+(?: [!-~]+)*)?$/
const ascii = /^[\t\n\r -~]*$/
// All but single spaces, which stay as they are: a text has hundreds.
const whitespace = /(?:[^\S ]|\x85)[\s\x85]*| [\s\x85]+/g
const unseen =
  /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
