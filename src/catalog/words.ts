/**
 * The words of a text as search knows them: runs of letters and digits, without case and without the accents of Latin, Greek and Cyrillic letters.
 * `foldText` and SQLite's `ascii` tokenizer together give exactly these, which is how the index and a query tried on one paper agree.
 * @example wordsOf('Schrödinger’s state-of-the-art BERT') // ['schrodinger', 's', 'state', 'of', 'the', 'art', 'bert']
 */
export function wordsOf(text: string): readonly string[] {
  return foldText(text).toLowerCase().match(word) ?? []
}

/** A text in which only ASCII letters still have a case, and only ASCII characters still separate words: what the `ascii` tokenizer can't do itself. */
export function foldText(text: string): string {
  // Most texts are plain: looking costs a hundredth of folding.
  if (!beyondAscii.test(text)) return text
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(accents, '')
    .normalize('NFC')
    .replace(variants, (letter) => plain[letter] ?? letter)
    .replace(separators, ' ')
}

// Every character beyond ASCII that folding leaves is part of a word.
const word = /[a-z0-9\u0080-\u{10ffff}]+/gu
const beyondAscii = /[^\0-\u007f]/
const accents = /[\u0300-\u036f]/g
// Lower-case letters that have another form with the same capital (Unicode's case folding).
const variants = /[ςµſ]/g
const plain: Readonly<Record<string, string>> = { ς: 'σ', µ: 'μ', ſ: 's' }
// Marks of other scripts carry their vowels and belong to the word.
const separators = /[^\p{L}\p{N}\p{M}\p{Co}]+/gu
