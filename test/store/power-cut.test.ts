import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStateDatabase, storeOver } from '../../src/store/sqlite.ts'
import { put } from '../../src/store/store.ts'
import { seededRandom } from '../support/seeded-random.ts'

// What a disk holds when the power goes: all that was synced before, and of what is being written any beginning of it, torn or not.

const random = seededRandom(11)
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'paperboy-power-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

/** A store in which each commit writes two rows and how many commits there were. */
function aWriter() {
  const file = join(dir, 'state.sqlite')
  const database = openStateDatabase(file)
  // No checkpoint but those that a test asks for.
  database.exec('PRAGMA wal_autocheckpoint = 0')
  const store = storeOver(database)
  const write = async (n: number) =>
    store.commit([
      put(store.people, ['left', String(n)], 'x'.repeat(Math.floor(random.next() * 6000))),
      put(store.people, ['right', String(n)], 'y'),
      put(store.meta, ['last'], n),
    ])
  const files = () => ({ database: readFileSync(file), log: readFileSync(`${file}-wal`) })
  return { database, store, write, files }
}

/** How many commits a disk with these files has kept; throws when a commit is there by half. */
async function kept(database: Uint8Array, log: Uint8Array): Promise<number> {
  const file = join(mkdtempSync(join(dir, 'cut-')), 'state.sqlite')
  writeFileSync(file, database)
  writeFileSync(`${file}-wal`, log)
  const opened = openStateDatabase(file)
  const store = storeOver(opened)
  const last = await store.meta.get(['last'])
  const left = await store.scan(store.people, ['left'], { limit: 1000 })
  const right = await store.scan(store.people, ['right'], { limit: 1000 })
  await store.close()
  expect(right.map(({ key }) => key[1])).toEqual(left.map(({ key }) => key[1]))
  expect(left).toHaveLength(Number(last ?? 0))
  return left.length
}

it('a power cut in the middle of a commit loses nothing that was confirmed, and no commit is there by half', async () => {
  const { store, write, files } = aWriter()
  await write(1)
  for (let n = 1; n < 25; n++) {
    const before = files()
    await write(n + 1)
    const { log } = files()
    const cut = before.log.length + Math.floor(random.next() * (log.length - before.log.length))
    expect(await kept(before.database, log.subarray(0, cut))).toBe(n)
    // The blocks of a file may reach the disk in another order than they were written.
    const torn = Buffer.from(log)
    torn.fill(0, cut, Math.min(log.length, cut + 512))
    // Where what is torn was empty anyway, nothing is lost.
    expect([n, n + 1]).toContain(await kept(before.database, torn))
    expect(await kept(before.database, log)).toBe(n + 1)
  }
  await store.close()
})

it('a power cut while the log goes into the file loses nothing', async () => {
  const { database, store, write, files } = aWriter()
  let n = 0
  for (let round = 0; round < 8; round++) {
    for (let at = 0; at < 4; at++) await write(++n)
    const before = files()
    database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    const after = files()
    const mixed = Buffer.from(after.database)
    for (let page = 0; page < before.database.length; page += 4096)
      if (random.next() < 0.5) before.database.copy(mixed, page, page, page + 4096)
    expect(await kept(mixed, before.log)).toBe(n)
    expect(await kept(mixed.subarray(0, before.database.length), before.log)).toBe(n)
    expect(await kept(after.database, after.log)).toBe(n)
  }
  await store.close()
})
