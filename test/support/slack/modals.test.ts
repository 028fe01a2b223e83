import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isObject, type JsonObject, objectOf } from '../discord/json-value.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { answeringApp } from './answering-app.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam, FakeUser, Where } from './fake-types.ts'

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
const input = {
  type: 'input',
  block_id: 'who',
  label: plain('Who'),
  element: { type: 'plain_text_input', action_id: 'name' },
}
const modal = (more: object = {}) => ({
  type: 'modal',
  callback_id: 'follow',
  title: plain('Follow'),
  submit: plain('Save'),
  blocks: [input],
  ...more,
})

describe('modals (surfaces/modals)', () => {
  const open = async (more: object = {}) => {
    const asked = slack.command('/papers', '', here)
    await call('views.open', { trigger_id: asked.triggerId, view: modal(more) })
    return asked.modal()
  }

  it('open by a trigger, once, within three seconds', async () => {
    const { triggerId } = slack.command('/papers', '', here)
    const view = modal({ private_metadata: 'kept' })
    expect((await call('views.open', { trigger_id: triggerId, view })).body.view).toMatchObject({
      private_metadata: 'kept',
    })
    expect(await errorOf(call('views.open', { trigger_id: triggerId, view }))).toBe('exchanged_trigger_id')
    const late = slack.command('/papers', '', here)
    await clock.advance(3_001)
    expect(await errorOf(call('views.open', { trigger_id: late.triggerId, view }))).toBe('expired_trigger_id')
    expect(await errorOf(call('views.open', { trigger_id: 'guess', view }))).toBe('invalid_trigger_id')
  })

  it('do not open by a trigger of another workspace', async () => {
    const other = slack.addTeam()
    const { triggerId } = slack.command('/papers', '', here)
    const { body } = await callApi(slack, other.token, 'views.open', { trigger_id: triggerId, view: modal() })
    expect(body.error).toBe('invalid_trigger_id')
  })

  it.each<[string, object]>([
    ['view-title', { title: plain('x'.repeat(25)) }],
    ['view-submit', { submit: plain('x'.repeat(25)) }],
    ['view-close', { close: plain('x'.repeat(25)) }],
    ['private-metadata', { private_metadata: 'x'.repeat(3_001) }],
    ['callback-id', { callback_id: 'x'.repeat(256) }],
    ['blocks', { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }],
    ['block-type', { blocks: [{ type: 'markdown', text: 'one' }] }],
  ])('are refused beyond %s', async (rule, more) => {
    const { triggerId } = slack.command('/papers', '', here)
    expect(await errorOf(call('views.open', { trigger_id: triggerId, view: modal(more) }))).toBe('invalid_arguments')
    expect(slack.violations).toMatchObject([{ rule, where: 'views.open' }])
  })

  it('are updated under the hash that they had', async () => {
    const view = await open()
    const update = (hash: string) =>
      call('views.update', { view_id: view.id, hash, view: modal({ title: plain('Two') }) })
    expect((await update(view.hash)).body.ok).toBe(true)
    expect(await errorOf(update(view.hash))).toBe('hash_conflict')
    expect(slack.views(ada)).toMatchObject([{ title: 'Two' }])
  })

  it('carry what was filled in, and close when acknowledged', async () => {
    const view = await open()
    const sent = slack.submit(view, { name: 'Kaplan' })
    expect(objectOf(sent.payload.view).state).toEqual({
      values: { who: { name: { type: 'plain_text_input', value: 'Kaplan' } } },
    })
    await sent.acknowledged()
    expect(slack.views(ada)).toMatchObject([{ open: false }])
  })

  it('are not sent while a required field is empty', async () => {
    const view = await open()
    expect(() => slack.submit(view)).toThrow('Who is required')
  })

  it('show errors under their inputs and stay', async () => {
    const view = await open()
    answer = () => ({ response_action: 'errors', errors: { who: 'Nobody of that name.' } })
    expect(await slack.submit(view, { name: 'x' }).errors()).toEqual({ who: 'Nobody of that name.' })
    expect(slack.views(ada)).toMatchObject([{ open: true }])
  })

  it('show no error that stands under nothing, which is noted', async () => {
    const view = await open()
    answer = () => ({ response_action: 'errors', errors: { name: 'By action_id.' } })
    await slack.submit(view, { name: 'x' }).acknowledged()
    expect(slack.violations).toMatchObject([{ rule: 'response-action' }])
  })

  it('are replaced, stacked and cleared by response_action', async () => {
    const view = await open()
    answer = () => ({ response_action: 'push', view: modal({ title: plain('On top') }) })
    await slack.submit(view, { name: 'x' }).acknowledged()
    expect(slack.views(ada).map(({ title }) => title)).toEqual(['Follow', 'On top'])
    const top = slack.views(ada)[1] ?? view
    answer = () => ({ response_action: 'update', view: modal({ title: plain('Changed') }) })
    await slack.submit(top, { name: 'x' }).acknowledged()
    expect(slack.views(ada)[1]?.title).toBe('Changed')
    answer = () => ({ response_action: 'clear' })
    await slack.submit(top, { name: 'x' }).acknowledged()
    expect(slack.views(ada)).toMatchObject([{ open: false }, { open: false }])
  })

  it('stack three high (views.push)', async () => {
    const asked = slack.command('/papers', '', here)
    const row = { type: 'actions', elements: [{ type: 'button', action_id: 'next', text: plain('Next') }] }
    await call('views.open', { trigger_id: asked.triggerId, view: modal({ blocks: [row] }) })
    let top = await asked.modal()
    for (const error of [undefined, undefined, 'push_limit_reached']) {
      const { triggerId } = slack.press(top, 'next', ada)
      expect((await call('views.push', { trigger_id: triggerId, view: modal({ blocks: [row] }) })).body.error).toBe(
        error,
      )
      top = slack.views(ada).at(-1) ?? top
    }
  })

  it('tell of being closed where asked to', async () => {
    expect(slack.dismiss(await open())).toBeUndefined()
    const told = slack.dismiss(await open({ notify_on_close: true }))
    expect(told?.payload).toMatchObject({ type: 'view_closed', is_cleared: false })
  })

  it('are published as a home tab, one a person', async () => {
    const view = { type: 'home', blocks: [{ type: 'section', text: plain('Your list') }] }
    await call('views.publish', { user_id: ada.id, view })
    await call('views.publish', { user_id: ada.id, view })
    expect(slack.views(ada)).toMatchObject([{ kind: 'home', text: 'Your list' }])
    expect(isObject((await call('views.publish', { user_id: ada.id, view, hash: 'old' })).body)).toBe(true)
    expect(await errorOf(call('views.publish', { user_id: ada.id, view, hash: 'old' }))).toBe('hash_conflict')
  })
})
