import { chmodSync, closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeDataDir } from './database.ts'
import { StoreError, storeError } from './store-error.ts'

/** The data folder is ours until `release`, or until the process ends in whatever way. */
export interface DataDirLock {
  readonly kind: 'locked'
  readonly dir: string
  release(): void
}

/** Another process harvests or posts on this folder. */
export interface LockRefusal {
  readonly kind: 'held'
  readonly dir: string
  /** A sentence for people that names the folder and, where it is known, the holder. */
  readonly message: string
}

/**
 * Takes the data folder for the one process that may harvest or post on it; `verb` (start, poll, demo) is only for the sentence that a second one gets.
 * The operating system holds the lock, so a killed process leaves none. Rejects with a StoreError when the folder can't be used.
 */
export async function lockDataDir(dir: string, verb: string): Promise<DataDirLock | LockRefusal> {
  makeDataDir(dir)
  const file = join(dir, 'lock.sqlite')
  const holder = join(dir, 'lock.holder')
  let database: DatabaseSync | undefined
  try {
    // Made first, for SQLite gives its journal the mode of the file that it belongs to.
    closeSync(openSync(file, 'a', 0o600))
    chmodSync(file, 0o600)
    database = new DatabaseSync(file, { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
    writeFileSync(holder, `${process.pid} ${verb}\n`, { mode: 0o600 })
  } catch (cause) {
    database?.close()
    const error = storeError(`lock the data folder ${dir} with ${file}`, cause, file)
    if (error.fault === 'busy') return { kind: 'held', dir, message: refusal(dir, holder) }
    throw error.fault === 'corrupt'
      ? new StoreError('corrupt', `${file} is damaged; it holds nothing: delete it.`, cause)
      : error
  }
  return { kind: 'locked', dir, release: once(() => release(database, holder)) }
}

function release(database: DatabaseSync, holder: string): void {
  rmSync(holder, { force: true })
  database.close()
}

function refusal(dir: string, holder: string): string {
  const [, pid, verb] = /^(\d+) (\S+)\n$/.exec(readable(holder)) ?? []
  const who = pid === undefined ? 'another Paperboy' : `paperboy ${verb} (process ${pid})`
  return `The data folder ${dir} is in use by ${who}. Stop it first, or set DATA_DIR to another folder.`
}

/** The holder's note is a courtesy: when it can't be read, the sentence does without. */
function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    action()
  }
}
