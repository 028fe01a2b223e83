import { afterEach, beforeEach, expect, test } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { expectProper, following, type Team } from './team.ts'
import type { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

beforeEach(async () => {
  ;({ meeting, team } = await following())
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

test('a search is answered in private, its pages turn in place, and it can be followed by why', async () => {
  const first = await team.ask('search harbour')
  expect(first).toMatchObject({ ephemeralTo: team.ada.id, text: expect.stringContaining('Papers for “harbour”') })
  const second = await team.click(first, 'Next')
  expect(second.ts).toBe(first.ts)
  expect(second.text).toContain('6–10')
  const back = await team.click(second, 'Previous')
  expect(back.ts).toBe(first.ts)
  expect(back.text).toContain('1–5')
  expect((await team.click(back, 'Why?')).text).toContain('Nothing that this channel follows')
})

test('what Slack makes of typed text is read as it was meant', async () => {
  const typed = 'search lanterns author:“Ngozi Okafor” since:2025'
  expect((await team.ask(typed)).text).toContain('Lanterns of Old')
  expect((await team.ask('search R&amp;D &lt;b&gt;')).text).toContain('“R&D <b>”')
  expect((await team.ask('search nothing of the kind')).text).toContain('No paper')
})

test('a search can be put to arXiv itself', async () => {
  const first = await team.ask('search orchards')
  expect((await team.click(first, 'Ask arXiv itself')).text).toContain('Folding Orchards')
})

test('an author’s page opens those of collaborators, and its person can be followed', async () => {
  const page = await team.ask('author Mirela Novotny')
  const other = await team.click(page, 'Jasper Lindqvist · 1 paper')
  expect(other.text).toContain('Folding Orchards')
  expect((await team.click(other, 'Follow Jasper Lindqvist')).text).toContain('now follows Jasper Lindqvist')
})

test('why tells of a paper by id and by title, and of one that nobody knows', async () => {
  expect((await team.ask('why 2509.00103')).text).toContain('shown when it was followed')
  expect((await team.ask('why Weighing Glaciers')).text).toContain('Nothing that this channel follows')
  expect((await team.ask('why 2401.00001')).text).toContain('does not know')
})

test('settings are seen by everybody, changed by managers in a form, and a wrong value is told at its field', async () => {
  const { slack } = meeting
  const seen = await team.ask('settings')
  expect(seen.buttons.map(({ label }) => label)).not.toContain('Change')
  const shown = await team.admin('settings')
  const view = await meeting.modal(team.press(shown, 'Change', team.boss))
  expect(view).toMatchObject({ title: 'Channel settings', open: true })
  const wrong = slack.submit(view, { timezone: 'Mars/Olympus', cap: '7' })
  const errors = await meeting.passing(wrong.errors())
  expect(errors).toEqual({ timezone: expect.stringContaining('Mars/Olympus') })
  expect(slack.views(team.boss).at(-1)?.open).toBe(true)
  const where = { user: team.boss, channel: team.channel }
  const saved = await meeting.submitted(view, { schedule: 'daily 07:30', timezone: 'Europe/Berlin' }, where)
  expect(saved.text).toMatch(/Saved\.[\s\S]*daily 07:30/)
  const { text } = await team.ask('settings')
  expect(text).toContain('Europe/Berlin')
  expect(text).toContain('20 papers')
})

test('a member does not change settings, however it is tried', async () => {
  expect((await team.ask('settings cap=1')).text).toContain('manager')
  expect((await team.ask('pause')).text).toContain('manager')
  expect((await team.ask('settings')).text).toContain('20 papers')
})

test('who made the channel manages it, and who is no admin any more does not', async () => {
  const { slack } = meeting
  const channel = slack.addChannel(meeting.home, { name: 'hers', creator: team.ada })
  const asked = slack.command('/papers', 'settings cap=3', { user: team.ada, channel })
  expect((await meeting.reply(asked)).text).toContain('3 papers')
  expect((await team.admin('settings cap=4')).text).toContain('4 papers')
  slack.setRank(team.boss, { admin: false })
  await meeting.clock.advance(6 * 60_000)
  expect((await team.admin('settings cap=5')).text).toContain('manager')
})

test('a pause holds the digest back, and its end lets it come', async () => {
  expect((await team.admin('pause for 2 weeks')).text).toContain('No digest here until')
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  expect(meeting.posts(team.channel)).toEqual([])
  expect((await team.admin('resume')).text).toContain('Digests come again')
  await meeting.clock.advance(60_000)
  await meeting.round()
  expect(meeting.posts(team.channel)).toMatchObject([{ text: expect.stringContaining('Counting Lanterns') }])
})

test('help lists everything, and each command is explained', async () => {
  const { text } = await team.ask('help')
  for (const { name } of commands) {
    expect(text).toContain(`/papers ${name}`)
    expect((await team.ask(`help ${name}`)).text).toContain(`/papers ${name}`)
  }
})

test('every command answers the asker alone, whatever comes after it', async () => {
  const before = meeting.posts(team.channel).length
  for (const { name } of commands) {
    const asked = team.type(name === 'subscribe' ? 'subscribe Felix Gallagher' : name)
    expect(await meeting.reply(asked)).toMatchObject({ ephemeralTo: team.ada.id })
  }
  expect((await team.ask('nonsense')).text).toContain('no command “nonsense”')
  expect((await team.ask('')).text).toContain('What you can type')
  expect(meeting.posts(team.channel)).toHaveLength(before)
  expect(meeting.logged('slack.question.failed')).toEqual([])
})

test('a citation, status and what is parked answer', async () => {
  expect(await team.ask('cite 2509.00103')).toMatchObject({
    ephemeralTo: team.ada.id,
    text: expect.stringContaining('@misc'),
  })
  expect((await team.ask('status')).text).toContain('arXiv is read to its end')
  expect((await team.admin('parked')).text).toContain('Nothing is parked')
})

test('an unfollowed person’s button works, and a second press of it says so', async () => {
  const list = await team.admin('subscriptions')
  expect((await team.click(list, 'Unfollow', team.boss)).text).not.toContain('State')
  expect((await team.ask('subscriptions')).text).not.toContain('Okafor')
})
