import type { Author, Paper } from './paper.ts'

/** A paper as every citation format sees it. */
export interface CitedWork {
  /** Unique among the works cited together, the same each time: `kaplan2025forecasting`. */
  readonly key: string
  readonly title: string
  readonly abstract: string
  readonly authors: readonly CitedName[]
  /** `YYYY`, `YYYY-MM-DD`, or empty where no day is known. */
  readonly day: string
  readonly year: string
  /** Without resolver, in the author's case. */
  readonly doi?: string
  /** arXiv's identifier without `arxiv:`. */
  readonly eprint?: string
  readonly categories: readonly string[]
  readonly url: string
  readonly journalRef?: string
}

/** A name in parts; one that is no person's has a family name only. */
export interface CitedName {
  readonly given: string
  readonly family: string
  readonly suffix: string
  readonly literal: boolean
}

/** The works that papers cite as, each once, with keys that differ by `a`, `b` where they would clash. */
export function citedWorks(papers: readonly Paper[]): readonly CitedWork[] {
  const taken = new Set<string>()
  return [...new Map(papers.map((paper) => [paper.id, paper])).values()].map((paper) => {
    const work = citedWork(paper)
    const key = firstFree(work.key, taken)
    taken.add(key)
    return { ...work, key }
  })
}

function citedWork(paper: Paper): CitedWork {
  const authors = paper.authors.map(citedName)
  const day = /^\d{4}(?:-\d{2}-\d{2})?/.exec(paper.published)?.[0] ?? ''
  const year = day.slice(0, 4)
  const eprint = [paper.id, ...paper.aliases].find((id) => id.startsWith('arxiv:'))?.slice('arxiv:'.length)
  const doi = paper.links.doi?.replace(/^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)/i, '')
  return {
    key: `${folded(authors[0]?.family ?? '') || 'anonymous'}${year}${firstWord(paper.title)}`,
    title: oneLine(paper.title),
    abstract: oneLine(paper.abstract),
    authors,
    day,
    year,
    ...(doi === undefined ? {} : { doi: oneLine(doi) }),
    ...(eprint === undefined ? {} : { eprint }),
    categories: paper.categories,
    url: paper.links.abstract,
    ...(paper.journalRef === undefined ? {} : { journalRef: oneLine(paper.journalRef) }),
  }
}

const collective = /(?:\b(?:collaboration|consortium|team|group|project|committee)\b|(?:^|[\s-])AI$)/i
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i

/** Without parts from the source the last word is the family name, with what is written small before it: citation styles then do the rest. */
function citedName(author: Author): CitedName {
  const name = oneLine(author.name)
  const person = (given: string, family: string, ending: string) => ({ given, family, suffix: ending, literal: false })
  if (author.family !== undefined)
    return person(oneLine(author.given ?? ''), oneLine(author.family), author.suffix ?? '')
  if (collective.test(name)) return { given: '', family: name, suffix: '', literal: true }
  const [beforeComma = '', afterComma = '', ending = ''] = name.split(/, ?/)
  if (afterComma !== '' && !suffix.test(afterComma)) return person(afterComma, beforeComma, ending)
  const words = beforeComma.split(' ')
  const last = words.length > 2 && suffix.test(words.at(-1) ?? '') ? (words.pop() ?? '') : afterComma
  let start = words.length - 1
  while (start > 1 && /^\p{Ll}/u.test(words[start - 1] ?? '')) start--
  return person(words.slice(0, start).join(' '), words.slice(start).join(' '), last)
}

const unheeded = new Set(
  'a an and are as at by can do does for from how in into is it of on or the to towards toward via what when where which who why with'.split(
    ' ',
  ),
)

function firstWord(title: string): string {
  const words = title.split(/[^\p{L}\p{N}]+/u).map(folded)
  return words.find((word) => word !== '' && !unheeded.has(word)) ?? ''
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(
      /[łøßæœđðþı]/g,
      (letter) => ({ ł: 'l', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th' })[letter] ?? 'i',
    )
    .replace(/[^a-z0-9]/g, '')
}

function firstFree(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key
  for (let n = 0; ; n++) {
    const candidate = key + lettered(n)
    if (!taken.has(candidate)) return candidate
  }
}

/** a, b, … z, aa, ab, … */
function lettered(n: number): string {
  const letter = String.fromCharCode('a'.charCodeAt(0) + (n % 26))
  return n < 26 ? letter : lettered(Math.floor(n / 26) - 1) + letter
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}
