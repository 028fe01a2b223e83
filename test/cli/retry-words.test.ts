import { describe, expect, it } from 'vitest'
import { tellingRetries } from '../../src/cli/retry-words.ts'
import type { LogEvent } from '../../src/log.ts'
import { aTerminal } from '../support/terminal.ts'

describe('a source that does not answer', () => {
  it('is told at its first failed try, on standard error alone', async () => {
    const { exit, out, said } = await aTerminal().paperboy(['poll', '--once'])
    expect(exit).toBe(1)
    expect(said.split('\n')[0]).toMatch(
      /^No answer yet \(127\.0\.0\.1:9\/oai can't be reached.*\); trying again in \d+ s\.$/,
    )
    expect(out.map((line) => JSON.parse(line).event)).toEqual(['round'])
  })

  it('is told again at most once a second, and everything else is logged as before', () => {
    const said: string[] = []
    const logged: LogEvent[] = []
    let now = 0
    const clock = { now: () => now, sleep: async () => {}, timeout: () => new AbortController().signal }
    const log = tellingRetries(
      (event) => logged.push(event),
      (sentence) => said.push(sentence),
      clock,
    )
    for (const [at, delayMs] of [
      [0, 5700],
      [400, 900],
      [5700, 300_000],
    ] as const) {
      now = at
      log({ event: 'source.retry', detail: 'arxiv.example/oai is out of order (503)', delayMs })
    }
    log({ event: 'source.stopped', source: 'arxiv' })
    expect(said).toEqual([
      'No answer yet (arxiv.example/oai is out of order (503)); trying again in 6 s.',
      'No answer yet (arxiv.example/oai is out of order (503)); trying again in 5 minutes.',
    ])
    expect(logged.map(({ event }) => event)).toEqual(['source.stopped'])
  })
})
