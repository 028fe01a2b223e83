import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Io } from '../../src/cli/verb.ts'
import { run } from '../../src/main.ts'

export interface Ran {
  readonly exit: number
  /** Standard output, a line each. */
  readonly out: readonly string[]
  /** What was said to people. */
  readonly said: string
}

export interface Terminal {
  readonly dataDir: string
  /** Runs `paperboy …`; arXiv can't be reached. */
  paperboy(args: readonly string[], stdin?: string): Promise<Ran>
}

/** A terminal in which the program keeps its data in a new folder and reaches no network. */
export function aTerminal(environment: Readonly<Record<string, string>> = {}): Terminal {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'paperboy-cli-')), 'data')
  const closed = 'http://127.0.0.1:9'
  return {
    dataDir,
    async paperboy(args, stdin = '') {
      const out: string[] = []
      const said: string[] = []
      const io: Io = {
        out: (line) => void out.push(...line.split('\n')),
        say: (line) => void said.push(line),
        stdin: async () => stdin,
        environment: {
          DATA_DIR: dataDir,
          ARXIV_API_URL: `${closed}/api/query`,
          ARXIV_OAI_URL: `${closed}/oai`,
          ARXIV_RSS_URL: closed,
          ARXIV_SPACING_MS: '1',
          LOG_LEVEL: 'silent',
          ...environment,
        },
        terminal: false,
        signal: new AbortController().signal,
      }
      const exit = await run(args, io)
      return { exit, out, said: said.join('\n') }
    },
  }
}
