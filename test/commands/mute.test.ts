import { afterEach, beforeEach, expect, it } from 'vitest'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

const boss = { id: 'boss', name: 'Boss', rank: 'manager' as const }
const DAY = 24 * 3_600_000

let house: Asked
beforeEach(async () => {
  house = await asking()
  await house.say('subscribe Ada Lovelace')
})
afterEach(() => house.close())

const by = (id: string, ...names: string[]) =>
  aPaper({ id: `arxiv:${id}`, title: `Paper ${id}`, authors: names.map((name) => ({ name })) })

async function posted(): Promise<readonly string[]> {
  const { store } = house.app.house
  const found: string[] = []
  for await (const { value } of entriesOf(store, store.webPosts, [papersChannel])) {
    found.push(...value.papers.map(({ id }) => id))
  }
  return found
}

const why = async (id: string) => textOf(await house.say(`why ${id}`)).replace(/\s+/g, ' ')

it('a muted author’s papers are kept back with the reason, until the end that was given', async () => {
  const told = textOf(await house.say('mute Ada Lovelace for 2 weeks', boss))
  expect(told).toContain('Ada Lovelace is muted here until 24 Sep 2025, 00:00')
  expect(textOf(await house.say('subscriptions'))).toContain('author, muted until 24 Sep 2025')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  expect(await why('2509.00001')).toContain('kept back: Ada Lovelace is muted here')
  await house.deliver()
  expect(await posted()).toEqual([])
  expect(await why('2509.00001')).toMatch(/muted, 10 Sep 2025, 12:0\d: Ada Lovelace is muted here/)
  await house.clock.advance(14 * DAY)
  await house.announce(by('2509.00002', 'Ada Lovelace'))
  await house.deliver()
  expect(await posted()).toEqual(['arxiv:2509.00002'])
  expect(textOf(await house.say('subscriptions'))).not.toContain('muted')
})

it('what was matched meanwhile stays kept back, though its digest comes after the end', async () => {
  await house.say('settings schedule="weekly monday 09:00"', boss)
  await house.say('mute Ada Lovelace for 1 day', boss)
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.clock.advance(6 * DAY)
  await house.deliver()
  expect(await posted()).toEqual([])
})

it('a paper that comes for another reason besides comes', async () => {
  await house.say('subscribe Charles Babbage')
  await house.say('mute Ada Lovelace', boss)
  await house.announce(by('2509.00001', 'Ada Lovelace', 'Charles Babbage'))
  await house.deliver()
  expect(await posted()).toEqual(['arxiv:2509.00001'])
})

it('unmute lets what is announced from then on come', async () => {
  await house.say('mute Ada Lovelace', boss)
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.deliver()
  await house.clock.advance(DAY)
  expect(textOf(await house.say('unmute Ada Lovelace', boss))).toContain('is heard here again')
  await house.announce(by('2509.00002', 'Ada Lovelace'))
  await house.deliver()
  expect(await posted()).toEqual(['arxiv:2509.00002'])
  expect(textOf(await house.say('unmute Ada Lovelace', boss))).toContain('is not muted here')
})

it('undo brings back what was kept back meanwhile', async () => {
  const muted = await house.say('mute Ada Lovelace', boss)
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.deliver()
  expect(await posted()).toEqual([])
  expect(textOf(await house.press(muted, 'Undo', boss))).toContain('Undone')
  await house.deliver()
  expect(await posted()).toEqual(['arxiv:2509.00001'])
})

it('only a manager mutes, and only what is followed', async () => {
  expect(textOf(await house.say('mute Ada Lovelace'))).toContain('needs a manager')
  expect(textOf(await house.say('mute Alan Turing for 2 weeks', boss))).toContain('does not follow “Alan Turing”')
  expect(textOf(await house.say('mute Ada Lovelace for ever and a day', boss))).toContain('is no end')
})
