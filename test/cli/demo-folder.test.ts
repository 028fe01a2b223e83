import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aTerminal } from '../support/terminal.ts'

const followed = JSON.stringify({
  channel: 'web:demo/papers',
  follows: { kind: 'category', category: 'cs.CL' },
})

it('the demo never touches a data folder that it did not make, not even to begin afresh', async () => {
  const { paperboy } = aTerminal()
  await paperboy(['import', '-'], followed)
  for (const args of [
    ['demo', '--once'],
    ['demo', '--once', '--reset'],
  ]) {
    expect(await paperboy(args)).toMatchObject({ exit: 1, said: expect.stringContaining('not one that the demo made') })
  }
  expect((await paperboy(['export'])).out).toEqual([followed])
})

it('a catalogue that was deleted while leftovers of it lie there is rebuilt', async () => {
  const { paperboy, dataDir } = aTerminal()
  await paperboy(['import', '-'], followed)
  const file = join(dataDir, 'catalog.sqlite')
  rmSync(file)
  writeFileSync(`${file}-wal`, 'left over')
  writeFileSync(`${file}-shm`, 'left over')
  expect((await paperboy(['import', '-'], followed)).exit).toBe(0)
  expect(existsSync(file)).toBe(true)
  expect((await paperboy(['status'])).exit).toBe(0)
})

it('from the demo’s folder nobody outside is asked, and live papers never come into it', async () => {
  const { paperboy, dataDir } = aTerminal()
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'demo.txt'), '')
  const { exit, said } = await paperboy(['subscribe', 'author:"Ada Lovelace"'])
  expect(exit).toBe(0)
  expect(said).toContain(`The data folder ${dataDir} is the demo's: nobody outside is asked`)
  expect(said).not.toContain("can't be reached")
  for (const args of [['poll', '--once'], ['start']])
    expect(await paperboy(args)).toMatchObject({ exit: 1, said: expect.stringContaining("is the demo's") })
})
