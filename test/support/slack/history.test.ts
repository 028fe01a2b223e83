import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listOf, objectOf, textOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam, FakeUser } from './fake-types.ts'
import { USUAL_SCOPES } from './rules.ts'

const QUIET = { unfurl_links: false, unfurl_media: false }
let clock: SimulatedClock
let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel
let ada: FakeUser

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  slack = await createFakeSlack({ clock, listen: false })
  team = slack.addTeam()
  ada = slack.addUser(team, { name: 'ada' })
  channel = slack.addChannel(team, { creator: ada })
})
afterEach(() => slack.close())

const call = (method: string, args: Record<string, unknown> = {}) => callApi(slack, team.token, method, args)
const post = (args: Record<string, unknown> = {}) =>
  call('chat.postMessage', { channel: channel.id, text: 'one', ...QUIET, ...args })
const errorOf = async (answer: Promise<{ body: unknown }>) => objectOf((await answer).body).error
const history = async (args: Record<string, unknown> = {}) =>
  listOf((await call('conversations.history', { channel: channel.id, ...args })).body.messages).map(objectOf)
const replies = async (ts: unknown, args: Record<string, unknown> = {}) =>
  listOf((await call('conversations.replies', { channel: channel.id, ts, ...args })).body.messages).map(objectOf)

describe('threads', () => {
  it('keep replies out of history and under their parent', async () => {
    const { body } = await post()
    await post({ text: 'reply', thread_ts: body.ts })
    await clock.advance(2_000)
    expect(await history()).toMatchObject([{ text: 'one', reply_count: 1 }])
    expect(await replies(body.ts)).toMatchObject([{ text: 'one' }, { text: 'reply', thread_ts: body.ts }])
  })

  it('show a broadcast reply in history', async () => {
    const { body } = await post()
    await post({ text: 'reply', thread_ts: body.ts, reply_broadcast: true })
    await clock.advance(2_000)
    expect((await history()).map(({ text }) => text)).toEqual(['reply', 'one'])
  })

  it('let a reply to a deleted parent fall into the channel, without a word (slack-go#1571)', async () => {
    const { body } = await post()
    await call('chat.delete', { channel: channel.id, ts: body.ts })
    const reply = await post({ text: 'reply', thread_ts: body.ts })
    expect(reply.body.ok).toBe(true)
    expect(objectOf(reply.body.message)).not.toHaveProperty('thread_ts')
  })

  it('leave a tombstone for a deleted parent that has replies', async () => {
    const { body } = await post()
    await post({ text: 'reply', thread_ts: body.ts })
    await call('chat.delete', { channel: channel.id, ts: body.ts })
    await clock.advance(2_000)
    expect(await history()).toMatchObject([{ subtype: 'tombstone' }])
  })

  it('note the ts of a reply where the parent is meant', async () => {
    const { body } = await post()
    const reply = await post({ thread_ts: body.ts })
    await post({ text: 'deep', thread_ts: reply.body.ts })
    expect(slack.messages(channel).at(-1)?.threadTs).toBe(body.ts)
    expect(slack.violations).toMatchObject([{ rule: 'thread-of-reply' }])
  })

  it('that are unknown are not found', async () => {
    expect(await errorOf(call('conversations.replies', { channel: channel.id, ts: '1.000000' }))).toBe(
      'thread_not_found',
    )
  })

  it('come in pages, the parent first', async () => {
    const { body } = await post()
    for (const text of ['a', 'b', 'c']) await post({ text, thread_ts: body.ts, channel: channel.id })
    await clock.advance(2_000)
    const first = await call('conversations.replies', { channel: channel.id, ts: body.ts, limit: 2 })
    const cursor = textOf(objectOf(first.body.response_metadata).next_cursor)
    expect(first.body).toMatchObject({ has_more: true, messages: [{ text: 'one' }, { text: 'a' }] })
    expect((await replies(body.ts, { limit: 2, cursor })).map(({ text }) => text)).toEqual(['b', 'c'])
  })
})

describe('history (conversations.history)', () => {
  it('lags two seconds behind', async () => {
    await post()
    await clock.advance(1_999)
    expect(await history()).toEqual([])
    await clock.advance(1)
    expect(await history()).toHaveLength(1)
  })

  it('comes newest first, between oldest and latest, which are exclusive unless told', async () => {
    const { body } = await post({ text: 'a' })
    await clock.advance(5_000)
    await post({ text: 'b' })
    await clock.advance(2_000)
    expect((await history()).map(({ text }) => text)).toEqual(['b', 'a'])
    expect((await history({ oldest: body.ts })).map(({ text }) => text)).toEqual(['b'])
    expect((await history({ oldest: body.ts, inclusive: true })).map(({ text }) => text)).toEqual(['b', 'a'])
    expect((await history({ latest: body.ts, inclusive: true })).map(({ text }) => text)).toEqual(['a'])
  })

  it('comes in pages', async () => {
    await post({ text: 'a' })
    await post({ text: 'b' })
    await clock.advance(2_000)
    const first = await call('conversations.history', { channel: channel.id, limit: 1 })
    const cursor = textOf(objectOf(first.body.response_metadata).next_cursor)
    expect(first.body).toMatchObject({ has_more: true, messages: [{ text: 'b' }] })
    expect(await history({ limit: 1, cursor })).toMatchObject([{ text: 'a' }])
    expect(await errorOf(call('conversations.history', { channel: channel.id, cursor: 'junk' }))).toBe('invalid_cursor')
  })

  it('needs membership', async () => {
    void slack.kick(channel, ada)
    expect(await errorOf(call('conversations.history', { channel: channel.id }))).toBe('not_in_channel')
  })

  it('needs the history scope of the channel, and names it', async () => {
    const scopes = USUAL_SCOPES.filter((scope) => scope !== 'channels:history')
    slack.setScopes(team, scopes)
    expect((await call('conversations.history', { channel: channel.id })).body).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'channels:history',
      provided: scopes.join(','),
    })
  })

  it('holds no ephemeral messages', async () => {
    await call('chat.postEphemeral', { channel: channel.id, user: ada.id, text: 'psst' })
    await clock.advance(2_000)
    expect(await history()).toEqual([])
    expect(slack.ephemerals(channel, ada)).toMatchObject([{ text: 'psst' }])
  })
})
