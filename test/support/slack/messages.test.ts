import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listOf, objectOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam, FakeUser } from './fake-types.ts'
import { USUAL_SCOPES } from './rules.ts'

const QUIET = { unfurl_links: false, unfurl_media: false }
const METADATA = { event_type: 'digest_part', event_payload: { digest: 'd1', part: 2 } }
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

describe('posting (chat.postMessage)', () => {
  it('gives channel, a ts of seconds and microseconds, and the message', async () => {
    const { body } = await post({ metadata: METADATA })
    expect(body).toMatchObject({ ok: true, channel: channel.id, message: { text: 'one', bot_id: team.botId } })
    expect(body.ts).toMatch(/^1795521600\.\d{6}$/)
    expect(slack.messages(channel)).toMatchObject([{ text: 'one', byBot: true, metadata: METADATA }])
  })

  it('never gives the same ts twice', async () => {
    const first = await post()
    const second = await post()
    expect(Number(second.body.ts)).toBeGreaterThan(Number(first.body.ts))
  })

  it('needs the bot in the channel', async () => {
    const other = slack.addChannel(team, { member: false })
    expect(await errorOf(post({ channel: other.id }))).toBe('not_in_channel')
  })

  it('reaches public channels without membership with chat:write.public', async () => {
    const other = slack.addChannel(team, { member: false })
    slack.setScopes(team, [...USUAL_SCOPES, 'chat:write.public'])
    expect((await post({ channel: other.id })).body.ok).toBe(true)
  })

  it('knows nothing of private channels without the bot', async () => {
    const hidden = slack.addChannel(team, { private: true, member: false })
    expect(await errorOf(post({ channel: hidden.id }))).toBe('channel_not_found')
  })

  it('is refused in an archived channel', async () => {
    void slack.archive(channel, ada)
    expect(await errorOf(post())).toBe('is_archived')
  })

  it('knows no channel of another workspace', async () => {
    const other = slack.addTeam()
    expect(await errorOf(post({ channel: slack.addChannel(other).id }))).toBe('channel_not_found')
  })

  it('to a person lands in their direct messages', async () => {
    const { body } = await post({ channel: ada.id })
    expect(body.channel).toBe(slack.directMessages(ada).id)
    expect(slack.messages(slack.directMessages(ada))).toHaveLength(1)
  })

  it('cannot reach another bot', async () => {
    const bot = slack.addUser(team, { bot: true })
    expect(await errorOf(post({ channel: bot.id }))).toBe('cannot_dm_bot')
  })

  it('needs something to say', async () => {
    expect(await errorOf(post({ text: '' }))).toBe('no_text')
  })

  it('cuts text off after 40,000 characters and says so', async () => {
    const { body } = await post({ text: 'x'.repeat(40_001) })
    expect(body.warning).toBe('message_truncated')
    expect(slack.messages(channel)[0]?.fallback).toHaveLength(40_000)
    expect(slack.violations.map(({ rule }) => rule)).toContain('text-truncated')
  })

  it('takes markdown_text or text, not both', async () => {
    expect(await errorOf(post({ markdown_text: '**one**' }))).toBe('markdown_text_conflict')
  })

  it('unfurls unless told, which is noted', async () => {
    await call('chat.postMessage', { channel: channel.id, text: 'one' })
    expect(slack.violations).toMatchObject([{ rule: 'unfurls' }])
  })

  it('under another name needs chat:write.customize', async () => {
    expect(await errorOf(post({ username: 'Owl' }))).toBe('missing_scope')
  })
})

describe('metadata (messaging/message-metadata)', () => {
  it.each([
    ['no payload', { event_type: 'digest' }, 'invalid_metadata_format'],
    ['a type with spaces', { event_type: 'a digest', event_payload: {} }, 'invalid_metadata_format'],
    ['lists of texts', { event_type: 'digest', event_payload: { papers: ['a'] } }, 'invalid_metadata_schema'],
    ['more than fits', { event_type: 'digest', event_payload: { a: 'x'.repeat(9_000) } }, 'metadata_too_large'],
  ])('is refused with %s', async (_, metadata, error) => {
    expect(await errorOf(post({ metadata }))).toBe(error)
    expect(slack.messages(channel)).toEqual([])
  })

  it('comes back in full only with include_all_metadata (python-slack-sdk#1501)', async () => {
    await post({ metadata: METADATA })
    await clock.advance(2_000)
    expect(await history()).toMatchObject([{ metadata: { event_type: 'digest_part', event_payload: {} } }])
    expect(await history({ include_all_metadata: true })).toMatchObject([{ metadata: METADATA }])
  })

  it('can be copied by another app', async () => {
    slack.foreignPost(channel, { text: 'mine', metadata: METADATA })
    await clock.advance(2_000)
    const [message] = await history({ include_all_metadata: true })
    expect(message).toMatchObject({ metadata: METADATA })
    expect(message?.bot_id).not.toBe(team.botId)
  })
})

describe('editing and deleting (chat.update, chat.delete)', () => {
  const edit = (ts: unknown, args: Record<string, unknown> = { text: 'two' }) =>
    call('chat.update', { channel: channel.id, ts, ...args })

  it('changes text and blocks and keeps metadata', async () => {
    const { body } = await post({ metadata: METADATA, blocks: [{ type: 'divider' }] })
    expect((await edit(body.ts)).body).toMatchObject({ ok: true, text: 'two' })
    expect(slack.messages(channel)).toMatchObject([{ text: 'two', blocks: [], metadata: METADATA }])
    expect(slack.messages(channel)[0]?.editedAt).toBe(clock.now())
  })

  it('takes metadata away when given an empty object', async () => {
    const { body } = await post({ metadata: METADATA })
    await edit(body.ts, { text: 'two', metadata: {} })
    expect(slack.messages(channel)[0]).not.toHaveProperty('metadata')
  })

  it('finds no message that is not there', async () => {
    expect(await errorOf(edit('1.000000'))).toBe('message_not_found')
  })

  it('leaves the messages of others alone', async () => {
    const theirs = slack.say(channel, ada, 'hello')
    expect(await errorOf(edit(theirs.ts))).toBe('cant_update_message')
    expect(await errorOf(call('chat.delete', { channel: channel.id, ts: theirs.ts }))).toBe('cant_delete_message')
  })

  it('is over when the workspace says so', async () => {
    team = slack.addTeam({ editWindowMs: 3_600_000 })
    channel = slack.addChannel(team)
    const { body } = await post()
    await clock.advance(3_600_001)
    expect(await errorOf(edit(body.ts))).toBe('edit_window_closed')
  })

  it('refuses text that posting would cut off', async () => {
    const { body } = await post()
    expect(await errorOf(edit(body.ts, { text: 'x'.repeat(40_001) }))).toBe('msg_too_long')
  })

  it('is refused in an archived channel', async () => {
    const { body } = await post()
    void slack.archive(channel, ada)
    expect(await errorOf(edit(body.ts))).toBe('is_inactive')
  })
})
