import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { restoreBackup, writeBackup } from '../../src/store/backup.ts'
import { channelKey, seenKey } from '../../src/store/keys.ts'
import { openStore } from '../../src/store/sqlite.ts'
import { put } from '../../src/store/store.ts'

const dying = fileURLToPath(new URL('../support/dying-restore.ts', import.meta.url))
const slack = 'slack:T1/C1' as ChannelId
const web = 'web:demo/papers' as ChannelId
const NOON = '2026-03-02T12:00:00.000Z'
const EVENING = '2026-03-02T20:00:00.000Z'
const restoring = { at: EVENING, settleMs: 90_000 }

const folder = () => mkdtempSync(join(tmpdir(), 'paperboy-backup-'))

/** A state that says how many papers were seen in the channel. */
async function write(file: string, papers: number, channel = slack): Promise<void> {
  const store = await openStore(file)
  for (let at = 1; at <= papers; at++)
    await store.seen.set(seenKey(channel, `arxiv:2603.0000${at}` as PaperId), {
      state: 'pending',
      at: NOON,
      reasons: [],
    })
  await store.close()
}

async function seenIn(file: string, channel = slack): Promise<number> {
  const store = await openStore(file)
  const { length } = await store.scan(store.seen, [channel], { limit: 100 })
  await store.close()
  return length
}

it('a backup of a state that is being written holds all that was written before it', async () => {
  const dir = folder()
  const state = join(dir, 'state.sqlite')
  const store = await openStore(state)
  await store.seen.set(seenKey(slack, 'arxiv:2603.00001' as PaperId), { state: 'pending', at: NOON, reasons: [] })
  await writeBackup(state, join(dir, 'kept'), NOON)
  await store.seen.set(seenKey(slack, 'arxiv:2603.00002' as PaperId), { state: 'pending', at: NOON, reasons: [] })
  await store.close()
  expect(readdirSync(dir).filter((name) => name.startsWith('kept'))).toEqual(['kept'])
  expect(statSync(join(dir, 'kept')).mode & 0o777).toBe(0o600)
  expect(await seenIn(join(dir, 'kept'))).toBe(1)
})

it('a file that is there already is left alone, and nothing is left beside it', async () => {
  const dir = folder()
  const state = join(dir, 'state.sqlite')
  await write(state, 1)
  await writeBackup(state, join(dir, 'kept'), NOON)
  const { mtimeMs } = statSync(join(dir, 'kept'))
  await expect(writeBackup(state, join(dir, 'kept'), EVENING)).rejects.toThrow('is there already')
  expect(statSync(join(dir, 'kept')).mtimeMs).toBe(mtimeMs)
  expect(readdirSync(dir).filter((name) => name.includes('part'))).toEqual([])
})

it('a restore leaves the channels of every platform but the web alone, since the moment of the backup', async () => {
  const dir = folder()
  const state = join(dir, 'state.sqlite')
  await write(state, 2)
  await write(state, 1, web)
  const opened = await openStore(state)
  const tenant = 'discord:1' as TenantId
  const discord = 'discord:1/2' as ChannelId
  await opened.commit([
    put(opened.channels, channelKey(discord), { channel: discord, tenant, name: '2', addedAt: NOON }),
  ])
  await opened.close()
  await writeBackup(state, join(dir, 'kept'), NOON)
  await write(state, 5)
  const { before, ...restored } = await restoreBackup(join(dir, 'kept'), state, restoring)
  expect(restored).toEqual({ from: NOON, channels: 2 })
  expect(await seenIn(state)).toBe(2)
  expect(await seenIn(before ?? '')).toBe(5)
  const store = await openStore(state)
  expect(await store.recalls.get([slack])).toEqual({
    from: NOON,
    at: EVENING,
    lookAt: '2026-03-02T20:01:30.000Z',
    failures: 0,
  })
  expect(await store.recalls.get([discord])).toBeDefined()
  expect(await store.recalls.get([web])).toBeUndefined()
  expect(await store.meta.get(['backup'])).toBeUndefined()
  await store.close()
})

it('a copy that was made in another way reaches to its last round of decisions', async () => {
  const dir = folder()
  const state = join(dir, 'state.sqlite')
  await write(state, 1)
  const store = await openStore(state)
  await store.meta.set(['decided-through'], '2026-03-02T11:59:00.000Z')
  await store.close()
  copyFileSync(state, join(dir, 'copied'))
  expect(await restoreBackup(join(dir, 'copied'), state, restoring)).toMatchObject({ from: '2026-03-02T11:59:00.000Z' })
})

it('a backup that was made before its channels were recalled goes back to the earlier one', async () => {
  const dir = folder()
  const state = join(dir, 'state.sqlite')
  await write(state, 1)
  await writeBackup(state, join(dir, 'first'), '2026-03-01T12:00:00.000Z')
  await restoreBackup(join(dir, 'first'), state, { at: NOON, settleMs: 90_000 })
  await writeBackup(state, join(dir, 'second'), '2026-03-02T13:00:00.000Z')
  await restoreBackup(join(dir, 'second'), state, restoring)
  const store = await openStore(state)
  expect(await store.recalls.get([slack])).toMatchObject({ from: '2026-03-01T12:00:00.000Z', at: EVENING })
  await store.close()
})

it('a state that another process has open is not replaced', async () => {
  const dir = folder()
  const state = join(dir, 'state.sqlite')
  await write(state, 1)
  await writeBackup(state, join(dir, 'kept'), NOON)
  const open = await openStore(state)
  await open.seen.get(seenKey(slack, 'arxiv:2603.00001' as PaperId))
  await expect(restoreBackup(join(dir, 'kept'), state, restoring)).rejects.toThrow(state)
  await open.close()
  expect(existsSync(`${state}.restoring`)).toBe(false)
  expect(await seenIn(state)).toBe(1)
})

it('a restore that is killed leaves the old state or the new one, and can be made again', async () => {
  const dir = folder()
  await write(join(dir, 'state.sqlite'), 2)
  await writeBackup(join(dir, 'state.sqlite'), join(dir, 'kept'), NOON)
  const outcomes = new Set<number>()
  for (let change = 1; ; change++) {
    const place = mkdtempSync(join(dir, 'killed-'))
    const state = join(place, 'state.sqlite')
    await write(state, 5)
    const { signal, status } = spawnSync(process.execPath, [dying, join(dir, 'kept'), state, String(change)])
    if (signal === null) {
      expect(status).toBe(0)
      expect(await seenIn(state)).toBe(2)
      break
    }
    const seen = await seenIn(state)
    expect([2, 5]).toContain(seen)
    outcomes.add(seen)
    await restoreBackup(join(dir, 'kept'), state, { at: '2026-03-02T21:00:00.000Z', settleMs: 0 })
    expect(await seenIn(state)).toBe(2)
  }
  expect(outcomes.size).toBe(2)
}, 60_000)
