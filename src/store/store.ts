import type { Records } from './records.ts'

/** A tuple; each element is percent-encoded and the whole joined by `/` (keys.ts). Tenant first in every key that people write. */
export type Key = readonly string[]

/**
 * One kind of record. A read or write that fails rejects: it is never taken for "nothing there".
 * `get` answers undefined only for a key that is not there.
 */
export interface Namespace<T> {
  readonly name: NamespaceName
  get(key: Key): Promise<T | undefined>
  /** In the order of `keys`. */
  getMany(keys: readonly Key[]): Promise<readonly (T | undefined)[]>
  set(key: Key, value: T): Promise<void>
}

export type NamespaceName = keyof Records

export interface Entry<T> {
  readonly key: Key
  readonly value: T
}

/** Made by put, remove, putIfAbsent and putIf, which tie the value's type to the namespace's. */
export type Operation =
  | { readonly kind: 'put'; readonly namespace: NamespaceName; readonly key: Key; readonly value: unknown }
  | { readonly kind: 'delete'; readonly namespace: NamespaceName; readonly key: Key }
  /** A conflict when there is one already. */
  | { readonly kind: 'putIfAbsent'; readonly namespace: NamespaceName; readonly key: Key; readonly value: unknown }
  /** A conflict when what is there is not `expected`; undefined expects nothing. */
  | {
      readonly kind: 'putIf'
      readonly namespace: NamespaceName
      readonly key: Key
      readonly expected: unknown
      readonly value: unknown
    }

/** The precious state: small, backed up, one process writes it. */
export type Store = { readonly [Name in NamespaceName]: Namespace<Records[Name]> } & {
  /** Entries whose key begins with the elements of `prefix`, in key order (of the encoded bytes), after `after`. */
  scan<T>(
    namespace: Namespace<T>,
    prefix: Key,
    options: { readonly after?: Key; readonly limit: number },
  ): Promise<readonly Entry<T>[]>
  /** All or nothing, run synchronously: a transaction never spans an await. A conflict has changed nothing. */
  commit(operations: readonly Operation[]): Promise<'committed' | 'conflict'>
  /**
   * Rewrites the files so that no byte of what was deleted is left in them. `held`: another program that reads them just now keeps
   * their journal, which goes once it and this one have ended.
   */
  purge(): Promise<'purged' | 'held'>
  close(): Promise<void>
}

export function put<T>(namespace: Namespace<T>, key: Key, value: T): Operation {
  return { kind: 'put', namespace: namespace.name, key, value }
}

export function remove<T>(namespace: Namespace<T>, key: Key): Operation {
  return { kind: 'delete', namespace: namespace.name, key }
}

export function putIfAbsent<T>(namespace: Namespace<T>, key: Key, value: T): Operation {
  return { kind: 'putIfAbsent', namespace: namespace.name, key, value }
}

export function putIf<T>(namespace: Namespace<T>, key: Key, expected: T | undefined, value: T): Operation {
  return { kind: 'putIf', namespace: namespace.name, key, expected, value }
}

/** Every entry under a prefix, page by page: for lists that people made, which are short. */
export async function* entriesOf<T>(
  store: Store,
  namespace: Namespace<T>,
  prefix: Key,
  page = 500,
): AsyncGenerator<Entry<T>> {
  let after: Key | undefined
  for (;;) {
    const entries = await store.scan(namespace, prefix, { limit: page, ...(after === undefined ? {} : { after }) })
    yield* entries
    if (entries.length < page) return
    after = entries.at(-1)?.key
  }
}
