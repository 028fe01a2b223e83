import { distance } from 'fastest-levenshtein'
import { knownCategory, parseFollow } from '../src/following/follow-text.ts'
import { categories } from '../src/papers/venue.ts'

const ANY = 'author:"Jared Kaplan"'

/**
 * What to write after `subscribe` instead of a line that can't be followed: that line with its fault mended, where that
 * can be told from it, and one that works else.
 */
export function subscribeExample(typed: string): string {
  const line = typed.replace(/\s+/gu, ' ').trim()
  if (line.length > LONGEST) return ANY
  const mended = [closed(line), withKnownValues(line), withoutPosition(line), withoutOperators(line)]
  const works = (each: string | undefined): each is string =>
    each !== undefined && each !== line && parseFollow(each).kind === 'follow'
  return mended.find(works) ?? [personOf(line)].find(works) ?? ANY
}

/** Words of letters alone, written as a person is: `author:"Ada Lovelace"`. */
export function personOf(typed: string): string | undefined {
  const name = typed
    .replace(/^(?:author|au|name|by):/iu, '')
    .replace(/["“”()]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return NAME.test(name) ? `author:"${name}"` : undefined
}

/** A line longer than this is no example any more. */
const LONGEST = 200
const NAME = /^\p{L}[\p{L}\p{M}'’.-]*(?: [\p{L}][\p{L}\p{M}'’.-]*){0,5}$/u
/** Slips in which a code is still known. */
const SLIPS = 2

function closed(line: string): string | undefined {
  return line.split('"').length % 2 === 0 ? `${line}"` : undefined
}

/** Categories and positions that don't exist as the nearest that do. */
function withKnownValues(line: string): string {
  return line.replace(
    /(^|\s)(only|cat|position):"?([^\s"]*)"?/giu,
    (_whole, before: string, key: string, value: string) => {
      const isPlace = /^(?:first|last)$/iu.test(value)
      if (key.toLowerCase() === 'position') return `${before}position:${isPlace ? value : 'first'}`
      if (isPlace) return `${before}position:${value}`
      return `${before}${key}:${knownCategory(value) ?? nearCategory(value) ?? 'cs.LG'}`
    },
  )
}

function withoutPosition(line: string): string {
  return line.replace(/(?:^|\s)position:\S*/giu, '').trim()
}

function withoutOperators(line: string): string {
  return line.replace(/^(?:(?:OR|AND|NOT)\b\s*)+|(?:\s*\b(?:OR|AND|NOT))+$/gu, '').trim()
}

function nearCategory(code: string): string | undefined {
  const [near] = [...categories()]
    .map(([each]) => ({ code: each, slips: distance(each.toLowerCase(), code.toLowerCase()) }))
    .toSorted((a, b) => a.slips - b.slips)
  return near !== undefined && near.slips <= SLIPS && near.slips < code.length / 3 ? near.code : undefined
}
