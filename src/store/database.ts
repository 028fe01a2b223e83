import {
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreError, storeError } from './store-error.ts'

/** What a SQLite file of ours is, and what to say of one that is not as it should be. */
export interface DatabaseDesign {
  /** For sentences: `store`, `catalogue`. */
  readonly name: string
  /** The way out when the file can't be used. */
  readonly wayOut: string
  readonly version: number
  /** FULL survives a power cut with every commit, NORMAL may lose the last ones; neither ever breaks the file. */
  readonly synchronous: 'FULL' | 'NORMAL'
  /** How much of the file may be held in memory, in MiB. */
  readonly cache: number
  /** Bytes of a page of a new file, where SQLite's 4,096 do not fit what is kept. */
  readonly pageSize?: number
  /** What is in it can be learnt again: leftovers of a file that is gone are cleared away. */
  readonly derived: boolean
  /** Looks through the whole file at opening: for files that are small. */
  readonly checked: boolean
  /** Makes the tables in an empty file and writes the version into them. */
  readonly create: (database: DatabaseSync) => void
  /** Undefined when the file is somebody else's. */
  readonly versionOf: (database: DatabaseSync) => number | undefined
  /** How a file of an older form is brought up to date; without it, older forms are read as they are. */
  readonly upgrade?: Upgrade
}

/** The steps from each form to the next. A step that has gone out with a version is never changed. */
export interface Upgrade {
  /** The first leads from form 1 to form 2. */
  readonly steps: readonly ((database: DatabaseSync) => void)[]
  readonly writeVersion: (database: DatabaseSync, version: number) => void
}

export interface Opening {
  readonly readOnly?: boolean
  /** Also reads a file of an older form, as it is. */
  readonly older?: boolean
  /** No copy is kept of a file that is brought up to date. */
  readonly uncopied?: boolean
}

// How long a statement waits for another process's lock, in milliseconds.
const busyTimeout = 5_000

/**
 * Opens a SQLite file in WAL mode, making it (mode 600) where it is missing and not only read; throws a StoreError with a sentence otherwise.
 * A file that is damaged, of a newer version or not ours is left exactly as it is; one of an older form is brought up to date in
 * one transaction, once a copy of it lies beside it.
 */
export function openDatabase(file: string, design: DatabaseDesign, opening: Opening): DatabaseSync {
  const { readOnly = false } = opening
  if (!existsSync(file)) {
    if (!design.derived && existsSync(`${file}-wal`)) throw isOrphaned(file, design)
    if (readOnly)
      throw new StoreError(
        'missing',
        `There is no ${design.name} ${file} yet. Start Paperboy once, or name another data folder.`,
      )
    makeDatabase(file, design)
  }
  let database: DatabaseSync | undefined
  try {
    const found = statSync(file)
    if (found.isDirectory()) throw isFolder(file, design)
    if (found.size === 0) throw damaged(file, design, 'it is empty')
    if (!readOnly) chmodSync(file, 0o600)
    database = new DatabaseSync(file, { readOnly, timeout: busyTimeout })
    database.exec(`PRAGMA cache_size = ${-1024 * design.cache}`)
    const version = inspect(database, file, design)
    if (version < design.version && design.upgrade !== undefined && opening.older !== true) {
      if (readOnly) throw isOlder(file, design, version)
      upgradeDatabase(database, file, design, { ...design.upgrade, from: version, copied: opening.uncopied !== true })
    }
    if (!readOnly) {
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${design.synchronous}`)
      // What people had deleted is not to be read in the file.
      if (!design.derived) database.exec('PRAGMA secure_delete = FAST')
    }
    return database
  } catch (cause) {
    database?.close()
    const error = storeError(`open the ${design.name} ${file}`, cause, file)
    throw error.fault === 'corrupt' && error.cause !== undefined
      ? damaged(file, design, isNoDatabase(error.cause) ? noDatabase : itIsDamaged, cause)
      : error
  }
}

/** Makes the folder of the data (mode 700) where it is missing or empty. A folder that holds something keeps its mode: it may not be ours alone. */
export function makeDataDir(dir: string): void {
  try {
    makeFolder(resolve(dir), dir)
    if (readdirSync(dir).length === 0) chmodSync(dir, 0o700)
  } catch (cause) {
    throw storeError(`use the data folder ${dir}`, cause, dir)
  }
}

/** One folder after another: where a parent takes no new ones, as in /proc, mkdir's own `recursive` never ends. */
function makeFolder(folder: string, dataDir: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found !== undefined)
    throw new StoreError(
      'denied',
      `The data folder can't be ${dataDir}: ${folder} is a file. Set DATA_DIR to a folder.`,
    )
  if (dirname(folder) !== folder) makeFolder(dirname(folder), dataDir)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (cause) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'EEXIST'))
      throw new StoreError(
        'denied',
        `The data folder can't be ${dataDir}: ${folder} can't be made there. Set DATA_DIR to another folder.`,
        cause,
      )
    throw cause
  }
}

/** Runs the work as one transaction, synchronously: with one handle for all tasks, a transaction that spans an await takes others' writes with it. */
export function inTransaction<T>(database: DatabaseSync, work: () => T, keep: (result: T) => boolean = () => true): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec(keep(result) ? 'COMMIT' : 'ROLLBACK')
    return result
  } catch (cause) {
    // A full disk has SQLite roll back by itself.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw cause
  }
}

function inspect(database: DatabaseSync, file: string, design: DatabaseDesign): number {
  if (design.checked) {
    const found = database
      .prepare('PRAGMA quick_check(1)')
      .all()
      .map((row) => String(Object.values(row)[0]))
    if (found.join() !== 'ok') throw damaged(file, design, itIsDamaged, new Error(found.join('; ')))
  }
  const version = design.versionOf(database)
  if (version === undefined) throw damaged(file, design, 'it is not one of Paperboy')
  if (version > design.version)
    throw new StoreError(
      'newer',
      `The ${design.name} ${file} was written by a newer Paperboy (version ${version} of its form; this one knows ${design.version}). Update Paperboy. ${design.wayOut}`,
    )
  return version
}

/** Where a copy of a file lies as it was before it was given a form. */
export const beforeUpgrade = (file: string, version: number) => `${file}.before-v${version}`

function upgradeDatabase(
  database: DatabaseSync,
  file: string,
  design: DatabaseDesign,
  { steps, writeVersion, from, copied }: Upgrade & { readonly from: number; readonly copied: boolean },
): void {
  if (copied) copyBeside(database, beforeUpgrade(file, design.version))
  inTransaction(database, () => {
    for (const step of steps.slice(from - 1, design.version - 1)) step(database)
    writeVersion(database, design.version)
  })
}

/** Under another name until it is whole, for a copy of half a file is none. */
function copyBeside(database: DatabaseSync, copy: string): void {
  const draft = `${copy}.part`
  rmSync(draft, { force: true })
  database.prepare('VACUUM INTO ?').run(draft)
  chmodSync(draft, 0o600)
  renameSync(draft, copy)
}

function isOlder(file: string, design: DatabaseDesign, version: number): StoreError {
  return new StoreError(
    'older',
    `The ${design.name} ${file} was written by an older Paperboy (version ${version} of its form; this one has ${design.version}). Start this one once, and it is brought up to date; a copy of it as it is stays beside it.`,
  )
}

/** Made under another name and put in place when whole, so that a stop in the middle never leaves an empty file that looks like a damaged one. */
function makeDatabase(file: string, design: DatabaseDesign): void {
  makeDataDir(dirname(file))
  if (design.derived) for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
  const draft = `${file}.${process.pid}.new`
  const clear = () => {
    for (const ending of ['', '-wal', '-shm']) rmSync(`${draft}${ending}`, { force: true })
  }
  try {
    clear()
    closeSync(openSync(draft, 'wx', 0o600))
    const database = new DatabaseSync(draft)
    try {
      // The size can't be changed once the file is in WAL mode.
      if (design.pageSize !== undefined) database.exec(`PRAGMA page_size = ${design.pageSize}`)
      database.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE')
      design.create(database)
      database.exec('COMMIT')
    } finally {
      database.close()
    }
    putInPlace(draft, file)
  } catch (cause) {
    throw storeError(`make the ${design.name} ${file}`, cause, file)
  } finally {
    clear()
  }
}

function putInPlace(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch {
    // Another process was first, or the file system has no hard links.
    if (!existsSync(file)) renameSync(draft, file)
  }
}

function isFolder(file: string, design: DatabaseDesign): StoreError {
  return new StoreError(
    'denied',
    `The ${design.name} ${file} can't be used: it is a folder where a file is expected. Move that folder away, or set DATA_DIR to another one.`,
  )
}

/** Its journal holds what the file lacks: a new file beside it would lose that. */
function isOrphaned(file: string, design: DatabaseDesign): StoreError {
  const name = basename(file)
  return damaged(file, design, `${name} is missing while ${name}-wal, which belongs to it, is there`)
}

function damaged(file: string, design: DatabaseDesign, detail: string, cause?: unknown): StoreError {
  return new StoreError(
    'corrupt',
    `The ${design.name} ${file} can't be used: ${detail}. It was left as it is. ${design.wayOut}`,
    cause,
  )
}

// What SQLite says of pages and cells helps nobody who reads it; it stays the cause.
const itIsDamaged = 'it is damaged'
const noDatabase = 'what is in it was not written by Paperboy, or is damaged from its first byte on'

/** https://sqlite.org/rescode.html#notadb */
function isNoDatabase(cause: unknown): boolean {
  return cause instanceof Error && 'errcode' in cause && cause.errcode === 26
}
