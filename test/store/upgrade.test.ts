import { copyFileSync, existsSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { ledgerOf } from '../../src/digest/ledger.ts'
import { settingsOf } from '../../src/digest/settings.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import type { DatabaseDesign } from '../../src/store/database.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openStore } from '../../src/store/sqlite.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'paperboy-upgrade-'))

/** A file of words, whose form 2 has them in capitals and whose form 3 has their length. */
function design(version: number, fail = false): DatabaseDesign {
  return {
    name: 'store',
    wayOut: '',
    version,
    synchronous: 'FULL',
    derived: false,
    cache: 1,
    checked: true,
    create: (database) => {
      database.exec("CREATE TABLE form (n INTEGER); CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('one')")
      database.prepare('INSERT INTO form VALUES (?)').run(version)
    },
    versionOf: (database) => Number(database.prepare('SELECT n FROM form').get()?.n),
    upgrade: {
      steps: [
        (database) => database.exec('UPDATE words SET word = upper(word)'),
        (database) => {
          database.exec('ALTER TABLE words ADD COLUMN length INTEGER; UPDATE words SET length = length(word)')
          if (fail) throw new Error('the power is cut')
        },
      ],
      writeVersion: (database, n) => database.prepare('UPDATE form SET n = ?').run(n),
    },
  }
}

const wordsIn = (file: string) => {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('SELECT * FROM words').all()
  database.close()
  return rows.map((row) => ({ ...row }))
}

it('a file of an older form goes through every step, and a copy of it stays beside it', () => {
  const file = join(folder(), 'state.sqlite')
  openDatabase(file, design(1), {}).close()
  openDatabase(file, design(3), {}).close()
  expect(wordsIn(file)).toEqual([{ word: 'ONE', length: 3 }])
  expect(wordsIn(`${file}.before-v3`)).toEqual([{ word: 'one' }])
  expect(statSync(`${file}.before-v3`).mode & 0o777).toBe(0o600)
})

it('a step that fails leaves the file as it was', () => {
  const file = join(folder(), 'state.sqlite')
  openDatabase(file, design(1), {}).close()
  expect(() => openDatabase(file, design(3, true), {})).toThrow('the power is cut')
  expect(wordsIn(file)).toEqual([{ word: 'one' }])
  openDatabase(file, design(3), {}).close()
  expect(wordsIn(file)).toEqual([{ word: 'ONE', length: 3 }])
})

it('who only reads an older form is told to start the program once, and nothing is changed', () => {
  const file = join(folder(), 'state.sqlite')
  openDatabase(file, design(1), {}).close()
  expect(() => openDatabase(file, design(3), { readOnly: true })).toThrow('Start this one once')
  openDatabase(file, design(3), { readOnly: true, older: true }).close()
  expect(wordsIn(file)).toEqual([{ word: 'one' }])
  expect(existsSync(`${file}.before-v3`)).toBe(false)
})

it('a file of a newer form is left alone', () => {
  const file = join(folder(), 'state.sqlite')
  openDatabase(file, design(3), {}).close()
  expect(() => openDatabase(file, design(1), {})).toThrow('written by a newer Paperboy')
})

it('a state of form 1 is opened with all that it holds', async () => {
  const file = join(folder(), 'state.sqlite')
  copyFileSync(new URL('../fixtures/states/form-1.db', import.meta.url), file)
  const store = await openStore(file)
  const channel = 'web:demo/papers' as ChannelId
  expect(await settingsOf(store, 'web' as TenantId, channel)).toMatchObject({ schedule: 'daily 09:00', cap: 2 })
  expect(await store.scan(store.subscriptions, [], { limit: 10 })).toHaveLength(2)
  expect(await ledgerOf(store, channel, 'arxiv:2603.00001' as PaperId)).toMatchObject({
    state: 'posted',
    steps: [{ what: 'matched' }, { what: 'digested' }, { what: 'sending' }, { what: 'posted' }],
  })
  expect(await ledgerOf(store, channel, 'arxiv:2603.00003' as PaperId)).toMatchObject({ state: 'posted' })
  expect((await store.seen.get([channel, 'arxiv:2603.00003']))?.state).toBe('listed')
  expect(await store.scan(store.webPosts, [], { limit: 10 })).toHaveLength(1)
  await store.close()
})
