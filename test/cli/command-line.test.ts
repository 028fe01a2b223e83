import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verbs } from '../../src/cli/index.ts'
import { settingsInVain } from '../../src/cli/setting-names.ts'
import { aTerminal } from '../support/terminal.ts'

describe('the command line', () => {
  it('says its version', async () => {
    expect(await aTerminal().paperboy(['--version'])).toMatchObject({
      exit: 0,
      out: [expect.stringMatching(/^paperboy \d+\.\d+\.\d+/)],
    })
  })

  it('quotes what it can’t read as a time', async () => {
    for (const [name, value] of [
      ['POLL_CRON', 'hourly'],
      ['TZ', 'Mars/Base'],
    ] as const)
      expect((await aTerminal({ [name]: value }).paperboy(['status'])).said).toContain(`${name} '${value}' is no`)
  })

  it('finds a damaged lock, and a catalogue of which only the journal is there', async () => {
    const { paperboy, dataDir } = aTerminal()
    expect(
      (
        await paperboy(
          ['import', '-'],
          '{"channel":"web:demo/papers","follows":{"kind":"category","category":"cs.CL"}}',
        )
      ).exit,
    ).toBe(0)
    expect((await paperboy(['doctor'])).out.join()).not.toMatch(/damaged|missing/)
    writeFileSync(
      join(dataDir, 'lock.sqlite'),
      'no database, but a text that is long enough to be taken for one'.repeat(20),
    )
    rmSync(join(dataDir, 'catalog.sqlite'))
    writeFileSync(join(dataDir, 'catalog.sqlite-wal'), 'left behind')
    const { exit, out } = await paperboy(['doctor'])
    expect(exit).toBe(1)
    expect(out).toContain(`✗ ${join(dataDir, 'lock.sqlite')} is damaged`)
    expect(out.join()).toMatch(/✗ \S+catalog\.sqlite is missing/)
  })

  it('guesses the verb that was meant', async () => {
    expect((await aTerminal().paperboy(['serach', 'x'])).said).toContain('did you mean “search”?')
    expect((await aTerminal().paperboy(['frobnicate'])).said).not.toContain('did you mean')
    expect((await aTerminal().paperboy(['--verbose'])).said).toContain('no option “--verbose”')
  })

  it.each(verbs.map(({ name }) => name))('%s tells how it is used, by -h and by --help', async (name) => {
    for (const flag of ['-h', '--help']) {
      const { exit, out } = await aTerminal().paperboy([name, flag])
      expect({ exit, usage: out[0] }).toEqual({ exit: 0, usage: expect.stringContaining(`paperboy ${name}`) })
    }
  })

  it.each(verbs.map(({ name }) => name))(
    '%s tells of an unknown option at once, and makes no data folder for it',
    async (name) => {
      const { paperboy, dataDir } = aTerminal()
      const { exit, said } = await paperboy([name, '--colour'])
      expect(exit).toBe(2)
      expect(said).toMatch(name === 'names' ? /Usage:/ : /--colour[\s\S]*Usage:/)
      expect(existsSync(dataDir)).toBe(false)
    },
  )

  it.each(['search', 'author', 'complete', 'subscribe', 'unsubscribe', 'import', 'why'])(
    '%s without what it needs is wrong usage, whether or not there are data',
    async (name) => {
      const { exit, said } = await aTerminal().paperboy([name])
      expect(exit).toBe(2)
      expect(said).toMatch(/missing[\s\S]*Usage:/)
    },
  )

  it.each(['status', 'ledger', 'export'])('%s refuses words that it would pass over', async (name) => {
    expect(await aTerminal().paperboy([name, 'all'])).toMatchObject({ exit: 2, said: expect.stringContaining('“all”') })
  })

  it('poll fails, with the sentence, when a source did not answer', async () => {
    const { exit, out, said } = await aTerminal().paperboy(['poll', '--once'])
    expect(exit).toBe(1)
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ event: 'round', completeThrough: null })
    expect(said).toMatch(/arXiv/)
  }, 30_000)
})

describe('a setting that is set in vain', () => {
  it('is named with the one that is meant', () => {
    expect(settingsInVain({ SLACK_BOT_TOKN: 'x', CONTACT_EMIAL: 'y' })).toEqual([
      'SLACK_BOT_TOKN is set but is no setting of Paperboy; SLACK_BOT_TOKEN may be meant.',
      'CONTACT_EMIAL is set but is no setting of Paperboy; CONTACT_EMAIL may be meant.',
    ])
  })

  it('is named when this version does not read it', () => {
    expect(settingsInVain({ SECRET_KEY: 'x' })).toEqual([expect.stringContaining('SECRET_KEY is set but not read')])
  })

  it('is none of other programs’, none of ours and none that is empty', () => {
    expect(
      settingsInVain({
        PATH: '/bin',
        LOGNAME: 'ada',
        TZDIR: '/x',
        LOG_LEVEL: 'info',
        SLACK_BOT_TOKN: ' ',
        SHELL: 'sh',
      }),
    ).toEqual([])
  })
})

describe('doctor', () => {
  it('warns of a missing contact, as arXiv asks for one, and is content all the same', async () => {
    const { exit, out } = await aTerminal().paperboy(['doctor'])
    expect(exit).toBe(0)
    expect(out.join('\n')).toMatch(/⚠ CONTACT_EMAIL is not set\n +→ .*arXiv asks/)
    const named = await aTerminal({ CONTACT_EMAIL: 'ada@example.org' }).paperboy(['doctor'])
    expect(named.out.join('\n')).toContain('✓ Sources are told the contact ada@example.org')
  })

  it('warns of a setting whose name is a slip away', async () => {
    const { exit, out } = await aTerminal({ SLACK_BOT_TOKN: 'x' }).paperboy(['doctor'])
    expect(exit).toBe(0)
    expect(out.join('\n')).toMatch(/⚠ SLACK_BOT_TOKN .*SLACK_BOT_TOKEN/)
  })

  it('fails for a data folder that is a file', async () => {
    const { paperboy, dataDir } = aTerminal()
    mkdirSync(join(dataDir, '..'), { recursive: true })
    writeFileSync(dataDir, '')
    expect(await paperboy(['doctor'])).toMatchObject({ exit: 1 })
    for (const verb of ['status', 'start', 'export'])
      expect((await paperboy([verb])).said).toMatch(/The data folder can't be .* Set DATA_DIR to a folder\./)
  })
})
