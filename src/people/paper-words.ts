import type { Paper } from '../papers/paper.ts'

const remembered = new WeakMap<Paper, ReadonlySet<string>>()

/** The words of a paper's title and abstract that may tell what it is about: plain letters and digits, plurals as singulars, each once. */
export function subjectWords(paper: Paper): ReadonlySet<string> {
  const known = remembered.get(paper)
  if (known !== undefined) return known
  const text = `${paper.title} ${paper.abstract}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = new Set((text.match(/[\p{L}\d]{3,}/gu) ?? []).map(singular))
  remembered.set(paper, words)
  return words
}

function singular(word: string): string {
  return word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}
