import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answer } from '../../commands/dispatch.ts'
import { commands } from '../../commands/index.ts'
import type { CommandInput, Question, Rank } from '../../src/delivery/platform.ts'
import type { TenantId } from '../../src/message/channel.ts'
import type { Reply } from '../../src/message/reply.ts'
import { aPaper } from '../support/builders.ts'
import { type Club, openClub } from './toy/club.ts'
import { tally } from './toy/tally-command.ts'

// The page "A command" of CONTRIBUTING.md as a program.

let club: Club
beforeAll(async () => {
  club = await openClub()
  await club.app.services.catalog.upsert(
    'toy',
    ['2509.00001', '2509.00002', '2509.00003'].map((number, place) => ({
      paper: aPaper({ id: `arxiv:${number}`, categories: place === 0 ? ['cs.LG'] : ['cs.CL'] }),
      origin: 'history',
      rank: 1,
    })),
  )
})
afterAll(() => club.close())

type Asked = Question extends infer Q ? (Q extends Question ? Omit<Q, 'actor' | 'channel'> : never) : never

function ask(asked: Asked, rank: Rank = 'member'): Promise<Reply> {
  const actor = { platform: 'folder', tenant: 'folder:club' as TenantId, id: 'ada', name: 'Ada', rank }
  const question = { ...asked, actor, channel: club.channel }
  return answer([...commands, tally], club.app.services, question, { signal: new AbortController().signal })
}

const command = (input: CommandInput) => ask({ kind: 'command', input })
const type = (text: string) => command({ form: 'text', text })

describe('a command that is one file', () => {
  it('is understood as a typed line', async () => {
    expect(await type('tally cs.CL')).toMatchObject({ to: 'asker', message: { summary: '2 papers in cs.CL.' } })
  })

  it('is understood as options, as platforms with native ones send it', async () => {
    const reply = await command({ form: 'options', command: 'tally', options: { category: 'cs.LG' } })
    expect(reply).toMatchObject({ message: { summary: '1 papers in cs.LG.' } })
  })

  it('answers a line that lacks something privately, with its usage', async () => {
    const reply = await type('tally')
    expect(reply).toMatchObject({ to: 'asker' })
    expect(JSON.stringify(reply)).toContain('Usage: /papers tally CATEGORY')
  })

  it('completes its name and, from the catalogue, its option', async () => {
    const names = await ask({ kind: 'complete', input: { form: 'text', text: 'tal' } })
    expect(JSON.stringify(names)).toContain('How many papers of a category the catalogue holds')
    const categories = await ask({ kind: 'complete', input: { form: 'text', text: 'tally cs.C' } })
    expect(JSON.stringify(categories)).toContain('tally cs.CL')
  })

  it('has a button that asks for the rank again, whoever presses it', async () => {
    const press = { kind: 'action', name: 'tally-show', args: ['cs.CL'] } as const
    expect(await ask(press, 'member')).toMatchObject({
      to: 'asker',
      message: { summary: expect.stringMatching(/manager/) },
    })
    expect(await ask(press, 'manager')).toMatchObject({ to: 'channel', message: { summary: '2 papers in cs.CL.' } })
  })
})
