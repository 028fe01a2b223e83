import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Query } from '../../src/catalog/query.ts'
import { parseQuery, queryMatches } from '../../src/catalog/query.ts'
import { aPaper } from '../support/builders.ts'
import { anyPaper, anyQuery } from '../support/query-arbitraries.ts'
import type { CatalogUnderTest } from './catalog.ts'
import { announced, foundIn, history, nothing } from './catalog-records.ts'

/** The part of the promises that is about searching; `current` is the catalogue of the running test, `open` makes another. */
export function describeSearching(current: () => Catalog, open: () => Promise<CatalogUnderTest>): void {
  let catalog: Catalog
  beforeEach(() => {
    catalog = current()
  })

  const found = (text: string) => foundIn(catalog, text)

  describe('searching', () => {
    it('finds new words after a revision, and no longer the old ones', async () => {
      await catalog.upsert('arxiv', [announced(aPaper({ title: 'Wombats', version: 1 }))])
      await catalog.upsert('arxiv', [
        announced(aPaper({ title: 'Koalas', version: 2, authors: [{ name: 'Grace Hopper' }] })),
      ])
      expect(await found('koalas')).toHaveLength(1)
      expect(await found('wombats')).toEqual([])
      expect(await found('author:"Grace Hopper"')).toHaveLength(1)
      expect(await found('author:"Ada Lovelace"')).toEqual([])
    })

    it('puts a hit in the title before one in the byline, and that before one in the abstract', async () => {
      const filler = Array.from({ length: 12 }, (_, n) => aPaper({ id: `arxiv:1${n}`, title: `Other things ${n}` }))
      const papers = [
        aPaper({ id: 'arxiv:1', abstract: 'About a wombat, among many other animals that we have seen.' }),
        aPaper({ id: 'arxiv:2', title: 'On the wombat and its friends' }),
        aPaper({ id: 'arxiv:3', authors: [{ name: 'Ada Wombat' }] }),
      ]
      await catalog.upsert(
        'arxiv',
        [...papers, ...filler].map((paper) => announced(paper)),
      )
      expect(await found('wombat')).toEqual(['arxiv:2', 'arxiv:3', 'arxiv:1'])
    })

    it('gives the newest papers for an empty query, page by page', async () => {
      const days = ['2025-09-03', '2025-09-01', '2025-09-05', '', '2025-09-04']
      await catalog.upsert(
        'arxiv',
        days.map((published, n) => history(aPaper({ id: `arxiv:${n}`, published }))),
      )
      const query: Query = { kind: 'all', of: [] }
      const first = await catalog.search(query, { limit: 3 })
      expect(first.hits.map((hit) => hit.paper.id)).toEqual(['arxiv:2', 'arxiv:4', 'arxiv:0'])
      expect(first.more).toBe(true)
      const rest = await catalog.search(query, { limit: 3, offset: 3 })
      expect(rest.hits.map((hit) => hit.paper.id)).toEqual(['arxiv:1', 'arxiv:3'])
      expect(rest.more).toBe(false)
    })

    it('scores from the best downwards', async () => {
      await catalog.upsert(
        'arxiv',
        Array.from({ length: 40 }, (_, n) =>
          announced(
            aPaper({
              id: `arxiv:${n}`,
              title: `wombat ${'koala '.repeat(n % 7)}`,
              published: `2025-0${1 + (n % 8)}-01`,
            }),
          ),
        ),
      )
      for (const text of ['wombat', 'koala cat:cs', 'cat:cs.LG', '']) {
        const parsed = parseQuery(text)
        const { hits } = await catalog.search(parsed.kind === 'query' ? parsed.query : nothing, { limit: 40 })
        const scores = hits.map((hit) => hit.score)
        expect(scores).toEqual(scores.toSorted((a, b) => b - a))
        expect(hits.length).toBeGreaterThan(30)
      }
    })

    it('can not be talked into another query by what is typed', async () => {
      await catalog.upsert('arxiv', [announced(aPaper())])
      for (const text of [
        '"sparse',
        'title : x',
        'a NEAR b',
        '{title}',
        '^sparse',
        'NEAR(a b)',
        "sparse'; DROP TABLE papers",
        '* *',
        'every',
        'n1',
        'row1',
      ]) {
        const hits = await catalog.search({ kind: 'words', field: 'any', words: [text] }, { limit: 5 })
        expect(hits.hits.length).toBe(queryMatches({ kind: 'words', field: 'any', words: [text] }, aPaper()) ? 1 : 0)
      }
    })

    it('finds exactly the papers that match the query one by one', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(anyPaper, { selector: (paper) => paper.id, minLength: 1, maxLength: 12 }),
          fc.array(anyQuery, { minLength: 4, maxLength: 8 }),
          async (papers, queries) => {
            const { catalog: fresh, end } = await open()
            try {
              await fresh.upsert(
                'arxiv',
                papers.map((paper) => announced(paper)),
              )
              for (const query of queries) {
                const { hits } = await fresh.search(query, { limit: 50 })
                const expected = papers.filter((paper) => queryMatches(query, paper)).map((paper) => paper.id)
                expect(hits.map((hit) => hit.paper.id).toSorted()).toEqual(expected.toSorted())
              }
            } finally {
              await end()
            }
          },
        ),
        { numRuns: 60 },
      )
    })
  })
}
