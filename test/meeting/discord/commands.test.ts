import { afterEach, beforeEach, expect, test } from 'vitest'
import { objectOf } from '../../support/discord/json-value.ts'
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
  const first = await team.ask('search', { query: 'harbour' })
  expect(first).toMatchObject({ ephemeral: true, text: expect.stringContaining('Papers for “harbour”') })
  const second = await team.click(first, 'Next')
  expect(second.id).toBe(first.id)
  expect(second.text).toContain('6–10')
  const back = await team.click(second, 'Previous')
  expect(back.id).toBe(first.id)
  expect(back.text).toContain('1–5')
  expect((await team.click(back, 'Why?')).text).toContain('Nothing that this channel follows')
})

test('a search narrowed by options that are typed apart finds what all of them say', async () => {
  const options = { query: 'lanterns', author: 'Ngozi Okafor', since: '2025' }
  expect((await team.ask('search', options)).text).toContain('Lanterns of Old')
  expect((await team.ask('search', { query: 'nothing of the kind' })).text).toContain('No paper')
})

test('a search can be put to arXiv itself', async () => {
  const first = await team.ask('search', { query: 'orchards' })
  expect((await team.click(first, 'Ask arXiv itself')).text).toContain('Folding Orchards')
})

test('an author’s page opens those of collaborators by a menu, and its person can be followed', async () => {
  const { discord } = meeting
  const page = await team.ask('author', { name: 'Mirela Novotny' })
  const [menu] = page.selects
  const [option] = menu?.options ?? []
  expect(option?.label).toContain('Jasper Lindqvist')
  const other = await meeting.reply(discord.select(page, menu?.customId ?? '', [option?.value ?? ''], team.ada))
  expect(other.text).toContain('Folding Orchards')
  expect((await team.click(other, 'Follow Jasper Lindqvist')).text).toContain('now follows Jasper Lindqvist')
})

test('why tells of a paper by id and by title, and of one that nobody knows', async () => {
  expect((await team.ask('why', { paper: '2509.00103' })).text).toContain('shown when it was followed')
  expect((await team.ask('why', { paper: 'Weighing Glaciers' })).text).toContain('Nothing that this channel follows')
  expect((await team.ask('why', { paper: '2401.00001' })).text).toContain('does not know')
})

test('settings are seen by everybody, changed by managers in a form, and a wrong value is told', async () => {
  const { discord } = meeting
  const seen = await team.ask('settings')
  expect(seen.buttons.map(({ label }) => label)).not.toContain('Change')
  const shown = await team.admin('settings')
  const change = team.press(shown, 'Change', team.boss)
  expect(objectOf(await change.modal()).title).toBe('Channel settings')
  const saved = await meeting.reply(discord.submitModal(change, { schedule: 'daily 07:30', timezone: 'Europe/Berlin' }))
  expect(saved.text).toContain('daily 07:30')
  const again = team.press(saved, 'Change', team.boss)
  await again.modal()
  const wrong = await meeting.reply(discord.submitModal(again, { timezone: 'Mars/Olympus' }))
  expect(wrong).toMatchObject({ ephemeral: true, text: expect.stringContaining('Mars/Olympus') })
  expect((await team.ask('settings')).text).toContain('Europe/Berlin')
})

test('a member does not change settings, however it is tried', async () => {
  const reply = await team.ask('settings', { changes: 'cap=1' })
  expect(reply.text).toContain('manager')
  const shown = await team.admin('settings')
  await expect(team.click(shown, 'Change', team.ada)).rejects.toThrow('does not see')
})

test('help lists everything, and each command is explained', async () => {
  const { text } = await team.ask('help')
  for (const name of ['search', 'subscribe', 'settings', 'why', 'digest']) expect(text).toContain(`/papers ${name}`)
})

test('a citation comes as a file for the asker alone', async () => {
  const reply = await team.ask('cite', { paper: '2509.00103' })
  expect(reply.ephemeral).toBe(true)
  expect(reply.files[0]?.text).toContain('@misc')
})

test('status and parked answer', async () => {
  expect((await team.ask('status')).text).toContain('arXiv is read to its end')
  expect((await team.admin('parked')).text).toContain('Nothing is parked')
})
