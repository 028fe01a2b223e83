import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aTeam, expectProper, type Team } from './team.ts'
import { Meeting, type Way } from './world.ts'

let meeting: Meeting
let team: Team

for (const way of ['socket', 'http'] as const satisfies readonly Way[]) {
  describe(`over ${way}`, () => {
    beforeEach(async () => {
      meeting = await Meeting.open({ way })
      team = aTeam(meeting)
      await meeting.start()
      await meeting.round()
    })
    afterEach(async () => {
      expectProper(meeting)
      await meeting.dispose()
    })

    const suggest = async (view: Awaited<ReturnType<Meeting['modal']>>, typed: string) => {
      const [menu] = view.selects
      return meeting.passing(meeting.slack.suggest(view, menu?.actionId ?? '', typed, team.ada).choices())
    }
    const submit = (view: Awaited<ReturnType<Meeting['modal']>>, choice: { label: string; value: string }) =>
      meeting.submitted(view, { what: choice }, { user: team.ada, channel: team.channel })

    test('with nobody named a form opens, whose menu completes names', async () => {
      const view = await meeting.modal(team.type('subscribe'))
      expect(view).toMatchObject({ title: 'Follow in this channel', open: true })
      const choices = await suggest(view, 'Lindq')
      expect(choices.map(({ value }) => value).slice(0, 2)).toEqual(['Jasper Lindqvist', 'Johanna Lindqvist'])
      const followed = await submit(view, { label: 'Johanna Lindqvist', value: 'Johanna Lindqvist' })
      expect(followed).toMatchObject({ ephemeralTo: team.ada.id, text: expect.stringContaining('now follows Johanna') })
      expect(meeting.slack.views(team.ada)).toMatchObject([{ open: false }])
    })

    test('a name of several people is asked about, and one of them is followed by a button', async () => {
      const view = await meeting.modal(team.type('subscribe'))
      const typed = (await suggest(view, 'J. Lindqvist')).find(({ value }) => value === 'J. Lindqvist')
      expect(typed).toBeDefined()
      const several = await submit(view, typed ?? { label: '', value: '' })
      expect(several).toMatchObject({ ephemeralTo: team.ada.id, text: expect.stringContaining('Whom do you mean?') })
      const followed = await team.click(several, 'Follow')
      expect(followed.text).toMatch(/now follows (?:Jasper|Johanna) Lindqvist\./)
      expect((await team.ask('subscriptions')).text).toMatch(/(?:Jasper|Johanna) Lindqvist/)
    })

    test('the menu offers what is typed, for a category, a query and a name that nobody bears', async () => {
      const view = await meeting.modal(team.type('subscribe'))
      for (const typed of ['cat:cs.CL', 'title:“sparse maps”', 'Quentin Underwood']) {
        const choices = await suggest(view, typed)
        expect(choices.map(({ value }) => value)).toContain(typed.replace(/[“”]/g, '"'))
      }
      const followed = await submit(view, { label: 'cat:cs.CL', value: 'cat:cs.CL' })
      expect(followed.text).toContain('now follows')
    })

    test('what can’t be followed is told at the field, and the form stays open', async () => {
      const view = await meeting.modal(team.type('subscribe'))
      const sent = meeting.slack.submit(view, { what: { label: 'cat:cs.NO', value: 'cat:cs.NO' } })
      expect(Object.keys(await meeting.passing(sent.errors()))).toEqual(['what'])
      expect(meeting.slack.views(team.ada)).toMatchObject([{ open: true }])
    })

    test('a form that is closed changes nothing', async () => {
      const view = await meeting.modal(team.type('subscribe'))
      meeting.slack.dismiss(view)
      await meeting.quiet()
      expect((await team.ask('subscriptions')).text).not.toContain('Lindqvist')
    })
  })
}

describe('by typing', () => {
  beforeEach(async () => {
    meeting = await Meeting.open()
    team = aTeam(meeting)
    await meeting.start()
    await meeting.round()
  })
  afterEach(async () => {
    expectProper(meeting)
    await meeting.dispose()
  })

  test('all people of a name can be followed as one', async () => {
    const several = await team.ask('subscribe J. Lindqvist')
    expect((await team.click(several, 'All of them')).text).toContain('now follows J. Lindqvist')
  })

  test('a subscription is taken back by its button, once', async () => {
    const followed = await team.ask('subscribe Ngozi Okafor')
    expect((await team.click(followed, 'Undo')).text).toContain('removed again')
    expect((await team.ask('subscriptions')).text).not.toContain('Ngozi Okafor')
  })

  test('a category and a query are followed as well, and unsubscribed', async () => {
    expect((await team.ask('subscribe cat:cs.CL')).text).toContain('now follows')
    const query = await team.ask('subscribe title:“sparse maps”')
    expect((await team.click(query, 'Follow the query anyway')).text).toContain('now follows')
    expect((await team.ask('unsubscribe cat:cs.CL')).text).toContain('no longer')
  })

  test('a pasted list is proposed in one table and followed by one button', async () => {
    const list = await team.ask('subscribe Ngozi Okafor; Felix Gallagher; 2509.00102')
    expect(list.text).toContain('Follow these 4?')
    expect((await team.click(list, 'Follow all 4')).text).toContain('now follows 4 more names')
  })

  test('what can’t be read is told in private, with an example', async () => {
    const reply = await team.ask('subscribe cat:cs.NO')
    expect(reply).toMatchObject({ ephemeralTo: team.ada.id, text: expect.stringContaining('For example') })
  })

  test('in a public channel that the bot is not in it comes in by itself', async () => {
    const { slack } = meeting
    const channel = slack.addChannel(meeting.home, { name: 'open', member: false })
    const asked = slack.command('/papers', 'subscribe Ngozi Okafor', { user: team.ada, channel })
    expect((await meeting.reply(asked)).text).not.toContain('/invite')
    expect(slack.calls.filter(({ method }) => method === 'conversations.join')).toMatchObject([{ ok: true }])
  })

  test('in a private channel that the bot is not in it says how it is invited', async () => {
    const { slack } = meeting
    const channel = slack.addChannel(meeting.home, { name: 'closed', member: false, private: true })
    const asked = slack.command('/papers', 'subscribe Ngozi Okafor', { user: team.ada, channel })
    expect((await meeting.reply(asked)).text).toContain('Type /invite @paperboy here.')
  })
})
