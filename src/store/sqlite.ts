import type { DatabaseSync } from 'node:sqlite'
import { systemClock } from '../clock.ts'
import type { DatabaseDesign, Opening } from './database.ts'
import { inTransaction, openDatabase } from './database.ts'
import { isStored, unwrap, wrap } from './envelope.ts'
import { decodeKey, encodeKey } from './keys.ts'
import { entriesTable, rowStatements, SqliteKeyvAdapter } from './keyv-adapter.ts'
import { stateSteps } from './migrations.ts'
import { openNamespaces, rowKey } from './namespaces.ts'
import type { Entry, Key, Namespace, Operation, Store } from './store.ts'
import { StoreError, storeError } from './store-error.ts'

/**
 * Opens the state of the program, making file (mode 600) and folder (mode 700) where they are missing; `readOnly` never makes or changes anything.
 * Rejects with a StoreError, whose sentence names the file, when it is damaged, of a newer Paperboy, or may not be read or written.
 */
export async function openStore(file: string, options: { readonly readOnly?: boolean } = {}): Promise<Store> {
  return storeOver(openStateDatabase(file, options))
}

/** The SQLite handle of `openStore`, checked. */
export function openStateDatabase(file: string, options: Opening = {}): DatabaseSync {
  return openDatabase(file, stateDesign, options)
}

/** Which form a state has, and which one this program gives it when it opens it to write. Throws a StoreError. */
export function stateForm(file: string): { readonly form: number; readonly ours: number } {
  const database = openStateDatabase(file, { readOnly: true, older: true })
  try {
    return { form: stateDesign.versionOf(database) ?? 0, ours: stateDesign.version }
  } finally {
    database.close()
  }
}

/** The store over a handle from `openStateDatabase`. */
export function storeOver(database: DatabaseSync): Store {
  // Keyv itself reads the system's time for what expires; nothing that we keep does.
  const now = systemClock.now
  const failed = failureOf(database.location() ?? stateDesign.name)
  const apply = rowChanges(database, now, failed)
  const range = database.prepare(
    'SELECT key, value FROM entries WHERE namespace = ? AND key >= ? AND key < ? AND (expires IS NULL OR expires > ?) ORDER BY key LIMIT ?',
  )
  return {
    ...openNamespaces((namespace) => new SqliteKeyvAdapter(database, { namespace, now }), failed),
    async scan<T>(namespace: Namespace<T>, prefix: Key, { after, limit }: ScanOptions): Promise<readonly Entry<T>[]> {
      const first = after === undefined ? '' : justAfter(encodeKey(after))
      try {
        const entries: Entry<T>[] = []
        for (const [from, to] of rangesUnder(prefix)) {
          const start = laterOf(first, from)
          const rows = start < to ? range.all(namespace.name, start, to, now(), limit - entries.length) : []
          entries.push(...rows.map((row) => entryOf<T>(namespace.name, String(row.key), String(row.value), failed)))
        }
        return entries
      } catch (cause) {
        throw failed('read', namespace.name, cause)
      }
    },
    async commit(operations) {
      try {
        const changes = operations.map((operation) => rowChangeOf(operation, failed))
        return inTransaction(database, () => changes.every(apply), Boolean) ? 'committed' : 'conflict'
      } catch (cause) {
        throw failed('write', [...new Set(operations.map((operation) => operation.namespace))].join(', '), cause)
      }
    },
    async purge() {
      try {
        // Rows are deleted, pages are not: what stood in them goes when the file is written anew, and its journal is cut.
        database.exec('VACUUM')
        const cut = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
        return cut?.busy === 0 ? 'purged' : 'held'
      } catch (cause) {
        throw failed('write', 'all of it', cause)
      }
    },
    async close() {
      if (database.isOpen) database.close()
    },
  }
}

const stateDesign: DatabaseDesign = {
  name: 'store',
  derived: false,
  wayOut: 'Restore a backup with paperboy restore FILE, or move the file away to begin with nothing.',
  version: stateSteps.length + 1,
  synchronous: 'FULL',
  cache: 8,
  checked: true,
  create(database) {
    database.exec(entriesTable)
    database
      .prepare("INSERT INTO entries (namespace, key, value) VALUES ('meta', 'schema', ?)")
      .run(wrap(stateDesign.version))
  },
  versionOf(database) {
    const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'entries'").get()
    if (known === undefined) return undefined
    const row = database.prepare("SELECT value FROM entries WHERE namespace = 'meta' AND key = 'schema'").get()
    const version = row === undefined ? undefined : unwrap(String(row.value))
    return typeof version === 'number' ? version : undefined
  },
  upgrade: {
    steps: stateSteps,
    writeVersion: (database, version) =>
      database.prepare("UPDATE entries SET value = ? WHERE namespace = 'meta' AND key = 'schema'").run(wrap(version)),
  },
}

type Failure = (action: 'read' | 'write', what: string, cause: unknown) => StoreError

/** Sentences that name the file first, for that is what people can do something about. */
function failureOf(file: string): Failure {
  return (action, what, cause) => {
    const error = storeError(`${action} ${file} (${what})`, cause, file)
    return error.fault === 'corrupt' && error.cause === cause
      ? new StoreError('corrupt', `${error.message}. Nothing was overwritten. ${stateDesign.wayOut}`, cause)
      : error
  }
}

interface ScanOptions {
  readonly after?: Key
  readonly limit: number
}

/** Ranges of row keys, the end apart, that together hold what begins with the prefix: the key itself, and all that goes on after a `/`. */
function rangesUnder(prefix: Key): readonly (readonly [from: string, to: string])[] {
  if (prefix.length === 0) return [['', '\u007f']]
  const text = encodeKey(prefix)
  return [
    [text, justAfter(text)],
    [`${text}/`, `${text}0`],
  ]
}

function laterOf(a: string, b: string): string {
  if (a > b) return a
  return b
}

/** Row keys are printable ASCII, so nothing lies between a key and this. */
function justAfter(key: string): string {
  return `${key}\u0001`
}

function entryOf<T>(namespace: string, key: string, row: string, failed: Failure): Entry<T> {
  try {
    return { key: decodeKey(key), value: unwrap(row) as T }
  } catch (cause) {
    throw failed('read', `${namespace}/${key}`, cause)
  }
}

interface RowChange {
  readonly operation: Operation
  readonly key: string
  /** Undefined: the row goes. */
  readonly row: string | undefined
}

function rowChangeOf(operation: Operation, failed: Failure): RowChange {
  const key = rowKey(operation.namespace, operation.key)
  try {
    return { operation, key, row: operation.kind === 'delete' ? undefined : wrap(operation.value) }
  } catch (cause) {
    throw failed('write', `${operation.namespace}/${key}`, cause)
  }
}

/** Makes one change; false, and nothing changed, where it conflicts with what is there. */
function rowChanges(database: DatabaseSync, now: () => number, failed: Failure): (change: RowChange) => boolean {
  const get = database.prepare(rowStatements.get)
  const set = database.prepare(rowStatements.set)
  const remove = database.prepare(rowStatements.delete)
  return ({ operation, key, row }) => {
    const { namespace } = operation
    const stored = () => {
      const found = get.get(namespace, key, now())
      return found === undefined ? undefined : String(found.value)
    }
    if (operation.kind === 'putIfAbsent' && stored() !== undefined) return false
    if (operation.kind === 'putIf' && !isExpected(operation, key, stored(), failed)) return false
    if (row === undefined) remove.run(namespace, key)
    else set.run(namespace, key, row, null)
    return true
  }
}

function isExpected(
  operation: Operation & { readonly kind: 'putIf' },
  key: string,
  stored: string | undefined,
  failed: Failure,
): boolean {
  try {
    return isStored(operation.expected, stored)
  } catch (cause) {
    throw failed('read', `${operation.namespace}/${key}`, cause)
  }
}
