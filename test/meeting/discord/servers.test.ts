import { afterEach, beforeEach, expect, test } from 'vitest'
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

const DAY = '2025-09-09T18:00:00Z'
const shown = () => meeting.posts(team.channel).filter(({ text }) => text.includes('Counting Lanterns')).length
const told = () => meeting.logged('part.parked').length

async function aRound() {
  await meeting.goTo(DAY)
  await meeting.round()
}

test('a bot that was kicked parks what it can’t post, tells it once, and goes on when it is invited again', async () => {
  meeting.discord.kick(team.guild)
  await meeting.until('farewell', () => meeting.logged('channel.tenant-gone').length === 1)
  await aRound()
  await meeting.send()
  expect(told()).toBe(1)
  expect(meeting.logged('part.parked')[0]).toMatchObject({ until: 'permitted', reason: expect.stringMatching(/\S/) })
  meeting.discord.invite(team.guild)
  await meeting.until('hello again', () => meeting.posts(team.channel).length >= 2)
  await meeting.send()
  expect(shown()).toBe(1)
  expect(told()).toBe(1)
})

test('a bot that was kicked and invited again while the program did not run goes on as well', async () => {
  meeting.discord.kick(team.guild)
  await aRound()
  await meeting.stop()
  meeting.discord.invite(team.guild)
  await meeting.start()
  await meeting.quiet()
  await meeting.send()
  expect(shown()).toBe(1)
})

test('a bot that was kicked while the program did not run is missed at the next start, and greets when it is back', async () => {
  await meeting.stop()
  meeting.discord.kick(team.guild)
  await meeting.start()
  await meeting.until('farewell', () => meeting.logged('channel.tenant-gone').length === 1)
  meeting.discord.invite(team.guild)
  await meeting.until('hello again', () => meeting.posts(team.channel).length === 2)
})

test('an outage of a server is no farewell', async () => {
  meeting.discord.outage(team.guild)
  meeting.discord.outageOver(team.guild)
  await meeting.quiet()
  expect(meeting.logged('channel.tenant-gone')).toEqual([])
  expect(meeting.posts(team.channel)).toHaveLength(1)
})

test('what is for a channel that was deleted is given up with the reason, and nothing stays parked', async () => {
  meeting.discord.deleteChannel(team.channel)
  await aRound()
  await meeting.send()
  await meeting.send()
  expect(meeting.logged('part.parked')).toEqual([])
  expect(await meeting.app.status()).toMatchObject({ queue: 0, parked: 0 })
})

for (const [what, denied] of [
  ['to write', 'SEND_MESSAGES'],
  ['to see the channel', 'VIEW_CHANNEL'],
] as const) {
  test(`without leave ${what} nothing is posted, an admin is told, and it comes once it is given back`, async () => {
    meeting.discord.setPermissions(team.channel, { of: 'bot', deny: [denied] })
    await aRound()
    await meeting.send()
    expect([shown(), told()]).toEqual([0, 1])
    meeting.discord.setPermissions(team.channel, { of: 'bot' })
    await meeting.until('leave', () => meeting.logged('channel.permissions-changed').length > 1)
    await meeting.quiet()
    await meeting.send()
    expect([shown(), told()]).toEqual([1, 1])
  })
}

test('leave taken and given back by a role is noticed as well', async () => {
  meeting.discord.setRolePermissions(team.guild, 'bot', [])
  meeting.discord.setRolePermissions(team.guild, 'everyone', [])
  await aRound()
  expect(shown()).toBe(0)
  meeting.discord.setRolePermissions(team.guild, 'bot', [
    'VIEW_CHANNEL',
    'SEND_MESSAGES',
    'READ_MESSAGE_HISTORY',
    'EMBED_LINKS',
  ])
  await meeting.quiet()
  await meeting.send()
  expect(shown()).toBe(1)
})

test('a part of unknown outcome that can’t be looked for waits, an admin is asked, and it is found once looking is permitted', async () => {
  meeting.discord.faults.on('replyLost', { routes: ['POST /channels/:channel/messages'], times: 1 })
  await meeting.goTo(DAY)
  meeting.discord.setPermissions(team.channel, { of: 'bot', deny: ['READ_MESSAGE_HISTORY'] })
  await meeting.round()
  expect([shown(), told()]).toEqual([1, 1])
  expect(meeting.logged('part.parked')[0]).toMatchObject({ reason: expect.stringContaining('Read Message History') })
  const parked = await team.admin('parked')
  expect(parked.text).toMatch(/Read Message History[\s\S]*an admin decides/)
  expect(parked.buttons).toEqual([])
  meeting.discord.setPermissions(team.channel, { of: 'bot' })
  await meeting.quiet()
  await meeting.send()
  expect([shown(), told()]).toEqual([1, 1])
  expect((await team.ask('why', { paper: '2509.00201' })).text).toContain('posted')
  expect((await team.admin('parked')).text).toContain('Nothing is parked')
})

test('a part that still can’t be looked for after a day is posted with a mark', async () => {
  meeting.discord.faults.on('dropped', { routes: ['POST /channels/:channel/messages'], times: 1 })
  meeting.discord.setPermissions(team.channel, { of: 'bot', deny: ['READ_MESSAGE_HISTORY'] })
  await aRound()
  expect([shown(), told()]).toEqual([0, 1])
  await meeting.clock.advance(25 * 3_600_000)
  await meeting.send()
  expect(shown()).toBe(1)
  expect(meeting.posts(team.channel).at(-1)?.text).toContain('(may repeat)')
})

test('a renamed channel is known under its new name', async () => {
  meeting.discord.renameChannel(team.channel, 'optics-papers')
  await meeting.until('new name', () => meeting.logged('channel.channel-renamed').length === 1)
  expect(meeting.logged('channel.channel-renamed')[0]).toMatchObject({ name: '#optics-papers' })
})

test('in classic embeds, which Discord leaves out without leave, no buttons without papers are left behind', async () => {
  await meeting.stop()
  await meeting.start({ DISCORD_RENDERING: 'embeds' })
  const { discord } = meeting
  for (const role of ['bot', 'everyone'] as const)
    discord.setRolePermissions(team.guild, role, ['VIEW_CHANNEL', 'SEND_MESSAGES', 'READ_MESSAGE_HISTORY'])
  await aRound()
  expect([meeting.posts(team.channel).length, told()]).toEqual([1, 1])
  expect(meeting.logged('part.parked')[0]).toMatchObject({ reason: expect.stringContaining('Embed Links') })
  discord.setRolePermissions(team.guild, 'bot', ['EMBED_LINKS'])
  await meeting.quiet()
  await meeting.send()
  expect(shown()).toBe(1)
})

test('a bot that is invited again where it can’t say hello posts all the same what was parked', async () => {
  const { discord } = meeting
  discord.kick(team.guild)
  await aRound()
  discord.faults.on('failedBefore', { routes: ['POST /channels/:channel/messages'], times: 1 })
  discord.invite(team.guild)
  await meeting.until('hello', () => meeting.logged('discord.hello-failed').length === 1)
  await meeting.quiet()
  await meeting.send()
  expect(shown()).toBe(1)
})
