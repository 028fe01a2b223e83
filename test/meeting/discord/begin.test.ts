import { afterEach, expect, test } from 'vitest'
import { aTeam, expectProper } from './team.ts'
import { Meeting } from './world.ts'

let meeting: Meeting
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

test('a bot that is invited says hello once, and registers its commands once', async () => {
  meeting = await Meeting.open()
  const { discord } = meeting
  const guild = discord.addGuild({ name: 'Optics', invited: false })
  const channel = discord.addChannel(guild)
  await meeting.start()
  discord.invite(guild)
  await meeting.until('hello', () => discord.messages(channel).length > 0)
  expect(meeting.posts(channel).map(({ text }) => text)).toEqual([expect.stringContaining('/papers subscribe')])
  expect(discord.commands().map(({ name }) => name)).toEqual(['papers', 'papers-admin'])
  await meeting.stop()
  await meeting.start()
  await meeting.quiet()
  expect(meeting.posts(channel)).toHaveLength(1)
  expect(discord.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1)
})

test('the manager’s words are not offered to members', async () => {
  meeting = await Meeting.open()
  const team = aTeam(meeting)
  await meeting.start()
  await expect(team.admin('settings', {}, team.ada)).rejects.toThrow('may not use /papers-admin')
  expect((await team.admin('settings')).text).toContain('Settings of this channel')
})

test('in direct messages everything works, and everybody manages', async () => {
  meeting = await Meeting.open()
  const { discord } = meeting
  const { ada } = aTeam(meeting)
  await meeting.start()
  const channel = discord.directMessages(ada)
  const ask = (name: string, subcommand: string, options = {}) =>
    meeting.reply(discord.command(name, { subcommand, options }, { user: ada, channel }))
  expect((await ask('papers', 'subscribe', { what: 'cat:cs.AI' })).text).toContain('You now follow')
  expect((await ask('papers-admin', 'settings', { changes: 'cap=3' })).text).toContain('3 papers')
  await meeting.round()
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
  const texts = meeting.posts(channel).map(({ text }) => text)
  expect(texts).toEqual([expect.stringContaining('Counting Lanterns')])
})

test('a bot that may write nowhere when it is invited says hello in the first channel that is opened to it', async () => {
  meeting = await Meeting.open()
  const { discord } = meeting
  const guild = discord.addGuild({ bot: [], everyone: [], invited: false })
  const [first, second] = [discord.addChannel(guild, { name: 'one' }), discord.addChannel(guild, { name: 'two' })]
  discord.invite(guild, [])
  await meeting.start()
  await meeting.until('joining', () => meeting.logged('discord.joined').length === 1)
  discord.renameChannel(first, 'still-closed')
  discord.setPermissions(second, { of: 'bot', allow: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
  await meeting.until('hello', () => meeting.posts(second).length === 1)
  discord.setPermissions(first, { of: 'bot', allow: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
  await meeting.quiet()
  expect([meeting.posts(first).length, meeting.posts(second).length]).toEqual([0, 1])
})
