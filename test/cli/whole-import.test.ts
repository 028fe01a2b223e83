import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { openCatalog } from '../../src/catalog/sqlite/open.ts'
import { readLine } from '../../src/cli/beside.ts'
import { importing } from '../../src/cli/import.ts'
import type { Io } from '../../src/cli/verb.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { allSubscriptions } from '../../src/following/subscriptions.ts'
import { systemRandom } from '../../src/random.ts'
import { openStore } from '../../src/store/sqlite.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { aPaper } from '../support/builders.ts'

const paper = aPaper()

async function channelsOf(app: App): Promise<readonly string[]> {
  const channels: string[] = []
  for await (const { channel } of allSubscriptions(app.services.store)) channels.push(channel)
  return channels
}

describe('a file too large for the disk', () => {
  const room = new StoreError('full', 'The disk of DATA_DIR is full: free some space.')
  const world = () => ({
    config: readConfig({ DATA_DIR: mkdtempSync(join(tmpdir(), 'paperboy-full-')), LOG_LEVEL: 'silent' }, false),
    clock: systemClock,
    random: systemRandom,
    fetch,
    log: () => {},
  })
  const io = (body: string): Io => ({
    out: () => {},
    say: () => {},
    stdin: async () => body,
    environment: {},
    terminal: false,
    signal: new AbortController().signal,
  })
  const importInto = async (app: App, lines: readonly object[]) => {
    const file = join(app.house.config.dataDir, 'given.ndjson')
    writeFileSync(file, lines.map((each) => JSON.stringify(each)).join('\n'))
    return importing.work(app, readLine(importing, [file]), io(''))
  }

  it('leaves none of its papers: they are written at once or not at all', async () => {
    const batches: number[] = []
    const catalog: typeof openCatalog = async (file, options) => {
      const real = await openCatalog(file, options)
      return {
        ...real,
        upsert: (source, records, cursor) => {
          batches.push(records.length)
          return real.upsert(source, records, cursor)
        },
      }
    }
    const app = await createApp(world(), { open: { store: openStore, catalog } })
    const papers = Array.from({ length: 1200 }, (_, at) => ({ ...paper, id: `arxiv:2501.${10_000 + at}` }))
    await importInto(app, papers)
    expect(batches).toEqual([1200])
    expect((await app.services.catalog.stats()).papers).toBe(1200)
    await app.close()
  })

  it('leaves none of its subscriptions, in whichever channels they are', async () => {
    let left = 1
    const store: typeof openStore = async (file, options) => {
      const real = await openStore(file, options)
      const commit: typeof real.commit = async (operations) => {
        if (operations.some(({ namespace }) => namespace === 'subscriptions') && left-- <= 0) throw room
        return real.commit(operations)
      }
      return { ...real, commit }
    }
    const app = await createApp(world(), { open: { store, catalog: openCatalog } })
    const follow = (channel: string, category: string) => ({ channel, follows: { kind: 'category', category } })
    const list = [
      follow('web:demo/a', 'cs.CL'),
      follow('web:demo/b', 'cs.LG'),
      follow('web:demo/a', 'cs.AI'),
      follow('web:demo/a', 'cs.CL'),
    ]
    left = 0
    await expect(importInto(app, list)).rejects.toThrow(room.message)
    expect(await channelsOf(app)).toEqual([])
    left = 1
    await importInto(app, list)
    expect((await channelsOf(app)).toSorted()).toEqual(['web:demo/a', 'web:demo/a', 'web:demo/b'])
    await app.close()
  })
})
