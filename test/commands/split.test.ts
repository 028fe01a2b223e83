import { afterEach, beforeEach, expect, it } from 'vitest'
import { allSubscriptions } from '../../src/following/subscriptions.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import type { Profile } from '../../src/people/profile.ts'
import { seenKey } from '../../src/store/keys.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'
import { byWeiWang as by, twoWeiWangs } from '../support/two-wei-wangs.ts'

let house: Asked

beforeEach(async () => {
  house = await asking()
  await house.learn(...twoWeiWangs)
})

afterEach(() => house.close())

async function profiles(): Promise<readonly Profile[]> {
  const found: Profile[] = []
  for await (const { follows } of allSubscriptions(house.app.services.store))
    if (follows.kind === 'author') found.push(follows.profile)
  return found
}

const stateOf = async (id: string) =>
  (await house.app.house.store.seen.get(seenKey(papersChannel, `arxiv:${id}` as PaperId)))?.state

async function splitVerse() {
  const parts = await house.say('split Wei Wang')
  expect(textOf(parts)).toContain('seems to be by 2 people')
  // The second row is of whoever wrote of verse: equally many papers, the later given.
  const verse = parts.nodes.flatMap((node) =>
    node.kind === 'table' ? node.rows.filter(({ cells }) => cells.join().includes('Petkanov')) : [],
  )
  return house.press({ ...parts, nodes: [{ kind: 'table', columns: [], rows: verse }] }, 'Someone else')
}

it('of one who was two people the papers of the other are taken out, and later ones stop', async () => {
  await house.press(await house.say('subscribe author:"Wei Wang"'), 'All of them')
  await house.announce(by('2509.00001', 'Verse without metre', 'cs.CL', 'Zdravko Petkanov'))
  expect(await stateOf('2509.00001')).toBe('pending')
  const before = await profiles()
  const noted = await splitVerse()
  expect(textOf(noted)).toContain('3 papers are not by your Wei Wang')
  expect(await stateOf('2509.00001')).toBe('refused')
  expect(await profiles()).toMatchObject([
    { papers: ['arxiv:2507.00001', 'arxiv:2507.00002'], coauthors: { 'Ottavia Brandolini': 2 } },
  ])
  await house.announce(
    by('2509.00002', 'Rhyme in old letters', 'cs.CL', 'Mirela Novotny'),
    by('2509.00003', 'Glaciers in retreat', 'physics.geo-ph', 'Ottavia Brandolini'),
  )
  expect([await stateOf('2509.00002'), await stateOf('2509.00003')]).toEqual([undefined, 'pending'])
  expect(textOf(await house.press(noted, 'Undo'))).toContain('count as theirs again')
  expect(await profiles()).toEqual(before)
  expect(await stateOf('2509.00001')).toBe('pending')
})

it('the other one may be followed, too, and each gets their own', async () => {
  await house.press(await house.say('subscribe author:"Wei Wang"'), 'All of them')
  const noted = await splitVerse()
  expect(textOf(await house.press(noted, 'Follow that Wei Wang, too'))).toContain('now follows Wei Wang')
  await house.announce(by('2509.00002', 'Rhyme in old letters', 'cs.CL', 'Mirela Novotny', 'Zdravko Petkanov'))
  const seen = await house.app.house.store.seen.get(seenKey(papersChannel, 'arxiv:2509.00002' as PaperId))
  const listed = await profiles()
  expect(listed).toHaveLength(2)
  expect(seen?.state).toBe('pending')
  expect(seen?.reasons.filter(({ confidence }) => confidence !== 'possible')).toHaveLength(1)
  expect(textOf(await house.say('split Wei Wang'))).toContain('2 of that name are followed here')
})

it('the author’s page offers it; one person’s papers are listed instead, and a paper is said not to be theirs', async () => {
  await house.say('subscribe 2507.00001 #1')
  const page = await house.say('author Wei Wang')
  const parts = await house.press(page, 'Some are someone else’s')
  expect(textOf(parts)).toContain('All 2 papers of Wei Wang seem to be by one person')
  await house.press(parts, 'Not them')
  expect((await profiles())[0]?.papers).toHaveLength(1)
})

it('undo is over after ten minutes, and names that only the other bore are gone', async () => {
  await house.learn(aPaper({ id: 'arxiv:2507.00005', authors: [{ name: 'W. B. Wang' }, { name: 'Zdravko Petkanov' }] }))
  await house.press(await house.say('subscribe author:"Wei Wang"'), 'All of them')
  const noted = await splitVerse()
  await house.clock.advance(11 * 60_000)
  expect(textOf(await house.press(noted, 'Undo'))).toContain('ten minutes for undo are over')
  expect((await profiles())[0]?.coauthors).toEqual({ 'Ottavia Brandolini': 2 })
})

it('who is not followed can’t be parted, nor one of whom nothing is known', async () => {
  expect(textOf(await house.say('split Ada Lovelace'))).toContain('does not follow Ada Lovelace')
  await house.press(await house.say('subscribe author:"Ngozi Okafor"'), 'Follow it all the same')
  expect(textOf(await house.say('split Ngozi Okafor'))).toContain('No paper is known')
})

it('whoever has one paper can’t be parted, and that paper can be refused', async () => {
  await house.learn(aPaper({ id: 'arxiv:2507.00009', authors: [{ name: 'Ilse Ahrendt' }] }))
  await house.say('subscribe author:"Ilse Ahrendt"')
  const one = await house.say('split Ilse Ahrendt')
  expect(textOf(one)).toContain('Only one paper of Ilse Ahrendt is known.')
  expect(textOf(await house.press(one, 'Not them'))).toContain('not by your Ilse Ahrendt')
})
