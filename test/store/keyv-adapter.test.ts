import { DatabaseSync } from 'node:sqlite'
import Keyv from 'keyv'
import { beforeEach, describe, expect, it } from 'vitest'
import { entriesTable, SqliteKeyvAdapter } from '../../src/store/keyv-adapter.ts'

describe('the Keyv adapter', () => {
  let database: DatabaseSync
  let now: number
  let adapter: SqliteKeyvAdapter
  beforeEach(() => {
    database = new DatabaseSync(':memory:')
    database.exec(entriesTable)
    now = 1_000_000
    adapter = new SqliteKeyvAdapter(database, { namespace: 'one', now: () => now })
  })

  it('declares the contract of version 6, so that Keyv uses it without a bridge', () => {
    expect(adapter.capabilities).toMatchObject({ compatible: true, store: 'keyvStorage', expires: true })
    expect(new Keyv(adapter).store).toBe(adapter)
  })

  it('gives undefined for what is missing and what was set otherwise', async () => {
    expect(await adapter.get('k')).toBeUndefined()
    expect(await adapter.set('k', 'v')).toBe(true)
    expect(await adapter.get('k')).toBe('v')
    expect(await adapter.has('k')).toBe(true)
    expect(await adapter.delete('k')).toBe(true)
    expect(await adapter.delete('k')).toBe(false)
    expect(await adapter.has('k')).toBe(false)
  })

  it('does many at once, answering in their order', async () => {
    expect(
      await adapter.setMany([
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ]),
    ).toEqual([true, true])
    expect(await adapter.getMany(['b', 'x', 'a'])).toEqual(['2', undefined, '1'])
    expect(await adapter.hasMany(['x', 'a'])).toEqual([false, true])
    expect(await adapter.deleteMany(['a', 'x'])).toEqual([true, false])
  })

  it('sets all of many or none', async () => {
    const many = [
      { key: 'a', value: '1' },
      { key: 'b', value: 2 },
    ]
    await expect(adapter.setMany<unknown>(many)).rejects.toThrow(/b/)
    expect(await adapter.has('a')).toBe(false)
  })

  it('takes an absolute moment of expiry and shows nothing from then on', async () => {
    await adapter.set('k', 'v', now + 10)
    await adapter.setMany([{ key: 'l', value: 'w', expires: now + 10 }])
    expect(await adapter.getMany(['k', 'l'])).toEqual(['v', 'w'])
    now += 10
    expect(await adapter.get('k')).toBeUndefined()
    expect(await adapter.hasMany(['k', 'l'])).toEqual([false, false])
    expect(await listed(adapter)).toEqual([])
    await adapter.set('k', 'again')
    expect(await adapter.get('k')).toBe('again')
  })

  it('keeps namespaces apart, also when clearing and walking', async () => {
    const other = new SqliteKeyvAdapter(database, { namespace: 'other', now: () => now })
    await adapter.set('k', 'one')
    await other.set('k', 'other')
    await adapter.set('other:k', 'a name that looks like a namespace')
    expect(await listed(other)).toEqual([['k', 'other']])
    await adapter.clear()
    expect(await listed(adapter)).toEqual([])
    expect(await other.get('k')).toBe('other')
  })

  it('clears everything when it has no namespace', async () => {
    await adapter.set('k', 'one')
    await new SqliteKeyvAdapter(database, { now: () => now }).clear()
    expect(await adapter.has('k')).toBe(false)
  })

  it('walks through many entries while they are being changed', async () => {
    await adapter.setMany(Array.from({ length: 250 }, (_, n) => ({ key: String(n).padStart(3, '0'), value: 'v' })))
    let walked = 0
    for await (const [key] of adapter.iterator<string>()) {
      await adapter.delete(String(key))
      walked++
    }
    expect(walked).toBe(250)
    expect(await listed(adapter)).toEqual([])
  })

  it('works under Keyv as its documentation says', async () => {
    const keyv = new Keyv<number>(adapter, { namespace: 'numbers' })
    await keyv.set('a', 1)
    await keyv.setMany([{ key: 'b', value: 2 }])
    expect(await keyv.get(['a', 'b', 'c'])).toEqual([1, 2, undefined])
    expect(await keyv.delete('a')).toBe(true)
    const walked: unknown[] = []
    for await (const entry of keyv.iterator()) walked.push(entry)
    expect(walked).toEqual([['b', 2]])
    await keyv.clear()
    expect(await keyv.has('b')).toBe(false)
  })

  it('rejects when a statement fails, and after it was disconnected', async () => {
    database.exec('DROP TABLE entries')
    await expect(adapter.get('k')).rejects.toThrow()
    await expect(adapter.set('k', 'v')).rejects.toThrow()
    await expect(adapter.setMany([{ key: 'k', value: 'v' }])).rejects.toThrow()
    await expect(adapter.deleteMany(['k'])).rejects.toThrow()
    await adapter.disconnect()
    await expect(adapter.get('k')).rejects.toThrow(/disconnected/)
    expect(database.isOpen).toBe(true)
  })
})

async function listed(adapter: SqliteKeyvAdapter): Promise<unknown[]> {
  const entries: unknown[] = []
  for await (const entry of adapter.iterator<string>()) entries.push(entry)
  return entries
}
