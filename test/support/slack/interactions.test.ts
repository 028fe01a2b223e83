import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type JsonObject, objectOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { answeringApp } from './answering-app.ts'
import { callApi, respond } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeMessage, FakeTeam, FakeUser, Where } from './fake-types.ts'

let clock: SimulatedClock
let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel
let ada: FakeUser
let here: Where
/** What the app answers to whatever comes, and when. */
let answer: (payload: JsonObject) => unknown
let delayMs = 0

beforeEach(async () => {
  clock = new SimulatedClock('2026-11-24T12:00:00Z')
  slack = await createFakeSlack({ clock, listen: false })
  team = slack.addTeam()
  ada = slack.addUser(team, { name: 'ada' })
  channel = slack.addChannel(team, { creator: ada })
  here = { user: ada, channel }
  answer = () => undefined
  delayMs = 0
  answeringApp(slack, async (payload) => {
    if (delayMs > 0) await clock.sleep(delayMs)
    return answer(payload)
  })
})
afterEach(() => slack.close())

const call = (method: string, args: Record<string, unknown> = {}) => callApi(slack, team.token, method, args)
const errorOf = async (asked: Promise<{ body: unknown }>) => objectOf((await asked).body).error
const plain = (text: string) => ({ type: 'plain_text', text })

const buttons = async (): Promise<FakeMessage> => {
  const external = { type: 'external_select', action_id: 'find', placeholder: plain('Author') }
  const elements = [
    { type: 'button', action_id: 'more', value: '7', text: plain('More') },
    { type: 'static_select', action_id: 'pick', options: [{ text: plain('A'), value: 'a' }] },
    external,
  ]
  await call('chat.postMessage', {
    channel: channel.id,
    text: 'one',
    blocks: [{ type: 'actions', block_id: 'row', elements }],
  })
  const message = slack.messages(channel)[0]
  if (message === undefined) throw new Error('nothing was posted')
  return message
}

describe('slash commands (interactivity/implementing-slash-commands)', () => {
  it('carry who, where and what', async () => {
    const asked = slack.command('/papers', 'search kaplan', here)
    await asked.acknowledged()
    expect(asked.payload).toMatchObject({
      command: '/papers',
      text: 'search kaplan',
      team_id: team.id,
      channel_id: channel.id,
      user_id: ada.id,
    })
  })

  it('are answered to the asker alone unless told', async () => {
    answer = () => 'found'
    expect(await slack.command('/papers', '', here).reply()).toMatchObject({ text: 'found', ephemeralTo: ada.id })
    expect(slack.messages(channel)).toEqual([])
    answer = () => ({ response_type: 'in_channel', text: 'found' })
    expect(await slack.command('/papers', '', here).reply()).not.toHaveProperty('ephemeralTo')
  })

  it('time out after three seconds', async () => {
    delayMs = 3_001
    const asked = slack.command('/papers', '', here)
    await clock.advance(3_000)
    expect(await asked.outcome()).toEqual({ kind: 'operation_timeout' })
  })

  it('tell how long the acknowledgement took', async () => {
    delayMs = 1_200
    const asked = slack.command('/papers', '', here)
    await clock.advance(1_200)
    expect(await asked.acknowledged()).toBe(1_200)
    expect(slack.deliveries).toMatchObject([{ kind: 'slash_commands', transport: 'http', acknowledgedAfterMs: 1_200 }])
  })

  it('whose answer breaks a limit show nothing, which is noted', async () => {
    answer = () => ({ text: 'found', blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] })
    await slack.command('/papers', '', here).acknowledged()
    expect(slack.ephemerals(channel, ada)).toEqual([])
    expect(slack.violations.map(({ rule }) => rule)).toEqual(['header-text', 'ack-refused'])
  })
})

describe('response_url (interactivity/handling-user-interaction)', () => {
  it('takes five messages', async () => {
    const { responseUrl } = slack.command('/papers', '', here)
    const statuses: number[] = []
    for (let turn = 0; turn < 6; turn++) {
      statuses.push((await respond(slack, responseUrl, { text: `${turn}` })).status)
      await clock.advance(1_000)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
    expect(slack.ephemerals(channel, ada)).toHaveLength(5)
  })

  it('takes nothing after thirty minutes', async () => {
    const { responseUrl } = slack.command('/papers', '', here)
    await clock.advance(30 * 60_000 + 1)
    expect(await errorOf(respond(slack, responseUrl, { text: 'late' }))).toBe('expired_url')
  })

  it('replaces and deletes the message whose button was pressed', async () => {
    const message = await buttons()
    const { responseUrl } = slack.press(message, 'more', ada)
    await respond(slack, responseUrl, { text: 'two', replace_original: true })
    expect(slack.messages(channel)).toMatchObject([{ text: 'two' }])
    await respond(slack, responseUrl, { delete_original: true })
    expect(slack.messages(channel)).toEqual([])
  })

  it('reaches channels that the bot is not in', async () => {
    const other = slack.addChannel(team, { member: false })
    const { responseUrl } = slack.command('/papers', '', { user: ada, channel: other })
    expect((await respond(slack, responseUrl, { text: 'hi', response_type: 'in_channel' })).raw).toBe('ok')
    expect(slack.messages(other)).toHaveLength(1)
  })
})

describe('buttons and menus (reference/interaction-payloads/block_actions-payload)', () => {
  it('carry the element, its value and its message', async () => {
    const message = await buttons()
    const { payload } = slack.press(message, 'more', ada)
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: ada.id },
      container: { type: 'message', message_ts: message.ts, channel_id: channel.id },
      message: { ts: message.ts },
      actions: [{ type: 'button', action_id: 'more', block_id: 'row', value: '7' }],
    })
  })

  it('of an ephemeral message carry no message', async () => {
    answer = () => ({
      text: 'one',
      blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: 'a', text: plain('A') }] }],
    })
    const reply = await slack.command('/papers', '', here).reply()
    expect(slack.press(reply, 'a', ada).payload).not.toHaveProperty('message')
  })

  it('carry what was chosen', async () => {
    const { payload } = slack.select(await buttons(), 'pick', 'a', ada)
    expect(payload.actions).toMatchObject([{ selected_option: { value: 'a' } }])
  })

  it('that are not there cannot be used', async () => {
    const message = await buttons()
    expect(() => slack.press(message, 'less', ada)).toThrow('action_id "less"')
    expect(() => slack.select(message, 'pick', 'b', ada)).toThrow('does not offer "b"')
  })
})

describe('external menus (reference/interaction-payloads/block_suggestion-payload)', () => {
  it('show what the app offers, and can be chosen from', async () => {
    const message = await buttons()
    answer = ({ value }) => ({ options: [{ text: plain(`${value}lan`), value: 'k1' }] })
    const choices = await slack.suggest(message, 'find', 'kap', ada).choices()
    expect(choices).toEqual([{ label: 'kaplan', value: 'k1' }])
    const { payload } = slack.select(message, 'find', choices[0] ?? '', ada)
    expect(payload.actions).toMatchObject([{ selected_option: { text: { text: 'kaplan' }, value: 'k1' } }])
  })

  it('ask nothing below three characters', async () => {
    const message = await buttons()
    expect(() => slack.suggest(message, 'find', 'ka', ada)).toThrow('from 3 characters on')
  })

  it('with more than 100 options show none, which is noted', async () => {
    const message = await buttons()
    answer = () => ({ options: Array.from({ length: 101 }, (_, at) => ({ text: plain('A'), value: `${at}` })) })
    await slack.suggest(message, 'find', 'kap', ada).acknowledged()
    expect(slack.violations.map(({ rule }) => rule)).toContain('options')
  })
})
