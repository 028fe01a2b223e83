import type { z } from 'zod'

/** Given to `safeParse` as `{ error: inPlainWords }`: what is wrong with a value, to be read after the name of its field. */
export function inPlainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; ${kindNamed(issue.expected)} is expected`
        : `is ${kindOf(issue.input)} where ${kindNamed(issue.expected)} is expected`
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`
    case 'invalid_union': {
      const { options } = issue
      return Array.isArray(options) ? `is none of ${options.map(String).join(', ')}` : 'is not of a known form'
    }
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'is empty' : 'is too small a number'
    case 'unrecognized_keys':
      return `has a field that is not known: ${issue.keys.join(', ')}`
    default:
      return 'is not as expected'
  }
}

/**
 * The first thing that is wrong, with its place: `authors, entry 2, name is missing; a text is expected`. Of the forms that a
 * value may have, the one that got furthest is the one that was meant. `whole` names the value itself.
 */
export function firstWrong(error: z.core.$ZodError, whole: string): string {
  return wrongIn(error.issues, whole, [])
}

function wrongIn([issue]: readonly z.core.$ZodIssue[], whole: string, above: readonly PropertyKey[]): string {
  if (issue === undefined) return `${whole} is not as expected`
  const path = [...above, ...issue.path]
  const depth = (issues: readonly z.core.$ZodIssue[]) => issues[0]?.path.length ?? 0
  const [meant] = issue.code === 'invalid_union' ? issue.errors.toSorted((a, b) => depth(b) - depth(a)) : []
  return meant === undefined ? `${placeOf(path, whole)} ${issue.message}` : wrongIn(meant, whole, path)
}

/** Entries are counted from 1, as people count. */
function placeOf(path: readonly PropertyKey[], whole: string): string {
  return path.length === 0
    ? whole
    : path.map((step) => (typeof step === 'number' ? `entry ${step + 1}` : `“${String(step)}”`)).join(', ')
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function kindNamed(expected: string): string {
  return KINDS[expected] ?? expected
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  return kindNamed(Array.isArray(value) ? 'array' : typeof value)
}
