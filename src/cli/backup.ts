import { existsSync, renameSync, rmSync } from 'node:fs'
import { chmod, copyFile, open } from 'node:fs/promises'
import { backup as copyOf } from 'node:sqlite'
import { isoAt, systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { hasState, stateFile } from '../house.ts'
import { lockDataDir } from '../store/lock.ts'
import { openStateDatabase } from '../store/sqlite.ts'
import { storeError } from '../store/store-error.ts'
import { onlyWord, readArguments } from './arguments.ts'
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
    const database = openStateDatabase(stateFile(dataDir), { readOnly: true })
    try {
      // Only whoever runs Paperboy may read it, and what is there already is never overwritten.
      await (await open(file, 'wx', 0o600)).close()
      await copyOf(database, file)
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')
        throw new Refusal(`${file} is there already: name a file that is not, or move it away.`)
      throw storeError(`write the backup ${file}`, cause, file)
    } finally {
      database.close()
    }
    io.out(JSON.stringify({ backup: file }))
    return 0
  },
}

/** Puts a backup in place of the state; what was there is kept beside it. */
export const restore: Verb = {
  name: 'restore',
  usage: 'restore FILE',
  summary: 'Take a backup as the data; what was there is kept under another name',
  async run(args, io) {
    const file = onlyWord(readArguments(args, { json: 'boolean' }).words, 'FILE')
    if (!existsSync(file)) throw new Refusal(`${file} can’t be read: there is no such file.`)
    const { dataDir } = readConfig(io.environment, io.terminal)
    // Looked through before anything is moved: a damaged backup, or a file that is none, changes nothing.
    openStateDatabase(file, { readOnly: true }).close()
    const lock = await lockDataDir(dataDir, 'restore')
    if (lock.kind === 'held') throw new Refusal(lock.message)
    const state = stateFile(dataDir)
    const draft = `${state}.restored`
    try {
      await copyFile(file, draft)
      await chmod(draft, 0o600)
      const aside = hasState(dataDir) ? `${state}.before-${isoAt(systemClock.now()).replaceAll(':', '')}` : undefined
      if (aside !== undefined) renameSync(state, aside)
      // What the old file had not yet taken in lies beside it and goes with it.
      for (const ending of ['-wal', '-shm']) {
        if (!existsSync(`${state}${ending}`)) continue
        if (aside === undefined) rmSync(`${state}${ending}`)
        else renameSync(`${state}${ending}`, `${aside}${ending}`)
      }
      renameSync(draft, state)
      io.out(JSON.stringify({ restored: file, ...(aside === undefined ? {} : { before: aside }) }))
      return 0
    } catch (cause) {
      throw storeError(`restore ${file} to ${state}`, cause, state)
    } finally {
      rmSync(draft, { force: true })
      lock.release()
    }
  },
}
