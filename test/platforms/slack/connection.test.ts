import { expect, test } from 'vitest'
import type { Actor, PostResult } from '../../../src/delivery/platform.ts'
import type { ChannelId, TenantId } from '../../../src/message/channel.ts'
import { notice } from '../../../src/message/message.ts'
import { createSlack } from '../../../src/platforms/slack/connection.ts'
import { aPart } from '../../conformance/platform.ts'
import { aPaperView } from '../../support/console-messages.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { API, keptLog, loseReply, SECRET, slackStub, sleepingClock, throttle } from './stub.ts'

const CHANNEL = 'slack:T012/C345' as ChannelId
const unhurried = new AbortController().signal

function aSlack() {
  const clock = sleepingClock()
  const stub = slackStub(clock)
  const { log, events } = keptLog()
  const slack = createSlack(
    { apiUrl: API, botToken: 'xoxb-test', signingSecret: SECRET },
    { clock, fetch: stub.fetch, store: openMemoryStore(), log },
  )
  const post = (name = 'one', channel = CHANNEL) => slack.post(channel, aPart(name), unhurried)
  const find = (name = 'one', channel = CHANNEL) => slack.find(channel, aPart(name), 0, unhurried)
  const posts = () => stub.sent.filter(({ method }) => method === 'chat.postMessage')
  return { clock, stub, events, slack, post, find, posts }
}

test('a posted part has its address, without a further request', async () => {
  const { post, stub } = aSlack()
  expect(await post()).toEqual({
    kind: 'posted',
    receipt: { id: '1795510800.000001', url: 'https://team.slack.com/archives/C345/p1795510800000001' },
  })
  expect(stub.sent.map(({ method }) => method)).toEqual(['auth.test', 'chat.postMessage'])
})

test('posts to several channels at once ask only once who we are', async () => {
  const { post, stub } = aSlack()
  await Promise.all(['C1', 'C2', 'C3'].map((id) => post(id, `slack:T012/${id}` as ChannelId)))
  expect(stub.sent.filter(({ method }) => method === 'auth.test')).toHaveLength(1)
})

test('a message is sent literally, with its key, and without unfolding links', async () => {
  const { post, posts } = aSlack()
  await post()
  expect(posts()[0]?.args).toMatchObject({
    channel: 'C345',
    mrkdwn: 'false',
    parse: 'none',
    link_names: 'false',
    unfurl_links: 'false',
    unfurl_media: 'false',
    metadata: JSON.stringify({ event_type: 'paperboy_part', event_payload: { key: aPart('one').key } }),
  })
})

test('a part in a thread is posted and found there', async () => {
  const { slack, post, stub } = aSlack()
  const first = await post('parent')
  if (first.kind !== 'posted') throw new Error(first.kind)
  const reply = { ...aPart('reply'), parent: first.receipt }
  const posted = await slack.post(CHANNEL, reply, unhurried)
  expect(posted).toMatchObject({ kind: 'posted', receipt: { parent: first.receipt.id } })
  expect(await slack.find(CHANNEL, reply, 0, unhurried)).toEqual({
    kind: 'found',
    receipt: posted.kind === 'posted' ? posted.receipt : undefined,
  })
  expect(stub.sent.at(-1)?.method).toBe('conversations.replies')
})

test('a thread whose parent is gone holds no part', async () => {
  const { slack, stub } = aSlack()
  stub.answer('conversations.replies', { ok: false, error: 'thread_not_found' })
  const reply = { ...aPart('reply'), parent: { id: '1.000001' } }
  expect(await slack.find(CHANNEL, reply, 0, unhurried)).toEqual({ kind: 'absent' })
})

test.each<[string, Partial<PostResult>]>([
  ['not_in_channel', { kind: 'refused', reason: 'not-in-channel', until: 'invited' }],
  ['channel_not_found', { kind: 'refused', reason: 'not-in-channel', until: 'invited' }],
  ['is_archived', { kind: 'refused', reason: 'archived', until: 'permitted' }],
  ['restricted_action', { kind: 'refused', reason: 'forbidden', until: 'permitted' }],
  ['restricted_action_read_only_channel', { kind: 'refused', reason: 'forbidden', until: 'permitted' }],
  ['missing_scope', { kind: 'refused', reason: 'forbidden', until: 'permitted' }],
  ['invalid_auth', { kind: 'refused', reason: 'unauthorized', until: 'permitted' }],
  ['token_revoked', { kind: 'refused', reason: 'unauthorized', until: 'permitted' }],
  ['account_inactive', { kind: 'refused', reason: 'unauthorized', until: 'permitted' }],
  ['msg_too_long', { kind: 'refused', reason: 'too-big', until: 'plainer' }],
  ['msg_blocks_too_long', { kind: 'refused', reason: 'too-big', until: 'plainer' }],
  ['invalid_blocks', { kind: 'refused', reason: 'invalid', until: 'plainer' }],
  ['thread_not_found', { kind: 'refused', reason: 'message-gone', until: 'never' }],
  ['ratelimited', { kind: 'throttled', retryAfterMs: 30_000, scope: 'tenant' }],
  ['message_limit_exceeded', { kind: 'throttled', retryAfterMs: 60_000, scope: 'tenant' }],
  ['fatal_error', { kind: 'unknown', cause: 'Slack answered fatal_error' }],
  ['internal_error', { kind: 'unknown', cause: 'Slack answered internal_error' }],
  ['an_error_of_next_year', { kind: 'unknown', cause: 'Slack answered an_error_of_next_year' }],
  ['constructor', { kind: 'unknown' }],
])('%s', async (error, outcome) => {
  const { stub, post, posts } = aSlack()
  stub.answer('chat.postMessage', { ok: false, error })
  expect(await post()).toMatchObject(outcome)
  expect(posts()).toHaveLength(1)
})

test.each<[string, () => Promise<Response>]>([
  ['a 500', async () => new Response('oops', { status: 500 })],
  ['a 503 with a page', async () => new Response('<html>', { status: 503 })],
  ['a page instead of JSON', async () => new Response('<html>down</html>')],
  ['half an answer', async () => new Response('{"ok":tr')],
  ['an answer without the message', async () => Response.json({ ok: true })],
  ['an empty answer', async () => new Response('')],
  ['a reset', () => loseReply(() => {})],
])('after %s the outcome is open, and the request is not repeated', async (_, act) => {
  const { stub, post, posts } = aSlack()
  stub.fault('chat.postMessage', act)
  expect((await post()).kind).toBe('unknown')
  expect(posts()).toHaveLength(1)
})

test('a 429 that does not say how long is waited out for half a minute', async () => {
  const { stub, post } = aSlack()
  stub.fault('chat.postMessage', throttle())
  expect(await post()).toEqual({ kind: 'throttled', retryAfterMs: 30_000, scope: 'tenant' })
})

test('messages to one channel are a second apart', async () => {
  const { post, posts } = aSlack()
  for (const name of ['one', 'two', 'three']) await post(name)
  const [first = 0, second = 0, third = 0] = posts().map(({ at }) => at)
  expect(second - first).toBeGreaterThanOrEqual(1000)
  expect(third - second).toBeGreaterThanOrEqual(1000)
})

test('while Slack does not say who we are, nothing is posted, and nothing has to be looked for', async () => {
  const { stub, post, posts } = aSlack()
  stub.fault('auth.test', loseReply)
  expect(await post()).toEqual({ kind: 'throttled', retryAfterMs: 10_000, scope: 'platform' })
  expect(posts()).toEqual([])
  expect((await post()).kind).toBe('posted')
})

test('nothing is posted to, or looked for in, a workspace that is not the token’s', async () => {
  const { post, find, posts } = aSlack()
  const foreign = 'slack:T999/C345' as ChannelId
  expect(await post('one', foreign)).toMatchObject({ kind: 'refused', reason: 'unauthorized' })
  expect((await find('one', foreign)).kind).toBe('cannot-look')
  expect(posts()).toEqual([])
})

test('a message that would be several is refused as too big, and nothing is posted', async () => {
  const { slack, posts } = aSlack()
  const nodes = Array.from({ length: 60 }, () => ({ kind: 'paper' as const, paper: aPaperView() }))
  const part = { ...aPart('big'), message: { summary: 'Many', nodes } }
  expect(await slack.post(CHANNEL, part, unhurried)).toMatchObject({
    kind: 'refused',
    reason: 'too-big',
    until: 'plainer',
  })
  expect(posts()).toEqual([])
})

test('a person’s direct messages are opened once, and posted to', async () => {
  const { post, find, posts, stub } = aSlack()
  const direct = 'slack:T012/@U678' as ChannelId
  expect((await post('one', direct)).kind).toBe('posted')
  expect((await post('two', direct)).kind).toBe('posted')
  expect((await find('one', direct)).kind).toBe('found')
  expect(posts().map(({ args }) => args.channel)).toEqual(['DU678', 'DU678'])
  expect(stub.sent.filter(({ method }) => method === 'conversations.open')).toHaveLength(1)
})

test('a part is found behind many pages of others', async () => {
  const { post, find, stub } = aSlack()
  await post('one')
  for (let at = 0; at < 450; at++)
    stub.messagesIn('C345').push({ ts: `1795510801.${String(at).padStart(6, '0')}`, user: 'U1', text: 'Hi' })
  expect((await find('one')).kind).toBe('found')
  expect(stub.sent.filter(({ method }) => method === 'conversations.history')).toHaveLength(3)
})

test('a part is known by its block where its metadata is not shown, and not by what others copied', async () => {
  const { post, find, stub } = aSlack()
  await post('one')
  const [message] = stub.messagesIn('C345')
  const { metadata: _gone, ...bare } = message ?? { ts: '1.000001' }
  stub.messagesIn('C345').splice(0, 1, bare)
  expect((await find('one')).kind).toBe('found')
  stub.messagesIn('C345').splice(0, 1, { ...message, ts: bare.ts, user: 'U1', bot_id: 'B0OTHER' })
  expect(await find('one')).toEqual({ kind: 'absent' })
})

test.each(['missing_scope', 'not_in_channel', 'channel_not_found', 'no_permission', 'token_revoked'])(
  'with %s it says that it cannot look',
  async (error) => {
    const { find, stub } = aSlack()
    stub.answer('conversations.history', { ok: false, error })
    const found = await find()
    expect(found).toMatchObject({ kind: 'cannot-look' })
    expect(found.kind === 'cannot-look' && found.why).toContain(error)
  },
)

test.each<[string, () => Promise<Response>]>([
  ['a 500', async () => new Response('', { status: 500 })],
  ['a 429', throttle(60)],
  ['internal_error', async () => Response.json({ ok: false, error: 'internal_error' })],
  ['what can’t be read', async () => Response.json({ ok: true, messages: [{ text: 'no ts' }] })],
  ['more of which it does not say where', async () => Response.json({ ok: true, messages: [], has_more: true })],
  ['nothing at all', async () => Response.json({ ok: true })],
])('after %s it rejects: a failed look is never taken for an empty channel', async (_, act) => {
  const { find, stub } = aSlack()
  stub.fault('conversations.history', act)
  await expect(find()).rejects.toThrow()
})

test.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
  'an edit is given up at %s',
  async (error) => {
    const { slack, stub } = aSlack()
    stub.answer('chat.update', { ok: false, error })
    const edited = await slack.edit(CHANNEL, { id: '1.000001' }, aPart('one'), unhurried)
    expect(edited).toMatchObject({ kind: 'refused', until: 'never' })
  },
)

test('an edit is as literal as the post was, and keeps the key', async () => {
  const { slack, post, stub } = aSlack()
  const posted = await post()
  if (posted.kind !== 'posted') throw new Error(posted.kind)
  await slack.edit(CHANNEL, posted.receipt, aPart('one', 'New'), unhurried)
  expect(stub.sent.at(-1)?.args).toMatchObject({ ts: posted.receipt.id, parse: 'none', link_names: 'false' })
  expect(stub.messagesIn('C345')[0]).toMatchObject({ metadata: { event_payload: { key: aPart('one').key } } })
})

test('somebody is told in their direct messages', async () => {
  const { slack, posts } = aSlack()
  const actor: Actor = { platform: 'slack', tenant: 'slack:T012' as TenantId, id: 'U678', name: 'Ada', rank: 'member' }
  await slack.tell(actor, notice('info', 'Hello'))
  expect(posts()[0]?.args.channel).toBe('DU678')
})

test('what nobody could be told rejects', async () => {
  const { slack, stub } = aSlack()
  stub.answer('conversations.open', { ok: false, error: 'user_not_found' })
  const actor: Actor = { platform: 'slack', tenant: 'slack:T012' as TenantId, id: 'U678', name: 'Ada', rank: 'member' }
  await expect(slack.tell(actor, notice('info', 'Hello'))).rejects.toThrow('there is no such person any more')
})

test('no token stands in what is logged or answered', async () => {
  const { post, stub, events } = aSlack()
  stub.answer('auth.test', { ok: false, error: 'invalid_auth' })
  expect(JSON.stringify([await post(), events])).not.toContain('xoxb-test')
})
