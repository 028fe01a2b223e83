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

async function goesOn() {
  await meeting.quiet()
  await meeting.send()
}

test('a bot that was kicked parks what it can’t post, tells it once, and goes on when it is invited again', async () => {
  const { slack } = meeting
  await slack.kick(team.channel, team.boss)
  await aRound()
  await meeting.send()
  expect([shown(), told()]).toEqual([0, 1])
  expect(meeting.logged('part.parked')[0]).toMatchObject({
    until: 'invited',
    reason: expect.stringContaining('/invite @'),
  })
  expect((await team.admin('parked')).text).toContain('/invite @')
  const [notice, ...more] = await meeting.toldAdmin()
  expect(notice).toMatch(/A digest can’t be posted in slack:\S+: Paperboy is not in the channel/)
  expect(notice).toMatch(/goes on by itself once that is mended; paperboy parked --channel slack:/)
  expect(more).toEqual([])
  await slack.invite(team.channel, team.ada)
  await goesOn()
  expect([shown(), told()]).toEqual([1, 1])
  expect(meeting.posts(team.channel)[0]?.text).toContain('/papers subscribe')
})

test('a bot that was kicked and invited again while the program did not run goes on as well', async () => {
  const { slack } = meeting
  await slack.kick(team.channel, team.boss)
  await aRound()
  await meeting.stop()
  void slack.invite(team.channel, team.ada)
  await meeting.start()
  await goesOn()
  expect([shown(), told()]).toEqual([1, 1])
})

test('a bot that is invited while its connection is down goes on once it is back', async () => {
  const { slack } = meeting
  await slack.kick(team.channel, team.boss)
  await aRound()
  slack.faults.on('refused', { methods: ['apps.connections.open'], error: 'internal_error', times: 1 })
  slack.socket.drop()
  await meeting.until('drop', () => slack.socket.connected === 0)
  void slack.invite(team.channel, team.ada)
  await meeting.passing(slack.socket.opened())
  await goesOn()
  expect(shown()).toBe(1)
})

test('a channel that is still closed at a start is not tried again, and nobody is told again', async () => {
  await meeting.slack.kick(team.channel, team.boss)
  await aRound()
  for (let start = 0; start < 2; start++) {
    await meeting.stop()
    await meeting.start()
    await goesOn()
  }
  expect([shown(), told()]).toEqual([0, 1])
  expect(await meeting.toldAdmin()).toHaveLength(1)
  expect(meeting.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
})

test('an archived channel parks its digest with the reason, and gets it once it is unarchived', async () => {
  const { slack } = meeting
  await slack.archive(team.channel, team.boss)
  await aRound()
  expect([shown(), told()]).toEqual([0, 1])
  expect(meeting.logged('part.parked')[0]).toMatchObject({ reason: expect.stringContaining('archived') })
  await slack.unarchive(team.channel, team.boss)
  await goesOn()
  expect([shown(), told()]).toEqual([1, 1])
})

test('what is for a channel that was deleted is given up with the reason, and nothing stays parked', async () => {
  await meeting.slack.deleteChannel(team.channel, team.boss)
  await aRound()
  await meeting.send()
  expect(meeting.logged('part.parked')).toEqual([])
  expect(await meeting.app.status()).toMatchObject({ queue: 0, parked: 0 })
})

test('a renamed channel is known under its new name', async () => {
  await meeting.slack.kick(team.channel, team.boss)
  await meeting.slack.invite(team.channel, team.boss)
  await meeting.slack.renameChannel(team.channel, 'optics-papers')
  await meeting.quiet()
  expect(meeting.logged('channel.channel-renamed')[0]).toMatchObject({ name: 'optics-papers' })
})

test('a channel in which Slack lets nobody post is parked, and told once', async () => {
  meeting.slack.faults.on('refused', { methods: ['chat.postMessage'], error: 'restricted_action', times: 1 })
  await aRound()
  expect([shown(), told()]).toEqual([0, 1])
  expect(meeting.logged('part.parked')[0]).toMatchObject({ reason: expect.stringContaining('restricted_action') })
})

for (const [what, leave] of [
  ['uninstalled', 'uninstall'],
  ['whose token was revoked', 'revokeToken'],
] as const) {
  test(`an app that was ${what} parks what is due, and goes on with its new token`, async () => {
    const { slack, home } = meeting
    await slack[leave](home)
    await meeting.quiet()
    expect(meeting.logged('channel.tenant-gone').length).toBeGreaterThan(0)
    await aRound()
    await meeting.send()
    expect([shown(), told()]).toEqual([0, 1])
    expect(meeting.logged('part.parked')[0]).toMatchObject({ reason: expect.stringContaining('SLACK_BOT_TOKEN') })
    await meeting.stop()
    await meeting.reinstall()
    if (leave === 'uninstall') void slack.invite(team.channel, team.ada)
    await meeting.start()
    await goesOn()
    expect([shown(), told()]).toEqual([1, 1])
  })
}

test('a part of unknown outcome that can’t be looked for waits, an admin is asked, and it is found once looking is permitted', async () => {
  const { slack, home } = meeting
  const scopes = await meeting.scopes()
  slack.faults.on('replyLost', { methods: ['chat.postMessage'], times: 1 })
  slack.setScopes(
    home,
    scopes.filter((scope) => !scope.endsWith(':history')),
  )
  await aRound()
  expect([shown(), told()]).toEqual([1, 1])
  expect(meeting.logged('part.parked')[0]).toMatchObject({ reason: expect.stringContaining('history scope') })
  expect((await team.admin('parked')).text).toMatch(/history scope[\s\S]*an admin decides/)
  slack.setScopes(home, scopes)
  await meeting.stop()
  await meeting.start()
  await goesOn()
  expect([shown(), told()]).toEqual([1, 1])
  expect((await team.ask('why 2509.00201')).text).toContain('State: posted')
  expect((await team.admin('parked')).text).toContain('Nothing is parked')
})

test('a part that still can’t be looked for after a day is posted with a mark', async () => {
  const { slack, home } = meeting
  slack.faults.on('dropped', { methods: ['chat.postMessage'], times: 1 })
  slack.setScopes(
    home,
    (await meeting.scopes()).filter((scope) => !scope.endsWith(':history')),
  )
  await aRound()
  expect([shown(), told()]).toEqual([0, 1])
  await meeting.clock.advance(25 * 3_600_000)
  await meeting.send()
  expect(shown()).toBe(1)
  expect(meeting.posts(team.channel).at(-1)?.text).toContain('(may repeat)')
})

test('a person who has left is parked with the reason', async () => {
  const { slack } = meeting
  const channel = slack.directMessages(team.ada)
  const asked = slack.command('/papers', 'subscribe Ngozi Okafor', { user: team.ada, channel })
  expect((await meeting.reply(asked)).text).toContain('You now follow')
  slack.deactivate(team.ada)
  await meeting.stop()
  await meeting.start()
  await aRound()
  expect(shown()).toBe(1)
})
