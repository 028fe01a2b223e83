import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelId, TenantId } from '../../src/message/channel.ts'
import { type Asked, asking, papersChannel, textOf } from '../support/asking.ts'
import { aPaper } from '../support/builders.ts'

const bob = { id: 'bob', name: 'Bob' }
const boss = { id: 'boss', name: 'Boss', rank: 'manager' as const }
let house: Asked

beforeEach(async () => {
  house = await asking()
})

afterEach(() => house.close())

const by = (id: string, ...names: readonly string[]) =>
  aPaper({ id: `arxiv:${id}`, title: `Paper ${id}`, authors: names.map((name) => ({ name })) })

describe('a command', () => {
  it('that does not exist is named, with the one that may be meant', async () => {
    expect(textOf(await house.say('serch x'))).toMatch(/no command “serch”.*Did you mean \/papers search\?/s)
  })

  it('that is used wrongly is answered with its usage', async () => {
    expect(textOf(await house.say('search'))).toMatch(/Usage: \/papers\s+search QUERY/)
    expect(textOf(await house.say('search "open'))).toContain('quote')
  })

  it('that fails inside says so, changes nothing, and leaves the program running', async () => {
    await house.app.services.catalog.close()
    expect(textOf(await house.say('search x'))).toContain('did not work')
    expect(textOf(await house.say('help'))).toContain('What you can type')
  })

  it('is explained with its examples', async () => {
    expect(textOf(await house.say('help subscribe'))).toContain('/papers subscribe Ethan Perez')
    expect(textOf(await house.say('help nothing'))).toContain('no command “nothing”')
  })
})

describe('search', () => {
  it('shows a page and goes on from it', async () => {
    await house.learn(...Array.from({ length: 7 }, (_, n) => by(`2509.0000${n}`, 'Ada Lovelace')))
    const first = await house.say('search paper')
    expect(textOf(first)).toContain('1–5')
    expect(textOf(await house.press(first, 'Next'))).toContain('6–7')
  })

  it('goes on with a query of any length', async () => {
    const words = Array.from({ length: 20 }, (_, n) => `Ünïcode${n}`).join(' OR ')
    await house.learn(
      ...Array.from({ length: 6 }, (_, n) => ({ ...by(`2509.0000${n}`, 'Ada'), title: `Ünïcode7 ${n}` })),
    )
    expect(textOf(await house.press(await house.say(`search ${words}`), 'Next'))).toContain('6–6')
  })
})

describe('subscribe', () => {
  it('follows one person at once, shows the latest papers alone, and can be undone for ten minutes', async () => {
    await house.learn(by('2509.00001', 'Ada Lovelace'))
    const followed = await house.say('subscribe Ada Lovelace')
    expect(textOf(followed)).toMatch(/now follows Ada Lovelace.*Paper 2509\.00001/s)
    expect(textOf(await house.say('subscriptions'))).toContain('Ada Lovelace')
    expect(textOf(await house.press(followed, 'Undo'))).toContain('Undone')
    expect(textOf(await house.say('subscriptions'))).toContain('follows nobody yet')
    expect(textOf(await house.press(followed, 'Undo'))).toContain('nothing to undo')
  })

  it.each(['"Mrinank Sharma", "Deep Ganguli"', '"Mrinank Sharma"\n"Deep Ganguli",', 'Mrinank Sharma, "Deep Ganguli"'])(
    'takes names in quotes as a list of names: %j',
    async (list) => {
      const asked = await house.say(`subscribe ${list}`)
      expect(textOf(asked)).toContain('Follow these 2?')
      await house.press(asked, 'Follow all 2')
      expect(textOf(await house.say('subscriptions'))).toMatch(/Mrinank Sharma.*Deep Ganguli|Deep Ganguli.*Mrinank/s)
    },
  )

  it('asks before it follows words of which the catalogue has nothing, and tells how many papers others would find', async () => {
    await house.learn(by('2509.00001', 'Ada Lovelace'))
    const asked = await house.say('subscribe tiling of the plane')
    expect(textOf(asked)).toContain('Follows the words “tiling of the plane”: 0 of 1 paper in the catalogue match.')
    expect(textOf(await house.say('subscriptions'))).toContain('follows nobody yet')
    expect(textOf(await house.press(asked, 'Follow the words anyway'))).toContain('now follows tiling of the plane')
    expect(textOf(await house.say('subscribe title:paper'))).toMatch(
      /Follows\s+the\s+query\s+“title:paper”:\s+1\s+of\s+1\s+paper\s+in\s+the\s+catalogue\s+matches/,
    )
  })

  it('tells in the table of a list how many papers a query would find', async () => {
    await house.learn(by('2509.00001', 'Ada Lovelace'))
    const asked = await house.say('subscribe Ada Lovelace; tiling of the plane')
    expect(textOf(asked)).toMatch(/tiling of the plane\s+as you wrote it\s+0 papers/)
  })

  it('asks before it follows a name that nobody bears, with the names that may be meant', async () => {
    await house.learn(by('2509.00001', 'Jared Kaplan'), by('2509.00002', 'Jared Moore'))
    const asked = await house.say('subscribe Jared Kaplann position:first')
    expect(textOf(asked)).toContain('No paper of “Jared Kaplann” is known yet; check the spelling.')
    expect(textOf(asked)).not.toContain('Moore')
    expect(textOf(await house.press(asked, 'Follow Jared Kaplan'))).toContain('now follows Jared Kaplan (first author)')
    const strange = await house.say('subscribe Zzyzx Qwerty')
    expect(textOf(await house.press(strange, 'Follow it all the same'))).toContain('now follows Zzyzx Qwerty')
  })

  it('can no longer be undone when the ten minutes are over', async () => {
    const followed = await house.say('subscribe cat:cs.CL')
    await house.clock.advance(11 * 60_000)
    expect(textOf(await house.press(followed, 'Undo'))).toContain('ten minutes')
    expect(textOf(await house.say('subscriptions'))).toContain('cs.CL')
  })

  it('is undone by whoever did it or a manager, and by nobody else', async () => {
    const followed = await house.say('subscribe cat:cs.CL')
    expect(textOf(await house.press(followed, 'Undo', bob))).toContain('Only who did it')
    expect(textOf(await house.press(followed, 'Undo', boss))).toContain('Undone')
  })

  it('asks who is meant where several people write alike', async () => {
    await house.learn(by('2509.00001', 'Ann Smith'), by('2509.00002', 'Alice Smith'))
    const several = await house.say('subscribe author:"A. Smith"')
    expect(textOf(several)).toMatch(/2 people.*Ann Smith|2 people.*Alice Smith/s)
    expect(textOf(await house.press(several, 'All of them'))).toContain('now follows A. Smith')
  })

  it('takes a pasted list with one table and one confirmation, papers standing for their authors', async () => {
    await house.learn(by('2509.00001', 'Grace Hopper', 'Alan Turing'))
    const proposed = await house.say('subscribe - Ada Lovelace\n- 2509.00001\n- arxiv:2509.99999')
    expect(textOf(proposed)).toMatch(/Ada Lovelace.*Grace Hopper.*Alan Turing.*Not known: arxiv:2509\.99999/s)
    expect(textOf(await house.say('subscriptions'))).toContain('follows nobody yet')
    expect(textOf(await house.press(proposed, 'Follow all 3'))).toContain('3 more names')
    expect(textOf(await house.say('subscriptions'))).toMatch(/Grace Hopper/)
  })

  it('takes names between commas as a list, and a family name in front as one name', async () => {
    expect(textOf(await house.say('subscribe Neel Nanda, Percy Liang, 2509.00001'))).toMatch(
      /Follow these 2.*Not known/s,
    )
    expect(textOf(await house.say('subscribe author:"Kaplan, Jared"'))).toContain('now follows')
    expect(textOf(await house.say('subscriptions'))).toContain('Followed here: 1')
  })

  it('says as what a person is followed already', async () => {
    await house.say('subscribe Ada Lovelace')
    const again = textOf(await house.say('subscribe author:"Ada Lovelace" only:cs.LG'))
    expect(again).toContain('follows Ada Lovelace already')
    expect(again).toContain('unsubscribe it first')
  })

  it('shows the followed author in the byline of the latest papers', async () => {
    await house.learn(
      by('2509.00001', 'A. One', 'B. Two', 'C. Three', 'D. Four', 'Ada Lovelace', 'F. Six', 'G. Seven', 'H. Eight'),
    )
    expect(textOf(await house.say('subscribe Ada Lovelace'))).toMatch(/A\. One, … Ada Lovelace, … H\. Eight/)
  })

  it('names a name that matches nobody, and follows it all the same', async () => {
    expect(textOf(await house.say('author Nemo Nobody'))).toContain('no paper by “Nemo Nobody”')
    expect(textOf(await house.press(await house.say('author Nemo Nobody'), 'Follow Nemo Nobody'))).toContain(
      'now follows Nemo Nobody',
    )
  })

  it('says what it can’t read', async () => {
    expect(textOf(await house.say('subscribe cat:cs.XX'))).toContain('cs.XX')
  })
})

describe('unsubscribe', () => {
  it('is for whoever added it and for managers, and can be undone', async () => {
    await house.say('subscribe cat:cs.CL')
    expect(textOf(await house.say('unsubscribe cat:cs.CL', bob))).toContain('added by Ada')
    const removed = await house.say('unsubscribe cat:cs.CL', boss)
    expect(textOf(removed)).toContain('no longer follows')
    expect(textOf(await house.press(removed, 'Undo', boss))).toContain('back')
    expect(textOf(await house.say('unsubscribe Nobody Known'))).toContain('does not follow')
  })
})

describe('settings', () => {
  it('are seen by everyone and changed by managers', async () => {
    expect(textOf(await house.say('settings'))).toContain('immediate')
    expect(textOf(await house.say('settings cap=5'))).toContain('by a manager')
    expect(textOf(await house.say('settings schedule="daily 09:00" timezone=Europe/Berlin', boss))).toMatch(
      /Saved.*11 Sep 2025, 09:00/s,
    )
    expect(textOf(await house.say('settings cap=none', boss))).toContain('none')
  })

  it('can be changed in a form', async () => {
    const form = await house.ask('settings', boss)
    expect(form.kind).toBe('message')
    const signal = new AbortController().signal
    const { actor } = await import('../support/asking.ts')
    const opened = await house.app.handlers.ask(
      { kind: 'action', actor: actor(boss), channel: papersChannel, name: 'settings-form', args: [] },
      { signal },
    )
    expect(opened).toMatchObject({ kind: 'form', form: { submit: { name: 'settings-save' } } })
    const saved = await house.app.handlers.ask(
      {
        kind: 'form',
        actor: actor(boss),
        channel: papersChannel,
        name: 'settings-save',
        args: [],
        values: { schedule: 'weekdays 08:30', timezone: 'UTC', quiet: '', cap: '7' },
      },
      { signal },
    )
    expect(saved.kind === 'message' && textOf(saved.message)).toContain('weekdays 08:30')
  })
})

describe('pause', () => {
  it('holds the digests until a manager resumes them, and settings say so', async () => {
    expect(textOf(await house.say('pause'))).toContain('needs a manager')
    expect(textOf(await house.say('pause for 2 weeks', boss))).toContain('until Wednesday 24 September 2025 00:00')
    expect(textOf(await house.say('settings cap=7', boss))).toMatch(/paused.*24 September/s)
    expect(textOf(await house.say('pause until yesterday', boss))).toContain('is no end')
    expect(textOf(await house.say('resume', boss))).toContain('come again')
    expect(textOf(await house.say('settings', boss))).not.toContain('paused')
    expect(textOf(await house.say('resume', boss))).toContain('not paused')
  })

  it('leaves no time at which anything comes, but those after its end', async () => {
    const nextOf = async () => (/Next: (.*)/.exec(textOf(await house.say('settings', boss))) ?? [])[1]
    await house.say('settings schedule="daily 09:00" timezone=UTC', boss)
    await house.say('pause', boss)
    expect(await nextOf()).toBe('nothing until someone resumes it')
    await house.say('pause until 2025-09-12 09:00', boss)
    expect(await nextOf()).toMatch(
      /^nothing until Friday 12 September 2025 09:00; then .*12 Sep.*09:00 · .*13 Sep.*09:00/,
    )
  })
})

describe('rights', () => {
  it('are checked at every press: a manager’s button does nothing for a member', async () => {
    const shown = await house.say('settings', boss)
    expect(textOf(await house.press(shown, 'Change', { ...boss, rank: 'member' }))).toContain('needs a manager')
  })

  it('end at the tenant: nothing of one can be read, changed or pressed from another', async () => {
    const slack = 'slack:T1/C1' as ChannelId
    const mallory = {
      platform: 'slack',
      tenant: 'slack:T2' as TenantId,
      id: 'mallory',
      name: 'Mallory',
      rank: 'admin' as const,
    }
    const alice = { ...mallory, tenant: 'slack:T1' as TenantId, id: 'alice', name: 'Alice' }
    const followed = await house.say('subscribe cat:cs.CL', alice, slack)
    for (const line of ['subscriptions', 'unsubscribe cat:cs.CL', 'settings cap=1', 'digest now', 'why 2509.00001']) {
      expect(textOf(await house.say(line, mallory, slack))).toContain('another workspace')
    }
    expect(textOf(await house.press(followed, 'Undo', mallory, slack))).toContain('another workspace')
    const other = 'slack:T2/C1' as ChannelId
    expect(textOf(await house.press(followed, 'Undo', mallory, other))).toContain('nothing to undo')
    expect(textOf(await house.say('subscriptions', mallory, other))).toContain('follows nobody yet')
    expect(textOf(await house.say('subscriptions', alice, slack))).toContain('cs.CL')
  })
})

describe('why', () => {
  it('tells of a paper by a followed author that was announced before they were followed', async () => {
    await house.learn(...['1', '2', '3', '4'].map((n) => by(`2509.0000${n}`, 'Ada Lovelace')))
    await house.say('subscribe Ada Lovelace')
    await house.app.rounds.match()
    const told = await Promise.all(['1', '2', '3', '4'].map((n) => house.say(`why 2509.0000${n}`)))
    expect(told.map(textOf).filter((text) => text.includes('announced before it did'))).toHaveLength(1)
    expect(told.map(textOf).filter((text) => text.includes('shown when it was followed'))).toHaveLength(3)
  })

  it('tells of a paper that nothing here concerned, and of one that nobody knows', async () => {
    await house.learn(by('2509.00001', 'Ada Lovelace'))
    expect(textOf(await house.say('why 2509.00001'))).toContain('has not been matched yet')
    await house.app.rounds.match()
    expect(textOf(await house.say('why 2509.00001'))).toContain('Nothing that this channel follows')
    expect(textOf(await house.say('why 2509.77777'))).toContain('does not know “2509.77777”')
  })

  it('takes back a paper that still waits when it is not theirs, and never matches it to them again', async () => {
    const { app } = house
    await house.say('settings schedule="daily 09:00"', boss)
    await house.say('subscribe Ada Lovelace')
    await app.services.catalog.upsert('test', [
      { paper: by('2509.00001', 'Ada Lovelace'), origin: 'announced', rank: 1 },
    ])
    await app.rounds.match()
    expect(textOf(await house.say('digest preview'))).toContain('Paper 2509.00001')
    const why = await house.say('why 2509.00001')
    expect(textOf(why)).toMatch(/State: waiting for the next digest.*Ada Lovelace/s)
    expect(textOf(await house.press(why, 'Not Ada Lovelace'))).toContain('Noted')
    expect(textOf(await house.say('digest preview'))).toContain('Nothing is waiting')
    await app.rounds.match()
    await app.rounds.decide()
    expect(await app.house.store.scan(app.house.store.digests, [], { limit: 1 })).toEqual([])
  })
})
