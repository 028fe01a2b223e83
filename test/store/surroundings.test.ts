import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { makeDataDir } from '../../src/store/database.ts'
import { lockDataDir } from '../../src/store/lock.ts'
import { openStateDatabase, openStore, storeOver } from '../../src/store/sqlite.ts'
import { put } from '../../src/store/store.ts'
import { storeError } from '../../src/store/store-error.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'paperboy-surroundings-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function coded(code: string, message = `${code}: as the system says it`): Error {
  return Object.assign(new Error(message), { code })
}

it('a file in place of the data folder, or above it, is named, and DATA_DIR is the way out', () => {
  const file = join(dir, 'file')
  writeFileSync(file, '')
  for (const folder of [file, join(file, 'a', 'b')])
    expect(() => makeDataDir(folder)).toThrow(
      `The data folder can't be ${folder}: ${file} is a file. Set DATA_DIR to a folder.`,
    )
})

it.runIf(existsSync('/proc'))('a place that takes no folders is refused at once, not tried for ever', () => {
  expect(() => makeDataDir('/proc/paperboy/data')).toThrow(/\/proc\/paperboy can't be made there/)
})

it.each(['state.sqlite', 'lock.sqlite'])(
  'a folder in place of %s is named, and nothing else is touched',
  async (name) => {
    mkdirSync(join(dir, name))
    const opening = name === 'state.sqlite' ? openStore(join(dir, name)) : lockDataDir(dir, 'start')
    await expect(opening).rejects.toThrow(new RegExp(`${name}.* folder where a file is expected.* [Mm]ove`))
    expect(readdirSync(dir)).toEqual([name])
  },
)

it.each([
  ['EROFS', /it can only be read .*Make it writable .*DATA_DIR/],
  ['EACCES', /this user may not .*Run as the user whose it is.*DATA_DIR/],
  ['EPERM', /this user may not .*DATA_DIR/],
  ['EISDIR', /it is a folder where a file is expected .*Move it away/],
  ['ENOSPC', /^The disk of DATA_DIR is full: could not write \/data\/state\.sqlite .*free some space/],
  ['EDQUOT', /^The disk of DATA_DIR is full: .*free some space/],
])('%s becomes a sentence with the file and the way out', (code, sentence) => {
  const error = storeError('write /data/state.sqlite', coded(code), '/data/state.sqlite')
  expect(error.message).toMatch(sentence)
  expect(error.message).toContain('/data/state.sqlite')
})

it('an I/O error of a disk that has room is not called a full disk', () => {
  const error = storeError('write x', Object.assign(new Error('disk I/O error'), { errcode: 778 }), join(dir, 'x'))
  expect(error).toMatchObject({ fault: 'failed', message: expect.stringContaining('sound one') })
})

it('a failed write names the file, for a namespace says nothing to people', async () => {
  const file = join(dir, 'state.sqlite')
  const database = openStateDatabase(file)
  database.exec('PRAGMA query_only = ON')
  await expect(storeOver(database).commit([put(storeOver(database).meta, ['k'], 1)])).rejects.toThrow(
    `Could not write ${file} (meta): it can only be read`,
  )
  database.close()
})

it('a state that turns out damaged at work says that a backup is the way out', async () => {
  const file = join(dir, 'state.sqlite')
  const whole = await openStore(file)
  await whole.commit(Array.from({ length: 2000 }, (_, n) => put(whole.meta, [`key ${n}`], 'x'.repeat(50))))
  await whole.close()
  const bytes = readFileSync(file)
  bytes.fill(0x5a, 4096 * 2, 4096 * 40)
  writeFileSync(file, bytes)
  const store = storeOver(new DatabaseSync(file))
  await expect(store.scan(store.meta, [], { limit: 5000 })).rejects.toThrow(
    /state\.sqlite .*Nothing was overwritten.*backup/,
  )
  await store.close()
})
