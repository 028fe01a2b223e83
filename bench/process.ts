import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { arxivOfADay, residentBytes, startProgram } from './child.ts'
import { inFolder } from './folder.ts'
import { digits, type Figure, inMB, inMs, type Measured, measuredOf, report } from './measure.ts'

// Start to ready, and memory when idle, of the real process; arXiv is a replay on loopback that has one day's papers to give.

const READY_MS = 1_000
const IDLE_BYTES = 120e6
const starts = 9
const idleRuns = 3
const idleMs = 10_000
/** A year of earlier papers is fetched, too, as in a new install. */
const usual = { BACKFILL_SINCE: '' }

const server = await arxivOfADay()

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
    ours.push(await idleBytes(join(folder, `idle-${run}`)))
    others.push(await bareIdleBytes())
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
      note: `resident, ${idleMs / 1000} s after ready, one day’s ${server.papers} papers to harvest; memory that V8 kept for the harvest is given back, 63 MB of what is left is the program file of Node as mapped, some 14 MB each are its HTTP and zod; bare: node with a timer`,
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

async function startToReady(dataDir: string): Promise<number> {
  const began = performance.now()
  const program = await startProgram(dataDir, server, usual)
  const taken = performance.now() - began
  await program.stop()
  return taken
}

async function emptyRun(): Promise<number> {
  const began = performance.now()
  await once(spawn(process.execPath, ['-e', '0']), 'exit')
  return performance.now() - began
}

async function idleBytes(dataDir: string): Promise<number> {
  const program = await startProgram(dataDir, server, usual)
  try {
    await sleep(idleMs)
    return program.bytes()
  } finally {
    await program.stop()
  }
}

async function bareIdleBytes(): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'])
  await sleep(idleMs)
  const bytes = residentBytes(child)
  child.kill('SIGTERM')
  await once(child, 'exit')
  return bytes
}
