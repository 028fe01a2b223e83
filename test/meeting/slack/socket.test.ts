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
  await meeting.clock.advance(11_000)
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

const socket = () => meeting.slack.socket
const answers = async () => expect((await team.ask('help')).text).toContain('/papers')

/** Another connection stands in place of the ones before. */
async function reconnected(connections: number): Promise<void> {
  await meeting.passing(
    meeting.until('another connection', () => socket().connections === connections && socket().connected === 1),
  )
}

test('one connection is held, with an address of its own', async () => {
  expect([socket().connected, socket().connections]).toEqual([1, 1])
  await answers()
})

test('a connection that breaks is made anew', async () => {
  socket().drop()
  await reconnected(2)
  await answers()
})

for (const reason of ['warning', 'refresh_requested', 'link_disabled'] as const) {
  test(`Slack’s ${reason} is followed by another connection, over which questions come`, async () => {
    socket().disconnect(reason)
    await meeting.passing(meeting.until('another connection', () => socket().connections >= 2))
    await meeting.passing(meeting.clock.sleep(12_000))
    expect(socket().connected).toBe(1)
    await answers()
  })
}

test('a connection that is refused for a while is tried again, and never in haste', async () => {
  meeting.slack.faults.on('socketDown', { times: 3 })
  socket().drop()
  await reconnected(2)
  await answers()
  expect(meeting.logged('slack.socket.failed').length).toBeGreaterThan(0)
})

test('what is no message of Slack’s does no harm', async () => {
  const empty = '{"type":"events_api","envelope_id":"x","payload":{"event":{}}}'
  for (const text of ['garbage', '{}', '{"type":"unheard_of"}', '[]', empty]) socket().sendRaw(text)
  await meeting.quiet()
  await meeting.passing(meeting.until('a connection', () => socket().connected === 1))
  await answers()
})

test('an event that comes again is heard once', async () => {
  const { slack, home } = meeting
  const joined = { type: 'member_joined_channel', user: home.botUserId, channel: team.channel.id, team: home.id }
  const envelope = (attempt: number) =>
    JSON.stringify({
      type: 'events_api',
      envelope_id: `e-${attempt}`,
      accepts_response_payload: false,
      retry_attempt: attempt,
      payload: { type: 'event_callback', team_id: home.id, event_id: 'Ev1', event: joined },
    })
  for (const attempt of [0, 1, 2]) slack.socket.sendRaw(envelope(attempt))
  await meeting.until('hello', () => meeting.posts(team.channel).length > 0)
  await meeting.passing(meeting.clock.sleep(3000))
  await meeting.quiet()
  expect(meeting.posts(team.channel)).toHaveLength(1)
})

test('an invitation that nobody heard the first time is answered by one hello', async () => {
  const { slack } = meeting
  const place = slack.addChannel(meeting.home, { name: 'later', member: false })
  slack.faults.on('socketDown', { times: 2 })
  slack.socket.drop()
  await meeting.until('drop', () => socket().connected === 0)
  const heard = slack.invite(place, team.ada)
  await reconnected(2)
  expect(await meeting.passing(heard)).toMatchObject({ kind: 'acknowledged' })
  await meeting.quiet()
  expect(meeting.posts(place)).toHaveLength(1)
})

test('a command whose connection breaks before it is acknowledged is not done twice', async () => {
  const asked = team.type('subscribe cat:cs.CV')
  socket().drop()
  await meeting.passing(asked.outcome())
  await meeting.passing(meeting.clock.sleep(5000))
  await meeting.quiet()
  const list = (await team.ask('subscriptions')).text
  expect(list.split('cs.CV').length).toBeLessThanOrEqual(2)
})

test('Slack that is away at the start is met once it is back', async () => {
  const late = await Meeting.open()
  const waiting = aTeam(late)
  late.slack.faults.on('failedBefore', { times: 4 })
  await late.start()
  await late.passing(late.slack.socket.opened())
  expect((await waiting.ask('help')).text).toContain('/papers')
  expectProper(late)
  await late.dispose()
})
