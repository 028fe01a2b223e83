import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Reply } from '../../src/message/reply.ts'
import { type Asked, actor, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

let house: Asked
beforeEach(async () => {
  house = await asking()
  await house.learn(
    aPaper({ id: '2509.00001', authors: [{ name: 'Anna Smith' }] }),
    aPaper({ id: '2509.00002', authors: [{ name: 'Arnold Smith' }] }),
  )
})
afterEach(() => house.close())

async function send(what: string, list?: string): Promise<Reply> {
  const asked = await house.ask('subscribe')
  if (asked.kind !== 'form') throw new Error(`no form but a ${asked.kind}`)
  const question = { kind: 'form', actor: actor(), channel: papersChannel, ...asked.form.submit } as const
  const { signal } = new AbortController()
  return house.clock.run(
    house.app.handlers.ask({ ...question, values: { what, ...(list === undefined ? {} : { list }) } }, { signal }),
  )
}

it('opens a form when nobody is named, whose answer is followed', async () => {
  const reply = await send('Anna Smith')
  expect(reply.kind === 'message' && textOf(reply.message)).toContain('now follows Anna Smith')
})

it('asks whom a name in the form means when it may be several', async () => {
  const reply = await send('A. Smith')
  if (reply.kind !== 'message') throw new Error(`the reply is a ${reply.kind}`)
  expect(textOf(reply.message)).toContain('2 people may be “A. Smith”')
  expect(textOf(await house.press(reply.message, 'Follow'))).toMatch(/now follows (?:Anna|Arnold) Smith/)
})

it('takes a list in the form, an entry for each line', async () => {
  const reply = await send('', 'Anna Smith\nArnold Smith')
  expect(reply.kind === 'message' && textOf(reply.message)).toContain('Follow these 2?')
})

it('says what to do when the form comes back empty', async () => {
  const reply = await send('  ')
  expect(reply.kind === 'message' && textOf(reply.message)).toContain('Nobody is named')
})
