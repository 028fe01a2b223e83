import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

// node dying-restore.ts FILE STATE N: restores, and is killed before the N-th change that it makes to the folder.

const [file = '', state = '', last = ''] = process.argv.slice(2)
let left = Number(last)

function dying<Given extends unknown[], T>(change: (...given: Given) => T): (...given: Given) => T {
  return (...given) => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL')
    return change(...given)
  }
}

fs.renameSync = dying(fs.renameSync)
fs.linkSync = dying(fs.linkSync)
fs.fsyncSync = dying(fs.fsyncSync)
fs.rmSync = dying(fs.rmSync)
syncBuiltinESMExports()

const { restoreBackup } = await import('../../src/store/backup.ts')
await restoreBackup(file, state, { at: '2026-03-02T20:00:00.000Z', settleMs: 0 })
