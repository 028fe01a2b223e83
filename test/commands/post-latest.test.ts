import { afterEach, beforeEach, expect, it } from 'vitest'
import type { PaperId } from '../../src/papers/paper.ts'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

let house: Asked
beforeEach(async () => {
  house = await asking()
  const days = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'))
  await house.learn(
    ...days.map((day) =>
      aPaper({ id: `arxiv:2508.000${day}`, published: `2025-08-${day}`, authors: [{ name: 'Ada Lovelace' }] }),
    ),
  )
})
afterEach(() => house.close())

async function posted(): Promise<readonly PaperId[]> {
  await house.clock.advance(60_000)
  await house.clock.run(house.app.rounds.match())
  await house.clock.run(house.app.rounds.decide())
  await house.clock.run(house.app.rounds.send(new AbortController().signal))
  const { store } = house.app.house
  const found: PaperId[] = []
  for await (const { value } of entriesOf(store, store.webPosts, [papersChannel])) {
    found.push(...value.papers.map(({ id }) => id))
  }
  return found
}

it('whoever begins to follow sees the last three papers alone, and none of them is posted', async () => {
  const shown = textOf(await house.say('subscribe Ada Lovelace'))
  for (const day of ['10', '11', '12']) expect(shown).toContain(`arxiv:2508.000${day}`)
  expect(shown).not.toContain('arxiv:2508.00009')
  expect(await posted()).toEqual([])
})

it('the last three are posted where that is wanted, once', async () => {
  const followed = await house.say('subscribe Ada Lovelace')
  expect(textOf(await house.press(followed, 'Post the last 3'))).toContain('3 papers of Ada Lovelace will come')
  expect(textOf(await house.press(followed, 'Post the last 3'))).toContain('on their way')
  expect(await posted()).toEqual(['arxiv:2508.00012', 'arxiv:2508.00011', 'arxiv:2508.00010'])
  expect(await posted()).toHaveLength(3)
})

it('or the last ten', async () => {
  const followed = await house.say('subscribe Ada Lovelace')
  await house.press(followed, 'Post the last 10')
  expect(await posted()).toHaveLength(10)
})

it('nobody posts the latest of what is followed no longer', async () => {
  const followed = await house.say('subscribe Ada Lovelace')
  await house.press(followed, 'Undo')
  expect(textOf(await house.press(followed, 'Post the last 3'))).toContain('no longer followed')
  expect(await posted()).toEqual([])
})
