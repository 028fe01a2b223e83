import type { Reason } from '../store/records.ts'

/** With whom somebody writes here again, of the evidence for a reason. */
export function companionsOf({ evidence }: Pick<Reason, 'evidence'>): readonly string[] {
  return evidence.filter((each) => each.startsWith('with ')).map((each) => each.slice('with '.length))
}

/**
 * Why a paper of many is here, in as few characters as `room` asks for, the shortest where none is short enough.
 * @example ['By Ada Lovelace, Wei Wang (by name)'] ['By Ada Lovelace, again with Ben Okri +1', 'In cs.LG'] ['By Ada Lovelace +1 (by name)']
 */
export function briefReasons(reasons: readonly Reason[], room: number): readonly string[] {
  const fits = (lines: readonly string[]) => lines.join(' · ').length <= room
  const wordings = [withCompanions(reasons), grouped(reasons, Number.POSITIVE_INFINITY), grouped(reasons, 1)]
  const short = wordings.find(fits)
  if (short !== undefined) return short
  const ofFirst = (longest: number): readonly string[] => {
    const [first, ...others] = grouped(reasons, 1, longest)
    return first === undefined ? [] : [others.length === 0 ? first : `${first} · +${others.length}`]
  }
  const cuts = [Number.POSITIVE_INFINITY, 24, 20, 16, 12].map(ofFirst)
  return cuts.find(fits) ?? ofFirst(SHORTEST_NAME)
}

/** Whose name is cut stands in the byline, whole and strong. */
const SHORTEST_NAME = 8

/** An author who alone stands for a paper has room for whom they write with here again. */
function withCompanions(reasons: readonly Reason[]): readonly string[] {
  const lines = grouped(reasons, Number.POSITIVE_INFINITY)
  const authors = reasons.filter(({ kind }) => kind === 'author')
  const [companion, ...others] = authors.length === 1 ? authors.flatMap(companionsOf) : []
  if (companion === undefined) return lines
  const again = `again with ${companion}${others.length === 0 ? '' : ` +${others.length}`}`
  return lines.map((line, at) => (at === 0 ? `${line}, ${again}` : line))
}

/** Those of one kind and sureness in one line, with at most so many names, none longer than `longest`. */
function grouped(reasons: readonly Reason[], most: number, longest = Number.POSITIVE_INFINITY): readonly string[] {
  const groups = Map.groupBy(
    reasons.toSorted((a, b) => Number(b.kind === 'author') - Number(a.kind === 'author')),
    wordsOf,
  )
  return [...groups].map(([[before, after], each]) => {
    const labels = [...new Set(each.map(({ label }) => label))]
    const more = labels.length > most ? ` +${labels.length - most}` : ''
    return `${before} ${labels
      .slice(0, most)
      .map((label) => cut(label, longest))
      .join(', ')}${more}${after}`
  })
}

type Words = readonly [before: string, after: string]

const SURE: Words = ['By', '']
const BY_NAME: Words = ['By', ' (by name)']
const PERHAPS: Words = ['Perhaps by', '']
const QUERY: Words = ['Matches', '']
const CATEGORY: Words = ['In', '']

function wordsOf(reason: Reason): Words {
  if (reason.kind !== 'author') return reason.kind === 'query' ? QUERY : CATEGORY
  if (reason.confidence === 'possible') return PERHAPS
  return reason.confidence === 'likely' && companionsOf(reason).length === 0 ? BY_NAME : SURE
}

function cut(label: string, longest: number): string {
  return label.length <= longest
    ? label
    : `${label
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`
}
