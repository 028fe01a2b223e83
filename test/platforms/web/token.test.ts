import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { consoleToken } from '../../../src/platforms/web/token.ts'
import { systemRandom } from '../../../src/random.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'paperboy-token-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('the token is made once, of 256 bits, and only its owner may read it', async () => {
  const token = await consoleToken(join(dir, 'data'), systemRandom)
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(await consoleToken(join(dir, 'data'), systemRandom)).toBe(token)
  expect((await stat(join(dir, 'data', 'console-token'))).mode & 0o777).toBe(0o600)
})

test('a file that others could read is closed to them', async () => {
  const token = await consoleToken(dir, systemRandom)
  await chmod(join(dir, 'console-token'), 0o644)
  expect(await consoleToken(dir, systemRandom)).toBe(token)
  expect((await stat(join(dir, 'console-token'))).mode & 0o777).toBe(0o600)
})

test('a damaged file is named, and nothing is put in its place', async () => {
  await writeFile(join(dir, 'console-token'), 'abc')
  await expect(consoleToken(dir, systemRandom)).rejects.toThrow(/console-token holds no console token: delete it/)
  expect(await readFile(join(dir, 'console-token'), 'utf8')).toBe('abc')
})
