import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeKey } from '../../src/store/keys.ts'
import type { Seen } from '../../src/store/records.ts'
import type { Key, Store } from '../../src/store/store.ts'
import { entriesOf, put, putIf, putIfAbsent, remove } from '../../src/store/store.ts'

/** A store in a place of its own, and what a test may do to it behind its back. */
export interface StoreUnderTest {
  readonly store: Store
  /** Closes it and opens the same data again. */
  reopen(): Promise<Store>
  /** Closes it and takes its data away. */
  end(): Promise<void>
  /** From now on there is no room for more. */
  fillDisk(): void
  freeDisk(): void
  /** Makes the stored value of one key unreadable, each time in another way. */
  spoil(namespace: string, encodedKey: string): void
  /** From now on every statement fails. */
  breakEverything(): void
}

/** What every driver of the store port promises. */
export function describeStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the store on ${name}`, () => {
    let world: StoreUnderTest
    let store: Store
    beforeEach(async () => {
      world = await open()
      store = world.store
    })
    afterEach(() => world.end())

    it('answers undefined for what is not there, and only for that', async () => {
      expect(await store.seen.get(['web:demo/papers', 'arxiv:1'])).toBeUndefined()
      expect(await store.seen.getMany([['a'], ['b']])).toEqual([undefined, undefined])
      await store.meta.set(['nothing'], null)
      expect(await store.meta.get(['nothing'])).toBeNull()
    })

    it('gives back what was set, one kind of record apart from the other', async () => {
      await store.seen.set(['a', 'b'], pending)
      await store.pending.set(['a', 'b'], { at: '2025-09-02T00:00:00.000Z' })
      expect(await store.seen.get(['a', 'b'])).toEqual(pending)
      expect(await store.pending.get(['a', 'b'])).toEqual({ at: '2025-09-02T00:00:00.000Z' })
      expect(await store.seen.getMany([['x'], ['a', 'b']])).toEqual([undefined, pending])
      expect(await store.seen.getMany([])).toEqual([])
    })

    it('reads through the namespace what was committed, and commits over what was set', async () => {
      expect(await store.commit([put(store.meta, ['a'], { text: ':base64:AAAA', list: [1, null, 'ü'] })])).toBe(
        'committed',
      )
      expect(await store.meta.get(['a'])).toEqual({ text: ':base64:AAAA', list: [1, null, 'ü'] })
      await store.meta.set(['b'], { text: ':colon' })
      expect(await store.commit([putIf(store.meta, ['b'], { text: ':colon' }, 2)])).toBe('committed')
      expect(await store.meta.get(['b'])).toBe(2)
      expect(await store.commit([remove(store.meta, ['b'])])).toBe('committed')
      expect(await store.meta.get(['b'])).toBeUndefined()
    })

    it('commits all of a list or nothing of it', async () => {
      await store.meta.set(['there'], 1)
      const list = [
        put(store.meta, ['new'], 1),
        remove(store.meta, ['there']),
        putIfAbsent(store.meta, ['there too'], 1),
      ]
      expect(await store.commit([...list, putIfAbsent(store.meta, ['there too'], 2)])).toBe('conflict')
      expect(await store.meta.getMany([['new'], ['there'], ['there too']])).toEqual([undefined, 1, undefined])
      expect(await store.commit(list)).toBe('committed')
      expect(await store.meta.getMany([['new'], ['there'], ['there too']])).toEqual([1, undefined, 1])
      expect(await store.commit([])).toBe('committed')
    })

    it('puts if absent only where nothing is', async () => {
      expect(await store.commit([putIfAbsent(store.meta, ['k'], 'first')])).toBe('committed')
      expect(await store.commit([putIfAbsent(store.meta, ['k'], 'second')])).toBe('conflict')
      expect(await store.meta.get(['k'])).toBe('first')
    })

    it('puts if only what was expected is there, whatever the order of its fields', async () => {
      await store.meta.set(['k'], { a: 1, b: { c: [1, 2], d: true } })
      expect(await store.commit([putIf(store.meta, ['k'], { a: 1, b: { c: [2, 1], d: true } }, 'no')])).toBe('conflict')
      expect(await store.commit([putIf(store.meta, ['k'], undefined, 'no')])).toBe('conflict')
      expect(await store.commit([putIf(store.meta, ['absent'], { a: 1 }, 'no')])).toBe('conflict')
      expect(
        await store.commit([putIf(store.meta, ['k'], { b: { d: true, c: [1, 2] }, a: 1, e: undefined }, 'yes')]),
      ).toBe('committed')
      expect(await store.commit([putIf(store.meta, ['absent'], undefined, 'new')])).toBe('committed')
      expect(await store.meta.getMany([['k'], ['absent']])).toEqual(['yes', 'new'])
    })

    it('refuses a key without a name and a value that is nothing, rather than losing it', async () => {
      await expect(store.meta.set([], 1)).rejects.toThrow(/key/)
      await expect(store.meta.get([''])).rejects.toThrow(/key/)
      await expect(store.commit([put(store.meta, ['fine'], 1), put(store.meta, [], 1)])).rejects.toThrow(/key/)
      await expect(store.commit([{ kind: 'put', namespace: 'meta', key: ['k'], value: undefined }])).rejects.toThrow(
        /meta\/k/,
      )
      expect(await store.meta.get(['fine'])).toBeUndefined()
    })

    it('keeps any text as a key and any JSON as a value', async () => {
      await fc.assert(
        fc.asyncProperty(anyKey, fc.jsonValue(), async (key, value) => {
          const json: unknown = JSON.parse(JSON.stringify(value))
          await store.commit([{ kind: 'put', namespace: 'meta', key, value: json }])
          expect(await store.meta.get(key)).toEqual(json)
          const found = await store.scan(store.meta, key, { limit: 1 })
          expect(found).toEqual([{ key: key.map((element) => element.toWellFormed()), value: json }])
        }),
        { numRuns: 60 },
      )
    })

    it('keeps a value of a megabyte', async () => {
      const large = 'ß'.repeat(500_000)
      await store.meta.set(['large'], large)
      expect(await store.meta.get(['large'])).toBe(large)
      expect(await store.commit([putIf(store.meta, ['large'], large, `${large}!`)])).toBe('committed')
    })

    it('scans in the order of the encoded keys, by whole elements', async () => {
      const keys: Key[] = [
        ['a'],
        ['a', 'b'],
        ['ab'],
        ['a!', 'c'],
        ['a', 'b', 'c'],
        ['b'],
        ['a', 'ü'],
        ['a', '/'],
        ['A'],
      ]
      await store.commit(keys.map((key, at) => put(store.people, key, at)))
      expect(await keysUnder(['a'])).toEqual([['a'], ['a', '/'], ['a', 'ü'], ['a', 'b'], ['a', 'b', 'c']])
      expect(await keysUnder(['a', 'b'])).toEqual([
        ['a', 'b'],
        ['a', 'b', 'c'],
      ])
      expect((await keysUnder([])).map(encodeKey)).toEqual(keys.map(encodeKey).sort())
      expect(await keysUnder(['nobody'])).toEqual([])
    })

    it('pages through a scan without losing or repeating an entry', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(anyKey, { selector: encodeKey, maxLength: 30 }),
          fc.integer({ min: 1, max: 7 }),
          async (keys, page) => {
            await store.commit(keys.map((key) => put(store.webParts, ['under', ...key], { post: encodeKey(key) })))
            const read: string[] = []
            for await (const entry of entriesOf(store, store.webParts, ['under'], page)) read.push(entry.value.post)
            expect(read).toEqual(keys.map(encodeKey).sort())
            await store.commit(keys.map((key) => remove(store.webParts, ['under', ...key])))
          },
        ),
        { numRuns: 30 },
      )
    })

    it('never loses a confirmed write to another task', async () => {
      let confirmed = 0
      const increments = async () => {
        for (let n = 0; n < 20; n++) {
          const before = (await store.meta.get(['counter'])) as number | undefined
          const outcome = await store.commit([
            putIf(store.meta, ['counter'], before, (before ?? 0) + 1),
            put(store.meta, ['last'], n),
          ])
          if (outcome === 'committed') confirmed++
        }
      }
      const inserts = async (task: number) => {
        for (let n = 0; n < 20; n++) {
          await store.pending.set([`task ${task}`, String(n)], { at: 'set' })
          await store.commit([putIfAbsent(store.pending, [`task ${task}`, String(n)], { at: 'never' })])
        }
      }
      await Promise.all([increments(), inserts(1), increments(), inserts(2), increments()])
      expect(await store.meta.get(['counter'])).toBe(confirmed)
      expect((await store.scan(store.pending, [], { limit: 100 })).map((entry) => entry.value.at)).toEqual(
        Array(40).fill('set'),
      )
    })

    it('has everything after it was closed and opened again', async () => {
      await store.seen.set(['a', 'b'], pending)
      await store.commit([put(store.meta, ['c'], 1)])
      store = await world.reopen()
      expect(await store.seen.get(['a', 'b'])).toEqual(pending)
      expect(await store.meta.get(['c'])).toBe(1)
    })

    it('rejects a write when the disk is full, keeps nothing half-written, and goes on when there is room', async () => {
      await store.meta.set(['before'], 1)
      world.fillDisk()
      const large = 'x'.repeat(400_000)
      await expect(store.commit([put(store.meta, ['small'], 1), put(store.meta, ['large'], large)])).rejects.toThrow(
        /full/,
      )
      await expect(store.meta.set(['large'], large)).rejects.toThrow(/full/)
      expect(await store.meta.getMany([['before'], ['small'], ['large']])).toEqual([1, undefined, undefined])
      world.freeDisk()
      expect(await store.commit([put(store.meta, ['small'], 1), put(store.meta, ['large'], large)])).toBe('committed')
      expect(await store.meta.get(['large'])).toBe(large)
    })

    it('names the key of a value that can not be read, and never takes it for nothing', async () => {
      await store.seen.set(['a', 'b'], pending)
      for (let way = 0; way < 5; way++) {
        world.spoil('seen', 'a/b')
        await expect(store.seen.get(['a', 'b'])).rejects.toThrow(/seen\/a\/b/)
        await expect(store.seen.getMany([['a', 'b']])).rejects.toThrow(/seen\/a\/b/)
        await expect(store.scan(store.seen, [], { limit: 1 })).rejects.toThrow(/seen\/a\/b/)
        await expect(store.commit([putIf(store.seen, ['a', 'b'], pending, pending)])).rejects.toThrow(/seen\/a\/b/)
      }
      expect(await store.commit([putIfAbsent(store.seen, ['a', 'b'], pending)])).toBe('conflict')
    })

    it('rejects when it can not read or write', async () => {
      await store.meta.set(['k'], 1)
      world.breakEverything()
      await expect(store.meta.get(['k'])).rejects.toThrow()
      await expect(store.meta.getMany([['k']])).rejects.toThrow()
      await expect(store.meta.set(['k'], 2)).rejects.toThrow()
      await expect(store.scan(store.meta, [], { limit: 1 })).rejects.toThrow()
      await expect(store.commit([put(store.meta, ['k'], 2)])).rejects.toThrow()
    })

    async function keysUnder(prefix: Key): Promise<readonly Key[]> {
      return (await store.scan(store.people, prefix, { limit: 100 })).map((entry) => entry.key)
    }
  })
}

const pending: Seen = { state: 'pending', at: '2025-09-02T00:00:00.000Z', reasons: [] }

const anyKey: fc.Arbitrary<Key> = fc
  .array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 3 })
  .chain((key) => fc.constantFrom(key, [...key, '\ud800 lone'], [...key, '%2F', "it's.a~key!*()"]))
  .filter((key) => encodeKey(key) !== '')
