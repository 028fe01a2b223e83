import { type App, createApp } from '../src/app.ts'
import { importSubscriptions } from '../src/cli/import.ts'
import { type Environment, readConfig } from '../src/config.ts'
import type { ChannelId } from '../src/message/channel.ts'
import { manyAnnouncements } from '../test/support/arxiv/announcements.ts'
import { createFakeArxiv } from '../test/support/arxiv/fake.ts'
import { createFakeDiscord } from '../test/support/discord/fake.ts'
import { seededRandom } from '../test/support/seeded-random.ts'
import { SimulatedClock } from '../test/support/simulated-clock.ts'
import { createFakeSlack } from '../test/support/slack/fake.ts'
import { RULES } from '../test/support/slack/rules.ts'
import { inFolder } from './folder.ts'
import { digits, type Figure, report } from './measure.ts'

// A day's digest for 1,000 and for 10,000 channels, by the whole program, in simulated time: how near to what the servers permit it is posted, and what came too early.

const GOAL = 0.95
const counts = [1_000, 10_000]
const paperCount = 20
/** There and back. */
const latencyMs = 80
/** docs.discord.com, rate limits: requests a second over all routes. */
const DISCORD_A_SECOND = 50

/** What stands on the servers when all is posted. */
interface Outcome {
  /** When each message was posted, epoch ms. */
  readonly at: readonly number[]
  readonly tooEarly: number
  readonly permitted: number
  readonly papers: number
}

const figures: Figure[] = []
for (const channelCount of counts)
  figures.push(
    figure('Slack', channelCount, await overSlack(channelCount)),
    figure('Discord', channelCount, await overDiscord(channelCount)),
  )
report(figures)

async function overSlack(channelCount: number): Promise<Outcome> {
  const clock = new SimulatedClock('2025-09-08T12:00:00Z')
  const slack = await createFakeSlack({ clock, random: seededRandom(3), listen: false })
  const team = slack.addTeam()
  const channels = Array.from({ length: channelCount }, (_, at) => slack.addChannel(team, { name: `papers-${at}` }))
  const environment = {
    SLACK_BOT_TOKEN: team.token,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: 'https://slack.test/api/',
  }
  const ids = channels.map(({ id }) => `slack:${team.id}/${id}` as ChannelId)
  await live({ clock, environment, ids, host: 'https://slack.test', servers: slack.fetch })
  const posted = channels.flatMap((channel) => slack.messages(channel).filter(({ byBot }) => byBot))
  if (slack.violations.length > 0) throw new Error(JSON.stringify(slack.violations[0]))
  return {
    at: posted.map(({ at }) => at),
    tooEarly: slack.limited.length,
    permitted: RULES.postsPerMinute / 60,
    papers: papersIn(posted),
  }
}

async function overDiscord(channelCount: number): Promise<Outcome> {
  const clock = new SimulatedClock('2025-09-08T12:00:00Z')
  const discord = await createFakeDiscord({ clock, random: seededRandom(3), listen: false })
  const channels = Array.from({ length: channelCount / 10 }, (_, at) =>
    discord.addGuild({ name: `Server ${at}` }),
  ).flatMap((guild) => Array.from({ length: 10 }, (_, at) => discord.addChannel(guild, { name: `papers-${at}` })))
  const environment = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: 'https://discord.test/api' }
  const ids = channels.map(({ guildId, id }) => `discord:${guildId}/${id}` as ChannelId)
  await live({ clock, environment, ids, host: 'https://discord.test', servers: discord.fetch })
  const posted = channels.flatMap((channel) => discord.messages(channel).filter(({ byBot }) => byBot))
  if (discord.violations.length > 0) throw new Error(JSON.stringify(discord.violations[0]))
  const posts = discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))
  return {
    at: posts.filter(({ status }) => status === 200).map(({ at }) => at),
    tooEarly: discord.requests.filter(({ status }) => status === 429).length,
    permitted: DISCORD_A_SECOND,
    papers: papersIn(posted),
  }
}

interface Life {
  readonly clock: SimulatedClock
  readonly environment: Environment
  readonly ids: readonly ChannelId[]
  readonly host: string
  readonly servers: typeof fetch
}

/** The channels follow a category, a day is announced, and the program posts what there is to post. */
async function live({ clock, environment, ids, host, servers }: Life): Promise<void> {
  const day = (announced: string, created: string, first: number, count: number) =>
    manyAnnouncements(count, { announced, created, categories: ['cs.RO'] }, first)
  const events = [...day('2025-09-08', '2025-09-06', 1, 1), ...day('2025-09-09', '2025-09-07', 100, paperCount)]
  const arxiv = createFakeArxiv({ events, clock })
  const distant: typeof fetch = async (input, init) => {
    if (!String(input instanceof Request ? input.url : input).startsWith(host)) return arxiv.fetch(input, init)
    await clock.sleep(latencyMs / 2)
    const answer = await servers(input, init)
    await clock.sleep(latencyMs / 2)
    return answer
  }
  await inFolder(async (folder) => {
    const app = await createApp({
      config: readConfig({ DATA_DIR: folder, ...environment }, false),
      clock,
      random: seededRandom(7),
      fetch: distant,
      log: () => {},
    })
    try {
      await aDay(app, clock)
      const lines = ids.map((channel) => JSON.stringify({ channel, follows: { kind: 'category', category: 'cs.RO' } }))
      await clock.run(importSubscriptions(app, lines.join('\n'), 'follows.ndjson', new AbortController().signal))
      await clock.advance(Date.parse('2025-09-09T18:00:00Z') - clock.now())
      await aDay(app, clock)
    } finally {
      await app.close()
    }
  })
}

async function aDay({ rounds, courier }: App, clock: SimulatedClock): Promise<void> {
  const { signal } = new AbortController()
  await clock.run(rounds.harvest(signal))
  await clock.run(rounds.match())
  await clock.run(rounds.decide())
  for (;;) {
    const { nextAt, waiting } = await clock.run(courier.sendDue(signal))
    if (nextAt === undefined || waiting === 0) return
    await clock.advance(Math.max(1, nextAt - clock.now()))
  }
}

/** Each message names a paper by its page, once for each of its links there. */
function papersIn(messages: readonly unknown[]): number {
  return messages.reduce<number>((sum, message) => {
    const numbers = JSON.stringify(message).matchAll(/arxiv\.org\/abs\/(2509\.\d{5})/g)
    return sum + new Set([...numbers].map(([, number]) => number)).size
  }, 0)
}

function figure(name: string, channelCount: number, { at, tooEarly, permitted, papers }: Outcome): Figure {
  if (papers !== channelCount * paperCount) throw new Error(`${name}: ${papers} papers stand there`)
  const taken =
    (at.reduce((one, other) => Math.max(one, other)) - at.reduce((one, other) => Math.min(one, other))) / 1000
  const rate = (at.length - 1) / taken
  const share = rate / permitted
  return {
    name: `sustained posting on ${name}, ${channelCount.toLocaleString('en')} channels`,
    ours: `${digits(rate)} messages/s, ${tooEarly} too early`,
    bare: `${digits(permitted)}/s permitted`,
    ratio: digits(share),
    goal: { text: `≥ ${GOAL}, 0 too early`, met: share >= GOAL && tooEarly === 0 },
    note: `${at.length.toLocaleString('en')} messages with ${paperCount} papers for each channel, in simulated time, each request ${latencyMs} ms away; the limits are those by which the stand-ins of the servers count`,
  }
}
