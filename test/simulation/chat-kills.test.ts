import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { feedOpens } from '../../src/cli/replay/eastern.ts'
import { readConfig } from '../../src/config.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { createFakeArxiv } from '../support/arxiv/fake.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'
import { serveChats } from './chat-server.ts'
import { SlackAndDiscord } from './chat-services.ts'
import { ended, opened } from './child-process.ts'
import { deliveriesOf, disagreements, pairOf, waitingIn } from './deliveries.ts'
import { aDay, followedBy, listingDays, people } from './papers.ts'
import { following } from './world.ts'

/** How often the process is killed; more by hand: KILLS=100. */
const kills = Number(process.env.KILLS ?? 10)
const seed = Number(process.env.SEED ?? 1)
const script = fileURLToPath(new URL('child.ts', import.meta.url))
const HOUR = 3_600_000
const KILLS_A_DAY = 5

const days = listingDays('2025-09-08', 6 + Math.ceil(kills / 2))
const random = seededRandom(seed)
const events = days.flatMap((day, at) => aDay(day, { random, papers: 40, first: 1 + at * 40 }))
const clock = new SimulatedClock(feedOpens(days[0] ?? '') + 15 * 60_000)

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** Replies get lost and requests come late; whatever else goes wrong is rarer, for a look is of several requests. */
function befall({ slack, discord }: SlackAndDiscord): void {
  const all = { chance: 0.03 }
  const ofSlack = { methods: ['chat.postMessage'] } as const
  slack.faults.on('replyLost', { ...ofSlack, chance: 0.25 })
  slack.faults.on('failedAfter', { ...ofSlack, chance: 0.1 })
  slack.faults.on('late', { ...ofSlack, chance: 0.15, ms: 60_000 })
  slack.faults.on('dropped', all)
  slack.faults.on('failedBefore', all)
  slack.faults.on('rateLimited', { ...all, retryAfterMs: 3000 })
  const ofDiscord = { routes: ['POST /channels/:channel/messages'] } as const
  discord.faults.on('replyLost', { ...ofDiscord, chance: 0.25 })
  discord.faults.on('failedAfter', { ...ofDiscord, chance: 0.1 })
  discord.faults.on('late', { ...ofDiscord, chance: 0.15, ms: 60_000 })
  discord.faults.on('dropped', all)
  discord.faults.on('failedBefore', all)
  discord.faults.on('rateLimited', { ...all, retryAfterMs: 3000 })
}

it(`${kills} kills of the process at random moments, with replies lost and late, change nothing on the web, Slack or Discord`, {
  timeout: 60_000 + kills * 10_000,
}, async () => {
  const services = await SlackAndDiscord.open(clock)
  const channels = ['web:demo/one' as ChannelId, services.slackChannel, services.discordChannel]
  const follows = new Map(channels.map((channel, at) => [channel, people.slice(at * 5, at * 5 + 12)]))
  const program = await aProgram(services, follows)
  befall(services)
  let count = 0
  let used = 0
  // A round's usual length, from the opening of the files to its end.
  let span = 600
  for (const [at, day] of days.entries()) {
    await clock.advance(Math.max(0, feedOpens(day) + 15 * 60_000 - clock.now()))
    used = at + 1
    for (let killed = 0; ; killed++) {
      // Nothing begins again at once: by then it is later than the longest wait that was asked for.
      await clock.advance(5000)
      const child = program.begin(at === 0)
      await opened(child)
      const begun = performance.now()
      // On the first day there is nothing to post.
      if (count < kills && at > 0 && killed < KILLS_A_DAY) {
        const moment = random.next()
        // Every other time soon after a request, of which there are few in a round.
        if (count % 2 === 1) await asked(services, child)
        await Promise.race([once(child, 'exit'), pause(moment * (count % 2 === 1 ? 40 : span))])
        child.kill('SIGKILL')
      }
      const signal = await ended(child)
      if (signal !== 'SIGKILL') {
        if (at > 0) span = Math.max(100, performance.now() - begun)
        break
      }
      count++
    }
    if (count >= kills && at >= 2) break
  }
  for (const { faults } of [services.slack, services.discord]) faults.allOff()
  for (const hours of [1, 25]) {
    await clock.advance(hours * HOUR)
    await ended(program.begin(false))
  }

  const wanted = events
    .filter(({ announced = '' }) => announced !== days[0] && feedOpens(announced) <= clock.now())
    .flatMap((event) =>
      channels.flatMap((channel) =>
        followedBy(event, follows.get(channel) ?? []) ? [pairOf(channel, `arxiv:${event.id}`)] : [],
      ),
    )
  const { given, wrong, waiting } = await program.outcome()
  const faults = [...services.befallen('slack'), ...services.befallen('discord')]
  const lost = faults.filter((name) => ['replyLost', 'failedAfter', 'late'].includes(name)).length
  const missing = wanted.filter((pair) => !given.includes(pair))
  const duplicates = given.filter((pair, at) => given.indexOf(pair) < at)
  console.log(
    `${count} kills over ${used} days on three platforms: ${faults.length} faults, ${lost} of them lost or late replies; ` +
      `${services.standing().length} messages, ${wanted.length} due, ${given.length} given, ` +
      `missing ${missing.length}, duplicates ${duplicates.length}`,
  )
  expect({ missing, duplicates }).toEqual({ missing: [], duplicates: [] })
  expect(given.toSorted()).toEqual(wanted.toSorted())
  expect(wrong).toEqual([])
  expect(waiting).toEqual({ pending: 0, open: 0 })
  expect(services.wrongs()).toEqual([])
  expect(count).toBe(kills)
  expect(lost).toBeGreaterThan(0)
})

/** The next request to a chat service has come, or the process is gone. */
async function asked({ requests }: SlackAndDiscord, child: ChildProcess): Promise<void> {
  const before = requests.slack + requests.discord
  while (requests.slack + requests.discord === before && child.exitCode === null) await pause(2)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** A data folder, arXiv and the chat services on loopback, and the process that works with them. */
async function aProgram(services: SlackAndDiscord, follows: ReadonlyMap<ChannelId, readonly string[]>) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-chats-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  const arxiv = await createFakeArxiv({
    events,
    clock: { now: () => clock.now(), sleep: async () => {} },
    oaiPageSize: 60,
  }).serve()
  closing.push(() => arxiv.close())
  const chats = await serveChats(services)
  closing.push(() => chats.close())
  const setup = {
    follows: [...follows]
      .flatMap(([channel, names]) => names.map((name) => JSON.stringify(following(channel, name))))
      .join('\n'),
    caps: Object.fromEntries([...follows.keys()].map((channel) => [channel, 60])),
  }
  const environment = {
    DATA_DIR: folder,
    ARXIV_OAI_URL: arxiv.oaiUrl,
    ARXIV_API_URL: arxiv.apiUrl,
    ARXIV_RSS_URL: arxiv.rssUrl,
    ARXIV_SPACING_MS: '5',
    LOG_LEVEL: 'silent',
    // What was compiled for one process is ready for the next.
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    ...services.environment,
    ...chats.environment,
  }
  return {
    begin: (first: boolean): ChildProcess => {
      const child = spawn(process.execPath, [script], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...environment,
          CHATS: chats.origin,
          NOW: String(clock.now()),
          ...(first ? { SETUP: JSON.stringify(setup) } : {}),
        },
      })
      closing.push(() => child.kill('SIGKILL'))
      return child
    },
    outcome: async () => {
      const config = readConfig(environment, false)
      const app = await createApp({ config, clock, random: seededRandom(1), fetch, log: () => {} })
      const found = await deliveriesOf(app, services)
      const given = [...found.values()].flatMap(({ channel, paper, posted, listed }) =>
        Array.from({ length: posted + listed }, () => pairOf(channel, paper)),
      )
      const outcome = { given, wrong: await disagreements(app, found), waiting: await waitingIn(app) }
      await app.close()
      return outcome
    },
  }
}
