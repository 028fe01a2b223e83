import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Message } from '../../src/message/message.ts'
import { type Asked, asking, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

const boss = { id: 'boss', name: 'Boss', rank: 'manager' as const }
let house: Asked

beforeEach(async () => {
  house = await asking()
})

afterEach(() => house.close())

const byAda = (id: string, over: Parameters<typeof aPaper>[0] = {}) =>
  aPaper({ id: `arxiv:${id}`, title: `Paper ${id}`, authors: [{ name: 'Ada Lovelace' }], ...over })

const labels = (message: Message) =>
  message.nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons.map((button) => button.label) : []))

describe('an author’s page', () => {
  test('says what it is ordered by where that is not the first submission', async () => {
    await house.learn(
      byAda('2409.00001', { published: '2024-09-02', updated: '2025-09-02' }),
      byAda('2412.00001', { published: '2024-12-12', updated: '2024-12-12' }),
    )
    expect(textOf(await house.say('author Ada Lovelace'))).toMatch(
      /revised 2 Sep 2025 · first 2 Sep 2024.*\b12 Dec 2024/s,
    )
  })

  test('offers at its top to follow, and says there that the author is followed and how to stop', async () => {
    await house.learn(byAda('2409.00001'))
    const before = await house.say('author Ada Lovelace')
    const kinds = before.nodes.map((node) => node.kind)
    expect(kinds.indexOf('buttons')).toBeLessThan(kinds.indexOf('paper'))
    await house.press(before, 'Follow Ada Lovelace')
    const after = await house.say('author Ada Lovelace')
    expect(textOf(after)).toMatch(/Following in this channel since 10 Sep 2025/)
    expect(labels(after)).toEqual(['Unfollow', 'Some are someone else’s'])
    await house.press(after, 'Unfollow')
    expect(labels(await house.say('author Ada Lovelace'))).toEqual(['Follow Ada Lovelace'])
  })
})

describe('a word that is no command', () => {
  test('is taken for another one only where a slip or two make it of that', async () => {
    expect(textOf(await house.say('foo'))).not.toContain('Did you mean')
    expect(textOf(await house.say('tester'))).not.toContain('Did you mean')
    expect(textOf(await house.say('hello'))).not.toContain('Did you mean')
    expect(textOf(await house.say('subscirbe x'))).toContain('Did you mean /papers subscribe?')
    expect(textOf(await house.say('unfolow x'))).toContain('Did you mean /papers unfollow?')
  })
})

describe('settings', () => {
  test('end the quiet time by off, and by none', async () => {
    for (const word of ['off', 'none', 'None']) {
      expect(textOf(await house.say('settings quiet=22:00-07:00', boss))).toContain('22:00-07:00')
      expect(textOf(await house.say(`settings quiet=${word}`, boss))).toMatch(/quiet\s+off/)
    }
  })

  test('that can’t be taken are answered with each field in which a fault is', async () => {
    expect(await house.ask('settings timezone=Atlantis', boss)).toMatchObject({ faults: [{ field: 'timezone' }] })
    expect(await house.ask('settings cap=many schedule="daily 25:00"', boss)).toMatchObject({
      kind: 'message',
      faults: [{ field: 'cap' }, { field: 'schedule' }],
    })
  })
})

test('status counts messages as messages and papers as papers, and writes arXiv as arXiv does', async () => {
  const status = await house.say('status')
  expect(textOf(status)).toMatch(/next digest\s+0 papers.*On their way here\s+0 messages.*Parked here\D+0 messages/s)
  expect(status.summary).toContain('arXiv')
  expect(status.summary).not.toContain('arxiv')
})

test('the list of what is followed has days as people write them', async () => {
  await house.say('subscribe cat:cs.CL')
  expect(textOf(await house.say('subscriptions'))).toContain('10 Sep 2025')
})

test('an undo button says that it works once and for how long', async () => {
  const followed = await house.say('subscribe cat:cs.CL')
  const [button] = followed.nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons : []))
  expect(button).toMatchObject({ label: 'Undo', once: { used: 'Undone', forMs: 600_000 } })
})

test('a source is called in a sentence as people write it', async () => {
  expect(textOf(await house.say('subscribe author:"Grace Hopper"'))).toContain(
    'arXiv could not be asked for earlier papers',
  )
})

test('the next digests are told in days as people write them', async () => {
  expect(textOf(await house.say('settings schedule="daily 09:00"', boss))).toContain(
    'Next: 11 Sep 2025, 09:00 · 12 Sep',
  )
})
