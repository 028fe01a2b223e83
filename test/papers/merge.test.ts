import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeBetween, fingerprint, mergePapers, type RankedPaper, textRank } from '../../src/papers/merge.ts'
import type { Author, Paper, PaperId } from '../../src/papers/paper.ts'
import { aPaper } from '../support/builders.ts'

const fromApi = (paper: Paper): RankedPaper => ({ paper, rank: textRank('arxiv-api') })
const fromOai = (paper: Paper): RankedPaper => ({ paper, rank: textRank('arxiv-oai') })
const fromRss = (paper: Paper): RankedPaper => ({ paper, rank: textRank('arxiv-rss') })

describe('two records of one work become one paper', () => {
  test('text of one revision comes from the API before OAI before RSS, whichever came first', () => {
    const api = fromApi(aPaper({ title: 'By the API' }))
    const oai = fromOai(aPaper({ title: 'By OAI' }))
    const rss = fromRss(aPaper({ title: 'By RSS' }))
    expect(mergePapers(mergePapers(rss, oai), api).paper.title).toBe('By the API')
    expect(mergePapers(mergePapers(api, oai), rss).paper.title).toBe('By the API')
    expect(mergePapers(rss, oai).paper.title).toBe('By OAI')
    expect(mergePapers(oai, rss).paper.title).toBe('By OAI')
  })

  test('a revised title shows although it came through a weaker door', () => {
    const api = fromApi(aPaper({ title: 'As submitted', version: 1 }))
    expect(mergePapers(api, fromRss(aPaper({ title: 'As revised', version: 2 }))).paper.title).toBe('As revised')
    const merged = mergePapers(api, fromOai(aPaper({ title: 'As revised', updated: '2025-09-10' })))
    expect(merged.paper).toMatchObject({ title: 'As revised', version: 1, updated: '2025-09-10' })
  })

  test('a link to one version goes to the version that the paper has', () => {
    const links = { abstract: 'https://arxiv.org/abs/2509.00001', html: 'https://arxiv.org/html/2509.00001v1' }
    const api = fromApi(aPaper({ version: 1, links }))
    const { paper } = mergePapers(api, fromRss(aPaper({ version: 2 })))
    expect(paper.links.html).toBe('https://arxiv.org/html/2509.00001v2')
  })

  test('a late answer about an older version does not bring its text back', () => {
    const known = fromRss(aPaper({ title: 'As revised', version: 3, updated: '2025-09-10' }))
    const merged = mergePapers(known, fromApi(aPaper({ title: 'As submitted', version: 1 })))
    expect(merged.paper).toMatchObject({ title: 'As revised', version: 3, updated: '2025-09-10' })
  })

  test('the announcement day of the feed does not make its text newer than the same version by the API', () => {
    const known = fromApi(aPaper({ title: 'By the API', version: 2, updated: '2025-09-09T12:00:00Z' }))
    expect(
      mergePapers(known, fromRss(aPaper({ title: 'By RSS', version: 2, updated: '2025-09-10' }))).paper.title,
    ).toBe('By the API')
  })

  test('an OAI revision seen before its version is known is not undone by an answer of the old version', () => {
    const first = fromApi(aPaper({ title: 'Old', version: 2, updated: '2025-09-05T10:00:00Z' }))
    const revised = mergePapers(first, fromOai(aPaper({ title: 'New', updated: '2025-09-10' })))
    expect(mergePapers(revised, first).paper.title).toBe('New')
    expect(
      mergePapers(revised, fromApi(aPaper({ title: 'New, by the API', version: 3, updated: '2025-09-10T09:00:00Z' })))
        .paper,
    ).toMatchObject({
      title: 'New, by the API',
      version: 3,
    })
  })

  test('names in parts come from OAI, the spelling from the better text', () => {
    const api = fromApi(aPaper({ authors: [{ name: 'Laurens van der Maaten' }, { name: 'G. Hinton' }] }))
    const oai = fromOai(
      aPaper({
        authors: [
          { name: 'Laurens van der Maaten', given: 'Laurens', family: 'van der Maaten', affiliation: 'Delft' },
          { name: 'Geoffrey Hinton', given: 'Geoffrey', family: 'Hinton' },
        ],
      }),
    )
    expect(mergePapers(oai, api).paper.authors).toEqual([
      { name: 'Laurens van der Maaten', given: 'Laurens', family: 'van der Maaten', affiliation: 'Delft' },
      { name: 'G. Hinton' },
    ])
  })

  test('two authors of one name lend each other nothing', () => {
    const api = fromApi(aPaper({ authors: [{ name: 'Wei Wang' }, { name: 'Wei Wang' }] }))
    const oai = fromOai(
      aPaper({
        authors: [
          { name: 'Wei Wang', ids: { orcid: '1' } },
          { name: 'Wei Wang', ids: { orcid: '2' } },
        ],
      }),
    )
    expect(mergePapers(oai, api).paper.authors).toEqual([{ name: 'Wei Wang' }, { name: 'Wei Wang' }])
  })

  test('dates are as precise as any source knew them', () => {
    const oai = fromOai(aPaper({ published: '2025-09-01', updated: '2025-09-03' }))
    const api = fromApi(aPaper({ published: '2025-09-01T17:59:01Z', updated: '2025-09-03T08:00:00Z' }))
    for (const { paper } of [mergePapers(oai, api), mergePapers(api, oai)]) {
      expect(paper).toMatchObject({ published: '2025-09-01T17:59:01Z', updated: '2025-09-03T08:00:00Z' })
    }
  })

  test('the id stays, other ids become aliases', () => {
    const known = fromOai(aPaper({ id: 'arxiv:2509.00001' }))
    const learnt = fromApi(aPaper({ id: 'doi:10.1000/x', aliases: ['arxiv:2509.00001' as PaperId, 's2:9' as PaperId] }))
    expect(mergePapers(known, learnt).paper).toMatchObject({
      id: 'arxiv:2509.00001',
      aliases: ['doi:10.1000/x', 's2:9'],
    })
  })

  test('a venue that was imported with a paper stays', () => {
    const imported = { paper: aPaper({ venue: 'arXiv.org Artificial Intelligence' }), rank: 0 }
    expect(mergePapers(imported, fromApi(aPaper())).paper.venue).toBe('arXiv.org Artificial Intelligence')
  })
})

describe('whatever two records hold', () => {
  const text = fc.constantFrom('', 'A', 'B')
  const day = fc.constantFrom(
    '2025-09-01',
    '2025-09-02',
    '2025-09-02T10:00:00Z',
    '2025-09-02T11:00:00Z',
    '2025-09-03T00:00:00Z',
  )
  const author: fc.Arbitrary<Author> = fc.record(
    {
      name: fc.constantFrom('Ada Lovelace', 'Lovelace, Ada', 'A. Lovelace'),
      given: fc.constant('Ada'),
      family: fc.constant('Lovelace'),
      affiliation: fc.constant('X'),
    },
    { requiredKeys: ['name'] },
  )
  const paper: fc.Arbitrary<Paper> = fc.record(
    {
      id: fc.constantFrom('arxiv:2509.00001' as PaperId, 'doi:10.1/a' as PaperId),
      aliases: fc.constantFrom([], ['s2:1' as PaperId]),
      version: fc.integer({ min: 1, max: 3 }),
      title: text,
      abstract: text,
      authors: fc.array(author, { maxLength: 3 }),
      categories: fc.constantFrom([], ['cs.LG'], ['cs.AI', 'cs.LG']),
      venue: text,
      published: day,
      updated: day,
      announced: fc.constantFrom('2025-09-01', '2025-09-02'),
      links: fc.record({ abstract: text, doi: fc.constant('10.1/a') }, { requiredKeys: ['abstract'] }),
      comment: text,
      journalRef: text,
      withdrawn: fc.boolean(),
    },
    {
      requiredKeys: [
        'id',
        'aliases',
        'title',
        'abstract',
        'authors',
        'categories',
        'venue',
        'published',
        'updated',
        'links',
      ],
    },
  )
  const ranked = fc.record({ paper, rank: fc.integer({ min: 0, max: 3 }) })

  test('merging again changes nothing', () => {
    fc.assert(
      fc.property(ranked, ranked, (known, learnt) => {
        const once = mergePapers(known, learnt)
        expect(mergePapers(once, learnt)).toEqual(once)
        expect(mergePapers(once, once)).toEqual(once)
      }),
      { numRuns: 3000 },
    )
  })

  test('the version never falls', () => {
    fc.assert(
      fc.property(ranked, ranked, (known, learnt) => {
        const { version = 0 } = mergePapers(known, learnt).paper
        expect(version).toBe(Math.max(known.paper.version ?? 0, learnt.paper.version ?? 0))
      }),
    )
  })

  test('what is absent never overwrites what is present', () => {
    const empty = (value: unknown) =>
      value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    fc.assert(
      fc.property(ranked, ranked, (known, learnt) => {
        const merged = mergePapers(known, learnt).paper
        for (const record of [known.paper, learnt.paper]) {
          for (const [field, value] of Object.entries(record)) {
            if (!empty(value))
              expect([field, empty(Object.entries(merged).find(([name]) => name === field)?.[1])]).toEqual([
                field,
                false,
              ])
          }
          expect(merged.links.doi).toBe(known.paper.links.doi ?? learnt.paper.links.doi)
        }
      }),
    )
  })
})

describe('what a newer record teaches', () => {
  test('a risen version is a revision, the same or a lower one is none', () => {
    expect(changeBetween(aPaper({ version: 1 }), aPaper({ version: 2 }))).toEqual(['revised'])
    expect(changeBetween(aPaper({ version: 2, title: 'A' }), aPaper({ version: 2, title: 'B' }))).toEqual([])
    expect(changeBetween(aPaper({ version: 2 }), aPaper({ version: 1, title: 'B' }))).toEqual([])
  })

  test('without a version a later day counts only with another text, and a datestamp alone never', () => {
    const known = aPaper({ version: 1 })
    expect(changeBetween(known, aPaper({ updated: '2025-09-09' }))).toEqual([])
    expect(changeBetween(known, aPaper({ title: 'Another' }))).toEqual([])
    expect(changeBetween(known, aPaper({ updated: '2025-09-09', title: 'Another' }))).toEqual(['revised'])
    expect(changeBetween(aPaper(), aPaper({ version: 1, updated: '2025-09-09', title: 'Another' }))).toEqual([])
  })

  test('withdrawal, publication and a further category are told once each', () => {
    const known = aPaper()
    const learnt = aPaper({
      withdrawn: true,
      journalRef: 'J. Tests 1 (2025)',
      categories: ['cs.LG', 'cs.AI'],
      links: { abstract: 'https://arxiv.org/abs/2509.00001', doi: '10.1/a' },
    })
    expect(changeBetween(known, learnt)).toEqual(['withdrawn', 'published', 'crosslisted'])
    expect(changeBetween(learnt, learnt)).toEqual([])
    expect(changeBetween(learnt, known)).toEqual([])
  })
})

test('the fingerprint sees title, abstract and byline, and nothing else', () => {
  const paper = aPaper()
  expect(fingerprint(paper)).toMatch(/^[0-9a-f]{64}$/)
  expect(
    fingerprint(
      aPaper({ version: 2, updated: '2026-01-01', categories: ['cs.AI'], title: 'Sparse  features\nof small models' }),
    ),
  ).toBe(fingerprint(paper))
  expect(fingerprint(aPaper({ title: 'X' }))).not.toBe(fingerprint(paper))
  expect(fingerprint(aPaper({ abstract: 'X' }))).not.toBe(fingerprint(paper))
  expect(fingerprint(aPaper({ authors: [] }))).not.toBe(fingerprint(paper))
})
