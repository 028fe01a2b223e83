import { afterEach, describe, expect, it } from 'vitest'
import { feedOpens } from '../../src/cli/replay/eastern.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { channelKey } from '../../src/store/keys.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { deliveriesOf, disagreements, pairOf, waitingIn } from './deliveries.ts'
import { aDay, followedBy, listingDays, people } from './papers.ts'
import { following, inOrder, type JobName, SimulatedWorld } from './world.ts'

const papers = 'web:demo/papers' as ChannelId
const morning = 'web:demo/morning' as ChannelId
const names = people.slice(0, 12)
const days = listingDays('2025-09-08', 5)
const random = seededRandom(6)
const events = days.flatMap((day, at) => aDay(day, { random, papers: 60, first: 1 + 60 * at }))

let world: SimulatedWorld
afterEach(() => world.dispose())

/** The first day is history; then one channel is told at once and the other in the mornings. */
async function settled(): Promise<SimulatedWorld> {
  world = new SimulatedWorld({ start: feedOpens(days[0] ?? '') - 3_600_000, seed: 1, events })
  await world.start()
  await day(0)
  await world.round()
  await world.follow([papers, morning].flatMap((channel) => names.map((name) => following(channel, name))))
  const { store } = world.app.house
  await store.settings.set(channelKey(papers), { ...defaultSettings(), cap: 5 })
  await store.settings.set(channelKey(morning), { ...defaultSettings(), schedule: 'daily 09:00' })
  return world
}

/** Time goes on to a quarter past midnight Eastern of that day. */
async function day(at: number): Promise<void> {
  const moment = feedOpens(days[at] ?? '') + 15 * 60_000
  await world.clock.advance(Math.max(0, moment - world.clock.now()))
}

async function hours(count: number): Promise<void> {
  for (let hour = 0; hour < count; hour++) {
    await world.clock.advance(3_600_000)
    await world.round()
  }
}

/** Everything announced after the first day, through that day, has been given to both channels once. */
async function expectAll(through: number): Promise<void> {
  const found = await deliveriesOf(world.app)
  const given = [...found].flatMap(([pair, { posted, listed }]) => Array.from({ length: posted + listed }, () => pair))
  const due = events
    .filter((event) => days.slice(1, through + 1).includes(event.announced ?? '') && followedBy(event, names))
    .flatMap((event) => [papers, morning].map((channel) => pairOf(channel, `arxiv:${event.id}`)))
  expect(due.length).toBeGreaterThan(20)
  expect(given.toSorted()).toEqual(due.toSorted())
  expect(await disagreements(world.app, found)).toEqual([])
  expect(await waitingIn(world.app)).toEqual({ pending: 0, open: 0 })
}

async function restartWithoutCatalog(): Promise<void> {
  const id = world.app.house.catalog.id
  await world.stop()
  world.deleteCatalog()
  await world.start()
  expect(world.app.house.catalog.id).not.toBe(id)
}

describe('a catalogue that is deleted and rebuilt', () => {
  it('is silent: what was given is not given again', async () => {
    await settled()
    await day(1)
    await hours(12)
    await restartWithoutCatalog()
    await hours(48)
    await expectAll(3)
    expect((await world.app.house.catalog.stats()).papers).toBeGreaterThanOrEqual(180)
  })

  it('is complete: what was announced while there was none is given once', async () => {
    await settled()
    await day(1)
    await hours(12)
    await world.stop()
    world.deleteCatalog()
    await day(3)
    await world.start()
    await hours(40)
    await expectAll(4)
  })

  it.each<JobName>(['harvest', 'match', 'decide'])('loses nothing that had come through %s', async (last) => {
    await settled()
    await day(1)
    await world.round(inOrder.slice(0, inOrder.indexOf(last) + 1))
    await restartWithoutCatalog()
    await hours(12)
    await expectAll(1)
  })

  it('goes on when arXiv does not answer at first', async () => {
    await settled()
    await day(1)
    await world.round(['harvest'])
    await restartWithoutCatalog()
    world.arxiv.faults.on('htmlPage', { door: 'oai' })
    await hours(3)
    world.arxiv.faults.allOff()
    await hours(12)
    await expectAll(1)
  })
})

/** What went wrong in a round, as people read it; jobs go on after one that failed. */
async function troubles(): Promise<string> {
  const said = world.events.length
  const thrown: string[] = []
  for (const job of ['harvest', 'match', 'decide', 'send'] as const) {
    await world.job(job).catch((error: unknown) => thrown.push(String(error)))
  }
  const logged = world.events.slice(said).flatMap(({ error }) => (error === undefined ? [] : [String(error)]))
  return [...thrown, ...logged].join('\n')
}

describe.each(['state', 'catalog'] as const)('when %s.sqlite', (file) => {
  it('has no room on the disk, that is said, nothing is lost, and it goes on when there is', async () => {
    await settled()
    const database = world.files[file]
    await day(1)
    database.exec(`PRAGMA max_page_count = ${Number(database.prepare('PRAGMA page_count').get()?.page_count)}`)
    const said = await troubles()
    expect(said).toMatch(/The disk of DATA_DIR is full: .*(state|catalog)\.sqlite.*free some space/)
    await hours(2).catch(() => {})
    expect(await world.app.status()).toMatchObject({ ok: false, disk: expect.stringContaining('DATA_DIR is full') })
    database.exec('PRAGMA max_page_count = 1000000')
    await hours(12)
    await expectAll(1)
    expect(await world.app.status()).not.toHaveProperty('disk')
  })

  it('can only be read, that is said, nothing is lost, and it goes on when it can be written', async () => {
    await settled()
    const database = world.files[file]
    await day(1)
    database.exec('PRAGMA query_only = ON')
    expect(await troubles()).toMatch(/(state|catalog)\.sqlite.*it can only be read/)
    await hours(2).catch(() => {})
    expect(await world.app.status()).toMatchObject({ ok: false, disk: expect.stringContaining('it can only be read') })
    database.exec('PRAGMA query_only = OFF')
    await hours(12)
    await expectAll(1)
    expect(await world.app.status()).not.toHaveProperty('disk')
  })

  it('fills up in the middle of a round, whichever page it is, nothing is lost', { timeout: 120_000 }, async () => {
    let failed = 0
    for (let spare = 0; spare <= 24; spare += 3) {
      await settled()
      const database = world.files[file]
      await day(1)
      const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count)
      database.exec(`PRAGMA max_page_count = ${pages + spare}`)
      if ((await troubles()).includes('The disk of DATA_DIR is full')) failed++
      await world.kill()
      await world.start()
      await hours(12)
      await expectAll(1)
      await world.dispose()
    }
    expect(failed).toBeGreaterThan(2)
  })
})
