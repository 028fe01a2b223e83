import { isDeepStrictEqual } from 'node:util'
import { decodeKey, encodeKey } from '../../src/store/keys.ts'
import type { Records } from '../../src/store/records.ts'
import type { Entry, Key, Namespace, NamespaceName, Operation, Store } from '../../src/store/store.ts'

/** What the memory holds: namespace, encoded key, the value's JSON. Hand it on to have the data after a restart. */
export type Memory = Map<string, Map<string, string>>

/** The faults that a test may cause. */
export interface Faults {
  /** Characters of JSON for which there is room in one value. */
  room: number
  broken: boolean
}

const names: Record<NamespaceName, true> = {
  channels: true,
  settings: true,
  subscriptions: true,
  profiles: true,
  seen: true,
  pending: true,
  questions: true,
  ended: true,
  digests: true,
  parts: true,
  outbox: true,
  recalls: true,
  edits: true,
  postings: true,
  ledger: true,
  matched: true,
  slots: true,
  webPosts: true,
  webParts: true,
  people: true,
  jobs: true,
  actions: true,
  installations: true,
  audit: true,
  meta: true,
}

/** The store port in memory, for tests: values go through JSON, commits are all or nothing. */
export function openMemoryStore(
  memory: Memory = new Map(),
  faults: Faults = { room: Number.POSITIVE_INFINITY, broken: false },
): Store {
  const sorted = new Map<string, readonly string[]>()
  const rows = (namespace: string) => memory.get(namespace) ?? new Map<string, string>()

  const keyOf = (key: Key): string => {
    if (faults.broken) throw new Error('the memory is broken')
    const encoded = encodeKey(key)
    if (encoded === '') throw new TypeError('an empty key names nothing')
    return encoded
  }
  const jsonOf = (namespace: string, key: string, value: unknown): string => {
    const json = JSON.stringify(value) as string | undefined
    if (json === undefined) throw new TypeError(`${namespace}/${key}: there is no value to keep`)
    if (json.length > faults.room) throw new Error(`${namespace}/${key}: the disk is full`)
    return json
  }
  const readValue = (namespace: string, key: string): unknown => {
    const json = rows(namespace).get(key)
    if (json === undefined) return undefined
    try {
      return JSON.parse(json)
    } catch (cause) {
      throw new Error(`${namespace}/${key} can not be read`, { cause })
    }
  }
  const write = (namespace: string, key: string, json: string | undefined) => {
    const held = memory.get(namespace) ?? new Map<string, string>()
    memory.set(namespace, held)
    if (json === undefined ? held.delete(key) : !held.has(key)) sorted.delete(namespace)
    if (json !== undefined) held.set(key, json)
  }
  const order = (namespace: string): readonly string[] => {
    const known = sorted.get(namespace)
    if (known !== undefined) return known
    const keys = [...rows(namespace).keys()].sort()
    sorted.set(namespace, keys)
    return keys
  }

  const namespaceOf = <Name extends NamespaceName>(name: Name): Namespace<Records[Name]> => ({
    name,
    get: async (key) => readValue(name, keyOf(key)) as Records[Name] | undefined,
    getMany: async (keys) => keys.map((key) => readValue(name, keyOf(key)) as Records[Name] | undefined),
    set: async (key, value) => {
      const encoded = keyOf(key)
      write(name, encoded, jsonOf(name, encoded, value))
    },
  })

  const namespaces = Object.fromEntries(
    (Object.keys(names) as NamespaceName[]).map((name) => [name, namespaceOf(name)]),
  ) as { readonly [Name in NamespaceName]: Namespace<Records[Name]> }

  return {
    ...namespaces,
    async scan<T>(
      namespace: Namespace<T>,
      prefix: Key,
      options: { readonly after?: Key; readonly limit: number },
    ): Promise<readonly Entry<T>[]> {
      if (faults.broken) throw new Error('the memory is broken')
      const start = encodeKey(prefix)
      const after = options.after === undefined ? undefined : encodeKey(options.after)
      const found: Entry<T>[] = []
      const keys = order(namespace.name)
      for (let at = after === undefined ? 0 : firstAfter(keys, after); at < keys.length; at++) {
        const key = keys[at] ?? ''
        if (found.length >= options.limit) break
        if (start !== '' && key !== start && !key.startsWith(`${start}/`)) continue
        found.push({ key: decodeKey(key), value: readValue(namespace.name, key) as T })
      }
      return found
    },
    async commit(operations: readonly Operation[]): Promise<'committed' | 'conflict'> {
      if (faults.broken) throw new Error('the memory is broken')
      const before = new Map<string, { namespace: string; key: string; json: string | undefined }>()
      const takeBack = () => {
        for (const { namespace, key, json } of before.values()) write(namespace, key, json)
      }
      try {
        for (const operation of operations) {
          const { namespace } = operation
          const key = keyOf(operation.key)
          const held = rows(namespace).get(key)
          if (operation.kind === 'putIfAbsent' && held !== undefined) {
            takeBack()
            return 'conflict'
          }
          if (operation.kind === 'putIf') {
            const expected = operation.expected === undefined ? undefined : plain(operation.expected)
            if (!isDeepStrictEqual(readValue(namespace, key), expected)) {
              takeBack()
              return 'conflict'
            }
          }
          const json = operation.kind === 'delete' ? undefined : jsonOf(namespace, key, operation.value)
          const place = `${namespace}/${key}`
          if (!before.has(place)) before.set(place, { namespace, key, json: held })
          write(namespace, key, json)
        }
      } catch (error) {
        takeBack()
        throw error
      }
      return 'committed'
    },
    purge: async () => 'purged',
    async close() {},
  }
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function firstAfter(keys: readonly string[], after: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] ?? '') <= after) low = middle + 1
    else high = middle
  }
  return low
}
