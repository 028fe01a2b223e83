import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catalogOver, openCatalog, openCatalogDatabase } from '../../src/catalog/sqlite/open.ts'
import type { Clock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import type { CatalogUnderTest } from '../conformance/catalog.ts'
import { describeCatalog } from '../conformance/catalog.ts'
import { aPaper } from '../support/builders.ts'

const clock: Clock = {
  now: () => Date.parse('2025-09-10T00:00:00.000Z'),
  sleep: () => Promise.resolve(),
  timeout: () => new AbortController().signal,
}
const options = { clock, random: systemRandom }

describeCatalog('SQLite', async (): Promise<CatalogUnderTest> => {
  const dir = mkdtempSync(join(tmpdir(), 'paperboy-catalog-'))
  const file = join(dir, 'catalog.sqlite')
  let database = openCatalogDatabase(file, options)
  return {
    catalog: catalogOver(database, file, clock),
    async reopen() {
      database.close()
      database = openCatalogDatabase(file, options)
      return catalogOver(database, file, clock)
    },
    async end() {
      if (database.isOpen) database.close()
      rmSync(dir, { recursive: true })
    },
    breakEverything: () => database.close(),
  }
})

describe('the file of the catalogue', () => {
  let dir: string
  let file: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'paperboy-catalog-'))
    file = join(dir, 'catalog.sqlite')
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is for nobody else to read', async () => {
    const catalog = await openCatalog(file, options)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await catalog.close()
  })

  it('is refused and left alone when it is damaged, in a sentence that says it can be rebuilt', async () => {
    const broken = Buffer.alloc(20_000, 'no database ')
    writeFileSync(file, broken)
    await expect(openCatalog(file, options)).rejects.toThrow(
      /catalogue .*catalog\.sqlite can't be used.*delete it.*rebuilds/,
    )
    expect(readFileSync(file).equals(broken)).toBe(true)
  })

  it('is refused when a newer Paperboy wrote it', async () => {
    const database = openCatalogDatabase(file, options)
    database.exec("UPDATE meta SET value = '99' WHERE key = 'version'")
    database.close()
    await expect(openCatalog(file, options)).rejects.toThrow(/newer Paperboy.*99/)
  })

  it('keeps nothing of a batch that did not fit on the disk, and takes it whole when there is room', async () => {
    const database = openCatalogDatabase(file, options)
    const catalog = catalogOver(database, file, clock)
    const batch = Array.from({ length: 300 }, (_, n) => ({
      paper: aPaper({
        id: `arxiv:2509.${String(n).padStart(5, '0')}`,
        abstract: `wombat ${n} `.repeat(200),
        authors: [{ name: `Person ${n}` }],
      }),
      origin: 'announced' as const,
      rank: 1,
    }))
    const [pages] = Object.values(database.prepare('PRAGMA page_count').get() ?? {})
    database.exec(`PRAGMA max_page_count = ${Number(pages) + 20}`)
    await expect(catalog.upsert('arxiv', batch, { page: 1 })).rejects.toThrow(/full/)
    expect(await catalog.stats()).toMatchObject({ papers: 0 })
    expect(await catalog.cursorOf('arxiv')).toBeUndefined()
    database.exec('PRAGMA max_page_count = 1000000')
    expect(await catalog.upsert('arxiv', batch, { page: 1 })).toHaveLength(300)
    const { hits } = await catalog.search({ kind: 'words', field: 'abstract', words: ['wombat', '7'] }, { limit: 5 })
    expect(hits.map((hit) => hit.paper.id)).toEqual(['arxiv:2509.00007'])
    await catalog.close()
  })

  it('can be read beside a writer, and not written', async () => {
    await expect(openCatalog(file, { ...options, readOnly: true })).rejects.toMatchObject({ fault: 'missing' })
    const writer = await openCatalog(file, options)
    await writer.upsert('arxiv', [{ paper: aPaper(), origin: 'announced', rank: 1 }])
    const reader = await openCatalog(file, { ...options, readOnly: true })
    expect(reader.id).toBe(writer.id)
    expect((await reader.search({ kind: 'all', of: [] }, { limit: 5 })).hits).toHaveLength(1)
    await expect(
      reader.upsert('arxiv', [{ paper: aPaper({ version: 2 }), origin: 'announced', rank: 1 }]),
    ).rejects.toMatchObject({ fault: 'denied' })
    await reader.close()
    await writer.close()
  })
})
