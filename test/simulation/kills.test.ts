import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { feedOpens } from '../../src/cli/replay/eastern.ts'
import type { Announcement } from '../../src/cli/replay/event.ts'
import type { ReplayServer } from '../../src/cli/replay/serve.ts'
import { readConfig } from '../../src/config.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { createFakeArxiv } from '../support/arxiv/fake.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'
import { ended, opened } from './child-process.ts'
import { deliveriesOf, disagreements, pairOf, waitingIn } from './deliveries.ts'
import { aDay, followedBy, listingDays, people } from './papers.ts'
import { following } from './world.ts'

/** How often the process is killed; more by hand: KILLS=500. */
const kills = Number(process.env.KILLS ?? 25)
const seed = Number(process.env.SEED ?? 1)
const script = fileURLToPath(new URL('child.ts', import.meta.url))

const channels = ['web:demo/one', 'web:demo/two', 'web:demo/three', 'web:demo/four'].map((name) => name as ChannelId)
const follows = new Map(channels.map((channel, at) => [channel, people.slice(at * 5, at * 5 + 8)]))
const setup = {
  follows: [...follows]
    .flatMap(([channel, names]) => names.map((name) => JSON.stringify(following(channel, name))))
    .join('\n'),
  // Some digests have several parts, some lists are long.
  caps: Object.fromEntries(channels.map((channel, at) => [channel, at === 3 ? 9 : 60])),
}
const days = listingDays('2025-09-08', 6 + Math.ceil(kills / 2))
const random = seededRandom(seed)
const events = days.flatMap((day, at) => aDay(day, { random, papers: 90, first: 1 + at * 90 }))

let closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing) await close()
  closing = []
})

it(`${kills} kills of the process at random moments change nothing`, { timeout: 60_000 + kills * 10_000 }, async () => {
  const killed = await house('killed')
  let count = 0
  let used = 0
  // A round's usual length, from the opening of the files to its end.
  let span = 400
  for (const [at, day] of days.entries()) {
    killed.sun.rise(day)
    used = at + 1
    for (;;) {
      const child = killed.begin(at === 0)
      const early = random.next() < 0.1
      const delay = early ? random.next() * 800 : random.next() * span
      if (count < kills) {
        if (!early) await opened(child)
        await Promise.race([once(child, 'exit'), new Promise((resolve) => setTimeout(resolve, delay))])
      }
      const begun = performance.now()
      if (count < kills) child.kill('SIGKILL')
      const signal = await ended(child)
      if (signal === 'SIGKILL') {
        count++
        continue
      }
      span = Math.max(100, delay + performance.now() - begun)
      break
    }
    if (count >= kills && at >= 3) break
  }
  const undisturbed = await house('undisturbed')
  for (const [at, day] of days.slice(0, used).entries()) {
    undisturbed.sun.rise(day)
    await ended(undisturbed.begin(at === 0))
  }

  const wanted = reckoned(events.filter((event) => days.indexOf(event.announced ?? '') < used))
  const [left, right] = [await killed.outcome(), await undisturbed.outcome()]
  console.log(
    `${count} kills over ${used} days: ${wanted.length} due, ${left.given.length} given (${left.posted} posted, ${left.listed} listed), ` +
      `missing ${wanted.filter((pair) => !left.given.includes(pair)).length}, duplicates ${left.given.length - new Set(left.given).size}; ` +
      `undisturbed ${right.given.length}`,
  )
  expect(left.given).toEqual(wanted)
  expect(right.given).toEqual(wanted)
  for (const outcome of [left, right]) {
    expect(outcome.disagreements).toEqual([])
    expect(outcome.waiting).toEqual({ pending: 0, open: 0 })
  }
  expect(count).toBe(kills)
})

/** Pairs of channel and paper that are due: announced after the first day, someone in the byline is followed there. */
function reckoned(announced: readonly Announcement[]): readonly string[] {
  return announced
    .filter((event) => event.announced !== days[0])
    .flatMap((event) =>
      [...follows].flatMap(([channel, names]) =>
        followedBy(event, names) ? [pairOf(channel, `arxiv:${event.id}`)] : [],
      ),
    )
    .toSorted()
}

/** A clock that stands at the morning of a day and runs on from there, for the process as for arXiv. */
class Sun {
  #day = 0
  #since = 0
  rise(day: string): void {
    this.#day = feedOpens(day) + 15 * 60_000
    this.#since = performance.now()
  }
  readonly now = () => Math.round(this.#day + performance.now() - this.#since)
}

/** A data folder, an arXiv on loopback, and the process that works on them. */
async function house(name: string) {
  const sun = new Sun()
  const folder = mkdtempSync(join(tmpdir(), `paperboy-${name}-`))
  closing.unshift(() => rmSync(folder, { recursive: true, force: true }))
  const arxiv = createFakeArxiv({ events, clock: { now: sun.now, sleep: async () => {} }, oaiPageSize: 60 })
  const server: ReplayServer = await arxiv.serve()
  closing.unshift(() => server.close())
  const environment = {
    DATA_DIR: folder,
    ARXIV_OAI_URL: server.oaiUrl,
    ARXIV_API_URL: server.apiUrl,
    ARXIV_RSS_URL: server.rssUrl,
    ARXIV_SPACING_MS: '5',
    SETTLE_MS: '200',
    LOG_LEVEL: 'error',
  }
  return {
    sun,
    begin: (first: boolean): ChildProcess => {
      const child = spawn(process.execPath, [script], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...environment, NOW: String(sun.now()), ...(first ? { SETUP: JSON.stringify(setup) } : {}) },
      })
      closing.unshift(() => child.kill('SIGKILL'))
      return child
    },
    outcome: async () => {
      const app = await createApp({
        config: readConfig(environment, false),
        clock: new SimulatedClock(sun.now()),
        random: seededRandom(1),
        fetch,
        log: () => {},
      })
      const found = await deliveriesOf(app)
      const all = [...found.values()]
      const given = all.flatMap(({ channel, paper, posted, listed }) =>
        Array.from({ length: posted + listed }, () => pairOf(channel, paper)),
      )
      const outcome = {
        given: given.toSorted(),
        posted: all.reduce((sum, one) => sum + one.posted, 0),
        listed: all.reduce((sum, one) => sum + one.listed, 0),
        disagreements: await disagreements(app, found),
        waiting: await waitingIn(app),
      }
      await app.close()
      return outcome
    },
  }
}
