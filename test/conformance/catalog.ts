import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { aPaper } from '../support/builders.ts'
import { describeLearning } from './catalog-learning.ts'
import { describePeople } from './catalog-people.ts'
import { announced, foundIn } from './catalog-records.ts'
import { describeSearching } from './catalog-searching.ts'

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

    describeLearning(() => catalog)
    describeSearching(() => catalog, open)
    describePeople(() => catalog)

    it('tells how much it holds and how far it reaches', async () => {
      expect(await catalog.stats()).toMatchObject({ papers: 0 })
      await catalog.upsert('arxiv', [
        announced(aPaper({ id: 'arxiv:1', published: '2025-09-03T10:00:00Z' })),
        announced(aPaper({ id: 'arxiv:2', published: '2025-08-01' })),
        announced(aPaper({ id: 'arxiv:3', published: '' })),
      ])
      expect(await catalog.stats()).toMatchObject({ papers: 3, oldest: '2025-08-01', newest: '2025-09-03' })
    })

    it('has everything, under the same id, after it was closed and opened again', async () => {
      const name = catalog.id
      await catalog.upsert('arxiv', [announced(aPaper())], { page: 2 })
      catalog = await world.reopen()
      expect(catalog.id).toBe(name)
      expect(await catalog.cursorOf('arxiv')).toEqual({ page: 2 })
      expect(await catalog.upsert('arxiv', [announced(aPaper())])).toEqual([])
      expect(await catalog.upsert('arxiv', [announced(aPaper({ id: 'arxiv:2' }))])).toMatchObject([{ seq: 2 }])
      expect(await foundIn(catalog, 'sparse')).toHaveLength(2)
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
  })
}
