import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseImport, printExport } from '../../src/following/follow-text.ts'
import { allSubscriptions } from '../../src/following/subscriptions.ts'
import { arxivId } from '../../src/papers/identity.ts'
import type { Profile } from '../../src/people/profile.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

let house: Asked

beforeEach(async () => {
  house = await asking()
})

afterEach(() => house.close())

const bob = { id: 'bob', name: 'Bob' }
const by = (id: string, title: string, ...names: readonly string[]) =>
  aPaper({ id: `arxiv:${id}`, title, abstract: title, authors: names.map((name) => ({ name })) })

async function profiles(): Promise<readonly Profile[]> {
  const found: Profile[] = []
  for await (const { follows } of allSubscriptions(house.app.services.store))
    if (follows.kind === 'author') found.push(follows.profile)
  return found
}

async function announce(id: string, title: string, ...names: readonly string[]): Promise<string | undefined> {
  await house.app.services.catalog.upsert('test', [{ paper: by(id, title, ...names), origin: 'announced', rank: 2 }])
  await house.clock.run(house.app.rounds.match())
  return (await house.app.house.store.seen.get([papersChannel, `arxiv:${id}`]))?.state
}

it('a new name of somebody who is followed brings their papers, until it is taken back', async () => {
  await house.say('subscribe Ngozi Okafor')
  const noted = await house.say('also Ngozi Okafor = Ngozi Lindqvist')
  expect(textOf(noted)).toContain('Ngozi Okafor is also Ngozi Lindqvist')
  expect(await announce('2509.00001', 'Lanterns', 'Ngozi Lindqvist')).toBe('pending')
  await house.press(noted, 'Undo')
  expect(await profiles()).toMatchObject([{ variants: [] }])
  expect(await announce('2509.00002', 'Looms', 'Ngozi Lindqvist')).toBeUndefined()
})

it('two who are followed become one, with what either was known by and what waits for either', async () => {
  await house.learn(by('2508.00001', 'Old lanterns', 'Ngozi Okafor', 'Ada Lovelace'))
  await house.learn(by('2508.00002', 'Old looms', 'Ngozi Lindqvist', 'Alan Turing'))
  await house.say('subscribe Ngozi Okafor')
  await house.say('subscribe Ngozi Lindqvist')
  const before = await profiles()
  expect(await announce('2509.00001', 'New looms', 'Ngozi Lindqvist', 'Alan Turing')).toBe('pending')
  const joined = await house.say('also Ngozi Okafor = Ngozi Lindqvist')
  expect(textOf(joined)).toContain('followed 2 times')
  expect(await profiles()).toMatchObject([
    {
      displayName: 'Ngozi Okafor',
      variants: ['Ngozi Lindqvist'],
      papers: ['arxiv:2508.00001', 'arxiv:2508.00002'],
      coauthors: { 'Ada Lovelace': 1, 'Alan Turing': 1 },
    },
  ])
  await house.clock.run(house.app.rounds.decide())
  expect((await house.app.house.store.seen.get([papersChannel, 'arxiv:2509.00001']))?.state).toBe('digested')
  await house.press(joined, 'Undo')
  expect((await profiles()).map(({ papers }) => papers)).toEqual(before.map(({ papers }) => papers))
})

it('two namesakes are told apart in the list, and joined by saying the name twice', async () => {
  await house.learn(by('2508.00001', 'Glaciers of the north', 'Wei Wang', 'Ottavia Brandolini'), {
    ...by('2508.00002', 'Parsing of verse', 'Wei Wang', 'Zdravko Petkanov'),
    categories: ['cs.CL'],
  })
  await house.say('subscribe 2508.00001 #1')
  await house.say('subscribe 2508.00002 #1')
  expect(textOf(await house.say('subscriptions')).replace(/\s+/g, ' ')).toMatch(
    /with Ottavia Brandolini.*with Zdravko Petkanov/,
  )
  expect(textOf(await house.say('also Wei Wang = Wei Wang', bob))).toContain('added by Ada')
  expect(textOf(await house.say('also Wei Wang = Wei Wang'))).toContain('Wei Wang is one person')
  expect(await profiles()).toMatchObject([{ coauthors: { 'Ottavia Brandolini': 1, 'Zdravko Petkanov': 1 } }])
})

it('what makes no sense is told', async () => {
  expect(textOf(await house.say('also Jane Doe'))).toContain('Two names')
  expect(textOf(await house.say('also Jane Doe = Jane Smith'))).toContain('does not follow Jane Doe')
  await house.say('subscribe Ngozi Okafor')
  expect(textOf(await house.say('also Ngozi Okafor = Ngozi Okafor'))).toContain('once only')
})

it('everything that was learnt of a person is in an export and comes back by it', () => {
  const profile: Profile = {
    displayName: 'Wei Wang',
    variants: ['W. Wang'],
    ids: { orcid: '0000-0002-1825-0097', arxiv: 'wang_w_7' },
    papers: [arxivId('2508.00001')],
    not: [arxivId('2508.00002')],
    coauthors: { 'Ottavia Brandolini': 3 },
    categories: { 'physics.geo-ph': 3 },
    words: { glacier: 3 },
    years: [2019, 2025],
    affiliations: ['Somewhere'],
    strangers: { 'Zdravko Petkanov': 2 },
    everyone: true,
  }
  const line = printExport({ channel: papersChannel, follows: { kind: 'author', profile }, narrowing: {} })
  const read = parseImport(line)
  expect(read.kind === 'subscriptions' && read.subscriptions[0]?.follows).toEqual({ kind: 'author', profile })
})
