import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FakeChannel } from '../../support/discord/fake-types.ts'
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

async function follow(channel: FakeChannel, user = team.ada): Promise<void> {
  const typed = { subcommand: 'subscribe', options: { what: 'Ngozi Okafor' } }
  const reply = await meeting.reply(meeting.discord.command('papers', typed, { user, channel }))
  expect(reply.text).toMatch(/now follows? Ngozi Okafor/)
}

async function aDay(): Promise<void> {
  await meeting.goTo('2025-09-09T18:00:00Z')
  await meeting.round()
}

const shown = (channel: FakeChannel) =>
  meeting.posts(channel).filter(({ text }) => text.includes('Counting Lanterns')).length

test('a thread gets its digest, and one that was archived is opened by it', async () => {
  const thread = meeting.discord.addChannel(team.guild, { name: 'lanterns', type: 'thread', parent: team.channel })
  await follow(thread)
  meeting.discord.archiveThread(thread)
  await aDay()
  expect(shown(thread)).toBe(1)
})

test('a locked thread is parked with the reason, and gets its digest once it is unlocked', async () => {
  const { discord } = meeting
  const thread = discord.addChannel(team.guild, { name: 'lanterns', type: 'thread', parent: team.channel })
  await follow(thread)
  discord.archiveThread(thread, { locked: true })
  await aDay()
  expect(shown(thread)).toBe(0)
  expect(meeting.logged('part.parked')).toMatchObject([{ reason: expect.stringContaining('archived') }])
  expect(await meeting.toldAdmin()).toEqual([
    expect.stringMatching(/A digest can’t be posted in [^:]*discord:.* archived/),
  ])
  discord.archiveThread(thread)
  await meeting.quiet()
  await meeting.send()
  expect(shown(thread)).toBe(1)
})

test('a thread’s digest needs leave to write in threads, which is asked for by its name', async () => {
  const { discord } = meeting
  const thread = discord.addChannel(team.guild, { name: 'lanterns', type: 'thread', parent: team.channel })
  await follow(thread)
  discord.setPermissions(team.channel, { of: 'bot', deny: ['SEND_MESSAGES_IN_THREADS'] })
  await aDay()
  expect(shown(thread)).toBe(0)
  discord.setPermissions(team.channel, { of: 'bot' })
  await meeting.quiet()
  await meeting.send()
  expect(shown(thread)).toBe(1)
})

test('an announcement channel gets its digest like any other', async () => {
  const channel = meeting.discord.addChannel(team.guild, { name: 'news', type: 'announcement' })
  await follow(channel)
  await aDay()
  expect(shown(channel)).toBe(1)
})

test('a post of a forum gets its digest', async () => {
  const forum = meeting.discord.addChannel(team.guild, { name: 'forum', type: 'forum' })
  const post = meeting.discord.addChannel(team.guild, { name: 'papers', type: 'thread', parent: forum })
  await follow(post)
  await aDay()
  expect(shown(post)).toBe(1)
})

test('two channels of one server follow apart', async () => {
  const other = meeting.discord.addChannel(team.guild, { name: 'other' })
  await follow(other)
  await aDay()
  expect([shown(team.channel), shown(other)]).toEqual([0, 1])
})

test('a person who takes no direct messages is parked with the reason, and gets them once they ask again', async () => {
  const { discord } = meeting
  const shy = discord.addUser({ name: 'shy', guild: team.guild, dms: false })
  await follow(discord.directMessages(shy), shy)
  await aDay()
  expect(meeting.logged('part.parked')).toMatchObject([{ reason: expect.stringContaining('direct messages') }])
  discord.takeDms(shy, true)
  const channel = discord.directMessages(shy)
  await meeting.reply(discord.command('papers', { subcommand: 'status' }, { user: shy, channel }))
  await meeting.send()
  expect(shown(channel)).toBe(1)
})
