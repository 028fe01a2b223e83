import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SignedOptions } from '../../support/slack/delivery.ts'
import { aTeam, expectProper, type Team } from './team.ts'
import { Meeting } from './world.ts'

let meeting: Meeting
let team: Team

beforeEach(async () => {
  meeting = await Meeting.open({ way: 'http' })
  team = aTeam(meeting)
  await meeting.start()
  await meeting.round()
})
afterEach(async () => {
  expectProper(meeting)
  await meeting.dispose()
})

/** A command as its body goes over the wire; each with an id of its own. */
const body = (text: string) => {
  const { payload } = team.type(text)
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)])
  return new URLSearchParams(fields).toString()
}
const follows = async () => (await team.ask('subscriptions')).text.includes('cs.CV')

const wrong: readonly (readonly [string, SignedOptions])[] = [
  ['stale', { skewMs: -301_000 }],
  ['of the future', { skewMs: 301_000 }],
  ['an hour ahead', { skewMs: 3_600_000 }],
  ['signed by another', { signature: 'other-secret' }],
  ['of another body', { signature: 'other-body' }],
  ['of another version', { signature: 'v1' }],
  ['not signed', { signature: 'none' }],
]

test.each(wrong)('a request that is %s is refused, and does nothing', async (_, options) => {
  const typed = body('help').replace('text=help', 'text=subscribe+cat%3Acs.CV')
  await meeting.quiet()
  const { status } = await meeting.slack.signed(typed, options)
  expect(status).toBe(401)
  await meeting.quiet()
  expect(await follows()).toBe(false)
})

test('a request that comes twice is done once', async () => {
  expect((await team.ask('subscribe cat:cs.CV')).text).toContain('now follows')
  const { status } = await meeting.slack.replay()
  expect(status).toBe(401)
  await meeting.quiet()
  const { text } = await team.ask('subscriptions')
  expect(text).toContain('Followed here: 1')
})

test('an event that Slack sends again is heard once', async () => {
  const { slack, home } = meeting
  await slack.kick(team.channel, team.boss)
  const event = {
    type: 'event_callback',
    team_id: home.id,
    event_id: 'Ev0AGAIN',
    event: { type: 'member_joined_channel', user: home.botUserId, channel: team.channel.id, team: home.id },
  }
  void slack.invite(team.channel, team.boss)
  await meeting.until('hello', () => meeting.posts(team.channel).length === 1)
  for (const retry of ['0', '1', '2']) {
    const headers = retry === '0' ? {} : { 'x-slack-retry-num': retry, 'x-slack-retry-reason': 'http_timeout' }
    const sent = JSON.stringify({ ...event, event_time: Number(retry) })
    expect((await slack.signed(sent, { contentType: 'application/json', headers })).status).toBe(200)
  }
  await meeting.passing(meeting.clock.sleep(3000))
  await meeting.quiet()
  expect(meeting.logged('channel.bot-added').length).toBe(2)
})

test('a body that is none of Slack’s kinds is refused, and what Slack asks of an address is answered', async () => {
  const { slack } = meeting
  expect((await slack.signed('<xml/>', { contentType: 'text/xml' })).status).toBe(415)
  expect((await slack.signed('{', { contentType: 'application/json' })).status).toBe(400)
  const challenge = await slack.signed('{"type":"url_verification","challenge":"abc"}', {
    contentType: 'application/json',
  })
  expect(await challenge.json()).toEqual({ challenge: 'abc' })
  expect((await slack.signed('ssl_check=1&token=x')).status).toBe(200)
})

test('what is signed and nonsense is acknowledged, and answers nothing', async () => {
  for (const payload of [
    '{}',
    '[]',
    '{"type":"block_actions"}',
    '{"type":"view_submission","user":{"id":"U1"}}',
    '7',
  ]) {
    const { status } = await meeting.slack.signed(new URLSearchParams({ payload }).toString())
    expect([200, 400]).toContain(status)
  }
  expect((await team.ask('help')).text).toContain('/papers')
})

test('nothing else is open to the outside', async () => {
  const url = new URL(meeting.requestUrl)
  for (const path of ['/', '/api/channels', '/slack/', '/slack/other', '/metrics']) {
    expect((await fetch(new URL(path, url))).status).toBe(404)
  }
  expect((await fetch(url)).status).toBe(405)
  expect((await fetch(new URL('/healthz', url))).status).toBe(200)
})

test('a body larger than Slack’s largest is refused', async () => {
  // It may be told while the rest is still being sent, and the connection closed.
  const large = meeting.slack.signed(`text=${'x'.repeat(1024 * 1024)}`).then(({ status }) => status)
  expect(await large.catch(() => 413)).toBe(413)
})
