import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)

/** What a process that logs these events writes to standard error. */
async function logged(events: string, level = 'info'): Promise<string> {
  const program = `
    import { createLog } from './src/logging.ts'
    import { SourceError } from './src/sources/source.ts'
    import { StoreError } from './src/store/store-error.ts'
    const log = createLog({ level: '${level}', format: 'json' })
    for (const event of ${events}) log(event)`
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: new URL('..', import.meta.url),
  })
  expect(stdout).toBe('')
  return stderr
}

describe('a log line', () => {
  it('is one JSON object on standard error, named after its event', async () => {
    const line = JSON.parse(await logged(`[{ event: 'digest.posted', channel: 'web:demo/papers', papers: 3 }]`))
    expect(line).toMatchObject({ event: 'digest.posted', channel: 'web:demo/papers', papers: 3 })
  })

  it('holds no secret, wherever it stood', async () => {
    const secrets = ['xoxb-1234-abcd', 'hunter2-token', 'signed-away', 's3cret-address']
    const text = await logged(`[
      { event: 'slack.failed', token: 'hunter2-token', error: new Error('refused for xoxb-1234-abcd') },
      { event: 'http.failed', headers: { authorization: 'Bearer signed-away' }, detail: 'Bearer signed-away was refused' },
      { event: 'http.asked', url: 'https://example.org/answer?response=s3cret-address&x=1' },
      { event: 'deep', one: { two: { secret: 'hunter2-token' } } },
    ]`)
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).toContain('refused for [secret]')
  })

  it('has what lies behind a file that can’t be used only where that is wanted', async () => {
    const events = `[{ event: 'job.failed', error: new StoreError('corrupt', 'It is damaged', new Error('btreeInitPage')) }]`
    expect(await logged(events)).not.toContain('btreeInitPage')
    expect(await logged(events, 'debug')).toContain('btreeInitPage')
  })

  it('tells a source that does not answer in a sentence, and a bug with its stack', async () => {
    const text = await logged(`[
      { event: 'source.failed', error: new SourceError('unreachable', 'arXiv can not be reached') },
      { event: 'job.failed', error: new TypeError('x is not a function') },
    ]`)
    const [source, bug] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(source.error).toEqual({ name: 'SourceError', message: 'arXiv can not be reached' })
    expect(bug.error.stack).toContain('TypeError: x is not a function')
  })
})
