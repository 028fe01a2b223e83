import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { aPaper } from '../support/builders.ts'
import { announced, byAuthor } from './catalog-records.ts'

/** The part of the promises that is about people; `current` is the catalogue of the running test. */
export function describePeople(current: () => Catalog): void {
  let catalog: Catalog
  beforeEach(() => {
    catalog = current()
  })

  const idsBy = async (name: string) => (await catalog.papersBy([name], { limit: 10 })).map((paper) => paper.id)

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

  it('papers by whoever bears an id come with those of a name, however the id is written', async () => {
    const withId = (id: string, name: string, orcid: string) =>
      announced({ ...byAuthor(id, name), authors: [{ name, ids: { orcid } }] })
    await catalog.upsert('import', [
      withId('arxiv:1', 'Ada Byron', 'https://orcid.org/0000-0002-1694-233x'),
      withId('arxiv:2', 'Ada King', '0000-0002-1825-0097'),
      announced(byAuthor('arxiv:3', 'Ada Byron')),
    ])
    const found = async (names: readonly string[], orcid: string) =>
      (await catalog.papersBy(names, { limit: 10, ids: { orcid } })).map((paper) => paper.id).toSorted()
    expect(await found([], '0000-0002-1694-233X')).toEqual(['arxiv:1'])
    expect(await found(['Ada Byron'], '0000-0002-1825-0097')).toEqual(['arxiv:1', 'arxiv:2', 'arxiv:3'])
    expect(await found([], '0000-0003-0000-0000')).toEqual([])
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
      expect((await catalog.complete('category', 'cs.l', 10)).map((choice) => choice.value)).toEqual(['cs.LG', 'cs.LO'])
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
}
