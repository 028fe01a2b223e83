import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../src/store/sqlite.ts'
import { aTerminal } from '../support/terminal.ts'

const follow = (category: string) =>
  JSON.stringify({ channel: 'web:demo/papers', follows: { kind: 'category', category } })

it('a backup brings back what was followed, and what came after it is kept beside', async () => {
  const { paperboy, dataDir } = aTerminal()
  await paperboy(['import', '-'], follow('cs.CL'))
  const file = join(dataDir, '..', 'kept.sqlite')
  const backedUp = await paperboy(['backup', file])
  expect(backedUp.exit).toBe(0)
  expect(JSON.parse(backedUp.out[0] ?? '')).toMatchObject({ backup: file, bytes: statSync(file).size })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await paperboy(['import', '-'], follow('cs.LG'))
  const restored = await paperboy(['restore', file])
  expect(restored.exit).toBe(0)
  expect((await paperboy(['export'])).out).toEqual([follow('cs.CL')])
  expect(existsSync(JSON.parse(restored.out[0] ?? '').before)).toBe(true)
})

it('a damaged state is replaced by its backup, and kept', async () => {
  const { paperboy, dataDir } = aTerminal()
  await paperboy(['import', '-'], follow('cs.CL'))
  const file = join(dataDir, '..', 'kept.sqlite')
  await paperboy(['backup', file])
  writeFileSync(join(dataDir, 'state.sqlite'), 'damaged '.repeat(2000))
  expect((await paperboy(['export'])).said).toMatch(/state\.sqlite can't be used.*paperboy restore FILE/)
  expect((await paperboy(['restore', file])).exit).toBe(0)
  expect((await paperboy(['export'])).out).toEqual([follow('cs.CL')])
})

it('a file that is no backup changes nothing, and no file is overwritten by a backup', async () => {
  const { paperboy, dataDir } = aTerminal()
  await paperboy(['import', '-'], follow('cs.CL'))
  const other = join(dataDir, '..', 'other')
  writeFileSync(other, 'no database '.repeat(1000))
  expect(await paperboy(['restore', other])).toMatchObject({
    exit: 1,
    said: expect.stringContaining(`${other} is not a backup: name a file`),
  })
  expect(await paperboy(['backup', other])).toMatchObject({ exit: 1, said: expect.stringContaining('there already') })
  expect(await paperboy(['restore', `${other}s`])).toMatchObject({
    exit: 1,
    said: expect.stringContaining('no such file'),
  })
  expect((await paperboy(['export'])).out).toEqual([follow('cs.CL')])
})

it('a catalogue that was begun after the backup is built anew, for it took what the backup does not know for known', async () => {
  const { paperboy, dataDir } = aTerminal()
  await paperboy(['import', '-'], follow('cs.CL'))
  const state = await openStore(join(dataDir, 'state.sqlite'))
  await state.matched.set(['matched'], { catalogId: 'another', seq: 7, announcedThrough: {} })
  await state.close()
  const file = join(dataDir, '..', 'kept.sqlite')
  await paperboy(['backup', file])
  const restored = JSON.parse((await paperboy(['restore', file])).out[0] ?? '')
  expect(existsSync(restored.catalog)).toBe(true)
  expect(existsSync(join(dataDir, 'catalog.sqlite'))).toBe(false)
})

it('before an upgrade it is said what is changed, and whether there is a backup of the last day', async () => {
  const { paperboy, dataDir } = aTerminal()
  await paperboy(['import', '-'], follow('cs.CL'))
  expect(await paperboy(['doctor', '--before-upgrade'])).toMatchObject({
    exit: 1,
    out: expect.arrayContaining([expect.stringContaining('No backup')]),
  })
  const file = join(dataDir, '..', 'kept.sqlite')
  await paperboy(['backup', file])
  const checked = await paperboy(['doctor', '--before-upgrade', '--json'])
  expect(checked.exit).toBe(0)
  expect(JSON.parse(checked.out[0] ?? '')).toMatchObject({
    ok: true,
    findings: [{ text: expect.stringContaining('nothing is changed') }, { text: expect.stringContaining(file) }],
  })
  rmSync(file)
  expect((await paperboy(['doctor', '--before-upgrade'])).out.join()).toContain('is not there any more')
})

it('a backup is done where the folder of the data can’t be written: what is not noted there is said in a sentence', async () => {
  const { paperboy, dataDir } = aTerminal()
  await paperboy(['import', '-'], follow('cs.CL'))
  // A folder in the note’s place refuses whoever the tests run as.
  mkdirSync(join(dataDir, 'last-backup.json'))
  const file = join(dataDir, '..', 'kept.sqlite')
  const { exit, out, said } = await paperboy(['backup', file])
  expect({ exit, backup: JSON.parse(out[0] ?? '{}').backup }).toEqual({ exit: 0, backup: file })
  expect(said).toMatch(/^The backup is complete\. Only paperboy doctor.*last-backup\.json/)
})
