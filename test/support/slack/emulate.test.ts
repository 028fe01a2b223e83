import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isObject, type JsonObject, listOf, objectOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'

/**
 * The fake beside `emulate` 0.12.2, a Slack by others: the same questions have the same answers, but for the points below,
 * where a sourced rule says otherwise and the fake follows the rule.
 */
interface Side {
  readonly channel: string
  readonly user: string
  ask(method: string, args?: Record<string, unknown>): Promise<JsonObject>
}

let emulator: Emulator
let slack: FakeSlack
let theirs: Side
let ours: Side

beforeAll(async () => {
  const scopes = ['chat:write', 'channels:history', 'channels:read', 'users:read', 'im:write']
  emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      tokens: { 'xoxb-emulated': { login: 'U0BOT', scopes } },
      slack: {
        team: { name: 'Team 1', domain: 'team-1' },
        users: [
          { id: 'U0BOT', name: 'paperboy', is_bot: true },
          { id: 'U0ADA', name: 'ada' },
        ],
        channels: [{ id: 'C0PAPERS', name: 'papers' }],
        bots: [{ name: 'paperboy' }],
      },
    },
  })
  const ask = async (method: string, args: Record<string, unknown> = {}) => {
    const response = await fetch(new URL(`/api/${method}`, emulator.url.replace('localhost', '127.0.0.1')), {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-emulated', 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(args),
    })
    return objectOf(await response.json())
  }
  const list = listOf((await ask('conversations.list')).channels).map(objectOf)
  const users = listOf((await ask('users.list')).members).map(objectOf)
  const idOf = (all: readonly JsonObject[], name: string) => String(all.find((each) => each.name === name)?.id)
  theirs = { channel: idOf(list, 'papers'), user: idOf(users, 'ada'), ask }

  const clock = new SimulatedClock('2026-11-24T12:00:00Z')
  slack = await createFakeSlack({ clock, listen: false })
  const team = slack.addTeam({ scopes })
  const ada = slack.addUser(team, { name: 'ada' })
  const channel = slack.addChannel(team, { name: 'papers', creator: ada })
  ours = {
    channel: channel.id,
    user: ada.id,
    async ask(method, args) {
      // emulate knows neither lag nor limits.
      await clock.advance(2_000)
      return (await callApi(slack, team.token, method, args)).body
    },
  }
})
afterAll(async () => {
  await emulator.close()
  await slack.close()
})

/** What both say: `ok`, the error, and the kinds of the fields named. */
const both = async (talk: (side: Side) => Promise<unknown>) => [await talk(theirs), await talk(ours)]

describe('emulate and the fake agree', () => {
  it.each<[string, string, (side: Side) => Record<string, unknown>]>([
    ['an empty message', 'chat.postMessage', ({ channel }) => ({ channel })],
    ['no channel', 'chat.postMessage', () => ({ text: 'one' })],
    ['an unknown channel', 'chat.postMessage', () => ({ channel: 'C0NOWHERE', text: 'one' })],
    ['metadata that is no object', 'chat.postMessage', ({ channel }) => ({ channel, text: 'one', metadata: '[]' })],
    ['an unknown message', 'chat.update', ({ channel }) => ({ channel, ts: '1.000000', text: 'one' })],
    ['an unknown message', 'chat.delete', ({ channel }) => ({ channel, ts: '1.000000' })],
    ['an unknown channel', 'conversations.history', () => ({ channel: 'C0NOWHERE' })],
    ['an unknown channel', 'conversations.info', () => ({ channel: 'C0NOWHERE' })],
    ['an unknown person', 'users.info', () => ({ user: 'U0NOBODY' })],
    [
      'an unknown trigger',
      'views.open',
      () => ({ trigger_id: 'guess', view: { type: 'modal', title: { type: 'plain_text', text: 'A' }, blocks: [] } }),
    ],
  ])('on %s (%s)', async (_, method, args) => {
    const [a, b] = await both(async (side) => (await side.ask(method, args(side))).error)
    expect(b).toBe(a)
  })

  it('on the life of a message: posted, replied to, read, edited, deleted', async () => {
    const [a, b] = await both(async ({ ask, channel }) => {
      const metadata = { event_type: 'digest', event_payload: { n: 1 } }
      const blocks = [{ type: 'divider', block_id: 'd' }]
      const posted = await ask('chat.postMessage', { channel, text: 'one', blocks, metadata })
      const { ts } = posted
      await ask('chat.postMessage', { channel, text: 'reply', thread_ts: ts })
      const history = await ask('conversations.history', { channel, include_all_metadata: true })
      const replies = await ask('conversations.replies', { channel, ts })
      const edited = await ask('chat.update', { channel, ts, text: 'two' })
      const after = await ask('conversations.history', { channel, include_all_metadata: true })
      await ask('chat.delete', { channel, ts })
      return {
        posted: [posted.ok, /^\d{10}\.\d{6}$/.test(String(ts)), objectOf(posted.message).text],
        history: listOf(history.messages)
          .filter(isObject)
          .map(({ text, blocks: read, metadata: kept, reply_count: count }) => ({ text, read, kept, count })),
        replies: listOf(replies.messages)
          .filter(isObject)
          .map(({ text, thread_ts: thread }) => [text, text === 'one' || thread === ts]),
        edited: [edited.ok, edited.text, edited.ts === ts],
        after: listOf(after.messages)
          .filter(isObject)
          .map(({ text, blocks: read, metadata: kept }) => ({ text, read, kept })),
      }
    })
    expect(b).toEqual(a)
  })

  it('on direct messages, which open once', async () => {
    const [a, b] = await both(async ({ ask, user }) => {
      const open = async () => objectOf((await ask('conversations.open', { users: user })).channel).id
      const [first, second] = [await open(), await open()]
      return [String(first).startsWith('D'), first === second]
    })
    expect(b).toEqual(a)
  })

  it('on fields of people and channels that both name', async () => {
    const [a, b] = await both(async ({ ask, user, channel }) => {
      const person = objectOf((await ask('users.info', { user })).user)
      const place = objectOf((await ask('conversations.info', { channel })).channel)
      return [person.name, person.is_admin, person.is_bot, place.name, place.is_private, place.is_archived]
    })
    expect(b).toEqual(a)
  })
})

describe('where a sourced rule says otherwise, the fake follows the rule', () => {
  it.each<[string, (side: Side) => Promise<unknown>]>([
    [
      'blocks over a limit are refused (reference/block-kit/blocks)',
      async ({ ask, channel }) =>
        (
          await ask('chat.postMessage', {
            channel,
            text: 'one',
            blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }],
          })
        ).ok,
    ],
    [
      '`oldest` is heeded (conversations.history)',
      async ({ ask, channel }) => {
        await ask('chat.postMessage', { channel, text: 'one' })
        return (
          listOf((await ask('conversations.history', { channel, oldest: '9999999999.000000' })).messages).length === 0
        )
      },
    ],
    [
      'metadata is bare unless asked for (python-slack-sdk#1501)',
      async ({ ask, channel }) => {
        await ask('chat.postMessage', {
          channel,
          text: 'one',
          metadata: { event_type: 'digest', event_payload: { n: 1 } },
        })
        const [newest] = listOf((await ask('conversations.history', { channel })).messages).map(objectOf)
        return objectOf(objectOf(newest?.metadata).event_payload).n
      },
    ],
    [
      'threads that are not there are not found (conversations.replies)',
      async ({ ask, channel }) => (await ask('conversations.replies', { channel, ts: '1.000000' })).error,
    ],
    [
      'a reply to nothing falls into the channel (slack-go#1571)',
      async ({ ask, channel }) =>
        objectOf((await ask('chat.postMessage', { channel, text: 'one', thread_ts: '1.000000' })).message).thread_ts,
    ],
  ])('%s', async (_, talk) => {
    const [a, b] = await both(talk)
    expect(b).not.toEqual(a)
  })

  it('unknown tokens are refused (auth.test)', async () => {
    const response = await fetch(new URL('/api/auth.test', emulator.url.replace('localhost', '127.0.0.1')), {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-nobody' },
    })
    expect(await response.json()).toMatchObject({ ok: true })
    expect((await callApi(slack, 'xoxb-nobody', 'auth.test')).body.error).toBe('invalid_auth')
  })
})
