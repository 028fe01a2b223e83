import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Message } from '../../src/message/message.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { byWeiWang as by, twoWeiWangs } from '../support/two-wei-wangs.ts'

let house: Asked

beforeEach(async () => {
  house = await asking()
  await house.learn(...twoWeiWangs)
})

afterEach(() => house.close())

/** Announces papers, and gives what the channel was posted thereupon. */
async function digestOf(...papers: readonly Paper[]): Promise<readonly Message[]> {
  const before = (await posts()).length
  await house.announce(...papers)
  await house.deliver()
  await house.clock.advance(60_000)
  return (await posts()).slice(before)
}

async function posts(): Promise<readonly Message[]> {
  const { store } = house.app.house
  const found: Message[] = []
  for await (const { value } of entriesOf(store, store.webPosts, [papersChannel])) found.push(value.message)
  return found
}

const textsOf = (messages: readonly Message[]) => messages.map(textOf).join('\n')

it('after “Not them” the next digest has nothing more of that namesake, and all of the person', async () => {
  await house.press(await house.say('subscribe author:"Wei Wang"'), 'All of them')
  const [first] = await digestOf(by('2509.00005', 'Verse without metre', 'cs.CL', 'Zdravko Petkanov'))
  if (first === undefined) throw new Error('nothing was posted')
  const corrected = await house.press(first, 'Not them')
  // With neither of whom the refused paper was written: they stand in others of the same person.
  const next = textsOf(
    await digestOf(
      by('2509.00006', 'Rhyme in old letters', 'cs.CL', 'Mirela Novotny'),
      by('2509.00007', 'Glaciers in retreat', 'physics.geo-ph', 'Ottavia Brandolini'),
    ),
  )
  expect(next).toContain('Glaciers in retreat')
  expect(next).not.toContain('Rhyme in old letters')
  expect(textOf(await house.press(corrected, 'Undo'))).toContain('Undone')
  const undone = textsOf(await digestOf(by('2509.00008', 'Rhyme in new letters', 'cs.CL', 'Mirela Novotny')))
  expect(undone).toContain('Rhyme in new letters')
})

it('“It is them” after a “Not them” brings the person’s papers again', async () => {
  await house.press(await house.say('subscribe author:"Wei Wang"'), 'All of them')
  const [first] = await digestOf(by('2509.00005', 'Verse without metre', 'cs.CL', 'Zdravko Petkanov'))
  if (first === undefined) throw new Error('nothing was posted')
  await house.press(first, 'Not them')
  await house.press(await house.say('why 2509.00005'), 'It is Wei Wang')
  const next = textsOf(await digestOf(by('2509.00006', 'Rhyme in old letters', 'cs.CL', 'Mirela Novotny')))
  expect(next).toContain('Rhyme in old letters')
})

it('one yes about a name of which nothing is known tells whose papers are meant from then on', async () => {
  await house.press(await house.say('subscribe author:"Wei Wang"'), 'Someone else, ask me')
  const [asking] = await digestOf(by('2509.00005', 'Verse without metre', 'cs.CL', 'Zdravko Petkanov'))
  if (asking === undefined) throw new Error('nobody was asked')
  expect(textOf(asking)).toContain('Is this your Wei Wang?')
  await house.press(asking, 'Yes')
  const next = await digestOf(
    by('2509.00006', 'Rhyme in old letters', 'cs.CL', 'Mirela Novotny'),
    by('2509.00007', 'Glaciers in retreat', 'physics.geo-ph', 'Ottavia Brandolini'),
  )
  expect(textsOf(next)).toMatch(/2 new papers[\s\S]*Rhyme in old letters/)
  expect(textsOf(next)).toMatch(/Is this your Wei Wang\?[\s\S]*Glaciers in retreat/)
})

it('a paper that stood among the person’s by mistake is taken out alone', async () => {
  await house.press(await house.say('subscribe author:"Wei Wang"'), 'Follow')
  const [first] = await digestOf(by('2509.00007', 'Glaciers in retreat', 'physics.geo-ph', 'Ottavia Brandolini'))
  if (first !== undefined) await house.press(first, 'Not them')
  const next = textsOf(await digestOf(by('2509.00008', 'Glaciers again', 'physics.geo-ph', 'Ottavia Brandolini')))
  expect(next).toContain('Glaciers again')
})
