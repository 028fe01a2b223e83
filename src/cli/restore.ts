import { existsSync } from 'node:fs'
import { isoAt, systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { stateFile } from '../house.ts'
import { restoreBackup } from '../store/backup.ts'
import { lockDataDir } from '../store/lock.ts'
import { onlyWord, readArguments } from './arguments.ts'
import { Refusal, type Verb } from './verb.ts'

/** Puts a backup in place of the state; what was there is kept beside it, and never mixed into it. */
export const restore: Verb = {
  name: 'restore',
  usage: 'restore FILE',
  summary: 'Take a backup as the data; what was there is kept under another name',
  async run(args, io) {
    const file = onlyWord(readArguments(args, { json: 'boolean' }).words, 'FILE')
    if (!existsSync(file)) throw new Refusal(`${file} can’t be read: there is no such file.`)
    const { dataDir, settleMs } = readConfig(io.environment, io.terminal)
    const lock = await lockDataDir(dataDir, 'restore')
    if (lock.kind === 'held') throw new Refusal(lock.message)
    try {
      const at = isoAt(systemClock.now())
      const { from, before, channels } = await restoreBackup(file, stateFile(dataDir), { at, settleMs })
      io.out(JSON.stringify({ restored: file, from, ...(before === undefined ? {} : { before }), channels }))
      if (before !== undefined) io.say(`What was there is kept as ${before}; delete it once you don’t need it.`)
      if (channels > 0)
        io.say(
          `Before anything is posted, ${channels === 1 ? 'a channel is' : `${channels} channels are`} looked at for what was posted there since ${from}.`,
        )
      return 0
    } finally {
      lock.release()
    }
  },
}
