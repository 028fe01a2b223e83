import { expect } from 'vitest'
import { feedOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import { channelKey } from '../../src/store/keys.ts'
import { entriesOf } from '../../src/store/store.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'
import { Meter } from '../support/counted.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'
import { SlackAndDiscord } from './chat-services.ts'
import { deliveriesOf, disagreements, waitingIn } from './deliveries.ts'
import { following, inOrder, type JobName, SimulatedWorld } from './world.ts'

const ada = { keyname: 'Lovelace', forenames: 'Ada' }
const nobody = { keyname: 'Ueda', forenames: 'Haruki' }

const monday = [anAnnouncement({ id: '2509.06001', authors: [ada], announced: '2025-09-08', created: '2025-09-05' })]
/** Four where three are taken, in parts of two: a post, another one under it, and one that is only listed. */
const tuesday = [1, 2, 3, 4].map((n) =>
  anAnnouncement({ id: `2509.0700${n}`, title: `Lanterns ${n}`, authors: [nobody, ada], announced: '2025-09-09' }),
)
/** A new one, and the first of Tuesday's is revised. */
const wednesday: readonly Announcement[] = [
  anAnnouncement({ id: '2509.08001', authors: [ada], announced: '2025-09-10', created: '2025-09-08' }),
  {
    ...anAnnouncement(tuesday[0]),
    title: 'Lanterns, Revised',
    version: 2,
    updated: '2025-09-09',
    announced: '2025-09-10',
    announce: 'replace',
  },
]
const numbers = ['2509.07001', '2509.07002', '2509.07003', '2509.07004', '2509.08001']

export const moments = ['2025-09-08', '2025-09-09', '2025-09-10'].map((day) => feedOpens(day) + 15 * 60_000)
export const web = 'web:demo/papers' as ChannelId

/** What is on the disk at a moment. */
export interface Remains {
  readonly folder: string
  readonly at: number
}

/** The program on the web, Slack and Discord, with a channel on each that follows Ada Lovelace. */
export interface ThreePlatforms {
  readonly world: SimulatedWorld
  readonly services: SlackAndDiscord
  readonly channels: readonly ChannelId[]
}

/** `from`: what an earlier program left behind. Ids on Slack and Discord are the same in each. */
export async function threePlatforms(from?: Remains, seed = 1): Promise<ThreePlatforms> {
  const clock = new SimulatedClock(moments[0] ?? 0)
  const services = await SlackAndDiscord.open(clock)
  await clock.advance(Math.max(0, (from?.at ?? 0) - clock.now()))
  const events = [...monday, ...tuesday, ...wednesday]
  const place = from === undefined ? {} : { from: from.folder }
  const world = new SimulatedWorld({ start: clock.now(), events, seed, papersPerPart: 2, services, ...place })
  return { world, services, channels: [web, services.slackChannel, services.discordChannel] }
}

export interface Life {
  /** Jobs before anything else. */
  readonly first?: readonly JobName[]
  /** The last day (0 to 2) that is lived through. */
  readonly through?: number
  readonly meter?: Meter
}

/** The three rounds, from wherever the clock stands. A job that fails is run again a minute later; nothing happens once the process has ended. */
export async function live({ world, channels }: ThreePlatforms, life: Life = {}): Promise<void> {
  const { first = [], through = 2, meter = new Meter() } = life
  const { clock } = world
  const app = await world.start(meter)
  const persist = async (work: () => Promise<unknown>): Promise<void> => {
    for (let tries = 0; tries < 3 && !meter.stopped; tries++) {
      try {
        await work()
        return
      } catch {
        if (!meter.stopped) await clock.advance(60_000)
      }
    }
  }
  const jobs = async (names: readonly JobName[]) => {
    for (const job of names) await persist(() => world.job(job))
  }
  await persist(() => app.courier.recover(new AbortController().signal))
  await jobs(first)
  for (const [at, moment] of moments.entries()) {
    if (meter.stopped || at > through) return
    if (clock.now() < moment) await clock.advance(moment - clock.now())
    else if ((moments[at + 1] ?? Number.POSITIVE_INFINITY) <= clock.now()) continue
    await jobs(inOrder)
    if (at > 0) continue
    await persist(() => world.follow(channels.map((channel) => following(channel, 'Ada Lovelace'))))
    for (const channel of channels)
      await persist(() => app.house.store.settings.set(channelKey(channel), { ...defaultSettings(), cap: 3 }))
  }
  // What a failure put off is made up by the rounds of the next hours.
  for (let hour = 0; hour < 2 && !meter.stopped; hour++) {
    await clock.advance(3_600_000)
    await jobs(inOrder)
  }
}

/** All papers once in each channel, of which the fourth is listed; everything agrees, and nothing was posted anywhere else. */
export async function check({ world, services, channels }: ThreePlatforms): Promise<void> {
  const found = await deliveriesOf(world.app, services)
  const given = [...found.values()].flatMap(({ channel, paper, posted, listed }) =>
    Array.from({ length: posted + listed }, () => `${channel} ${paper.replace('arxiv:', '')}`),
  )
  const wanted = channels.flatMap((channel) => numbers.map((number) => `${channel} ${number}`))
  expect(given.toSorted()).toEqual(wanted.toSorted())
  expect(await disagreements(world.app, found)).toEqual([])
  expect(await waitingIn(world.app)).toEqual({ pending: 0, open: 0 })
  expect(await unheld({ world, services, channels })).toEqual([])
  expect(services.wrongs()).toEqual([])
  for (const channel of channels) expect(await shownIn({ world, services }, channel)).toContain('Lanterns, Revised')
  expect(services.standing().filter(({ text }) => text.includes('may repeat'))).toEqual([])
}

/** Receipts that name no message which shows the paper. */
async function unheld({ world, services }: ThreePlatforms): Promise<readonly string[]> {
  const { store } = world.app.house
  const posts = services.standing()
  const wrong: string[] = []
  for await (const { key, value } of entriesOf(store, store.seen, [])) {
    const [channel = '', paper = ''] = key
    if (value.state !== 'posted' || channel.startsWith('web:')) continue
    const [id] = value.receipt.id.split('/')
    const post = posts.find((each) => each.channel === channel && each.id === id)
    if (!post?.papers.some((each) => each.id === paper)) wrong.push(`${channel} ${paper}: no message ${id}`)
  }
  return wrong
}

/** What stands in a channel, for people. */
async function shownIn({ world, services }: Omit<ThreePlatforms, 'channels'>, channel: ChannelId): Promise<string> {
  const { store } = world.app.house
  const texts = services.standing().flatMap((post) => (post.channel === channel ? post.text : []))
  for await (const { value: post } of entriesOf(store, store.webPosts, [channel])) texts.push(renderText(post.message))
  return texts.join('\n')
}
