import { afterEach, beforeEach, expect, test } from 'vitest'
import { aTeam, expectProper, type Team } from './team.ts'
import { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

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

test('what is typed is completed with names that the catalogue knows', async () => {
  const typed = { subcommand: 'subscribe', options: { what: 'Lindq' }, focused: 'what' }
  const choices = await meeting.discord.complete('papers', typed, { user: team.ada, channel: team.channel }).choices()
  expect(choices.map(({ value }) => value).toSorted()).toEqual(['Jasper Lindqvist', 'Johanna Lindqvist'])
})

test('with nobody named a form opens, and a name of several people is asked about', async () => {
  const asked = team.type('subscribe')
  expect(await asked.modal()).toMatchObject({ title: 'Follow in this channel' })
  const several = await meeting.reply(meeting.discord.submitModal(asked, { what: 'J. Lindqvist' }))
  expect(several).toMatchObject({ ephemeral: true, text: expect.stringContaining('Whom do you mean?') })
  const followed = await team.click(several, 'Follow')
  expect(followed.text).toMatch(/now follows (?:Jasper|Johanna) Lindqvist\./)
  expect((await team.ask('subscriptions')).text).toMatch(/(?:Jasper|Johanna) Lindqvist/)
})

test('all people of a name can be followed as one', async () => {
  const several = await team.ask('subscribe', { what: 'J. Lindqvist' })
  expect((await team.click(several, 'All of them')).text).toContain('now follows J. Lindqvist')
})

test('a subscription is taken back by its button, once, and not by another member', async () => {
  const { discord } = meeting
  const bob = discord.addUser({ name: 'bob', guild: team.guild })
  const followed = await team.ask('subscribe', { what: 'Ngozi Okafor' })
  await expect(team.click(followed, 'Undo', bob)).rejects.toThrow('does not see')
  expect((await team.click(followed, 'Undo')).text).toContain('removed again')
  expect((await team.click(followed, 'Undo')).text).toContain('nothing to undo')
  expect((await team.ask('subscriptions')).text).not.toContain('Ngozi Okafor')
})

test('a category and a query are followed as well, and unsubscribed', async () => {
  expect((await team.ask('subscribe', { what: 'cat:cs.CL' })).text).toContain('now follows')
  const query = await team.ask('subscribe', { what: 'title:"sparse maps"' })
  expect((await team.click(query, 'Follow the query anyway')).text).toContain('now follows')
  expect((await team.ask('unsubscribe', { what: 'cat:cs.CL' })).text).toContain('no longer')
})

test('a pasted list is proposed in one table and followed by one button', async () => {
  const list = await team.ask('subscribe', { what: 'Ngozi Okafor; Felix Gallagher; 2509.00102' })
  expect(list.text).toContain('Follow these 4?')
  const { text } = await team.click(list, 'Follow all 4')
  expect(text).toContain('now follows 4 more names')
})

test('a name that nobody bears can be followed all the same', async () => {
  const unknown = await team.ask('subscribe', { what: 'Quentin Underwood' })
  expect(unknown.text).toContain('check the spelling')
  expect((await team.click(unknown, 'Follow it all the same')).text).toContain('now follows Quentin Underwood')
})

test('what can’t be read is told in private, with an example', async () => {
  const reply = await team.ask('subscribe', { what: 'cat:cs.NO' })
  expect(reply.ephemeral).toBe(true)
  expect(reply.text).toContain('For example')
})
