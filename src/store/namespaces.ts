import Keyv from 'keyv'
import { envelopes, wrap } from './envelope.ts'
import { encodeKey } from './keys.ts'
import type { SqliteKeyvAdapter } from './keyv-adapter.ts'
import type { Key, Namespace, NamespaceName, Store } from './store.ts'
import { StoreError } from './store-error.ts'

/** Every namespace's Keyv object, each over an adapter of its own. */
export type Namespaces = Pick<Store, NamespaceName>

/** The namespaces over adapters that `adapterFor` makes; `failed` turns a failed action on one of them into a sentence. */
export function openNamespaces(
  adapterFor: (name: NamespaceName) => SqliteKeyvAdapter,
  failed: (action: 'read' | 'write', what: string, cause: unknown) => StoreError,
): Namespaces {
  const opened = Object.keys(names).map((name) => [
    name,
    keyvNamespace(name as NamespaceName, adapterFor(name as NamespaceName), failed),
  ])
  return Object.fromEntries(opened) as Namespaces
}

/** The text of a key as it stands in a row; throws a StoreError for a key without a name, which Keyv would ignore without a word. */
export function rowKey(namespace: NamespaceName, key: Key): string {
  const text = encodeKey(key)
  if (text === '') throw new StoreError('invalid', `A key of ${namespace} must have a name; this one is empty.`)
  return text
}

const names = {
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
  actions: true,
  jobs: true,
  installations: true,
  audit: true,
  meta: true,
} satisfies Record<NamespaceName, true>

function keyvNamespace<T>(
  name: NamespaceName,
  adapter: SqliteKeyvAdapter,
  failed: Parameters<typeof openNamespaces>[1],
): Namespace<T> {
  // No `error` listener: with one, Keyv answers undefined for what it failed to read.
  const keyv = new Keyv<T>(adapter, { namespace: name, serialization: envelopes })
  const get = async (key: Key): Promise<T | undefined> => {
    const text = rowKey(name, key)
    try {
      return await keyv.get<T>(text)
    } catch (cause) {
      throw failed('read', `${name}/${text}`, cause)
    }
  }
  return {
    name,
    get,
    async getMany(keys) {
      const texts = keys.map((key) => rowKey(name, key))
      if (texts.length === 0) return []
      try {
        return await keyv.getMany<T>(texts)
      } catch (cause) {
        // One by one, the read that fails names its key.
        for (const key of keys) await get(key)
        throw failed('read', name, cause)
      }
    },
    async set(key, value) {
      const text = rowKey(name, key)
      try {
        wrap(value)
        if (!(await keyv.set(text, value))) throw new Error('Keyv did not keep it')
      } catch (cause) {
        throw failed('write', `${name}/${text}`, cause)
      }
    },
  }
}
