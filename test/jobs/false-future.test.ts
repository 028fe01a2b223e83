import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { trustClock } from '../../src/clock-check.ts'
import { readConfig } from '../../src/config.ts'
import { leaveFalseFuture } from '../../src/jobs/false-future.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { systemRandom } from '../../src/random.ts'
import { partKey } from '../../src/store/keys.ts'
import type { PartRecord } from '../../src/store/records.ts'
import { entriesOf } from '../../src/store/store.ts'
import { actor } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'
import { decideDigest } from '../support/delivery.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const channel = 'web:demo/papers' as ChannelId
const present = '2025-09-10T13:30:00Z'

/** The program over one data folder, begun at that moment; arXiv answers nothing but the time that it is told to. */
async function programAt(folder: string, moment: string, arxivSays?: string) {
  const clock = new SimulatedClock(moment)
  const answer: typeof fetch = async () => {
    if (arxivSays === undefined) throw new TypeError('fetch failed')
    return new Response('<Identify/>', { headers: { date: new Date(arxivSays).toUTCString() } })
  }
  const config = readConfig({ DATA_DIR: folder }, false)
  const app = await createApp({ config, clock, random: systemRandom, fetch: answer, log: () => {} })
  const { signal } = new AbortController()
  return {
    app,
    ask: (text: string) =>
      clock.run(
        app.handlers.ask(
          { kind: 'command', actor: actor({ rank: 'manager' }), channel, input: { form: 'text', text } },
          { signal },
        ),
      ),
    round: async (id?: string) => {
      if (id !== undefined) {
        const paper = aPaper({ id })
        await app.services.catalog.upsert('arxiv', [{ paper, origin: 'announced', rank: 2 }])
      }
      await clock.run(app.rounds.match())
      await clock.run(app.rounds.decide())
      await clock.run(app.rounds.send(signal))
      await clock.advance(60_000)
    },
    posted: async () => {
      const titles: string[] = []
      for await (const { value } of entriesOf(app.house.store, app.house.store.webPosts, [channel]))
        if (value.part !== '') titles.push(...value.papers.map(({ id }) => id))
      return titles
    },
  }
}

async function aFolderFromTheFuture(schedule: string) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-false-future-'))
  const before = await programAt(folder, '2025-09-10T08:30:00Z')
  await before.ask('subscribe cat:cs.LG')
  await before.ask(`settings schedule="${schedule}"`)
  await before.round('arxiv:2509.00001')
  await before.app.close()
  const ahead = await programAt(folder, '2027-01-05T12:00:00Z')
  await ahead.round('arxiv:2509.00002')
  await ahead.app.close()
  return folder
}

it.each(['immediate', 'daily 13:00'])(
  'a clock that was ahead stops nothing once arXiv says the same time: %s',
  async (schedule) => {
    const folder = await aFolderFromTheFuture(schedule)
    const now = await programAt(folder, present, present)
    await now.round('arxiv:2509.00003')
    expect((await now.app.status()).clock).toContain('2027-01-05')
    await now.round()
    await now.round()
    expect((await now.app.status()).clock).toBeUndefined()
    const posted = await now.posted()
    expect(posted).toHaveLength(3)
    expect(new Set(posted).size).toBe(3)
    await now.app.close()
  },
)

it('while nobody says the same time nothing is decided, until whoever runs it says that the clock is right', async () => {
  const folder = await aFolderFromTheFuture('immediate')
  const now = await programAt(folder, present, '2027-01-05T12:00:00Z')
  await now.round('arxiv:2509.00003')
  await now.round()
  expect(await now.posted()).toHaveLength(2)
  await trustClock(now.app.house.store, now.app.house.clock)
  await now.round()
  expect(await now.posted()).toHaveLength(3)
  expect((await now.app.status()).clock).toBeUndefined()
  await now.app.close()
})

it('a part of unknown outcome from the false time is looked for since the last true moment, and a slot that was decided gives way', async () => {
  const store = openMemoryStore()
  const ahead = '2027-01-05T12:00:00.000Z'
  await decideDigest(store, { channel, slot: ahead, parts: [['arxiv:2509.00001']] })
  const key = partKey({ channel, slot: ahead, n: 1, part: 1 })
  const part = await store.parts.get(key)
  if (part === undefined) throw new Error('no part')
  const unknown: PartRecord = {
    ...part,
    state: {
      kind: 'unknown',
      attempt: 1,
      startedAt: ahead,
      sent: { hash: 'h', papers: [] },
      doubt: { since: ahead, times: 1 },
      cause: 'a time-out',
      lookAt: '2027-01-05T12:01:30.000Z',
      absences: 0,
      failures: 0,
    },
  }
  await store.parts.set(key, unknown)
  await store.slots.set([channel], { lastSlot: ahead, n: 1 })
  await store.meta.set(['burst', channel], { kind: 'asked', at: ahead, papers: 120, told: true })
  const lastTrue = Date.parse('2025-09-10T12:00:00Z')
  await leaveFalseFuture(store, { now: Date.parse(present), lastTrue, settleMs: 90_000 })
  expect((await store.parts.get(key))?.state).toMatchObject({
    startedAt: '2025-09-10T12:00:00.000Z',
    doubt: { since: '2025-09-10T12:00:00.000Z' },
    lookAt: '2025-09-10T13:31:30.000Z',
  })
  expect(await store.slots.get([channel])).toEqual({ lastSlot: '2025-09-10T12:00:00.000Z', n: 0 })
  expect(await store.meta.get(['burst', channel])).toMatchObject({ at: '2025-09-10T13:30:00.000Z', papers: 120 })
})
