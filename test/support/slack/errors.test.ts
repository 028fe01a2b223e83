import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { objectOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam, FakeUser } from './fake-types.ts'

let clock: SimulatedClock
let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel
let ada: FakeUser

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  slack = await createFakeSlack({ clock, listen: false })
  team = slack.addTeam({ name: 'Group Theory' })
  ada = slack.addUser(team, { name: 'ada', admin: true, tz: 'Europe/Berlin', tzOffset: 3_600, locale: 'de-DE' })
  channel = slack.addChannel(team, { name: 'papers', creator: ada })
})
afterEach(() => slack.close())

const call = (method: string, args: Record<string, unknown> = {}, token: string | undefined = team.token) =>
  callApi(slack, token, method, args)
const errorOf = async (answer: Promise<{ body: unknown }>) => objectOf((await answer).body).error

describe('tokens', () => {
  it('are needed', async () => {
    expect(await errorOf(callApi(slack, undefined, 'auth.test'))).toBe('not_authed')
  })

  it('must be known', async () => {
    expect(await errorOf(call('auth.test', {}, 'xoxb-nobody'))).toBe('invalid_auth')
  })

  it('are of the kind that the method takes', async () => {
    expect(await errorOf(call('auth.test', {}, slack.app.appToken))).toBe('not_allowed_token_type')
    expect(await errorOf(call('apps.connections.open'))).toBe('not_allowed_token_type')
  })

  it('that were revoked are answered so', async () => {
    void slack.revokeToken(team)
    expect(await errorOf(call('auth.test'))).toBe('token_revoked')
  })

  it('of a removed app are inactive, and its bot is in no channel', async () => {
    void slack.uninstall(team)
    expect(await errorOf(call('auth.test'))).toBe('account_inactive')
  })

  it('revoke themselves (auth.revoke)', async () => {
    expect((await call('auth.revoke')).body.revoked).toBe(true)
    expect(await errorOf(call('auth.test'))).toBe('token_revoked')
  })

  it('tell their scopes in a header', async () => {
    expect((await call('auth.test')).headers.get('x-oauth-scopes')).toContain('chat:write')
  })

  it('without a scope are told what they need and have', async () => {
    slack.setScopes(team, ['chat:write'])
    const { body } = await call('users.info', { user: ada.id })
    expect(body).toEqual({ ok: false, error: 'missing_scope', needed: 'users:read', provided: 'chat:write' })
  })
})

describe('who is who', () => {
  it('auth.test names bot, user and workspace', async () => {
    expect((await call('auth.test')).body).toMatchObject({
      team_id: team.id,
      team: 'Group Theory',
      user_id: team.botUserId,
      bot_id: team.botId,
      url: 'https://group-theory.slack.com/',
    })
  })

  it('users.info tells rank and time zone, and the locale where it is asked for', async () => {
    const { body } = await call('users.info', { user: ada.id })
    expect(body.user).toMatchObject({ is_admin: true, is_owner: false, tz: 'Europe/Berlin', tz_offset: 3_600 })
    expect(body.user).not.toHaveProperty('locale')
    const asked = await call('users.info', { user: ada.id, include_locale: true })
    expect(asked.body.user).toMatchObject({ locale: 'de-DE' })
  })

  it('a deactivated person has no rank', async () => {
    slack.deactivate(ada)
    const { body } = await call('users.info', { user: ada.id })
    expect(body.user).toMatchObject({ deleted: true })
    expect(body.user).not.toHaveProperty('is_admin')
  })

  it('people of another workspace are not found', async () => {
    const stranger = slack.addUser(slack.addTeam())
    expect(await errorOf(call('users.info', { user: stranger.id }))).toBe('user_not_found')
  })

  it('team.info names the workspace', async () => {
    expect((await call('team.info')).body.team).toMatchObject({ id: team.id, domain: 'group-theory' })
  })

  it('bots.info names the app', async () => {
    expect((await call('bots.info', { bot: team.botId })).body.bot).toMatchObject({ app_id: slack.app.id })
  })
})

describe('conversations', () => {
  it('info tells membership, privacy and creator', async () => {
    const { body } = await call('conversations.info', { channel: channel.id })
    expect(body.channel).toMatchObject({ name: 'papers', is_member: true, is_private: false, creator: ada.id })
  })

  it('deleted are not found', async () => {
    void slack.deleteChannel(channel, ada)
    expect(await errorOf(call('conversations.info', { channel: channel.id }))).toBe('channel_not_found')
  })

  it('list gives what the types ask for, in pages', async () => {
    slack.addChannel(team, { name: 'seminar', member: false })
    slack.addChannel(team, { name: 'hidden', private: true, member: false })
    slack.addChannel(team, { name: 'board', private: true })
    const types = 'public_channel,private_channel'
    expect((await call('conversations.list', { types })).body.channels).toMatchObject([
      { name: 'papers' },
      { name: 'seminar' },
      { name: 'board' },
    ])
    const { body } = await call('conversations.list', { types, limit: 2 })
    expect(objectOf(body.response_metadata).next_cursor).not.toBe('')
  })

  it('list leaves archived ones out when asked', async () => {
    void slack.archive(channel, ada)
    expect((await call('conversations.list', { exclude_archived: true })).body.channels).toEqual([])
  })

  it('users.conversations gives those that the bot is in', async () => {
    slack.addChannel(team, { name: 'seminar', member: false })
    expect((await call('users.conversations')).body.channels).toMatchObject([{ name: 'papers' }])
  })

  it('members lists people and bot', async () => {
    expect((await call('conversations.members', { channel: channel.id })).body.members).toEqual([
      team.botUserId,
      ada.id,
    ])
  })

  it('open gives the same direct messages each time', async () => {
    const first = await call('conversations.open', { users: ada.id })
    expect((await call('conversations.open', { users: ada.id })).body).toEqual(first.body)
  })

  it.each([
    ['a bot', { bot: true }, 'cannot_dm_bot'],
    ['somebody who left', { deleted: true }, 'user_disabled'],
  ])('open is refused for %s', async (_, options, error) => {
    expect(await errorOf(call('conversations.open', { users: slack.addUser(team, options).id }))).toBe(error)
  })

  it('join makes the bot a member of a public channel', async () => {
    const seminar = slack.addChannel(team, { member: false })
    await call('conversations.join', { channel: seminar.id })
    expect((await call('conversations.info', { channel: seminar.id })).body.channel).toMatchObject({ is_member: true })
  })

  it('that the bot was kicked from take it back when invited', async () => {
    void slack.kick(channel, ada)
    expect(await errorOf(call('chat.postMessage', { channel: channel.id, text: 'one' }))).toBe('not_in_channel')
    void slack.invite(channel, ada)
    expect((await call('chat.postMessage', { channel: channel.id, text: 'one' })).body.ok).toBe(true)
  })
})

describe('installing (oauth.v2.access)', () => {
  const exchange = (code: string, more: Record<string, unknown> = {}) =>
    callApi(slack, undefined, 'oauth.v2.access', {
      client_id: slack.app.clientId,
      client_secret: slack.app.clientSecret,
      code,
      ...more,
    })

  it('gives a token for a code, once', async () => {
    const other = slack.addTeam({ installed: false })
    const code = slack.grant(other, slack.addUser(other))
    const { body } = await exchange(code)
    expect(body).toMatchObject({ ok: true, team: { id: other.id }, bot_user_id: other.botUserId })
    expect((await call('auth.test', {}, String(body.access_token))).body.team_id).toBe(other.id)
    expect(await errorOf(exchange(code))).toBe('invalid_code')
  })

  it('wants the redirect URI of the page', async () => {
    const code = slack.grant(team, ada, 'https://example.org/back')
    expect(await errorOf(exchange(code))).toBe('bad_redirect_uri')
  })

  it('wants the right secret', async () => {
    expect(await errorOf(exchange('x', { client_secret: 'guess' }))).toBe('bad_client_secret')
  })
})

it('an unknown method is answered so and noted', async () => {
  expect(await errorOf(call('chat.shout'))).toBe('unknown_method')
  expect(slack.violations).toMatchObject([{ rule: 'unknown-method' }])
})
