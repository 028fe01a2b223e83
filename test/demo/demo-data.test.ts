import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const DAYS = ['09', '10', '11', '12', '15', '16', '17', '18', '19', '22'].map((day) => `2025-09-${day}`)
const day = z.iso.date()
const person = z.strictObject({
  keyname: z.string().min(1),
  forenames: z.string().min(1).optional(),
  suffix: z.string().optional(),
})
const announcement = z.strictObject({
  id: z.string().regex(/^\d{4}\.\d{5}$/),
  version: z.int().positive(),
  title: z.string().min(1),
  authors: z.array(person).min(1),
  categories: z.array(z.string().regex(/^[a-z-]+(\.[A-Za-z-]+)?$/)).min(1),
  created: day,
  updated: day.optional(),
  announced: day.optional(),
  announce: z.enum(['new', 'cross', 'replace']),
  comments: z.string().min(1).optional(),
  journalRef: z.string().optional(),
  doi: z.string().optional(),
  abstract: z.string(),
})
const follow = z.strictObject({
  channel: z.literal('web:demo/papers'),
  follows: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('author'),
      profile: z.strictObject({
        name: z.string(),
        papers: z.array(z.string()).optional(),
        coauthors: z.record(z.string(), z.int()).optional(),
      }),
    }),
    z.strictObject({ kind: z.literal('query'), query: z.string() }),
    z.strictObject({ kind: z.literal('category'), category: z.string() }),
  ]),
})
type Announced = z.infer<typeof announcement>

const papers = linesOf('demo/papers.ndjson').map((line) => announcement.parse(line))
const follows = linesOf('demo/follows.ndjson').map((line) => follow.parse(line).follows)
const history = papers.filter((paper) => paper.announced === undefined)
const followed = follows.flatMap((one) => (one.kind === 'author' ? [one.profile.name] : []))

describe("the demo's papers", () => {
  test('no version of a paper stands twice', () => {
    const keys = papers.map((paper) => `${paper.id}v${paper.version}`)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('ten announcement days follow each other, a dozen papers or more on each', () => {
    expect([...new Set(papers.flatMap((paper) => paper.announced ?? []))]).toEqual(DAYS)
    for (const date of DAYS) expect(onDay(date).length, date).toBeGreaterThanOrEqual(12)
    expect(history.length).toBe(35)
  })

  test("a new paper's number is above all that were announced or known before", () => {
    for (const date of DAYS) {
      const before = papers.filter((paper) => (paper.announced ?? '') < date).map((paper) => paper.id)
      const highest = before.sort().at(-1) ?? ''
      const numbers = onDay(date).flatMap((paper) => (paper.announce === 'new' ? [paper.id] : []))
      expect(numbers.filter((number) => number <= highest)).toEqual([])
      expect(numbers).toEqual(numbers.toSorted())
    }
  })

  test('a paper is submitted before it is listed, by at most four days when it is new', () => {
    for (const paper of papers) {
      if (paper.announced === undefined) continue
      const waited = (Date.parse(paper.announced) - Date.parse(paper.updated ?? paper.created)) / 86_400_000
      expect(waited, paper.id).toBeGreaterThanOrEqual(1)
      if (paper.announce !== 'cross') expect(waited, paper.id).toBeLessThanOrEqual(4)
    }
  })

  test('one paper is cross-listed later and two are replaced by a second version', () => {
    expect(papers.filter((paper) => paper.announce === 'cross').map((paper) => paper.id)).toEqual(['2508.12176'])
    const replaced = papers.filter((paper) => paper.announce === 'replace')
    expect(replaced.map((paper) => `${paper.id}v${paper.version}`)).toEqual(['2509.06870v2', '2509.08825v2'])
    for (const later of replaced) {
      const first = papers.find((paper) => paper.id === later.id && paper.version === 1)
      expect(DAYS.indexOf(first?.announced ?? '')).toBeLessThan(DAYS.indexOf(later.announced ?? ''))
    }
  })

  test('an abstract has two to four sentences', () => {
    const odd = papers.filter((paper) => ![2, 3, 4].includes(sentences(paper.abstract)))
    expect(odd.map((paper) => `${paper.id}: ${paper.abstract}`)).toEqual([])
  })

  test('LaTeX, markup characters, accents, single names, suffixes and bylines of a hundred are among them', () => {
    const people = papers.flatMap((paper) => paper.authors)
    expect(papers.some((paper) => /\$.+\$/.test(paper.title))).toBe(true)
    expect(papers.some((paper) => paper.title.startsWith('<think>'))).toBe(true)
    expect(papers.some((paper) => paper.title.includes(' & '))).toBe(true)
    expect(people.some((one) => one.forenames === undefined)).toBe(true)
    expect(people).toContainEqual({ keyname: 'Daumé', forenames: 'Hal', suffix: 'III' })
    expect(people).toContainEqual({ keyname: 'van der Plas', forenames: 'Lonneke' })
    expect(papers.filter((paper) => paper.authors.length >= 100).length).toBeGreaterThanOrEqual(3)
  })

  test("Jared Kaplan's ten are history, the last revised first as on his author page", () => {
    const his = papers.filter((paper) => names(paper).includes('Jared Kaplan'))
    expect(his.every((paper) => paper.announced === undefined)).toBe(true)
    const newestFirst = his.toSorted((a, b) => (revised(a) < revised(b) ? 1 : -1))
    expect(newestFirst.map((paper) => paper.id)).toEqual([
      '2502.16797',
      '2503.04761',
      '2501.18837',
      '2412.14093',
      '2412.13678',
      '2410.21514',
      '2406.10162',
      '2306.16388',
      '2401.05566',
      '2312.03689',
    ])
    expect(new Set(his.map(revised)).size).toBe(10)
  })

  test('a search for constitutional classifiers has one best hit', () => {
    const hits = papers.filter((paper) => /constitutional classifiers/i.test(paper.title))
    expect(hits.map((paper) => paper.id)).toEqual(['2501.18837'])
  })
})

describe('what the demo channel follows', () => {
  test('two papers or more a day are by people followed, by the name in the byline', () => {
    for (const date of DAYS) expect(news(date).filter(isByFollowed).length, date).toBeGreaterThanOrEqual(2)
  })

  test('a day brings three to eight papers', () => {
    for (const date of DAYS) {
      const matching = news(date).filter((paper) => isByFollowed(paper) || isBroadlyFollowed(paper))
      expect(matching.length, date).toBeGreaterThanOrEqual(3)
      expect(matching.length, date).toBeLessThanOrEqual(8)
    }
  })

  test('what is said of somebody followed is what their older papers say', () => {
    for (const one of follows) {
      if (one.kind !== 'author' || one.profile.papers === undefined) continue
      const { name, papers: known, coauthors = {} } = one.profile
      const theirs = history.filter((paper) => known.includes(`arxiv:${paper.id}`))
      expect(theirs.length).toBe(known.length)
      expect(theirs.filter((paper) => !names(paper).includes(name))).toEqual([])
      const wrote = theirs.flatMap(names).filter((each) => each !== name)
      expect(wrote.toSorted()).toEqual(
        Object.entries(coauthors)
          .flatMap(([each, n]) => Array(n).fill(each))
          .toSorted(),
      )
    }
  })

  test('nobody is followed without a paper, and neither Jared Kaplan nor Ethan Perez is', () => {
    const announced = new Set(papers.filter((paper) => paper.announced !== undefined).flatMap(names))
    expect(followed.filter((name) => !announced.has(name))).toEqual([])
    expect(followed).not.toContain('Jared Kaplan')
    expect(followed).not.toContain('Ethan Perez')
    expect(history.filter((paper) => names(paper).includes('Ethan Perez')).length).toBe(6)
  })
})

const RECORDED = '../shared/data'
describe.skipIf(!existsSync(RECORDED))('beside recorded metadata (skipped where there is none)', () => {
  test('titles, bylines and categories are as recorded, and no abstract shares eight words in a row', () => {
    const recorded = recordedPapers()
    for (const paper of papers) {
      const real = recorded.get(paper.id)
      if (!real) throw new Error(`${paper.id} is not recorded`)
      expect(paper.title).toBe(folded(real.title))
      expect(names(paper)).toEqual(real.authors.map(folded))
      if (real.primary) expect(paper.categories[0]).toBe(real.primary)
      const runs = new Set(runsOfEight(real.abstract))
      expect(
        runsOfEight(paper.abstract).filter((run) => runs.has(run)),
        paper.id,
      ).toEqual([])
    }
  })
})

function onDay(date: string): readonly Announced[] {
  return papers.filter((paper) => paper.announced === date)
}

/** What may become a digest's item: new papers and cross-lists. */
function news(date: string): readonly Announced[] {
  return onDay(date).filter((paper) => paper.announce !== 'replace')
}

function isByFollowed(paper: Announced): boolean {
  return names(paper).some((name) => followed.includes(name))
}

/** Matches the one query and the one category of follows.ndjson. */
function isBroadlyFollowed(paper: Announced): boolean {
  return follows.some((one) => {
    if (one.kind === 'category') return paper.categories.includes(one.category)
    if (one.kind === 'author') return false
    expect(one.query).toBe('cat:cs.CL title:"reasoning"')
    return paper.categories.includes('cs.CL') && /\breasoning\b/i.test(paper.title)
  })
}

function names(paper: Announced): readonly string[] {
  return paper.authors.map((one) => [one.forenames, one.keyname, one.suffix].filter(Boolean).join(' '))
}

function revised(paper: Announced): string {
  return paper.updated ?? paper.created
}

function sentences(text: string): number {
  return text.split(/[.?!](?=\s+\p{Lu}|$)/u).filter((part) => part.trim() !== '').length
}

function runsOfEight(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.slice(7).map((_, index) => words.slice(index, index + 8).join(' '))
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function linesOf(file: string): readonly unknown[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

interface Recorded {
  readonly title: string
  readonly authors: readonly string[]
  readonly primary?: string | null
  readonly abstract: string
}

function recordedPapers(): ReadonlyMap<string, Recorded> {
  const row = z.object({
    id: z.string(),
    title: z.string(),
    authors: z.array(z.string()),
    categories: z.array(z.string()),
    summary: z.string(),
  })
  const found = new Map<string, Recorded>()
  for (const file of readdirSync(`${RECORDED}/arxiv-days`).filter((name) => name <= '2025-09-23')) {
    for (const line of gunzipSync(readFileSync(`${RECORDED}/arxiv-days/${file}`))
      .toString()
      .split('\n')) {
      if (line === '') continue
      const { id, title, authors, categories, summary } = row.parse(JSON.parse(line))
      found.set(id, { title, authors, primary: categories[0] ?? null, abstract: summary })
    }
  }
  const page = z.object({
    papers: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        authors: z.array(z.string()),
        primaryCategory: z.string().nullable(),
        abstract: z.string(),
      }),
    ),
  })
  const author = page.parse(JSON.parse(readFileSync(`${RECORDED}/author-page/kaplan-jared.json`, 'utf8')))
  for (const { id, title, authors, primaryCategory, abstract } of author.papers) {
    found.set(id, { title, authors, primary: primaryCategory, abstract })
  }
  return found
}
