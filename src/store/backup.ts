import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { wrap } from './envelope.ts'
import { encodeKey } from './keys.ts'
import { rowStatements } from './keyv-adapter.ts'
import { backupMark, markRestored, type Restored } from './restored.ts'
import { openStateDatabase, storeOver } from './sqlite.ts'
import { StoreError, storeError } from './store-error.ts'

/**
 * Copies the state, also one that a process is writing, into a new file (mode 600) that is there whole and checked, or not
 * at all. `at` (ISO 8601, UTC) is kept in it as its moment. Rejects with a StoreError; what is there already is left alone.
 */
export async function writeBackup(state: string, file: string, at: string): Promise<{ readonly bytes: number }> {
  const draft = `${file}.${process.pid}.part`
  try {
    if (existsSync(file)) throw isThere(file)
    const folder = dirname(resolve(file))
    if (!existsSync(folder))
      throw new StoreError('missing', `There is no folder ${folder} for the backup: make it, or name another file.`)
    await copyState(state, draft)
    const copy = new DatabaseSync(draft)
    try {
      copy.exec('PRAGMA journal_mode = DELETE')
      copy.prepare(rowStatements.set).run('meta', encodeKey(backupMark), wrap(at), null)
    } finally {
      copy.close()
    }
    openStateDatabase(draft, { readOnly: true, older: true }).close()
    sync(draft)
    const { size } = statSync(draft)
    putNew(draft, file)
    sync(dirname(resolve(file)))
    return { bytes: size }
  } catch (cause) {
    throw storeError(`write the backup ${file}`, cause, file)
  } finally {
    clear(draft)
  }
}

export interface Restoring {
  /** Now, ISO 8601, UTC. */
  readonly at: string
  readonly settleMs: number
  /** What has to be done before the state is replaced, and does no harm to the old one. */
  readonly prepare?: (restored: Restored) => void
}

/**
 * Puts a backup in the place of the state, whose folder must be locked; what was there is kept under `before`. Ended at any
 * moment, it leaves the old state or the new one.
 * Rejects with a StoreError that names the file.
 */
export async function restoreBackup(
  file: string,
  state: string,
  { at, settleMs, prepare }: Restoring,
): Promise<Restored & { readonly before?: string }> {
  const draft = `${state}.restoring`
  try {
    // Checked before anything is touched, so that what is wrong is said of the file that was named.
    checkBackup(file)
    clear(draft)
    await copyState(file, draft)
    const copy = openStateDatabase(draft, { uncopied: true })
    let restored: Restored
    try {
      restored = await markRestored(storeOver(copy), at, settleMs)
      copy.exec('PRAGMA journal_mode = DELETE')
    } finally {
      copy.close()
    }
    sync(draft)
    prepare?.(restored)
    const before = setAside(state, at)
    renameSync(draft, state)
    sync(dirname(resolve(state)))
    return { ...restored, ...(before === undefined ? {} : { before }) }
  } catch (cause) {
    throw storeError(`restore ${file} to ${state}`, cause, state)
  } finally {
    clear(draft)
  }
}

/** Throws a sentence that fits a file that somebody named, and not the data folder's own. */
function checkBackup(file: string): void {
  try {
    openStateDatabase(file, { readOnly: true, older: true }).close()
  } catch (cause) {
    if (!(cause instanceof StoreError && cause.fault === 'corrupt')) throw cause
    const { cause: said } = cause
    const isDatabase = !(said instanceof Error && 'errcode' in said && said.errcode === NOT_A_DATABASE)
    throw new StoreError(
      'corrupt',
      `${file} is not a backup${isDatabase ? ', or it is damaged' : ''}: name a file that paperboy backup has written. Nothing was changed.`,
      cause,
    )
  }
}

/** https://sqlite.org/rescode.html#notadb */
const NOT_A_DATABASE = 26

/** All pages in one step: in several, a process that writes meanwhile would have it begin again and again. */
const ALL_PAGES = 2 ** 30

async function copyState(from: string, to: string): Promise<void> {
  const source = openStateDatabase(from, { readOnly: true, older: true })
  try {
    // Made first, for SQLite would make it as the umask says.
    closeSync(openSync(to, 'wx', 0o600))
    await backup(source, to, { rate: ALL_PAGES })
  } finally {
    source.close()
  }
}

/**
 * Gives a SQLite file a second name, which it answers with, and leaves nothing beside it that a file put in its place would be
 * taken together with; undefined when there is none. `at`: ISO 8601, UTC.
 */
export function setAside(state: string, at: string): string | undefined {
  const aside = unused(`${state}.before-${at.replaceAll(':', '')}`)
  const companions = ['-wal', '-shm', '-journal']
  if (!existsSync(state) && !existsSync(`${state}-wal`)) return undefined
  if (existsSync(state)) {
    inOneFile(state)
    linkOrCopy(state, aside)
  }
  for (const ending of companions.filter((each) => existsSync(`${state}${each}`)))
    linkOrCopy(`${state}${ending}`, `${aside}${ending}`)
  sync(dirname(resolve(aside)))
  for (const ending of companions) rmSync(`${state}${ending}`, { force: true })
  return aside
}

function unused(name: string): string {
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${name}-${n}`
    if (!existsSync(free)) return free
  }
}

/** What lies in the write-ahead log goes into the file; not in one that is damaged. Throws where another process has it open. */
function inOneFile(state: string): void {
  try {
    const database = new DatabaseSync(state, { timeout: 5000 })
    try {
      database.exec('PRAGMA journal_mode = DELETE')
    } finally {
      database.close()
    }
  } catch (cause) {
    const error = storeError(`set ${state} aside`, cause, state)
    if (error.fault !== 'corrupt') throw error
  }
}

function putNew(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (cause) {
    if (existsSync(file)) throw isThere(file)
    // Not every file system has hard links.
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    renameSync(draft, file)
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to, constants.COPYFILE_EXCL)
    sync(to)
  }
}

/** A power cut after this loses nothing of it. */
function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function clear(draft: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${ending}`, { force: true })
}

function isThere(file: string): StoreError {
  return new StoreError('denied', `${file} is there already: name a file that is not, or move it away.`)
}
