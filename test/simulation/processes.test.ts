import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReplayServer } from '../../src/cli/replay/serve.ts'
import { systemClock } from '../../src/clock.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'
import { createFakeArxiv } from '../support/arxiv/fake.ts'

const program = fileURLToPath(new URL('../../bin/paperboy.js', import.meta.url))

let folder = ''
let server: ReplayServer
const running: ChildProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'paperboy-processes-'))
  const { announced: _, ...known } = anAnnouncement()
  server = await createFakeArxiv({ events: [known], clock: systemClock }).serve()
})

afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Process {
  readonly child: ChildProcess
  readonly said: { out: string; err: string }
  /** The exit code, once it has ended. */
  readonly end: Promise<number | null>
}

/** The program as people start it, with an arXiv on loopback. */
function paperboy(args: readonly string[], dataDir = folder, nodeOptions: readonly string[] = []): Process {
  const child = spawn(process.execPath, [...nodeOptions, program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      DATA_DIR: dataDir,
      ARXIV_OAI_URL: server.oaiUrl,
      ARXIV_API_URL: server.apiUrl,
      ARXIV_RSS_URL: server.rssUrl,
      ARXIV_SPACING_MS: '5',
      CONSOLE_PORT: '0',
      LOG_LEVEL: 'silent',
    },
  })
  running.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString()
  })
  return { child, said, end: once(child, 'close').then(([code]) => code) }
}

/** The round came to its end. That this arXiv announces nothing is told, and no matter here. */
async function pollsOnce(): Promise<Process> {
  const poll = paperboy(['poll', '--once'])
  await poll.end
  expect(poll.said.out).toContain('"event":"round"')
  expect(poll.said.err).toMatch(/^(arXiv's announcement of \S+ has not come in[^\n]*\n)?$/)
  return poll
}

async function saysReady({ child, said, end }: Process): Promise<void> {
  while (!said.out.includes('"ready"')) {
    const ended = await Promise.race([end, once(child.stdout ?? child, 'data').then(() => undefined)])
    if (ended !== undefined) throw new Error(`ended with ${ended}: ${said.err}`)
  }
}

describe('two processes on one data folder', () => {
  it('a second one that would harvest or post is refused in a sentence, and the first goes on', {
    timeout: 60_000,
  }, async () => {
    const first = paperboy(['start'])
    await saysReady(first)
    for (const args of [['start'], ['poll', '--once']]) {
      const second = paperboy(args)
      expect(await second.end).toBe(1)
      expect(second.said.out).toBe('')
      expect(second.said.err).toContain(`${folder} is in use by paperboy start (process ${first.child.pid})`)
      expect(second.said.err.trim().split('\n')).toHaveLength(1)
    }
    expect(first.child.exitCode).toBeNull()
    first.child.kill('SIGTERM')
    expect(await first.end).toBe(0)
  })

  it('of two that begin at once one works and the other is refused, and a kill frees the folder', {
    timeout: 60_000,
  }, async () => {
    const both = [paperboy(['start']), paperboy(['start'])]
    const refused = await Promise.race(both.map(async (one) => ({ code: await one.end, one })))
    expect(refused.code).toBe(1)
    expect(refused.one.said.err).toContain('is in use by')
    const [other] = both.filter((each) => each !== refused.one)
    if (other === undefined) throw new Error('both were refused')
    await saysReady(other)
    other.child.kill('SIGKILL')
    await other.end
    await pollsOnce()
  })
})

/** A Node that calls itself an older one, so that the program looks for one that came along. */
const OLDER = ['--import', 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.0.0"})']

describe('a launcher with an older Node', () => {
  const hasBundled = existsSync(fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url)))

  it.skipIf(!hasBundled)(
    'takes the program along when it is killed, and the folder is free',
    {
      timeout: 60_000,
    },
    async () => {
      const launcher = paperboy(['start'], folder, OLDER)
      await saysReady(launcher)
      launcher.child.kill('SIGKILL')
      // Standard output ends with the last process that has it.
      await launcher.end
      await pollsOnce()
    },
  )

  it.skipIf(!hasBundled)('passes on that it is to stop, and its exit code', { timeout: 60_000 }, async () => {
    const launcher = paperboy(['start'], folder, OLDER)
    await saysReady(launcher)
    launcher.child.kill('SIGTERM')
    expect(await launcher.end).toBe(0)
  })
})

describe('a file that can’t be used', () => {
  it.each(['state.sqlite', 'catalog.sqlite'])(
    '%s: one sentence names it and the way out, and it is left as it is',
    { timeout: 60_000 },
    async (name) => {
      await pollsOnce()
      const file = join(folder, name)
      const damaged = Buffer.concat([Buffer.from('This is no database at all. '), Buffer.alloc(8192, 7)])
      writeFileSync(file, damaged)
      for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true })
      for (const args of [['poll', '--once'], ['status'], ['start']]) {
        const next = paperboy(args)
        expect(await next.end).toBe(1)
        expect(next.said.out).toBe('')
        expect(next.said.err).toContain(file)
        expect(next.said.err).toMatch(name === 'state.sqlite' ? /restore/i : /delete it/i)
        expect(next.said.err.trim().split('\n')).toHaveLength(1)
      }
      expect(readFileSync(file).equals(damaged)).toBe(true)
    },
  )

  it('a data folder that is none: one sentence names it', { timeout: 30_000 }, async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, 'not a folder')
    const next = paperboy(['poll', '--once'], join(file, 'data'))
    expect(await next.end).toBe(1)
    expect(next.said.err).toContain(join(file, 'data'))
    expect(next.said.err.trim().split('\n')).toHaveLength(1)
    expect(existsSync(join(file, 'data'))).toBe(false)
  })

  it('a catalogue that was deleted is made anew without a word', { timeout: 30_000 }, async () => {
    await pollsOnce()
    for (const ending of ['', '-wal', '-shm']) rmSync(join(folder, `catalog.sqlite${ending}`), { force: true })
    await pollsOnce()
  })
})
