import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { feedOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { isoAt } from '../../src/clock.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { channelKey } from '../../src/store/keys.ts'
import { entriesOf } from '../../src/store/store.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'
import { type Interruption, Meter } from '../support/counted.ts'
import { deliveriesOf, disagreements, waitingIn } from './deliveries.ts'
import { unkept } from './invariants.ts'
import { following, inOrder, type JobName, SimulatedWorld } from './world.ts'

/** All orders after every effect instead of two (24 times as long): ALL_ORDERS=1. */
const allOrders = process.env.ALL_ORDERS === '1'

const papers = 'web:demo/papers' as ChannelId
const other = 'web:demo/other' as ChannelId
const ada = { keyname: 'Lovelace', forenames: 'Ada' }
const ben = { keyname: 'Okri', forenames: 'Benedict' }
const cleo = { keyname: 'Marchetti', forenames: 'Cleo' }
const nobody = { keyname: 'Ueda', forenames: 'Haruki' }

const monday = [
  anAnnouncement({ id: '2509.06001', authors: [ada], announced: '2025-09-08', created: '2025-09-05' }),
  anAnnouncement({ id: '2509.06002', authors: [nobody], announced: '2025-09-08', created: '2025-09-05' }),
]
/** Four for one channel, which takes three in parts of two and lists the rest; two for the other. */
const tuesday = [
  anAnnouncement({ id: '2509.07001', authors: [ada, nobody], announced: '2025-09-09' }),
  anAnnouncement({ id: '2509.07002', authors: [ben, ada], announced: '2025-09-09' }),
  anAnnouncement({ id: '2509.07003', authors: [cleo], announced: '2025-09-09' }),
  anAnnouncement({ id: '2509.07004', authors: [nobody, ada], announced: '2025-09-09' }),
  anAnnouncement({ id: '2509.07005', authors: [nobody], announced: '2025-09-09' }),
]
/** Two new ones; one of Tuesday's is revised and one served again; an old record was edited. */
const wednesday: readonly Announcement[] = [
  anAnnouncement({ id: '2509.08001', authors: [ben], announced: '2025-09-10', created: '2025-09-08' }),
  anAnnouncement({ id: '2509.08002', authors: [nobody, cleo], announced: '2025-09-10', created: '2025-09-08' }),
  {
    ...withTitle(tuesday[0], 'Counting Lanterns, Revised'),
    version: 2,
    updated: '2025-09-09',
    announced: '2025-09-10',
    announce: 'replace',
  },
  { ...withTitle(tuesday[1]), announced: '2025-09-10' },
  {
    ...withTitle(monday[0], 'Edited'),
    version: 2,
    updated: '2025-09-09',
    announced: '2025-09-10',
    announce: 'replace',
  },
]
const events = [...monday, ...tuesday, ...wednesday]
const moments = ['2025-09-08', '2025-09-09', '2025-09-10'].map((day) => feedOpens(day) + 15 * 60_000)
const follows = [
  following(papers, 'Ada Lovelace'),
  following(papers, 'Cleo Marchetti'),
  following(other, 'Benedict Okri'),
]
const wanted = [
  `${other} 2509.07002`,
  `${other} 2509.08001`,
  `${papers} 2509.07001`,
  `${papers} 2509.07002`,
  `${papers} 2509.07003`,
  `${papers} 2509.07004`,
  `${papers} 2509.08002`,
]

function withTitle(announcement: Announcement | undefined, title = announcement?.title ?? ''): Announcement {
  return { ...anAnnouncement(announcement), title }
}

function aWorld(from?: { readonly folder: string; readonly at: number }, seed = 1): SimulatedWorld {
  const place = from === undefined ? { start: moments[0] ?? 0 } : { start: from.at, from: from.folder }
  return new SimulatedWorld({ ...place, events, seed, oaiPageSize: 3, papersPerPart: 2 })
}

/** The three rounds, from wherever the clock stands. A job that fails is run again a minute later. `first`: jobs before anything else; `opened` looks at what the process found. */
async function live(
  world: SimulatedWorld,
  meter: Meter,
  first: readonly JobName[] = [],
  opened: () => Promise<void> = async () => {},
): Promise<void> {
  const app = await world.start(meter)
  await opened()
  const persist = async (work: () => Promise<unknown>): Promise<void> => {
    for (let tries = 0; tries < 3; tries++) {
      try {
        await work()
        return
      } catch {
        await world.clock.advance(60_000)
      }
    }
  }
  await persist(() => app.courier.recover(new AbortController().signal))
  for (const job of first) await persist(() => world.job(job))
  for (const [at, moment] of moments.entries()) {
    if (world.clock.now() < moment) await world.clock.advance(moment - world.clock.now())
    else if ((moments[at + 1] ?? Number.POSITIVE_INFINITY) <= world.clock.now()) continue
    for (const job of inOrder) await persist(() => world.job(job))
    if (at > 0) continue
    await persist(() => world.follow(follows))
    await persist(() => app.house.store.settings.set(channelKey(papers), { ...defaultSettings(), cap: 3 }))
  }
  // What a failure put off is made up by the rounds of the next hours.
  for (let hour = 0; hour < 3; hour++) {
    await world.clock.advance(3_600_000)
    for (const job of inOrder) await persist(() => world.job(job))
  }
}

async function check(world: SimulatedWorld): Promise<void> {
  const found = await deliveriesOf(world.app)
  const given = [...found.values()].flatMap(({ channel, paper, posted, listed }) =>
    Array.from({ length: posted + listed }, () => `${channel} ${paper.replace('arxiv:', '')}`),
  )
  expect(given.toSorted()).toEqual(wanted)
  expect(await disagreements(world.app, found)).toEqual([])
  expect(await waitingIn(world.app)).toEqual({ pending: 0, open: 0 })
  expect(await shownOf(world, '2509.07001')).toContain('Counting Lanterns, Revised')
  world.arxiv.assertSpacing(3000)
}

/** What the channel shows of a paper. */
async function shownOf({ app }: SimulatedWorld, number: string): Promise<string> {
  for await (const { value: post } of entriesOf(app.house.store, app.house.store.webPosts, [papers])) {
    if (post.papers.some(({ id }) => id === `arxiv:${number}`)) return renderText(post.message)
  }
  return ''
}

/** What is on the disk when a process ends before or after one of its effects. */
interface Remains {
  readonly folder: string
  readonly at: number
  readonly place: string
}

/** One undisturbed life, and the folder as it was around each effect. Before an effect is after the last, unless time has passed. */
async function remainsOfAll(): Promise<readonly Remains[]> {
  const remains: Remains[] = []
  const world = aWorld()
  const keep = (when: string, name: string) => {
    const at = world.clock.now()
    const before = remains.at(-1)
    if (when === 'before' && before?.at === at && before.place.startsWith('after')) return
    remains.push({ folder: world.copy(), at, place: `${when} effect ${meter.effects.length}, ${name}` })
  }
  const meter = new (class extends Meter {
    override effect<T>(name: string, run: () => Promise<T>): Promise<T> {
      return super.effect(name, async () => {
        keep('before', name)
        const result = await run()
        keep('after', name)
        return result
      })
    }
  })()
  await live(world, meter)
  await check(world)
  await world.dispose()
  return remains
}

function orders(jobs: readonly JobName[]): readonly (readonly JobName[])[] {
  if (jobs.length === 0) return [[]]
  return jobs.flatMap((job) => orders(jobs.filter((each) => each !== job)).map((rest) => [job, ...rest]))
}

describe('each paper is posted or listed once, and everything agrees,', () => {
  it('when the process ends before or after any effect, and the jobs begin again in any order', {
    timeout: 3_600_000,
  }, async () => {
    const every = orders(inOrder)
    const remains = await remainsOfAll()
    let lives = 0
    try {
      for (const [k, { folder, at, place }] of remains.entries()) {
        const chosen = allOrders ? every : [k * 7, k * 11 + 12].map((n) => every[n % every.length] ?? inOrder)
        for (const [turn, order] of chosen.entries()) {
          // The next process begins at once; or, when people follow already, only on the last day.
          const from = at >= (moments[1] ?? 0) && (k + turn) % 3 === 0 ? Math.max(at, moments.at(-1) ?? 0) : at
          const world = aWorld({ folder, at: from }, k + 2)
          try {
            await live(world, new Meter(), order, async () => {
              expect(await unkept(world, events, new Set())).toEqual([])
            })
            await check(world)
            lives++
          } catch (error) {
            throw new Error(`the process ended ${place}, and went on at ${isoAt(from)} with ${order.join(', ')}`, {
              cause: error,
            })
          } finally {
            await world.dispose()
          }
        }
      }
    } finally {
      for (const { folder } of remains) rmSync(folder, { recursive: true, force: true })
    }
    console.log(`stopped at ${remains.length} places, ${lives} lives afterwards`)
    expect(remains.length).toBeGreaterThan(60)
  })

  for (const when of ['before', 'after'] as const) {
    it(`when any one effect fails ${when} it is done`, { timeout: 600_000 }, async () => {
      const faults = [
        new StoreError('full', 'Could not write: the disk is full.'),
        new StoreError('busy', 'Could not write: another process is writing.'),
      ]
      let reached = 0
      for (let at = 1; ; at++) {
        const interruption: Interruption = { kind: 'reject', when, at, error: faults[at % 2] ?? new Error('full') }
        const meter = new Meter(interruption)
        const world = aWorld(undefined, at)
        try {
          await live(world, meter)
          await check(world)
        } catch (error) {
          throw new Error(`effect ${at}, ${meter.effects[at - 1]}, failed ${when} it was done`, { cause: error })
        } finally {
          await world.dispose()
        }
        if (meter.effects.length < at) break
        reached = at
      }
      expect(reached).toBeGreaterThan(60)
    })
  }
})
