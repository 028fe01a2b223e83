import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createReplay } from '../src/cli/replay/replay.ts'
import { type ReplayServer, serveReplay } from '../src/cli/replay/serve.ts'
import { busiestDays, corpus } from './corpus.ts'

/** The real program as a process of its own. */
export interface Running {
  /** Resident bytes. */
  bytes(): number
  /** Time on a processor since its start, user and system, in whole seconds. */
  processorSeconds(): number
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('../bin/paperboy.js', import.meta.url))

/** arXiv on loopback, which has one day's papers to give. */
export async function arxivOfADay(): Promise<ReplayServer & { readonly papers: number }> {
  const { events } = corpus()
  const [busiest] = busiestDays(events)
  const today = events.filter(({ announced }) => announced === busiest?.day)
  const replay = createReplay({ events: [], now: () => Date.now() })
  replay.add(today, Date.now() - 3_600_000)
  const server = await serveReplay(replay, { host: '127.0.0.1', port: 0 })
  return { ...server, papers: today.length }
}

/** Starts the program on a data folder, which need not be there yet, and waits until it is ready. */
export async function startProgram(
  folder: string,
  arxiv: ReplayServer,
  environment: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const child = spawn(process.execPath, [program, 'start'], {
    cwd: dirname(folder),
    env: {
      PATH: process.env.PATH,
      DATA_DIR: folder,
      CONSOLE_PORT: '0',
      LOG_LEVEL: 'silent',
      ARXIV_OAI_URL: arxiv.oaiUrl,
      ARXIV_API_URL: arxiv.apiUrl,
      ARXIV_RSS_URL: arxiv.rssUrl,
      ARXIV_SPACING_MS: '20',
      BACKFILL_SINCE: 'none',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await ready(child)
  return {
    bytes: () => residentBytes(child),
    processorSeconds: () => figureOf(child, 'cputimes'),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.')
  return address.port
}

export function residentBytes(child: ChildProcess): number {
  return figureOf(child, 'rss') * 1024
}

function figureOf({ pid }: ChildProcess, column: 'rss' | 'cputimes'): number {
  return Number(spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout)
}

async function ready(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('The program has no output.')
  const said: string[] = []
  child.stderr?.on('data', (chunk) => said.push(String(chunk)))
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"event":"ready"')) return
  throw new Error(`The program ended before it was ready: ${said.join('')}`)
}
