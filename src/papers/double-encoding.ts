/**
 * Text whose UTF-8 bytes were once taken for Latin-1 characters, put right: `Weiß` was made `Wei`, `Ã` and the control character U+009F.
 * Only what decodes to letters alone, and can hardly have been meant, is put right; all else stays as it is: `«IRMÃ»`, `5 Å²`.
 * Seen in names and titles of arXiv's query API.
 * @example withoutDoubleEncoding('RamÃ\u00adrez') // 'Ramírez'
 */
export function withoutDoubleEncoding(text: string): string {
  if (!suspect.test(text)) return text
  return text.replace(runs, (run, at: number) => {
    const letters = decoded(run)
    return letters !== undefined && isMeant(run, letters, text.charAt(at - 1), text.charAt(at + run.length))
      ? letters
      : run
  })
}

const suspect = /[\xc3-\xf4][\x80-\xbf]/
/** Characters as the bytes of UTF-8 would stand: a first one and one to three that go on. */
const runs = /(?:[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+/g

function decoded(run: string): string | undefined {
  try {
    const letters = new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(run, (byte) => byte.charCodeAt(0)))
    return /^[\p{L}\p{M}]+$/u.test(letters) ? letters : undefined
  } catch {
    return undefined
  }
}

/** Where Windows has punctuation that may well follow a letter: quotation marks, dashes, an ellipsis, a trade mark. */
const punctuation = /[\x84\x85\x8b\x91-\x97\x99\x9b]/
/** What stands behind a letter raised, or closes a quotation: `Å²`, `«ÃÃ»`. */
const raised = /[\xaa\xb0\xb2\xb3\xb9\xba\xbb]/
/** Signs that no letter is followed by unless the text is broken. */
const unprintable = /[\x80-\x9f\xad]/

function isMeant(run: string, letters: string, before: string, after: string): boolean {
  // Two in a row are no chance.
  if ([...letters].length > 1) return true
  // A sign inside a word.
  if (/\p{L}/u.test(after)) return true
  if (!/^[\xc3-\xc5\xce\xcf]/.test(run)) return false
  // Nobody writes a sign behind `Î` or `Ï`, with which Greek letters begin, nor a capital behind a small letter.
  const isOdd = /^[\xce\xcf][^\xbb]/.test(run) || (/\p{Ll}/u.test(before) && !raised.test(run))
  if (unprintable.test(run) && !punctuation.test(run)) return true
  return isOdd && !punctuation.test(run)
}
