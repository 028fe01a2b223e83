import { afterEach, beforeEach, expect, it } from 'vitest'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'
import { messageText } from '../support/message-text.ts'

const boss = { id: 'boss', name: 'Boss', rank: 'manager' as const }
const DAY = 24 * 3_600_000

let house: Asked
beforeEach(async () => {
  house = await asking()
  await house.say('settings cap=5', boss)
  await house.say('subscribe Ada Lovelace')
})
afterEach(() => house.close())

async function announce(count: number, from = 1, name = 'Ada Lovelace'): Promise<void> {
  const papers = Array.from({ length: count }, (_, at) => {
    const id = `arxiv:2509.${String(from + at).padStart(5, '0')}`
    return aPaper({ id, title: `Paper ${from + at}`, authors: [{ name }] })
  })
  await house.announce(...papers)
}

/** By state, how many papers the channel has. */
async function states(): Promise<Readonly<Record<string, number>>> {
  const { store } = house.app.house
  const counts: Record<string, number> = {}
  for await (const { value } of entriesOf(store, store.seen, [papersChannel])) {
    counts[value.state] = (counts[value.state] ?? 0) + 1
  }
  return counts
}

const notes = async () => {
  const { store } = house.app.house
  return JSON.stringify(await store.scan(store.people, [], { limit: 50 }))
}

it('142 papers at once are held and asked about once, and posted capped after a day without an answer', async () => {
  await announce(142)
  await house.deliver()
  await house.clock.advance(60_000)
  await house.deliver()
  expect(await states()).toEqual({ pending: 142 })
  expect((await notes()).split('142 papers at once').length - 1).toBeLessThanOrEqual(2)
  expect(await notes()).toContain('142 papers at once')
  expect(textOf(await house.say('why 2509.00001')).replace(/\s+/g, ' ')).toContain('held: 142 papers came at once')
  await house.clock.advance(DAY)
  await house.deliver()
  expect(await states()).toEqual({ posted: 5, listed: 137 })
})

it('a manager’s word posts them capped, lists them all, or drops them', async () => {
  for (const [label, expected] of [
    ['Post them capped', { posted: 5, listed: 115 }],
    ['Post all listed', { listed: 120 }],
    ['Drop them', { muted: 120 }],
  ] as const) {
    const other = await asking()
    const before = house
    house = other
    await house.say('settings cap=5', boss)
    await house.say('subscribe Ada Lovelace')
    await announce(120)
    await house.deliver()
    const asked = await house.say('burst', boss)
    expect(textOf(asked)).toContain('120 papers at once')
    expect(textOf(await house.press(asked, label))).toContain('needs a manager')
    expect(textOf(await house.press(asked, label, boss))).toContain('noted for 120 papers')
    await house.clock.advance(60_000)
    await house.deliver()
    expect(await states(), label).toEqual(expected)
    expect(textOf(await house.press(asked, label, boss))).toContain('Nothing is held here any more')
    await house.close()
    house = before
  }
})

it('a list alone is one message, from which all of it is reached', async () => {
  await announce(120)
  await house.deliver()
  await house.say('burst listed', boss)
  await house.clock.advance(60_000)
  await house.deliver()
  const { store } = house.app.house
  const posts = await store.scan(store.webPosts, [papersChannel], { limit: 10 })
  expect(posts).toHaveLength(1)
  const message = posts[0]?.value.message
  if (message === undefined) throw new Error('nothing is posted')
  expect(messageText(message)).toContain('120 new papers')
  expect(textOf(await house.press(message, 'Show all'))).toContain('1–10 of 120')
})

it('the list of a digest that may repeat says so', async () => {
  await announce(120)
  await house.deliver()
  await house.say('burst listed', boss)
  await house.deliver()
  const { store } = house.app.house
  const [post] = await store.scan(store.webPosts, [papersChannel], { limit: 1 })
  const [digest] = await store.scan(store.digests, [papersChannel], { limit: 1 })
  if (post === undefined || digest === undefined) throw new Error('nothing is posted')
  expect(textOf(await house.press(post.value.message, 'Show all'))).not.toContain('may repeat')
  await store.digests.set(digest.key, { ...digest.value, mayRepeat: true })
  expect(textOf(await house.press(post.value.message, 'Show all'))).toContain('(may repeat)')
})

it('what comes for a category alone is no burst, nor is what somebody asks for', async () => {
  await house.say('subscribe cat:cs.LG')
  await announce(150, 1, 'Alan Turing')
  await house.deliver()
  expect(await states()).toEqual({ posted: 5, listed: 145 })
  await announce(120, 1000)
  await house.clock.advance(60_000)
  await house.deliver()
  expect(await states()).toMatchObject({ pending: 120 })
  await house.say('digest now', boss)
  await house.clock.advance(60_000)
  expect((await states()).pending).toBeUndefined()
})

it('the like of a burst that was let through is not held again for a month', async () => {
  await announce(120)
  await house.deliver()
  await house.say('burst capped', boss)
  await house.clock.advance(60_000)
  await house.deliver()
  await announce(200, 1000)
  await house.clock.advance(60_000)
  await house.deliver()
  expect((await states()).pending).toBeUndefined()
  await announce(500, 2000)
  await house.clock.advance(60_000)
  await house.deliver()
  expect((await states()).pending).toBe(500)
})

it('only a manager has what waits posted; everybody may look at it', async () => {
  await house.say('settings schedule="daily 09:00"', boss)
  await announce(1)
  expect(textOf(await house.say('digest now'))).toContain('needs a manager')
  const shown = await house.say('digest preview')
  expect(textOf(shown)).toContain('Paper 1')
  expect(textOf(await house.press(shown, 'Post it now'))).toContain('needs a manager')
  expect(textOf(await house.press(shown, 'Post it now', boss))).toContain('Posting 1 paper now')
})
