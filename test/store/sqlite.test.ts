import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStateDatabase, openStore, storeOver } from '../../src/store/sqlite.ts'
import { put, putIf } from '../../src/store/store.ts'
import { StoreError } from '../../src/store/store-error.ts'
import type { StoreUnderTest } from '../conformance/store.ts'
import { describeStore } from '../conformance/store.ts'

describeStore('SQLite', async (): Promise<StoreUnderTest> => {
  const dir = mkdtempSync(join(tmpdir(), 'paperboy-store-'))
  const spoilt = ['{"value":', 'null', '"text"', '{}']
  let database = openStateDatabase(join(dir, 'state.sqlite'))
  return {
    store: storeOver(database),
    async reopen() {
      database.close()
      database = openStateDatabase(join(dir, 'state.sqlite'))
      return storeOver(database)
    },
    async end() {
      if (database.isOpen) database.close()
      rmSync(dir, { recursive: true })
    },
    fillDisk() {
      const [count] = Object.values(database.prepare('PRAGMA page_count').get() ?? {})
      database.exec(`PRAGMA max_page_count = ${count}`)
    },
    freeDisk: () => database.exec('PRAGMA max_page_count = 1000000'),
    spoil(namespace, key) {
      const row = spoilt.shift() ?? 'not JSON'
      database.prepare('UPDATE entries SET value = ? WHERE namespace = ? AND key = ?').run(row, namespace, key)
    },
    breakEverything: () => database.exec('DROP TABLE entries'),
  }
})

describe('the file of the store', () => {
  let dir: string
  let file: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'paperboy-store-'))
    file = join(dir, 'data', 'state.sqlite')
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is for nobody else to read, nor is its folder', async () => {
    const store = await openStore(file)
    await store.meta.set(['k'], 1)
    expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(join(dir, 'data')))
      expect([name, statSync(join(dir, 'data', name)).mode & 0o777]).toEqual([name, 0o600])
    expect(readdirSync(join(dir, 'data')).sort()).toEqual(['state.sqlite', 'state.sqlite-shm', 'state.sqlite-wal'])
    await store.close()
  })

  it('leaves the mode of a folder that holds other things alone', async () => {
    mkdirSync(join(dir, 'data'), { mode: 0o755 })
    writeFileSync(join(dir, 'data', 'theirs.txt'), '')
    await (await openStore(file)).close()
    expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o755)
  })

  it.each([
    ['not a database', Buffer.alloc(9000, 'no database at all ')],
    ['cut off', undefined],
    ['empty', Buffer.alloc(0)],
  ])('is refused and left alone when it is %s', async (_, content) => {
    await (await openStore(file)).close()
    const broken = content ?? readFileSync(file).subarray(0, 5000)
    writeFileSync(file, broken)
    await expect(openStore(file)).rejects.toThrow(StoreError)
    await expect(openStore(file)).rejects.toThrow(/state\.sqlite .*[Rr]estore a backup/)
    expect(readFileSync(file).equals(broken)).toBe(true)
  })

  it('is refused when a page in its middle is spoilt', async () => {
    const store = await openStore(file)
    await store.commit(Array.from({ length: 2000 }, (_, n) => put(store.meta, [`key ${n}`], 'x'.repeat(50))))
    await store.close()
    const bytes = readFileSync(file)
    bytes.fill(0x5a, 4096 * 10, 4096 * 12)
    writeFileSync(file, bytes)
    await expect(openStore(file)).rejects.toMatchObject({ fault: 'corrupt' })
  })

  it('is refused when it is another program’s', async () => {
    mkdirSync(join(dir, 'data'))
    new DatabaseSync(file).exec('CREATE TABLE theirs (x)')
    await expect(openStore(file)).rejects.toThrow(/not one of Paperboy/)
  })

  it('is refused when its log is there and itself is not', async () => {
    await (await openStore(file)).close()
    rmSync(file)
    writeFileSync(`${file}-wal`, 'left behind')
    await expect(openStore(file)).rejects.toThrow(/state\.sqlite is missing/)
  })

  it('is refused when a newer Paperboy wrote it', async () => {
    const store = await openStore(file)
    expect(await store.commit([putIf(store.meta, ['schema'], 1, 2)])).toBe('committed')
    await store.close()
    await expect(openStore(file)).rejects.toThrow(/newer Paperboy.*version 2.*Update Paperboy/)
  })

  it('can be read beside a writer, and not written', async () => {
    await expect(openStore(file, { readOnly: true })).rejects.toMatchObject({ fault: 'missing' })
    const writer = await openStore(file)
    const reader = await openStore(file, { readOnly: true })
    await writer.meta.set(['k'], 1)
    expect(await reader.meta.get(['k'])).toBe(1)
    await expect(reader.meta.set(['k'], 2)).rejects.toMatchObject({ fault: 'denied' })
    await expect(reader.commit([put(reader.meta, ['k'], 2)])).rejects.toMatchObject({ fault: 'denied' })
    await reader.close()
    await writer.close()
  })

  it('can not be where a folder can not be', async () => {
    writeFileSync(join(dir, 'data'), 'a file where the folder should be')
    await expect(openStore(file)).rejects.toThrow(/data folder .*data/)
  })
})
