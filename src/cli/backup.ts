import { resolve } from 'node:path'
import { isoAt, systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { hasState, stateFile } from '../house.ts'
import { writeBackup } from '../store/backup.ts'
import { onlyWord, readArguments } from './arguments.ts'
import { noteBackup } from './upgrade-check.ts'
import { Refusal, type Verb } from './verb.ts'

/** What can't be learnt again, in one file: subscriptions, settings, what was posted. The catalogue is rebuilt from its sources. */
export const backup: Verb = {
  name: 'backup',
  usage: 'backup FILE',
  summary: 'Copy what can’t be learnt again into one file, also while Paperboy runs',
  async run(args, io) {
    const file = onlyWord(readArguments(args, { json: 'boolean' }).words, 'FILE')
    const { dataDir } = readConfig(io.environment, io.terminal)
    if (!hasState(dataDir)) throw new Refusal(`There is nothing in the data folder ${dataDir} yet to be kept.`)
    const at = isoAt(systemClock.now())
    const { bytes } = await writeBackup(stateFile(dataDir), file, at)
    io.out(JSON.stringify({ backup: file, at, bytes }))
    const unnoted = noteBackup(dataDir, resolve(file), at)
    if (unnoted !== undefined)
      io.say(`The backup is complete. Only paperboy doctor --before-upgrade won’t know of it: ${unnoted}`)
    return 0
  },
}
