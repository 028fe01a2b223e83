import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createReplay } from '../src/cli/replay/replay.ts'
import { serveReplay } from '../src/cli/replay/serve.ts'
import { busiestDays, corpus } from './corpus.ts'
import { inFolder } from './folder.ts'
import { digits, type Figure, inMB, inMs, type Measured, measuredOf, report } from './measure.ts'

// Start to ready, and memory when idle, of the real process; arXiv is a replay on loopback that has one day's papers to give.

const READY_MS = 1_000
const IDLE_BYTES = 120e6
const starts = 9
const idleRuns = 3
const idleMs = 10_000
const program = fileURLToPath(new URL('../bin/paperboy.js', import.meta.url))

const { events } = corpus()
const [busiest] = busiestDays(events)
const today = events.filter(({ announced }) => announced === busiest?.day)
const replay = createReplay({ events: [], now: () => Date.now() })
replay.add(today, Date.now() - 3_600_000)
const server = await serveReplay(replay, { host: '127.0.0.1', port: 0 })

try {
  report(await inFolder(measureProcess))
} finally {
  await server.close()
}

async function measureProcess(folder: string): Promise<readonly Figure[]> {
  const [fresh, kept, bare]: [number[], number[], number[]] = [[], [], []]
  for (let run = -1; run < starts; run++) {
    const dataDir = join(folder, `start-${run}`)
    const times = [await startToReady(dataDir), await startToReady(dataDir), await emptyRun()]
    if (run < 0) continue
    for (const [at, list] of [fresh, kept, bare].entries()) list.push(times[at] ?? Number.NaN)
  }
  const [ours, others]: [number[], number[]] = [[], []]
  for (let run = 0; run < idleRuns; run++) {
    ours.push(await idleBytes(start(join(folder, `idle-${run}`)), true))
    others.push(await idleBytes(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'])))
  }
  const alone = measuredOf(bare)
  const [idle, other] = [measuredOf(ours), measuredOf(others)]
  return [
    startFigure('start to ready, new data folder', measuredOf(fresh), alone),
    startFigure('start to ready, kept data folder', measuredOf(kept), alone),
    {
      name: 'idle memory',
      ours: inMB(idle.median),
      bare: inMB(other.median),
      ratio: digits(idle.median / other.median),
      goal: { text: `≤ ${inMB(IDLE_BYTES)}`, met: idle.median <= IDLE_BYTES },
      note: `resident, ${idleMs / 1000} s after ready, one day’s ${today.length} papers to harvest; memory that V8 kept for the harvest is given back, 63 MB of what is left is the program file of Node as mapped, some 14 MB each are its HTTP and zod; bare: node with a timer`,
    },
  ]
}

function startFigure(name: string, ours: Measured, bare: Measured): Figure {
  return {
    name,
    ours: inMs(ours),
    bare: inMs(bare),
    ratio: digits(ours.median / bare.median),
    goal: { text: `≤ ${READY_MS / 1000} s`, met: ours.median <= READY_MS },
    note: 'from spawn to the line that says ready; bare: `node -e 0` from spawn to exit',
  }
}

function start(dataDir: string): ChildProcess {
  return spawn(process.execPath, [program, 'start'], {
    cwd: join(dataDir, '..'),
    env: {
      PATH: process.env.PATH,
      DATA_DIR: dataDir,
      CONSOLE_PORT: '0',
      LOG_LEVEL: 'silent',
      ARXIV_OAI_URL: server.oaiUrl,
      ARXIV_API_URL: server.apiUrl,
      ARXIV_RSS_URL: server.rssUrl,
      ARXIV_SPACING_MS: '20',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function startToReady(dataDir: string): Promise<number> {
  const began = performance.now()
  const child = start(dataDir)
  await ready(child)
  const taken = performance.now() - began
  await stop(child)
  return taken
}

async function ready(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('The program has no output.')
  const said: string[] = []
  child.stderr?.on('data', (chunk) => said.push(String(chunk)))
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"event":"ready"')) return
  throw new Error(`The program ended before it was ready: ${said.join('')}`)
}

async function emptyRun(): Promise<number> {
  const began = performance.now()
  await once(spawn(process.execPath, ['-e', '0']), 'exit')
  return performance.now() - began
}

async function idleBytes(child: ChildProcess, saysReady = false): Promise<number> {
  try {
    if (saysReady) await ready(child)
    await sleep(idleMs)
    const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })
    return Number(stdout) * 1024
  } finally {
    await stop(child)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
