import { afterEach, beforeEach, expect, it } from 'vitest'
import { moveChannel } from '../../src/following/move.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { systemRandom } from '../../src/random.ts'
import { seenKey } from '../../src/store/keys.ts'
import { scopeOf } from '../../src/store/scope.ts'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

const boss = { id: 'boss', name: 'Boss', rank: 'manager' as const }
const other = 'web:demo/reading' as ChannelId

let house: Asked
beforeEach(async () => {
  house = await asking()
})
afterEach(() => house.close())

const by = (id: string, ...names: string[]) =>
  aPaper({ id: `arxiv:${id}`, title: `Paper ${id}`, authors: names.map((name) => ({ name })) })

async function posted(channel: ChannelId): Promise<readonly string[]> {
  const { store } = house.app.house
  const found: string[] = []
  for await (const { value } of entriesOf(store, store.webPosts, [channel])) {
    found.push(...value.papers.map(({ id }) => id))
  }
  return found
}

it('takes subscriptions, settings and what waits to the other channel, where it is posted once', async () => {
  await house.say('settings schedule="daily 09:00" cap=5', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  const told = textOf(await house.say('move #reading', boss)).replace(/\s+/g, ' ')
  expect(told).toContain('1 subscription moved to #reading. 1 paper that waited here comes with the next digest there.')
  expect(textOf(await house.say('subscriptions'))).toContain('follows nobody')
  expect(textOf(await house.say('subscriptions', {}, other))).toContain('Ada Lovelace')
  expect(textOf(await house.say('settings', {}, other))).toContain('daily 09:00')
  await house.clock.advance(24 * 3_600_000)
  await house.announce(by('2509.00002', 'Ada Lovelace'))
  await house.deliver()
  expect(await posted(papersChannel)).toEqual([])
  expect(await posted(other)).toEqual(['arxiv:2509.00001', 'arxiv:2509.00002'])
})

it('gives the other channel nothing that it has seen, and leaves a digest under way where it is', async () => {
  await house.say('subscribe Ada Lovelace', {}, other)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  await house.clock.run(house.app.rounds.decide())
  await house.say('move reading', boss)
  await house.deliver()
  expect(await posted(papersChannel)).toEqual(['arxiv:2509.00001'])
  expect(await posted(other)).toEqual(['arxiv:2509.00001'])
  await house.clock.advance(60_000)
  await house.announce(by('2509.00002', 'Ada Lovelace'))
  await house.deliver()
  expect(await posted(papersChannel)).toEqual(['arxiv:2509.00001'])
  expect(await posted(other)).toEqual(['arxiv:2509.00001', 'arxiv:2509.00002'])
})

it('lets a question be asked in the other channel', async () => {
  await house.say('settings schedule="daily 09:00"', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'A. Lovelace'))
  await house.say('move #reading', boss)
  expect(textOf(await house.say('questions'))).toContain('no open questions')
  expect(textOf(await house.say('questions', {}, other))).toContain('Is this your Ada Lovelace?')
})

it('can be undone where nothing was mixed up', async () => {
  await house.say('settings schedule="daily 09:00"', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  const moved = await house.say('move #reading', boss)
  expect(textOf(await house.press(moved, 'Undo', boss))).toContain('all is here again')
  expect(textOf(await house.say('digest preview'))).toContain('Paper 2509.00001')
  expect(textOf(await house.say('subscriptions', {}, other))).toContain('follows nobody')
})

it('is for managers, within one tenant, to another channel', async () => {
  await house.say('subscribe Ada Lovelace')
  expect(textOf(await house.say('move #reading'))).toContain('needs a manager')
  expect(textOf(await house.say('move #papers', boss))).toContain('That is this channel')
  expect(textOf(await house.say('move slack:T1/C1', boss))).toContain('names no channel here')
  const { store } = house.app.house
  const scope = scopeOf({ tenant: 'web' as TenantId })
  const moving = { store, random: systemRandom, now: house.clock.now() }
  const foreign = 'slack:T1/C1' as ChannelId
  await expect(moveChannel(moving, scope, papersChannel, foreign)).rejects.toThrow('does not belong')
})

it('that meets with another writer is made anew, all or nothing', async () => {
  await house.say('settings schedule="daily 09:00"', boss)
  await house.say('subscribe Ada Lovelace')
  await house.announce(by('2509.00001', 'Ada Lovelace'))
  const { store } = house.app.house
  let met = 0
  const commit: typeof store.commit = async (operations) => {
    if (met++ === 0) {
      const key = seenKey(papersChannel, 'arxiv:2509.00001' as PaperId)
      const seen = await store.seen.get(key)
      if (seen !== undefined) await store.seen.set(key, { ...seen, at: '2025-09-10T13:00:00.000Z' })
    }
    return store.commit(operations)
  }
  const scope = scopeOf({ tenant: 'web' as TenantId })
  const moving = { store: { ...store, commit }, random: systemRandom, now: house.clock.now() }
  expect(await moveChannel(moving, scope, papersChannel, other)).toMatchObject({ subscriptions: 1, papers: 1 })
  expect(met).toBe(2)
})
