import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allSubscriptions } from '../../src/following/subscriptions.ts'
import type { Profile } from '../../src/people/profile.ts'
import { type Asked, asking, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

let house: Asked

beforeEach(async () => {
  house = await asking()
})

afterEach(() => house.close())

const by = (id: string, title: string, category: string, ...names: readonly string[]) =>
  aPaper({
    id: `arxiv:${id}`,
    title,
    abstract: title,
    categories: [category],
    published: `20${id.slice(0, 2)}-${id.slice(2, 4)}-01`,
    authors: names.map((name) => ({ name })),
  })

/** Two people called Wei Wang: one of glaciers, one of verse. */
const homonyms = [
  by('2408.00001', 'Glaciers of the north', 'physics.geo-ph', 'Wei Wang', 'Ottavia Brandolini'),
  by('2507.00002', 'Glaciers that calve', 'physics.geo-ph', 'Ottavia Brandolini', 'Wei Wang'),
  by('2508.00003', 'Ice shelves and glaciers', 'physics.geo-ph', 'Wei Wang', 'Ottavia Brandolini', 'Ngozi Okafor'),
  by('2505.00004', 'Parsing of verse', 'cs.CL', 'Zdravko Petkanov', 'Wei Wang'),
  by('2506.00005', 'Metre and rhyme', 'cs.CL', 'Wei Wang', 'Zdravko Petkanov'),
]

async function followed(): Promise<readonly Profile[]> {
  const profiles: Profile[] = []
  for await (const { follows } of allSubscriptions(house.app.services.store))
    if (follows.kind === 'author') profiles.push(follows.profile)
  return profiles
}

describe('a name that several people bear', () => {
  beforeEach(() => house.learn(...homonyms))

  it('is asked about: years, categories, co-authors and titles tell who is who', async () => {
    const several = textOf(await house.say('subscribe author:"Wei Wang"'))
    expect(several).toContain('2 people may be “Wei Wang”.')
    expect(several).toMatch(/3 papers, 2024–2025, 0\.2 a month/)
    expect(several.replace(/\s+/g, ' ')).toContain('Ottavia Brandolini')
    expect(await followed()).toEqual([])
  })

  it('is followed as the one who is chosen, of whose papers alone the profile is made', async () => {
    const several = await house.say('subscribe author:"Wei Wang" only:cs.CL')
    expect(textOf(await house.press(several, 'Follow'))).toContain('now follows Wei Wang (only cs.CL)')
    const [profile] = await followed()
    expect(profile?.papers.toSorted()).toEqual(['arxiv:2408.00001', 'arxiv:2507.00002', 'arxiv:2508.00003'])
    expect(Object.keys(profile?.coauthors ?? {}).toSorted()).toEqual(['Ngozi Okafor', 'Ottavia Brandolini'])
    expect(profile?.everyone).toBeUndefined()
  })

  it('is followed as everyone of the name, or as a name about which is asked', async () => {
    const several = await house.say('subscribe author:"Wei Wang"')
    await house.press(several, 'Someone else, ask me')
    await house.press(several, 'All of them')
    expect(await followed()).toMatchObject([
      { displayName: 'Wei Wang', papers: [], coauthors: {} },
      { everyone: true, papers: expect.arrayContaining(homonyms.map(({ id }) => id)) },
    ])
  })

  it('is one person by their place in a byline, however it is written', async () => {
    for (const text of ['arxiv.org/abs/2505.00004 #2', 'the second author of 2505.00004', 'author 2 of 2505.00004']) {
      expect(textOf(await house.say(`subscribe ${text}`))).toMatch(/now follows Wei Wang|Wei Wang already/)
    }
    expect((await followed()).map(({ papers }) => papers.toSorted())).toEqual([
      ['arxiv:2505.00004', 'arxiv:2506.00005'],
    ])
    expect(textOf(await house.say('subscribe 2505.00004 #3'))).toContain('has 2 authors')
  })

  it('is chosen from a byline of which no author is named', async () => {
    const byline = await house.say('subscribe https://arxiv.org/abs/2505.00004')
    expect(textOf(byline)).toMatch(/Zdravko Petkanov[\s\S]*Wei Wang/)
    await house.press(byline, 'Follow')
    expect(await followed()).toMatchObject([{ displayName: 'Zdravko Petkanov' }])
  })

  it('in a list is followed as the name alone, and the list says so', async () => {
    const list = await house.say('subscribe Wei Wang; Ngozi Okafor')
    expect(textOf(await house.press(list, 'Follow all 2'))).toContain('several bear the name')
    expect((await followed()).map(({ papers }) => papers.length)).toEqual([0, 1])
  })
})

it('who has written nothing for long is offered among namesakes who have hundreds of later papers', async () => {
  const later = Array.from({ length: 260 }, (_, at) => ({
    ...by(`2506.${String(at).padStart(5, '0')}`, `Clocks ${at}`, 'cs.LG', 'Wei Wang', 'Mirela Novotny'),
    published: '2025-06-01',
    updated: '2025-06-01',
  }))
  const early = {
    ...by('1501.00001', 'Glaciers', 'physics.geo-ph', 'Wei Wang', 'Ottavia Brandolini'),
    published: '2015-01-05',
  }
  await house.learn({ ...early, updated: '2015-01-05' }, ...later)
  expect(textOf(await house.say('subscribe author:"Wei Wang"'))).toContain('Ottavia Brandolini')
})

describe('a person who is named by an id', () => {
  it('is asked for by name where it is an ORCID, and bears it then', async () => {
    await house.learn(by('2505.00004', 'Parsing of verse', 'cs.CL', 'Zdravko Petkanov'))
    expect(textOf(await house.say('subscribe https://orcid.org/0000-0002-1825-0097'))).toContain('name beside it')
    expect(textOf(await house.say('subscribe 0000-0002-1825-0098'))).toContain('is no ORCID')
    await house.say('subscribe 0000-0002-1825-0097 Zdravko Petkanov')
    expect(await followed()).toMatchObject([
      { displayName: 'Zdravko Petkanov', ids: { orcid: '0000-0002-1825-0097' }, papers: ['arxiv:2505.00004'] },
    ])
  })

  it('is found by the id alone where a byline bears it, whatever the name there', async () => {
    const ids = { orcid: '0000-0002-1825-0097', openalex: 'A5023888391' }
    const married = by('2505.00009', 'Verse again', 'cs.CL')
    await house.learn(by('2505.00004', 'Parsing of verse', 'cs.CL', 'Mirela Novotny'), {
      ...married,
      authors: [{ name: 'Zdravka Lind', ids }, { name: 'Mirela Novotny' }],
    })
    const said = await house.say('subscribe https://openalex.org/A5023888391')
    expect(textOf(said)).toContain('now follows Zdravka Lind')
    expect(textOf(await house.say('subscribe 0000-0002-1825-0097'))).toContain('follows Zdravka Lind already')
    expect(textOf(await house.say('subscribe 0000-0002-1825-0097 Zdravka Petkanova'))).toContain('already')
    expect(await followed()).toMatchObject([{ displayName: 'Zdravka Lind', ids, papers: ['arxiv:2505.00009'] }])
  })

  it('is followed by the name where no paper bears the id, and what follows from that is said', async () => {
    const said = await house.say('subscribe dblp:12/3456 Ngozi Okafor-Lindqvist')
    expect(textOf(said).replace(/\s+/g, ' ')).toContain('found by the name, and a paper that bears the id is certain')
    expect(textOf(await house.say('subscribe s2:2053807409'))).toContain('Semantic Scholar id')
    const list = await house.say('subscribe 0000-0002-1825-0097 Ada Lovelace; https://orcid.org/0000-0002-1694-233X')
    expect(textOf(list)).toContain('Not known: https://orcid.org/0000-0002-1694-233X')
    await house.press(list, 'Follow all 1')
    expect(await followed()).toMatchObject([
      { displayName: 'Ngozi Okafor-Lindqvist', ids: { dblp: '12/3456' } },
      { displayName: 'Ada Lovelace', ids: { orcid: '0000-0002-1825-0097' } },
    ])
  })

  it('keeps the id where none of several is known to be meant', async () => {
    await house.learn(...homonyms)
    await house.press(await house.say('subscribe 0000-0002-1825-0097 Wei Wang'), 'Someone else, ask me')
    expect(await followed()).toMatchObject([{ ids: { orcid: '0000-0002-1825-0097' }, papers: [] }])
  })

  it('is found by the address of an author page of arXiv, and chosen where it may be several', async () => {
    await house.learn(...homonyms)
    await house.say('subscribe https://arxiv.org/a/petkanov_z_1')
    await house.press(await house.say('subscribe https://arxiv.org/a/wang_w_7'), 'Follow')
    expect(await followed()).toMatchObject([
      { displayName: 'Zdravko Petkanov', ids: { arxiv: 'petkanov_z_1' } },
      { displayName: 'Wei Wang', ids: { arxiv: 'wang_w_7' }, coauthors: { 'Ottavia Brandolini': 3 } },
    ])
  })
})

describe('whom to follow is proposed', () => {
  it('out of a bibliography, who is cited most first, and followed by one button', async () => {
    await house.learn(...homonyms)
    const proposed = await house.say(
      'subscribe @misc{a, author={Petkanov, Zdravko and Wang, Wei}, eprint={2505.00004}} @misc{b, author={Z. Petkanov and others}} @book{c, author="Wang, Wei and Petkanov, Zdravko"}',
    )
    expect(textOf(proposed)).toMatch(/Zdravko Petkanov +in 3 of 3 works[\s\S]*Wei Wang +in 2 of 3 works/)
    await house.press(proposed, 'Follow all 2')
    expect(await followed()).toMatchObject([
      { displayName: 'Zdravko Petkanov' },
      { displayName: 'Wei Wang', coauthors: { 'Zdravko Petkanov': 2 } },
    ])
  })

  it('out of one’s own papers, once it is known which ones these are', async () => {
    await house.learn(...homonyms)
    const me = await house.say('propose Wei Wang')
    expect(textOf(me)).toContain('2 people may be “Wei Wang”.')
    const proposed = await house.press(me, 'That is me')
    expect(textOf(proposed)).toMatch(/Ottavia Brandolini +3 papers with Wei Wang/)
    expect(textOf(proposed)).not.toContain('Petkanov')
  })

  it('only out of what can be read', async () => {
    expect(textOf(await house.say('propose Nobody Known'))).toContain('knows no paper')
    expect(textOf(await house.say('propose @misc{a, title={x}}'))).toContain('No work with an author')
    expect(textOf(await house.say('propose 2505.00004'))).toContain('That is a paper')
  })
})
