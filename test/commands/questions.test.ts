import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { printExport } from '../../src/following/follow-text.ts'
import { allSubscriptions } from '../../src/following/subscriptions.ts'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import type { Message } from '../../src/message/message.ts'
import type { Paper } from '../../src/papers/paper.ts'
import type { Profile } from '../../src/people/profile.ts'
import { entriesOf } from '../../src/store/store.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'
import { messageText } from '../support/message-text.ts'

const by = (id: string, title: string, ...names: string[]) =>
  aPaper({ id, title, authors: names.map((name) => ({ name })) })

let world: Asked
beforeEach(async () => {
  world = await asking()
})
afterEach(() => world.close())

async function announce(...papers: readonly Paper[]): Promise<void> {
  await learnNews(...papers)
  await round()
}

async function learnNews(...papers: readonly Paper[]): Promise<void> {
  await world.app.services.catalog.upsert(
    'test',
    papers.map((paper) => ({ paper, origin: 'announced', rank: 1 })),
  )
}

async function round(): Promise<void> {
  const { rounds } = world.app
  await world.clock.run(rounds.match())
  await world.clock.run(rounds.decide())
  await world.clock.run(rounds.send(new AbortController().signal))
  await world.clock.advance(60_000)
}

async function posts(channel: ChannelId = papersChannel): Promise<readonly Message[]> {
  const found: Message[] = []
  for await (const { value } of entriesOf(world.app.house.store, world.app.house.store.webPosts, [channel])) {
    found.push(value.message)
  }
  return found
}

async function state(paper: string): Promise<string | undefined> {
  return (await world.app.house.store.seen.get([papersChannel, paper]))?.state
}

async function profile(): Promise<Profile> {
  for await (const { follows } of allSubscriptions(world.app.house.store)) {
    if (follows.kind === 'author') return follows.profile
  }
  throw new Error('nobody is followed')
}

describe('a paper that is only perhaps theirs', () => {
  beforeEach(async () => {
    await world.say('settings schedule=immediate', { rank: 'manager' })
    await world.say('subscribe author:"Wei Wang"')
  })

  it('is asked about once and not posted, and the ledger says so', async () => {
    await announce(by('arxiv:2509.00001', 'Lamps at Night', 'W. Wang', 'Ada Lovelace'))
    await round()
    const all = await posts()
    expect(all.map(messageText)).toEqual([
      expect.stringMatching(
        /^1 question · .*\nIs this your Wei Wang\? Lamps at Night\nYes No\nW\. Wang with Ada Lovelace · /,
      ),
    ])
    expect(await state('arxiv:2509.00001')).toBe('asked')
    expect(textOf(await world.say('why 2509.00001'))).toContain('not posted until someone here says so')
  })

  it('is posted once after a yes, also in a process that begins later, and the profile knows whom it was with', async () => {
    await announce(by('arxiv:2509.00001', 'Lamps at Night', 'W. Wang', 'Ada Lovelace'))
    const [question] = await posts()
    const answer = await world.press(question as Message, 'Yes', { id: 'bob', name: 'Bob' })
    expect(textOf(answer)).toContain('comes with the next digest')
    await round()
    await round()
    const [asked, posted, ...more] = await posts()
    expect(more).toEqual([])
    expect(messageText(posted as Message)).toContain('Lamps at Night')
    expect(messageText(asked as Message)).toContain('Wei Wang: yes · Lamps at Night')
    expect((await profile()).coauthors).toEqual({ 'Ada Lovelace': 1 })
    expect(textOf(await world.press(question as Message, 'Yes'))).toContain('was said before')

    await announce(by('arxiv:2509.00002', 'Lamps at Noon', 'W. Wang', 'Ada Lovelace'))
    expect(messageText((await posts())[2] as Message)).toMatch(/Lamps at Noon[\s\S]*Wei Wang/)
  })

  it('is never asked about again after a no, and an undo asks again', async () => {
    await announce(by('arxiv:2509.00001', 'Lamps at Night', 'W. Wang'))
    const [question] = await posts()
    const no = await world.press(question as Message, 'No')
    expect(await state('arxiv:2509.00001')).toBe('refused')
    expect((await profile()).not).toEqual(['arxiv:2509.00001'])
    await announce(by('arxiv:2509.00001', 'Lamps at Night, Again', 'W. Wang'))
    expect(await posts()).toHaveLength(1)
    expect(messageText((await posts())[0] as Message)).toContain('Wei Wang: no')
    expect(textOf(await world.say('questions'))).toContain('no open questions')

    expect(textOf(await world.press(no, 'Undo'))).toContain('as it was before')
    expect(await state('arxiv:2509.00001')).toBe('asked')
    expect((await profile()).not).toEqual([])
    expect(textOf(await world.say('questions'))).toContain('Is this your Wei Wang?')
    await round()
    expect(messageText((await posts())[0] as Message)).toContain('Is this your Wei Wang?')
  })

  it('is answered by whoever is in the channel and by nobody of another one', async () => {
    await announce(by('arxiv:2509.00001', 'Lamps at Night', 'W. Wang'))
    const [question] = await posts()
    const other = await world.press(question as Message, 'Yes', {}, 'web:demo/other' as ChannelId)
    expect(textOf(other)).toContain('no longer there')
    const stranger = { platform: 'slack', tenant: 'slack:T9' as TenantId }
    expect(textOf(await world.press(question as Message, 'Yes', stranger))).toContain('another workspace')
    expect(await state('arxiv:2509.00001')).toBe('asked')
  })

  it('is no longer asked about when nobody follows its author, and again when that is undone', async () => {
    const removed = await world.say('unsubscribe Wei Wang')
    await announce(by('arxiv:2509.00001', 'Lamps at Night', 'W. Wang'))
    expect(await posts()).toEqual([])
    await world.press(removed, 'Undo')
    await round()
    expect(messageText((await posts())[0] as Message)).toContain('Is this your Wei Wang?')
  })

  it('stands in a list when there are more than a digest asks about', async () => {
    await announce(...[1, 2, 3, 4, 5, 6, 7].map((n) => by(`arxiv:2509.0000${n}`, `Lamps ${n}`, 'W. Wang')))
    const [question] = await posts()
    expect(messageText(question as Message)).toContain('2 more papers that may be theirs')
    const first = await world.press(question as Message, 'All questions')
    expect(textOf(first)).toContain('1–5 of 7')
    expect(textOf(await world.press(first, 'Next'))).toContain('6–7 of 7')
  })
})

describe('“Not them”', () => {
  it('can be taken back for ten minutes, with the paper and what the profile knew', async () => {
    await world.learn(by('arxiv:2508.00001', 'Old Lamps', 'Wei Wang', 'Ada Lovelace'))
    await world.say('subscribe author:"Wei Wang"')
    const before = await profile()
    await learnNews(by('arxiv:2509.00001', 'Lamps at Night', 'Wei Wang', 'Ada Lovelace'))
    await world.clock.run(world.app.rounds.match())
    expect(await state('arxiv:2509.00001')).toBe('pending')
    const refused = await world.press(await world.say('why 2509.00001'), 'Not Wei Wang')
    expect(await state('arxiv:2509.00001')).toBe('refused')
    expect(await world.app.house.store.pending.get([papersChannel, 'arxiv:2509.00001'])).toBeUndefined()

    await world.press(refused, 'Undo')
    expect(await state('arxiv:2509.00001')).toBe('pending')
    expect(await profile()).toEqual(before)

    const again = await world.press(await world.say('why 2509.00001'), 'Not Wei Wang')
    await world.clock.advance(11 * 60_000)
    expect(textOf(await world.press(again, 'Undo'))).toContain('are over')
    expect(await state('arxiv:2509.00001')).toBe('refused')
    const back = await world.press(await world.say('why 2509.00001'), 'It is Wei Wang')
    expect(textOf(back)).toContain('comes with the next digest')
    const entries: string[] = []
    for await (const { value } of entriesOf(world.app.house.store, world.app.house.store.audit, ['web'])) {
      entries.push(value.what)
    }
    expect(entries.filter((what) => what.includes('2509.00001'))).toEqual([
      'not them: arxiv:2509.00001, Wei Wang',
      'undid: not them: arxiv:2509.00001, Wei Wang',
      'not them: arxiv:2509.00001, Wei Wang',
      'it is them: arxiv:2509.00001, Wei Wang',
    ])
  })

  it('forgets what a confirmed paper had taught', async () => {
    await world.learn(by('arxiv:2508.00001', 'Old Lamps', 'Wei Wang', 'Ada Lovelace'))
    await world.say('subscribe author:"Wei Wang"')
    await world.press(await world.say('why 2508.00001'), 'Not Wei Wang')
    const { papers, not, coauthors } = await profile()
    expect({ papers, not, coauthors }).toEqual({ papers: [], not: ['arxiv:2508.00001'], coauthors: {} })
  })
})

describe('a name that may be words', () => {
  beforeEach(() =>
    world.learn(
      by('arxiv:2508.00001', 'Old Lamps', 'Ethan Perez'),
      by('arxiv:2508.00002', 'Old Oars', 'Jun Perez'),
      by('arxiv:2508.00003', 'Old Oars Again', 'Jun Perez'),
    ),
  )

  it.each(['"Ethan Perez"', 'Perez', 'perez', '"Ethan Perez" only:cs.LG'])('%s is asked about', async (text) => {
    const asked = await world.say(`subscribe ${text}`)
    expect(textOf(asked)).toContain('Ethan Perez')
    expect(textOf(await world.say('subscriptions'))).toContain('follows nobody yet')
    const limits = text.includes('only:') ? ' (only cs.LG)' : ''
    expect(textOf(await world.press(asked, 'Follow the words instead'))).toContain(
      `now follows ${text.replace(' only:cs.LG', '')}${limits}.`,
    )
  })

  it('is the person that is chosen, narrowed as was typed', async () => {
    const asked = await world.say('subscribe "Ethan Perez" only:cs.LG')
    await world.press(asked, 'Follow')
    const lines: string[] = []
    for await (const each of allSubscriptions(world.app.house.store)) lines.push(printExport(each))
    expect(lines).toEqual([expect.stringMatching(/"name":"Ethan Perez".*"narrowing":\{"only":\["cs.LG"\]\}/)])
  })

  it('is followed as words where the catalogue knows nobody of it', async () => {
    const asked = await world.say('subscribe "sparse autoencoder"')
    const done = await world.press(asked, 'Follow the words anyway')
    expect(textOf(done)).toContain('now follows "sparse autoencoder"')
  })

  it('is left out of a list that is followed at once, with what to do', async () => {
    const proposed = await world.say('subscribe Neel Nanda; Perez')
    const button = proposed.nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons : []))[0]
    const done = await world.press(proposed, button?.label ?? '')
    expect(textOf(done)).toMatch(/Perez\s+a name or words: subscribe to it alone/)
  })
})

describe('a subscription and what the person was shown', () => {
  it('are kept in one commit: whoever is interrupted has both or neither', async () => {
    await world.learn(by('arxiv:2508.00001', 'Old Lamps', 'Ethan Perez'))
    const { store } = world.app.house
    const commit = store.commit.bind(store)
    const seenWith: (readonly string[])[] = []
    Object.assign(world.app.services.store, {
      commit: (operations: Parameters<typeof commit>[0]) => {
        seenWith.push(operations.map((operation) => operation.namespace))
        return commit(operations)
      },
    })
    await world.say('subscribe author:"Ethan Perez"')
    expect(await state('arxiv:2508.00001')).toBe('baseline')
    expect(seenWith.filter((names) => names.includes('subscriptions'))).toEqual([
      expect.arrayContaining(['subscriptions', 'profiles', 'seen', 'ledger']),
    ])
  })
})
