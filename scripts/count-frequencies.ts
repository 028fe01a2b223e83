import { writeFileSync } from 'node:fs'
import { corpus, papersOf } from '../bench/corpus.ts'
import { comparable } from '../src/people/comparable-name.ts'
import { subjectWords } from '../src/people/paper-words.ts'

// node scripts/count-frequencies.ts: counts the families, given names and words of the recorded listings and writes src/people/frequencies.ts.

const papers = papersOf(corpus())
const seen = new Set<string>()
const families = new Map<string, number>()
const givens = { pinyin: new Map<string, number>(), other: new Map<string, number>() }
const words = new Map<string, number>()
let [pinyin, other] = [0, 0]

for (const paper of papers) {
  for (const word of subjectWords(paper)) raise(words, word)
  for (const author of paper.authors) {
    const { person, exact, family, given } = comparable(author)
    if (!person || seen.has(exact)) continue
    seen.add(exact)
    raise(families, family.plain)
    if (family.pinyin !== '') pinyin++
    else other++
    const first = family.pinyin === '' ? given[0]?.plain : given.map((word) => word.plain).join('')
    if (first !== undefined) raise(family.pinyin === '' ? givens.other : givens.pinyin, first)
  }
}

const source = `// Written by scripts/count-frequencies.ts from ${papers.length} papers of arXiv's listings of cs.AI, cs.CL and cs.CV, September to November 2025.

/** How many papers, and how many names, each counted once, the counts below are of. */
export const countedPapers = ${papers.length}
export const countedNames = { pinyin: ${pinyin}, other: ${other} }

/** Families by the number of names, where at least 8 bear them. */
export const families = counts(\`
${table(families, 8)}
\`)

/** Given names beside a family that may be Mandarin; whole, where at least 5 bear them. */
export const givenBesidePinyin = counts(\`
${table(givens.pinyin, 5)}
\`)

/** First given names beside other families. */
export const givenBesideOther = counts(\`
${table(givens.other, 5)}
\`)

/** Words of titles and abstracts by the number of papers, where at least 110 use them. */
export const words = counts(\`
${table(words, 110)}
\`)

function counts(table: string): ReadonlyMap<string, number> {
  return new Map(
    table
      .trim()
      .split(/\\s+/)
      .map((entry) => {
        const [name = '', count = ''] = entry.split(':')
        return [name, Number(count)]
      }),
  )
}
`
writeFileSync(new URL('../src/people/frequencies.ts', import.meta.url), source)

function raise(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function table(counts: ReadonlyMap<string, number>, least: number): string {
  const entries = [...counts]
    .filter(([name, count]) => count >= least && /^[a-z0-9]+$/.test(name))
    .sort(([a, one], [b, another]) => another - one || (a < b ? -1 : 1))
    .map(([name, count]) => `${name}:${count}`)
  const lines: string[] = ['']
  for (const entry of entries) {
    const last = lines.length - 1
    if ((lines[last]?.length ?? 0) + entry.length > 140) lines.push(entry)
    else lines[last] = `${lines[last]} ${entry}`.trim()
  }
  return lines.join('\n')
}
