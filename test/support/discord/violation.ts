/** Where in a payload: keys and indices from its root. */
export type Path = readonly (string | number)[]

/** A limit that a payload breaks. */
export interface LimitViolation {
  /** The limit's name, e.g. `displayed-text`. */
  readonly rule: string
  readonly path: Path
  /** Discord's code for it within a 50035 answer. */
  readonly code: string
  readonly message: string
  /** What the servers answer: 400, 500 where they break down, 200 where they take it and it is wrong all the same. */
  readonly status: 200 | 400 | 500
}

export function refused(rule: string, path: Path, code: string, message: string): LimitViolation {
  return { rule, path, code, message, status: 400 }
}

/** Taken by the servers, and never meant by us. */
export function unwanted(rule: string, path: Path, message: string): LimitViolation {
  return { rule, path, code: 'UNWANTED', message, status: 200 }
}

/** The text's length against its bounds; nothing when it is within, or no text at all. */
export function lengthOf(
  rule: string,
  path: Path,
  text: unknown,
  most: number,
  least = 0,
  needed = false,
): readonly LimitViolation[] {
  if (typeof text !== 'string') {
    if (text === undefined || text === null) {
      return needed ? [refused(rule, path, 'BASE_TYPE_REQUIRED', 'This field is required')] : []
    }
    return [refused(rule, path, 'STRING_TYPE_CONVERT', 'Could not interpret as string.')]
  }
  if (text.length >= least && text.length <= most) return []
  return least > 0
    ? [refused(rule, path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`)]
    : [refused(rule, path, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`)]
}

/** The number of things against its bounds. */
export function countOf(rule: string, path: Path, count: number, most: number, least = 0): readonly LimitViolation[] {
  if (count >= least && count <= most) return []
  return [refused(rule, path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`)]
}
