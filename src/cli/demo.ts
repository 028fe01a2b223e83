import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type App, createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { stateFile, type World } from '../house.ts'
import { runRound } from '../jobs/round.ts'
import { createLog } from '../logging.ts'
import { parsePaperId } from '../papers/identity.ts'
import { renderText } from '../platforms/text/render.ts'
import { systemRandom } from '../random.ts'
import { makeDataDir } from '../store/database.ts'
import { lockDataDir } from '../store/lock.ts'
import { entriesOf } from '../store/store.ts'
import { StoreError } from '../store/store-error.ts'
import { readArguments } from './arguments.ts'
import type { DataVerb } from './beside.ts'
import { type JumpingClock, jumpingClock } from './demo/jumping-clock.ts'
import { type DemoPapers, dayAt, demoPapers, momentOf } from './demo/world.ts'
import { demoMark } from './demo-folder.ts'
import { importSubscriptions } from './import.ts'
import { HOME } from './local.ts'
import { createReplay } from './replay/replay.ts'
import { type ReplayServer, serveReplay } from './replay/serve.ts'
import { serve } from './serving.ts'
import { type Io, Refusal, UsageError, type Verb } from './verb.ts'

/** How long a visitor reads before the next day's announcement. */
const DAY_MS = 20_000
const FOLDER = './demo-data'
/** Where the demo's clock stood, so that the next run goes on from there. */
const CLOCK_KEY = ['demo', 'day']

/** The real program over bundled papers, which a replay of arXiv announces day by day. */
export function demoVerb(verbs: () => readonly DataVerb[]): Verb {
  return {
    name: 'demo',
    usage: 'demo [--once] [--reset]',
    summary: 'The bot with bundled papers, without token or network',
    async run(args, io) {
      const read = readArguments(args, { once: 'boolean', reset: 'boolean' })
      if (read.words.length > 0) throw new UsageError('demo takes --once or --reset')
      const dataDir = io.environment.DATA_DIR ?? FOLDER
      await claim(dataDir)
      if (read.flag('reset')) await reset(dataDir)
      const papers = await demoPapers()
      const clock = jumpingClock(momentOf(papers.days[0] ?? '2025-09-09'))
      const replay = await serveReplay(createReplay({ events: papers.events, now: clock.now }), {
        host: '127.0.0.1',
        port: 0,
      })
      try {
        const world = demoWorld(io, dataDir, clock, replay)
        if (read.flag('once')) await once(world, clock, papers, io)
        else await visit(world, clock, papers, io, verbs())
        return 0
      } finally {
        await replay.close()
      }
    },
  }
}

/** The program is configured as anyone would; only the addresses are the replay's. */
function demoWorld(io: Io, dataDir: string, clock: JumpingClock, replay: ReplayServer): World {
  const environment = {
    CONSOLE_PORT: '8080',
    LOG_LEVEL: 'warn',
    ...io.environment,
    DATA_DIR: dataDir,
    ARXIV_OAI_URL: replay.oaiUrl,
    ARXIV_API_URL: replay.apiUrl,
    ARXIV_RSS_URL: replay.rssUrl,
    ARXIV_SPACING_MS: '20',
    ARXIV_SETS: '',
    BACKFILL_SINCE: 'none',
  }
  const config = readConfig(environment, io.terminal)
  return { config, clock, random: systemRandom, fetch, log: createLog(config.log) }
}

async function visit(
  world: World,
  clock: JumpingClock,
  papers: DemoPapers,
  io: Io,
  verbs: readonly DataVerb[],
): Promise<void> {
  const ending = new AbortController()
  let days: Promise<void> = Promise.resolve()
  await serve(world, io, {
    verb: 'demo',
    verbs,
    openDoor: true,
    prepare: (app) => prepare(app, clock, papers, io.signal),
    opened: async (url, jobs, app) => {
      const isOver = dayAt(papers.days, clock.now()) >= papers.days.length - 1
      const coming = isOver ? '' : 'A new day of papers arrives every 20 seconds. '
      io.say(`\n  Paperboy is at ${url}\n  ${coming}Ctrl-C stops it; the next run goes on from here.\n`)
      days = passDays(
        app,
        clock,
        papers,
        () => jobs.run('harvest'),
        io.say,
        AbortSignal.any([io.signal, ending.signal]),
      )
    },
  }).finally(() => ending.abort())
  await days
}

/** One announcement after another, until none is left or the visitor leaves. */
async function passDays(
  app: App,
  clock: JumpingClock,
  papers: DemoPapers,
  round: () => Promise<unknown>,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let stuck = false
  const day = async (): Promise<boolean> => {
    try {
      const more = await nextDay(app, clock, papers, round)
      stuck = false
      return more
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      if (!stuck) say(`  The days wait: ${error.message}`)
      stuck = true
      return true
    }
  }
  try {
    while (await day()) await clock.sleep(DAY_MS, signal)
    say('  All bundled days have been announced. What you type still works; paperboy demo --reset begins afresh.')
  } catch (error) {
    if (signal.aborted) return
    say(
      `  The days stop here: ${error instanceof Error ? error.message : String(error)}. Start the demo again once that is mended; nothing is lost.`,
    )
  }
}

/** Moves to the next announcement and lets the program have its round; false when there is none left. */
async function nextDay(
  app: App,
  clock: JumpingClock,
  papers: DemoPapers,
  round: () => Promise<unknown>,
): Promise<boolean> {
  const kept = await app.house.store.meta.get(CLOCK_KEY)
  // A day that could not be kept, as on a full disk, is lived through once more.
  const next =
    papers.days[typeof kept === 'string' ? papers.days.indexOf(kept) + 1 : dayAt(papers.days, clock.now()) + 1]
  if (next === undefined) return false
  clock.jumpTo(momentOf(next))
  await round()
  await app.house.store.meta.set(CLOCK_KEY, next)
  return true
}

/** The first run learns the first day and what was known before it, and follows a few people; later runs only set the clock. */
async function prepare(app: App, clock: JumpingClock, papers: DemoPapers, signal: AbortSignal): Promise<void> {
  const { store, catalog, sources } = app.house
  const day = await store.meta.get(CLOCK_KEY)
  if (typeof day === 'string') {
    clock.jumpTo(momentOf(day))
    return
  }
  await runRound(app, signal)
  const ids = papers.history.flatMap((id) => parsePaperId(`arxiv:${id}`)?.id ?? [])
  for (const source of sources) await catalog.upsert(source.name, (await source.fetch?.(ids, signal)) ?? [])
  await importSubscriptions(app, papers.follows, 'demo/follows.ndjson', signal)
  await store.meta.set(CLOCK_KEY, papers.days[0] ?? '')
}

/** One round from the kept store, and what it posted, in words. */
async function once(world: World, clock: JumpingClock, papers: DemoPapers, io: Io): Promise<void> {
  const lock = await lockDataDir(world.config.dataDir, 'demo')
  if (lock.kind === 'held') throw new Refusal(lock.message)
  try {
    const app = await createApp(world)
    try {
      await prepare(app, clock, papers, io.signal)
      const posts = await keysOfPosts(app)
      const more = await nextDay(app, clock, papers, () => runRound(app, io.signal))
      for await (const { key, value } of entriesOf(app.house.store, app.house.store.webPosts, [HOME])) {
        if (!posts.has(key.join('/'))) io.out(renderText(value.message))
      }
      if (!more) io.out('All bundled days have been announced; paperboy demo --reset starts afresh.')
    } finally {
      await app.close()
    }
  } finally {
    lock.release()
  }
}

async function keysOfPosts(app: App): Promise<ReadonlySet<string>> {
  const keys = new Set<string>()
  for await (const { key } of entriesOf(app.house.store, app.house.store.webPosts, [HOME])) keys.add(key.join('/'))
  return keys
}

/** Marks a folder as the demo's own. One that holds what somebody really follows is never touched. */
async function claim(dataDir: string): Promise<void> {
  const mark = demoMark(dataDir)
  if (existsSync(mark)) return
  if (existsSync(stateFile(dataDir))) {
    throw new Refusal(
      `The data folder ${dataDir} is not one that the demo made, and nothing in it was touched: run the demo with DATA_DIR set to another folder, such as ${FOLDER}.`,
    )
  }
  makeDataDir(dataDir)
  await writeFile(mark, 'What paperboy demo keeps. paperboy demo --reset begins afresh.\n', { mode: 0o600 })
}

/** Takes away what the demo made, and nothing else that may lie in the folder. */
async function reset(dataDir: string): Promise<void> {
  const lock = await lockDataDir(dataDir, 'demo')
  if (lock.kind === 'held') throw new Refusal(lock.message)
  lock.release()
  for (const name of ['state.sqlite', 'catalog.sqlite', 'lock.sqlite']) {
    for (const ending of ['', '-wal', '-shm', '-journal']) await rm(join(dataDir, `${name}${ending}`), { force: true })
  }
}
