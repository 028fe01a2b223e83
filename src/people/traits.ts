import type { Author, Paper } from '../papers/paper.ts'
import { subjectWords } from './paper-words.ts'
import { rarity, yearOf } from './signals.ts'

const mostWords = 150
// More common words are in the papers of everybody.
const leastRarity = 1

/** The words that tell their papers from others', with the number of papers that use each; at most 150. */
export function wordsOfPapers(papers: readonly Paper[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const paper of papers) {
    for (const word of subjectWords(paper)) if (isTelling(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const weight = ([word, count]: readonly [string, number]) => count * rarity(word)
  return Object.fromEntries([...counts].sort((a, b) => weight(b) - weight(a)).slice(0, mostWords))
}

/** Years of the first and the last of the papers; undefined without any. */
export function yearsOfPapers(papers: readonly Paper[]): readonly [first: number, last: number] | undefined {
  const years = papers.flatMap((paper) => yearOf(paper) ?? [])
  return years.length === 0 ? undefined : [Math.min(...years), Math.max(...years)]
}

/** True for a word that is not in the papers of everybody. */
export function isTelling(word: string): boolean {
  return rarity(word) > leastRarity
}

/** Affiliations that the bylines give, each once. */
export function affiliationsOf(authors: readonly Author[]): readonly string[] {
  return [...new Set(authors.flatMap(({ affiliation }) => affiliation ?? []))]
}
