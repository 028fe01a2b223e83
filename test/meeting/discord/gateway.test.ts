import { afterEach, beforeEach, expect, test } from 'vitest'
import { aTeam, expectProper, type Team } from './team.ts'
import { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

beforeEach(async () => {
  meeting = await Meeting.open()
  team = aTeam(meeting)
  await meeting.start()
  await meeting.until('hello', () => meeting.posts(team.channel).length === 1)
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

const gateway = () => meeting.discord.gateway

test('asks for the one intent that it needs, which is not privileged', () => {
  expect(gateway().identifies).toMatchObject([{ intents: 1, shard: [0, 1] }])
})

test('takes up a dropped connection, and what happened meanwhile is told', async () => {
  gateway().drop()
  meeting.discord.renameChannel(team.channel, 'later')
  await meeting.until('resume', () => gateway().resumes === 1)
  await meeting.until('news', () => meeting.logged('channel.channel-renamed').length === 1)
  expect((await team.ask('help')).text).toContain('/papers')
  expect(gateway().identifies).toHaveLength(1)
})

test('does as it is asked when it is to reconnect', async () => {
  gateway().askToReconnect()
  await meeting.until('resume', () => gateway().resumes === 1)
  expect((await team.ask('help')).text).toContain('/papers')
})

test('begins anew when its session is over, and greets nobody again', async () => {
  gateway().invalidateSessions({ resumable: false })
  await meeting.until('identify', () => gateway().identifies.length === 2 && gateway().connected === 1)
  await meeting.quiet()
  expect((await team.ask('help')).text).toContain('/papers')
  expect(meeting.posts(team.channel)).toHaveLength(1)
}, 20_000)

test('comes back when the gateway was down for a while', async () => {
  meeting.discord.faults.on('gatewayDown', { times: 2 })
  gateway().drop()
  await meeting.until('identify', () => gateway().identifies.length === 2 && gateway().connected === 1)
  expect((await team.ask('help')).text).toContain('/papers')
}, 20_000)

for (const code of [4004, 4011]) {
  test(`connects anew, after a pause, when Discord ended the connection for good (${code})`, async () => {
    gateway().closeWith(code, 'for good')
    await meeting.until('log', () => meeting.logged('discord.disconnected').length === 1)
    await meeting.clock.advance(5000)
    await meeting.until('identify', () => gateway().identifies.length === 2 && gateway().connected === 1)
    expect((await team.ask('help')).text).toContain('/papers')
    expect(meeting.posts(team.channel)).toHaveLength(1)
  })
}

test('registers its commands once Discord is back, when it was away at the start', async () => {
  const late = await Meeting.open()
  const waiting = aTeam(late)
  late.discord.faults.on('failedBefore', { times: 4 })
  await late.start()
  await late.until('hello', () => late.posts(waiting.channel).length === 1)
  expect(late.discord.commands()).toHaveLength(2)
  expectProper(late)
  await late.dispose()
})

test('asks again for the gateway’s address when it is not told at once', async () => {
  const late = await Meeting.open()
  const waiting = aTeam(late)
  late.discord.faults.on('failedBefore', { routes: ['GET /gateway/bot'], times: 2 })
  await late.start()
  await late.until('hello', () => late.posts(waiting.channel).length === 1)
  expect((await waiting.ask('help')).text).toContain('/papers')
  expectProper(late)
  await late.dispose()
})

test('connects by as many shards as Discord asks for, and each server is greeted once', async () => {
  const many = await Meeting.open({ discord: { shards: 3 } })
  const teams = Array.from({ length: 5 }, (_, at) => aTeam(many, `Server ${at}`))
  await many.start()
  await many.until('hello everywhere', () => teams.every(({ channel }) => many.posts(channel).length === 1))
  expect(many.discord.gateway.identifies.map(({ shard }) => shard)).toEqual([0, 1, 2].map((shard) => [shard, 3]))
  for (const each of teams) expect((await each.ask('help')).text).toContain('/papers')
  expectProper(many)
  await many.dispose()
}, 30_000)
