import { EventEmitter } from 'node:events'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { KeyvStorageAdapter, KeyvStorageCapability, KeyvStorageEntry } from 'keyv'
import { keyvStorageCapability } from 'keyv'
import { inTransaction } from './database.ts'

/** The one table of all namespaces; `expires` is in Unix milliseconds. */
export const entriesTable = `
  CREATE TABLE entries (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    expires INTEGER,
    PRIMARY KEY (namespace, key)
  ) WITHOUT ROWID, STRICT`

/**
 * Keyv's storage adapter contract of version 6 over one table (https://keyv.org/docs, "Storage Adapter Contract"): one object a namespace, any number over one handle,
 * because Keyv keeps the namespace on the adapter. Each method is one synchronous statement or transaction, and a failure rejects.
 */
export class SqliteKeyvAdapter extends EventEmitter implements Omit<KeyvStorageAdapter, keyof EventEmitter> {
  namespace: string | undefined
  readonly #database: DatabaseSync
  readonly #now: () => number
  readonly #statements: Readonly<Record<keyof typeof rowStatements, StatementSync>>
  #connected = true

  constructor(database: DatabaseSync, options: { readonly namespace?: string; readonly now: () => number }) {
    super()
    this.namespace = options.namespace
    this.#database = database
    this.#now = options.now
    this.#statements = {
      get: database.prepare(rowStatements.get),
      set: database.prepare(rowStatements.set),
      delete: database.prepare(rowStatements.delete),
      clear: database.prepare(rowStatements.clear),
      clearAll: database.prepare(rowStatements.clearAll),
      page: database.prepare(rowStatements.page),
    }
  }

  get capabilities(): KeyvStorageCapability {
    return keyvStorageCapability(this)
  }

  async get(key: string): Promise<string | undefined> {
    return this.#read(key)
  }

  async getMany(keys: string[]): Promise<(string | undefined)[]> {
    return keys.map((key) => this.#read(key))
  }

  async has(key: string): Promise<boolean> {
    return this.#read(key) !== undefined
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return keys.map((key) => this.#read(key) !== undefined)
  }

  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    this.#write(key, value, expires)
    return true
  }

  async setMany<Value>(entries: KeyvStorageEntry<Value>[]): Promise<boolean[]> {
    return this.#together(() => entries.map((entry) => this.#write(entry.key, entry.value, entry.expires)))
  }

  async delete(key: string): Promise<boolean> {
    return this.#remove(key)
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    return this.#together(() => keys.map((key) => this.#remove(key)))
  }

  /** With a namespace only its entries. */
  async clear(): Promise<void> {
    const { clear, clearAll } = this.#use()
    if (this.namespace === undefined) clearAll.run()
    else clear.run(this.namespace)
  }

  /** In the order of the keys. Read in pages, so that no statement stays open while the caller works. */
  async *iterator<Value>(): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    let after = ''
    for (;;) {
      const rows = this.#use().page.all(this.#space(), after, this.#now(), 100)
      for (const row of rows) yield [String(row.key), String(row.value)]
      const last = rows.at(-1)
      if (last === undefined) return
      after = String(last.key)
    }
  }

  /** The handle belongs to whoever opened it and serves other namespaces: it stays open. */
  async disconnect(): Promise<void> {
    this.#connected = false
  }

  #read(key: string): string | undefined {
    const row = this.#use().get.get(this.#space(), key, this.#now())
    return row === undefined ? undefined : String(row.value)
  }

  #write(key: string, value: unknown, expires: number | undefined): boolean {
    if (typeof value !== 'string') throw new TypeError(`the value of ${key} must be serialised to text`)
    this.#use().set.run(this.#space(), key, value, expires ?? null)
    return true
  }

  #remove(key: string): boolean {
    return this.#use().delete.run(this.#space(), key).changes > 0
  }

  #together<T>(work: () => T): T {
    this.#use()
    return inTransaction(this.#database, work)
  }

  #space(): string {
    return this.namespace ?? ''
  }

  #use(): Readonly<Record<keyof typeof rowStatements, StatementSync>> {
    if (!this.#connected) throw new Error(`the namespace ${this.namespace ?? ''} is disconnected`)
    return this.#statements
  }
}

/** Each takes namespace and key first; reading takes the present moment last. */
export const rowStatements = {
  get: 'SELECT value FROM entries WHERE namespace = ? AND key = ? AND (expires IS NULL OR expires > ?)',
  set: 'INSERT INTO entries (namespace, key, value, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, expires = excluded.expires',
  delete: 'DELETE FROM entries WHERE namespace = ? AND key = ?',
  clear: 'DELETE FROM entries WHERE namespace = ?',
  clearAll: 'DELETE FROM entries',
  page: 'SELECT key, value FROM entries WHERE namespace = ? AND key > ? AND (expires IS NULL OR expires > ?) ORDER BY key LIMIT ?',
} as const
