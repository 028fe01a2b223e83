import { isDeepStrictEqual } from 'node:util'
import { jsonSerializer } from 'keyv'

/**
 * What stands in a row: the value as Keyv wraps it, so that rows written by a commit and by Keyv are the same.
 * Throws a TypeError for a value that JSON can't hold.
 */
export function wrap(value: unknown): string {
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`a value must be something that JSON can hold, not ${typeof value}`)
  return jsonSerializer.stringify({ value })
}

/** The value in a row; throws where Keyv by itself would answer undefined, as if nothing were there. */
export function unwrap(text: string): unknown {
  return envelopes.parse<{ readonly value: unknown }>(text).value
}

/** Whether a stored value is the expected one. Both are compared as JSON, so the order of fields does not matter. */
export function isStored(expected: unknown, row: string | undefined): boolean {
  if (row === undefined || expected === undefined) return row === expected
  return isDeepStrictEqual(unwrap(wrap(expected)), unwrap(row))
}

/** Keyv's own JSON, strict in reading. */
export const envelopes = {
  stringify: (envelope: unknown): string => jsonSerializer.stringify(envelope),
  parse<T>(text: string): T {
    const envelope = jsonSerializer.parse<T>(text)
    if (typeof envelope !== 'object' || envelope === null || !('value' in envelope))
      throw new SyntaxError('the stored text is not a value that Paperboy wrote')
    return envelope
  },
}
