import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DataDirLock, LockRefusal } from '../../src/store/lock.ts'
import { lockDataDir } from '../../src/store/lock.ts'
import { openStore } from '../../src/store/sqlite.ts'

const script = fileURLToPath(new URL('../support/store-writer.ts', import.meta.url))

describe('a process that is killed in the middle of writing', () => {
  let dir: string
  let writer: ChildProcess
  let output = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'paperboy-kill-'))
    output = ''
    writer = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
    writer.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  })
  afterEach(() => {
    writer.kill('SIGKILL')
    rmSync(dir, { recursive: true })
  })

  it('leaves everything that it confirmed, and nothing half-written', async () => {
    await said(/^30$/m)
    await killed()
    const store = await openStore(join(dir, 'state.sqlite'))
    const confirmed = Number(/(\d+)\n[^\n]*$/.exec(output)?.[1])
    expect(await store.meta.get(['last'])).toBeGreaterThanOrEqual(confirmed)
    const left = await store.scan(store.people, ['left'], { limit: 1_000_000 })
    const right = await store.scan(store.people, ['right'], { limit: 1_000_000 })
    expect(left.length).toBeGreaterThanOrEqual(confirmed)
    expect(right.map((entry) => entry.key[1])).toEqual(left.map((entry) => entry.key[1]))
    await store.close()
  })

  it('leaves no lock, but while it lives the folder is refused in a sentence that names it', async () => {
    await said(/^locked$/m)
    const refused = await lockDataDir(dir, 'poll')
    expect(refused).toMatchObject({ kind: 'held', dir })
    expect(messageOf(refused)).toContain(`${dir} is in use by paperboy start (process ${writer.pid})`)
    await killed()
    const ours = await lockDataDir(dir, 'poll')
    expect(ours.kind).toBe('locked')
    if (ours.kind === 'locked') ours.release()
  })

  async function said(words: RegExp): Promise<void> {
    while (!words.test(output) && writer.stdout !== null) await once(writer.stdout, 'data')
  }

  async function killed(): Promise<void> {
    const end = once(writer, 'close')
    writer.kill('SIGKILL')
    await end
  }
})

function messageOf(lock: DataDirLock | LockRefusal): string {
  return lock.kind === 'held' ? lock.message : ''
}
