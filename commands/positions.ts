import type { Paper } from '../src/papers/paper.ts'
import { compareNames } from '../src/people/compare.ts'

/** The places in the byline where the name, or a form of it, stands. */
export function positionsOf(paper: Paper, name: string | undefined): readonly number[] {
  if (name === undefined) return []
  return paper.authors.flatMap((each, position) => (compareNames(each.name, name) === 'different' ? [] : [position]))
}
