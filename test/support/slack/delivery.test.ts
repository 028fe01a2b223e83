import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { objectOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam, FakeUser } from './fake-types.ts'
import { signatureOf } from './signing.ts'

interface Heard {
  readonly headers: Headers
  readonly body: string
}

let clock: SimulatedClock
let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel
let ada: FakeUser
let heard: Heard[]
let status: number
let headers: Record<string, string>

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  slack = await createFakeSlack({ clock, listen: false })
  team = slack.addTeam()
  ada = slack.addUser(team, { name: 'ada' })
  channel = slack.addChannel(team, { creator: ada })
  heard = []
  status = 200
  headers = {}
  slack.requestUrl('http://app.test/slack/events', async (request) => {
    heard.push({ headers: request.headers, body: await request.text() })
    return new Response('', { status, headers })
  })
})
afterEach(() => slack.close())

/** As a careful app checks it (authentication/verifying-requests-from-slack). */
const verified = ({ headers: sent, body }: Heard): boolean => {
  const timestamp = sent.get('x-slack-request-timestamp') ?? ''
  const fresh = Math.abs(clock.now() / 1_000 - Number(timestamp)) <= 300
  return fresh && sent.get('x-slack-signature') === signatureOf(slack.app.signingSecret, timestamp, body)
}
const eventsHeard = () => heard.map(({ body }) => objectOf(objectOf(JSON.parse(body)).event))

describe('signed requests', () => {
  it('carry v0, a timestamp and the signature of both with the body', async () => {
    await slack.command('/papers', 'help', { user: ada, channel }).acknowledged()
    expect(heard.map(verified)).toEqual([true])
    expect(new URLSearchParams(heard[0]?.body).get('text')).toBe('help')
  })

  it.each([
    ['stale', { skewMs: -301_000 }],
    ['of the future', { skewMs: 3_600_000 }],
    ['signed by another', { signature: 'other-secret' }],
    ['of another body', { signature: 'other-body' }],
    ['of another version', { signature: 'v1' }],
    ['not signed', { signature: 'none' }],
  ] as const)('can be %s', async (_, options) => {
    await slack.signed('payload={}', options)
    expect(heard.map(verified)).toEqual([false])
  })

  it('can be anything, such as url_verification', async () => {
    await slack.signed('{"type":"url_verification","challenge":"c"}', { contentType: 'application/json' })
    expect(heard.map(verified)).toEqual([true])
  })

  it('can come twice, byte for byte', async () => {
    await slack.command('/papers', 'help', { user: ada, channel }).acknowledged()
    await slack.replay()
    expect(heard[1]?.body).toBe(heard[0]?.body)
    expect(heard[1]?.headers.get('x-slack-signature')).toBe(heard[0]?.headers.get('x-slack-signature'))
  })
})

describe('events (apis/events-api)', () => {
  it('come wrapped, with workspace, app and an id of their own', async () => {
    await slack.mention(channel, ada, 'hello')
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({
      type: 'event_callback',
      team_id: team.id,
      api_app_id: slack.app.id,
      event: { type: 'app_mention', user: ada.id, channel: channel.id, text: `<@${team.botUserId}> hello` },
      authorizations: [{ team_id: team.id, user_id: team.botUserId }],
    })
  })

  it('come again at once, after a minute and after five more, with the reason', async () => {
    status = 500
    const told = slack.mention(channel, ada, 'hello')
    await clock.advance(59_999)
    expect(heard).toHaveLength(2)
    await clock.advance(1)
    expect(heard).toHaveLength(3)
    await clock.advance(300_000)
    expect(heard.map(({ headers: sent }) => sent.get('x-slack-retry-num'))).toEqual([null, '1', '2', '3'])
    expect(heard[3]?.headers.get('x-slack-retry-reason')).toBe('http_error')
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1)
    expect(await told).toEqual({ kind: 'dispatch_failed', status: 500 })
  })

  it('do not come again where the app says so', async () => {
    status = 500
    headers = { 'x-slack-no-retry': '1' }
    await slack.mention(channel, ada, 'hello')
    expect(heard).toHaveLength(1)
  })

  it('that are acknowledged come once', async () => {
    await slack.mention(channel, ada, 'hello')
    await clock.advance(400_000)
    expect(heard).toHaveLength(1)
  })

  it('are not sent again for commands', async () => {
    status = 500
    const asked = slack.command('/papers', '', { user: ada, channel })
    expect(await asked.outcome()).toEqual({ kind: 'dispatch_failed', status: 500 })
    await clock.advance(400_000)
    expect(heard).toHaveLength(1)
  })

  it('tell of everything that happens to bot and channel', async () => {
    await slack.kick(channel, ada)
    await slack.invite(channel, ada)
    await slack.renameChannel(channel, 'reading')
    await slack.archive(channel, ada)
    await slack.unarchive(channel, ada)
    await slack.leaveChannel(channel, ada)
    await slack.deleteChannel(channel, ada)
    expect(eventsHeard()).toMatchObject([
      { type: 'channel_left', channel: channel.id },
      { type: 'member_joined_channel', user: team.botUserId, inviter: ada.id, channel_type: 'C' },
      { type: 'channel_rename', channel: { id: channel.id, name: 'reading' } },
      { type: 'channel_archive', user: ada.id },
      { type: 'channel_unarchive', user: ada.id },
      { type: 'member_left_channel', user: ada.id },
      { type: 'channel_deleted', channel: channel.id },
    ])
  })

  it('have other names in private channels', async () => {
    const board = slack.addChannel(team, { private: true })
    await slack.archive(board, ada)
    await slack.kick(board, ada)
    expect(eventsHeard()).toMatchObject([{ type: 'group_archive' }, { type: 'group_left' }])
  })

  it('of a private channel stop when the bot is out', async () => {
    const board = slack.addChannel(team, { private: true, member: false })
    await slack.renameChannel(board, 'elsewhere')
    expect(heard).toEqual([])
  })

  it('tell of the app being removed, twice over', async () => {
    await slack.uninstall(team)
    expect(eventsHeard()).toMatchObject([
      { type: 'tokens_revoked', tokens: { bot: [team.botUserId] } },
      { type: 'app_uninstalled' },
    ])
  })

  it('after the removal come no more, nor do commands', async () => {
    void slack.uninstall(team)
    heard = []
    expect(await slack.mention(channel, ada, 'hello')).toBeUndefined()
    expect(() => slack.command('/papers', '', { user: ada, channel })).toThrow('the app is not in Team 1')
  })

  it('need their scope', async () => {
    slack.setScopes(team, ['chat:write'])
    expect(await slack.mention(channel, ada, 'hello')).toBeUndefined()
    expect(await slack.renameChannel(channel, 'reading')).toBeUndefined()
    expect(heard).toEqual([])
  })

  it('of comings and goings are told where the bot is', async () => {
    const other = slack.addChannel(team, { member: false })
    expect(await slack.joinChannel(other, ada)).toBeUndefined()
  })

  it('can be anything', async () => {
    await slack.event(team, { type: 'team_rename', name: 'Other' })
    expect(eventsHeard()).toMatchObject([{ type: 'team_rename', name: 'Other' }])
  })
})
