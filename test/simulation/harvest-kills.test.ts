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
import { readConfig } from '../../src/config.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { manyAnnouncements } from '../support/arxiv/announcements.ts'
import { createFakeArxiv } from '../support/arxiv/fake.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

/** How often the process is killed at least; more by hand: KILLS=100. */
const kills = Number(process.env.KILLS ?? 6)
const script = fileURLToPath(new URL('child.ts', import.meta.url))
const pageSize = 10

let closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing) await close()
  closing = []
})

it(`a harvest that is killed ${kills} times misses nothing, and fetches no page more than twice`, {
  timeout: 60_000 + kills * 20_000,
}, async () => {
  // A process gets through three pages or so before it is killed.
  // By the evening before, the last one's numbers are counted.
  const events = [
    ...manyAnnouncements(pageSize, { announced: '2025-09-08' }),
    ...manyAnnouncements(Math.max(200, kills * 5 * pageSize), { announced: '2025-09-09' }, pageSize + 1),
  ]
  const begun = performance.now()
  const sun = () => Math.round(feedOpens('2025-09-09') + 15 * 60_000 + performance.now() - begun)
  const arxiv = createFakeArxiv({ events, clock: { now: sun, sleep: async () => {} }, oaiPageSize: pageSize })
  const server = await arxiv.serve()
  closing.unshift(() => server.close())
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-harvest-'))
  closing.unshift(() => rmSync(folder, { recursive: true, force: true }))
  const environment = {
    DATA_DIR: folder,
    ARXIV_OAI_URL: server.oaiUrl,
    ARXIV_API_URL: server.apiUrl,
    ARXIV_RSS_URL: server.rssUrl,
    ARXIV_SPACING_MS: '5',
    LOG_LEVEL: 'error',
  }
  const random = seededRandom(Number(process.env.SEED ?? 1))
  let killed = 0
  for (;;) {
    const env = { ...environment, NOW: String(sun()) }
    const child: ChildProcess = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'], env })
    closing.unshift(() => child.kill('SIGKILL'))
    const before = arxiv.requests.length
    const isOver = once(child, 'exit')
    // By its second request the first page is kept; then it may end anywhere.
    while (child.exitCode === null && arxiv.requests.length < before + 2) await wait(2)
    await wait(random.next() * 60)
    if (child.exitCode === null) child.kill('SIGKILL')
    await isOver
    if (child.signalCode === null) {
      expect(child.exitCode).toBe(0)
      break
    }
    killed++
  }

  const times = new Map<string, number>()
  for (const { path } of arxiv.requests) times.set(path, (times.get(path) ?? 0) + 1)
  const app = await createApp({
    config: readConfig(environment, false),
    clock: new SimulatedClock(sun()),
    random: seededRandom(1),
    fetch,
    log: () => {},
  })
  closing.unshift(() => app.close())
  const papers = await app.house.catalog.getMany(events.map(({ id }) => `arxiv:${id}` as PaperId))
  const { completeThrough } = await app.status()
  const twice = [...times.values()].filter((count) => count === 2).length
  console.log(`${killed} kills, ${times.size} pages, ${twice} of them fetched twice, none more often`)
  expect([...times].filter(([, count]) => count > 2)).toEqual([])
  expect(papers.filter((paper) => paper === undefined)).toEqual([])
  expect(completeThrough).toBe('2025-09-08')
  expect(killed).toBeGreaterThanOrEqual(kills)
})

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
