import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockDataDir } from '../../src/store/lock.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'paperboy-lock-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

it('a data folder is one process’s until it is released', async () => {
  const first = await lockDataDir(join(dir, 'data'), 'start')
  const second = await lockDataDir(join(dir, 'data'), 'poll')
  expect(first.kind).toBe('locked')
  expect(second.kind).toBe('held')
  if (first.kind === 'locked') first.release()
  if (first.kind === 'locked') first.release()
  expect(existsSync(join(dir, 'data', 'lock.holder'))).toBe(false)
  const third = await lockDataDir(join(dir, 'data'), 'poll')
  expect(third.kind).toBe('locked')
  if (third.kind === 'locked') third.release()
})

it('the lock makes the folder for us alone', async () => {
  const lock = await lockDataDir(join(dir, 'a', 'b'), 'demo')
  expect(statSync(join(dir, 'a', 'b')).mode & 0o777).toBe(0o700)
  if (lock.kind === 'locked') lock.release()
})

it('a folder that can not be used is refused in a sentence that names it', async () => {
  writeFileSync(join(dir, 'file'), '')
  await expect(lockDataDir(join(dir, 'file'), 'start')).rejects.toThrow(
    `The data folder can't be ${join(dir, 'file')}: ${join(dir, 'file')} is a file. Set DATA_DIR to a folder.`,
  )
  writeFileSync(join(dir, 'lock.sqlite'), 'no database '.repeat(1000))
  await expect(lockDataDir(dir, 'start')).rejects.toThrow(/lock\.sqlite is damaged.*delete it/)
})
