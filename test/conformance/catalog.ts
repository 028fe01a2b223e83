import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import type { Change, Learnt } from '../../src/catalog/change.ts'
import type { Query } from '../../src/catalog/query.ts'
import { parseQuery, queryMatches } from '../../src/catalog/query.ts'
import type { Paper, PaperId } from '../../src/papers/paper.ts'
import { aPaper } from '../support/builders.ts'
import { anyPaper, anyQuery } from '../support/query-arbitraries.ts'

/** A catalogue in a place of its own, whose clock stands at 2025-09-10T00:00:00.000Z. */
export interface CatalogUnderTest {
  readonly catalog: Catalog
  /** Closes it and opens the same data again. */
  reopen(): Promise<Catalog>
  /** Closes it and takes its data away. */
  end(): Promise<void>
  /** From now on every statement fails. */
  breakEverything(): void
}

/** What every driver of the catalogue port promises. */
export function describeCatalog(name: string, open: () => Promise<CatalogUnderTest>): void {
  describe(`the catalogue on ${name}`, () => {
    let world: CatalogUnderTest
    let catalog: Catalog
    beforeEach(async () => {
      world = await open()
      catalog = world.catalog
    })
    afterEach(() => world.end())

    describe('learning', () => {
      it('logs a paper as new the first time, and nothing when it comes again', async () => {
        const records = [announced(aPaper({ id: 'arxiv:1' }), '2509.00001')]
        expect(await catalog.upsert('arxiv', records, { page: 1 })).toEqual([
          {
            seq: 1,
            paper: 'arxiv:1',
            kind: 'new',
            origin: 'announced',
            at: '2025-09-10T00:00:00.000Z',
            source: 'arxiv',
            mark: '2509.00001',
          },
        ])
        expect(await catalog.upsert('arxiv', records, { page: 1 })).toEqual([])
        expect(await catalog.upsert('arxiv', [...records, ...records])).toEqual([])
        expect(await catalog.changesAfter(0, 10)).toHaveLength(1)
        expect(await catalog.lastSeq()).toBe(1)
      })

      it('tells a record that stands twice in one batch once', async () => {
        const changes = await catalog.upsert('arxiv', [
          announced(aPaper()),
          announced(aPaper()),
          announced(aPaper({ version: 2 })),
        ])
        expect(changes.map((change) => change.kind)).toEqual(['new'])
      })

      it('keeps the cursor with the papers, and leaves it alone when none is given', async () => {
        expect(await catalog.cursorOf('arxiv')).toBeUndefined()
        await catalog.upsert('arxiv', [], { from: '2025-09-01', sets: ['cs'] })
        await catalog.upsert('arxiv', [announced(aPaper())])
        await catalog.upsert('other', [], null)
        expect(await catalog.cursorOf('arxiv')).toEqual({ from: '2025-09-01', sets: ['cs'] })
        expect(await catalog.cursorOf('other')).toBeNull()
      })

      it('logs each real change of a known paper, once', async () => {
        await catalog.upsert('arxiv', [announced(aPaper({ version: 1 }))])
        const later = announced(
          aPaper({
            version: 2,
            updated: '2025-09-05',
            categories: ['cs.LG', 'cs.AI'],
            journalRef: 'JMLR 1',
            withdrawn: true,
          }),
        )
        const changes = await catalog.upsert('arxiv', [later])
        expect(changes.map((change) => change.kind).toSorted()).toEqual([
          'crosslisted',
          'published',
          'revised',
          'withdrawn',
        ])
        expect(changes.every((change) => change.origin === 'announced')).toBe(true)
        expect(await catalog.upsert('arxiv', [later])).toEqual([])
        expect(await catalog.get(id('arxiv:2509.00001'))).toMatchObject({
          version: 2,
          withdrawn: true,
          journalRef: 'JMLR 1',
        })
      })

      it('makes history news once when it is announced later', async () => {
        await catalog.upsert('arxiv', [history(aPaper())])
        const news = await catalog.upsert('arxiv', [announced(aPaper(), '2509.00001')])
        expect(news).toMatchObject([{ kind: 'new', origin: 'announced', mark: '2509.00001' }])
        expect(await catalog.upsert('arxiv', [announced(aPaper(), '2509.00001')])).toEqual([])
        expect(await catalog.upsert('arxiv', [history(aPaper())])).toEqual([])
        expect((await catalog.changesAfter(0, 10)).map((change) => change.origin)).toEqual(['history', 'announced'])
      })

      it('makes history news when both stand in one batch', async () => {
        const changes = await catalog.upsert('arxiv', [history(aPaper()), announced(aPaper()), announced(aPaper())])
        expect(changes.map((change) => change.origin)).toEqual(['history', 'announced'])
      })

      it('keeps the better text and never loses what it knew', async () => {
        await catalog.upsert('api', [
          { ...announced(aPaper({ title: 'The good title', comment: '12 pages' })), rank: 3 },
        ])
        await catalog.upsert('rss', [
          { ...announced(aPaper({ title: 'The poor title', announced: '2025-09-02' })), rank: 1 },
        ])
        expect(await catalog.get(id('arxiv:2509.00001'))).toMatchObject({
          title: 'The good title',
          comment: '12 pages',
          announced: '2025-09-02',
        })
      })

      it('sees one work in two records that share an id, an alias or a DOI', async () => {
        const doi = { abstract: 'https://arxiv.org/abs/2509.00001', doi: '10.1000/XYZ' }
        await catalog.upsert('arxiv', [announced(aPaper({ id: 'arxiv:2509.00001', links: doi }))])
        expect(await catalog.upsert('crossref', [announced(aPaper({ id: 'doi:10.1000/xyz' }))])).toEqual([])
        expect(
          await catalog.upsert('s2', [announced(aPaper({ id: 's2:9', aliases: [id('arxiv:2509.00001')] }))]),
        ).toEqual([])
        expect((await catalog.get(id('s2:9')))?.id).toBe('arxiv:2509.00001')
        expect(await catalog.getMany([id('doi:10.1000/xyz'), id('nobody:1'), id('s2:9')])).toMatchObject([
          { id: 'arxiv:2509.00001' },
          undefined,
          { id: 'arxiv:2509.00001' },
        ])
        expect((await catalog.stats()).papers).toBe(1)
      })

      it('does not take two papers of one scheme for one work because they name one DOI', async () => {
        const links = { abstract: 'https://example.org', doi: '10.1000/shared' }
        await catalog.upsert('arxiv', [
          announced(aPaper({ id: 'arxiv:1', links })),
          announced(aPaper({ id: 'arxiv:2', links })),
        ])
        expect((await catalog.changesAfter(0, 10)).map((change) => change.paper)).toEqual(['arxiv:1', 'arxiv:2'])
      })

      it('makes one of two papers when a record shows that they are one work', async () => {
        await catalog.upsert('a', [announced(aPaper({ id: 'arxiv:1', title: 'First title' }))])
        await catalog.upsert('b', [announced(aPaper({ id: 's2:2', title: 'Second title' }))])
        await catalog.upsert('c', [announced(aPaper({ id: 'dblp:3', aliases: [id('s2:2'), id('arxiv:1')] }))])
        expect((await catalog.stats()).papers).toBe(1)
        expect(await catalog.get(id('s2:2'))).toMatchObject({
          id: 'arxiv:1',
          aliases: expect.arrayContaining(['s2:2', 'dblp:3']),
        })
        expect(await found('author:lovelace')).toEqual(['arxiv:1'])
        expect((await catalog.papersBy(['Ada Lovelace'], { limit: 10 })).map((paper) => paper.id)).toEqual(['arxiv:1'])
      })

      it('reads the log in its order, in pieces', async () => {
        await catalog.upsert(
          'arxiv',
          ['arxiv:1', 'arxiv:2', 'arxiv:3'].map((name) => announced(aPaper({ id: name }))),
        )
        const first = await catalog.changesAfter(0, 2)
        expect(first.map(paperOf)).toEqual(['arxiv:1', 'arxiv:2'])
        expect((await catalog.changesAfter(first[1]?.seq ?? 0, 2)).map(paperOf)).toEqual(['arxiv:3'])
        expect(await catalog.changesAfter(3, 2)).toEqual([])
      })

      it('keeps the same paper as it was given', async () => {
        const whole = aPaper({
          authors: [
            { name: 'Ünal, Ö.', given: 'Ö.', family: 'Ünal', ids: { orcid: '0000-0001' }, affiliation: 'Ankara' },
            { name: '李雷' },
          ],
          abstract: 'α→β, “quoted”\nand more',
          version: 3,
          announced: '2025-09-02',
          tldr: 'short',
        })
        await catalog.upsert('arxiv', [announced(whole)])
        expect(await catalog.get(whole.id)).toEqual(whole)
      })
    })

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

    describe('papers by a person', () => {
      it('come newest revision first, and in the order of their coming where the dates do not tell', async () => {
        const moments = ['2025-09-02', '2025-09-04', '2025-09-02', '2025-09-03']
        await catalog.upsert(
          'arxiv',
          moments.map((updated, n) => announced(aPaper({ id: `arxiv:${9 - n}`, updated }))),
        )
        const papers = await catalog.papersBy(['Ada Lovelace'], { limit: 10 })
        expect(papers.map((paper) => paper.id)).toEqual(['arxiv:8', 'arxiv:6', 'arxiv:9', 'arxiv:7'])
        expect(await catalog.papersBy(['Ada Lovelace'], { limit: 2 })).toHaveLength(2)
        expect(await catalog.papersBy([], { limit: 2 })).toEqual([])
      })

      it('are those of the name however it is written, and of nobody else', async () => {
        await catalog.upsert('arxiv', [
          announced(byAuthor('arxiv:1', 'Jared Kaplan')),
          announced(byAuthor('arxiv:2', 'Kaplan, Jared')),
          announced(byAuthor('arxiv:3', 'Jonas Kaplan')),
          announced(byAuthor('arxiv:4', 'Jared Kaplanski')),
          announced(byAuthor('arxiv:5', 'José Martínez')),
        ])
        expect(await idsBy('Jared Kaplan')).toEqual(['arxiv:1', 'arxiv:2'])
        expect(await idsBy('Jose Martinez')).toEqual(['arxiv:5'])
        expect(await idsBy('J. Kaplan')).toEqual(['arxiv:1', 'arxiv:2', 'arxiv:3'])
        expect(await idsBy('Nobody Known')).toEqual([])
        const both = await catalog.papersBy(['Jonas Kaplan', 'José Martínez'], { limit: 10 })
        expect(both.map((paper) => paper.id).toSorted()).toEqual(['arxiv:3', 'arxiv:5'])
      })
    })

    describe('completing', () => {
      beforeEach(async () => {
        await catalog.upsert('arxiv', [
          announced(byAuthor('arxiv:2509.00001', 'Jared Kaplan')),
          announced(byAuthor('arxiv:2509.00002', 'Jared Kaplan')),
          announced(byAuthor('arxiv:2509.00003', 'Jonas Kaplan')),
          announced(byAuthor('arxiv:2509.00004', 'Zoë Müller')),
        ])
      })

      it('names people by the beginning of any part of their names, most papers first', async () => {
        expect(await catalog.complete('author', 'kap', 10)).toEqual([
          { value: 'Jared Kaplan', label: 'Jared Kaplan · 2 papers' },
          { value: 'Jonas Kaplan', label: 'Jonas Kaplan · 1 paper' },
        ])
        expect((await catalog.complete('author', 'kaplan jo', 10)).map((choice) => choice.value)).toEqual([
          'Jonas Kaplan',
        ])
        expect((await catalog.complete('author', 'MULL', 10)).map((choice) => choice.value)).toEqual(['Zoë Müller'])
        expect(await catalog.complete('author', 'j', 1)).toHaveLength(1)
        expect(await catalog.complete('author', 'x', 10)).toEqual([])
        expect((await catalog.complete('author', '', 10)).map((choice) => choice.value)[0]).toBe('Jared Kaplan')
      })

      it('counts a person’s papers again when a byline changes', async () => {
        await catalog.upsert('arxiv', [
          announced({ ...byAuthor('arxiv:2509.00002', 'Jonas Kaplan'), version: 2, updated: '2025-09-09' }),
        ])
        expect((await catalog.complete('author', 'kaplan', 10)).map((choice) => choice.label)).toEqual([
          'Jonas Kaplan · 2 papers',
          'Jared Kaplan · 1 paper',
        ])
      })

      it('names categories by code and by the words of their names', async () => {
        expect((await catalog.complete('category', 'cs.l', 10)).map((choice) => choice.value)).toEqual([
          'cs.LG',
          'cs.LO',
        ])
        expect((await catalog.complete('category', 'machine', 10)).map((choice) => choice.value)).toContain('cs.LG')
        expect((await catalog.complete('category', 'cs.LG', 1))[0]?.label).toContain('Machine Learning')
      })

      it('names papers by words of the title and by id', async () => {
        await catalog.upsert('arxiv', [announced(aPaper({ id: 'arxiv:2509.00077', title: 'Wombats in Wonderland' }))])
        const wombats = [{ value: 'arxiv:2509.00077', label: 'Wombats in Wonderland' }]
        expect(await catalog.complete('paper', 'wonderl wom', 5)).toEqual(wombats)
        expect(await catalog.complete('paper', '2509.00077', 5)).toEqual(wombats)
        expect(await catalog.complete('paper', '2509.0007', 5)).toEqual(wombats)
        expect(await catalog.complete('paper', 'nothing like it', 5)).toEqual([])
      })

      it('answers any prefix', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.constantFrom('author' as const, 'category' as const, 'paper' as const),
            fc.string({ unit: 'binary', maxLength: 20 }),
            async (kind, prefix) => {
              expect((await catalog.complete(kind, prefix, 3)).length).toBeLessThanOrEqual(3)
            },
          ),
          { numRuns: 100 },
        )
      })
    })

    it('tells how much it holds and how far it reaches', async () => {
      expect(await catalog.stats()).toEqual({ papers: 0 })
      await catalog.upsert('arxiv', [
        announced(aPaper({ id: 'arxiv:1', published: '2025-09-03T10:00:00Z' })),
        announced(aPaper({ id: 'arxiv:2', published: '2025-08-01' })),
        announced(aPaper({ id: 'arxiv:3', published: '' })),
      ])
      expect(await catalog.stats()).toEqual({ papers: 3, oldest: '2025-08-01', newest: '2025-09-03' })
    })

    it('has everything, under the same id, after it was closed and opened again', async () => {
      const name = catalog.id
      await catalog.upsert('arxiv', [announced(aPaper())], { page: 2 })
      catalog = await world.reopen()
      expect(catalog.id).toBe(name)
      expect(await catalog.cursorOf('arxiv')).toEqual({ page: 2 })
      expect(await catalog.upsert('arxiv', [announced(aPaper())])).toEqual([])
      expect(await catalog.upsert('arxiv', [announced(aPaper({ id: 'arxiv:2' }))])).toMatchObject([{ seq: 2 }])
      expect(await found('sparse')).toHaveLength(2)
    })

    it('has another id when it is another catalogue', async () => {
      const other = await open()
      expect(other.catalog.id).not.toBe(catalog.id)
      await other.end()
    })

    it('rejects when it can not read or write', async () => {
      await catalog.upsert('arxiv', [announced(aPaper())])
      world.breakEverything()
      await expect(catalog.get(aPaper().id)).rejects.toThrow()
      await expect(catalog.upsert('arxiv', [announced(aPaper({ version: 2 }))])).rejects.toThrow()
      await expect(catalog.search({ kind: 'all', of: [] }, { limit: 1 })).rejects.toThrow()
      await expect(catalog.papersBy(['Ada Lovelace'], { limit: 1 })).rejects.toThrow()
      await expect(catalog.changesAfter(0, 1)).rejects.toThrow()
      await expect(catalog.cursorOf('arxiv')).rejects.toThrow()
      await expect(catalog.stats()).rejects.toThrow()
    })

    async function found(text: string): Promise<readonly string[]> {
      const parsed = parseQuery(text)
      if (parsed.kind === 'error') throw new Error(parsed.message)
      return (await catalog.search(parsed.query, { limit: 50 })).hits.map((hit) => hit.paper.id)
    }

    async function idsBy(name: string): Promise<readonly string[]> {
      return (await catalog.papersBy([name], { limit: 10 })).map((paper) => paper.id)
    }
  })
}

function announced(paper: Paper, mark?: string): Learnt {
  return { paper, origin: 'announced', rank: 2, ...(mark === undefined ? {} : { mark }) }
}

function history(paper: Paper): Learnt {
  return { paper, origin: 'history', rank: 2 }
}

function byAuthor(name: string, author: string): Paper {
  return aPaper({ id: name, title: 'Some work', authors: [{ name: author }] })
}

function id(text: string): PaperId {
  return text as PaperId
}

function paperOf(change: Change): string {
  return change.paper
}

const nothing: Query = { kind: 'any', of: [] }
