import { beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { aPaper } from '../support/builders.ts'
import { announced, foundIn, history, id, paperOf } from './catalog-records.ts'

/** The part of the promises that is about learning; `current` is the catalogue of the running test. */
export function describeLearning(current: () => Catalog): void {
  let catalog: Catalog
  beforeEach(() => {
    catalog = current()
  })

  const found = (text: string) => foundIn(catalog, text)

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
      await catalog.upsert('api', [{ ...announced(aPaper({ title: 'The good title', comment: '12 pages' })), rank: 3 }])
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
}
