import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { callApi } from './bare-client.ts'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam } from './fake-types.ts'

let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel

beforeEach(async () => {
  slack = await createFakeSlack({ clock: new SimulatedClock('2026-11-24T12:00:00Z'), listen: false })
  team = slack.addTeam()
  channel = slack.addChannel(team)
})
afterEach(() => slack.close())

const post = (args: Record<string, unknown>) =>
  callApi(slack, team.token, 'chat.postMessage', {
    channel: channel.id,
    text: 'one',
    unfurl_links: false,
    unfurl_media: false,
    ...args,
  })

const x = (length: number) => 'x'.repeat(length)
const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn('one'), ...more })
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const option = (more: object = {}) => ({ text: plain('A'), value: 'a', ...more })
const menu = (more: object = {}) => ({ type: 'static_select', action_id: 'm', options: [option()], ...more })
const many = <T>(count: number, make: (place: number) => T) => Array.from({ length: count }, (_, place) => make(place))

describe('limits of blocks: what just fits is taken, what does not is refused and noted', () => {
  it.each<[string, readonly object[], readonly object[]]>([
    ['blocks', many(50, () => ({ type: 'divider' })), many(51, () => ({ type: 'divider' }))],
    ['header-text', [{ type: 'header', text: plain(x(150)) }], [{ type: 'header', text: plain(x(151)) }]],
    ['section-text', [section({ text: mrkdwn(x(3_000)) })], [section({ text: mrkdwn(x(3_001)) })]],
    [
      'section-fields',
      [section({ fields: many(10, () => mrkdwn('f')) })],
      [section({ fields: many(11, () => mrkdwn('f')) })],
    ],
    ['section-field', [section({ fields: [mrkdwn(x(2_000))] })], [section({ fields: [mrkdwn(x(2_001))] })]],
    [
      'context-elements',
      [{ type: 'context', elements: many(10, () => mrkdwn('c')) }],
      [{ type: 'context', elements: many(11, () => mrkdwn('c')) }],
    ],
    [
      'context-text',
      [{ type: 'context', elements: [mrkdwn(x(3_000))] }],
      [{ type: 'context', elements: [mrkdwn(x(3_001))] }],
    ],
    [
      'actions-elements',
      [actions(...many(25, (at) => button({ action_id: `a${at}` })))],
      [actions(...many(26, (at) => button({ action_id: `a${at}` })))],
    ],
    ['button-text', [actions(button({ text: plain(x(75)) }))], [actions(button({ text: plain(x(76)) }))]],
    ['button-value', [actions(button({ value: x(2_000) }))], [actions(button({ value: x(2_001) }))]],
    [
      'button-url',
      [actions(button({ url: `https://${x(2_992)}` }))],
      [actions(button({ url: `https://${x(2_993)}` }))],
    ],
    ['action-id', [actions(button({ action_id: x(255) }))], [actions(button({ action_id: x(256) }))]],
    ['block-id', [section({ block_id: x(255) })], [section({ block_id: x(256) })]],
    [
      'options',
      [actions(menu({ options: many(100, (at) => option({ value: `${at}` })) }))],
      [actions(menu({ options: many(101, (at) => option({ value: `${at}` })) }))],
    ],
    [
      'option-text',
      [actions(menu({ options: [option({ text: plain(x(75)) })] }))],
      [actions(menu({ options: [option({ text: plain(x(76)) })] }))],
    ],
    [
      'option-value',
      [actions(menu({ options: [option({ value: x(150) })] }))],
      [actions(menu({ options: [option({ value: x(151) })] }))],
    ],
    [
      'option-description',
      [actions(menu({ options: [option({ description: plain(x(75)) })] }))],
      [actions(menu({ options: [option({ description: plain(x(76)) })] }))],
    ],
    ['placeholder', [actions(menu({ placeholder: plain(x(150)) }))], [actions(menu({ placeholder: plain(x(151)) }))]],
    [
      'confirm-title',
      [actions(button({ confirm: { title: plain(x(100)), text: plain('?') } }))],
      [actions(button({ confirm: { title: plain(x(101)), text: plain('?') } }))],
    ],
    [
      'image-alt',
      [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: x(2_000) }],
      [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: x(2_001) }],
    ],
    [
      'table-cells',
      [{ type: 'table', rows: [many(20, () => ({ type: 'raw_text', text: 'c' }))] }],
      [{ type: 'table', rows: [many(21, () => ({ type: 'raw_text', text: 'c' }))] }],
    ],
    [
      'block-id-twice',
      [section({ block_id: 'a' }), section({ block_id: 'b' })],
      [section({ block_id: 'a' }), section({ block_id: 'a' })],
    ],
    ['action-id-twice', [actions(button()), actions(button())], [actions(button(), button())]],
    ['section-text', [section()], [section({ text: mrkdwn('') })]],
    ['section', [section()], [{ type: 'section' }]],
    ['block-type', [section()], [{ type: 'paragraph', text: plain('one') }]],
    ['element-type', [actions(button())], [actions({ type: 'plain_text_input', action_id: 'a' })]],
    ['header-text', [{ type: 'header', text: plain('one') }], [{ type: 'header', text: mrkdwn('one') }]],
    ['button-style', [actions(button({ style: 'primary' }))], [actions(button({ style: 'loud' }))]],
    [
      'initial-option',
      [actions(menu({ initial_option: option() }))],
      [actions(menu({ initial_option: option({ value: 'b' }) }))],
    ],
  ])('%s', async (rule, fits, tooMuch) => {
    expect((await post({ blocks: fits })).body).toMatchObject({ ok: true })
    expect(slack.violations).toEqual([])
    const { body } = await post({ blocks: tooMuch })
    expect(body).toMatchObject({ ok: false, error: 'invalid_blocks' })
    expect(slack.violations).toMatchObject([{ rule, where: 'chat.postMessage' }])
    expect(slack.messages(channel)).toHaveLength(1)
  })

  it('are named with their place, as Slack does', async () => {
    const { body } = await post({ blocks: [section(), { type: 'header', text: plain(x(151)) }] })
    expect(body).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: ['must be less than 151 characters [json-pointer:/blocks/1/text/text]'],
      response_metadata: { messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]'] },
    })
  })

  it('refuse blocks that are no list', async () => {
    expect((await post({ blocks: '{"type":"divider"}' })).body.error).toBe('invalid_blocks_format')
  })

  it('refuse more text over all blocks than 12,000 characters (bolt-js#2509)', async () => {
    const blocks = (last: number) => [
      ...many(4, () => section({ text: mrkdwn(x(2_900)) })),
      section({ text: mrkdwn(x(last)) }),
    ]
    expect((await post({ blocks: blocks(400) })).body.ok).toBe(true)
    expect(slack.violations).toMatchObject([{ rule: 'blocks-text' }])
    expect((await post({ blocks: blocks(401) })).body.error).toBe('msg_blocks_too_long')
  })
})

describe('what is taken and not meant is noted', () => {
  it.each<[string, Record<string, unknown>]>([
    ['fallback-text', { text: '', blocks: [section()] }],
    ['text-advised', { text: x(4_001) }],
    ['links-names', { link_names: true }],
    ['action-id-missing', { blocks: [actions({ type: 'button', text: plain('Go') })] }],
  ])('%s', async (rule, args) => {
    expect((await post(args)).body.ok).toBe(true)
    expect(slack.violations).toMatchObject([{ rule }])
  })
})

describe('what is alive in a message (messaging/formatting-message-text)', () => {
  const posted = async (args: Record<string, unknown>) => {
    await post(args)
    return slack.messages(channel).at(-1)
  }

  it.each([
    ['<!channel> look', ['channel']],
    ['<!here|here> look', ['here']],
    ['<@U012ABC> look', ['U012ABC']],
    ['<!subteam^S012|@team> look', ['S012']],
    ['&lt;!channel&gt; look', []],
  ])('%s pings %j', async (text, pings) => {
    expect(await posted({ text })).toMatchObject({ pings })
  })

  it('is nothing in plain text', async () => {
    const message = await posted({
      text: 'one',
      blocks: [{ type: 'header', text: plain('<!channel> <https://a.org|b>') }],
    })
    expect(message).toMatchObject({ pings: [], links: [] })
  })

  it('includes the notification beside blocks', async () => {
    expect(await posted({ text: '<!channel>', blocks: [section()] })).toMatchObject({ pings: ['channel'] })
  })

  it('includes links with label, and bare ones unless verbatim', async () => {
    const bare = 'see https://b.org/x'
    const message = await posted({
      blocks: [section({ text: mrkdwn('<https://a.org?a=1&amp;b=2|A>') }), section({ text: mrkdwn(bare) })],
    })
    expect(message?.links).toEqual([{ url: 'https://a.org?a=1&b=2', label: 'A' }, { url: 'https://b.org/x' }])
    const verbatim = await posted({ blocks: [section({ text: { ...mrkdwn(bare), verbatim: true } })] })
    expect(verbatim?.links).toEqual([])
  })

  it('includes rich text', async () => {
    const elements = [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'broadcast', range: 'here' },
          { type: 'link', url: 'https://a.org', text: 'A' },
        ],
      },
    ]
    expect(await posted({ blocks: [{ type: 'rich_text', elements }] })).toMatchObject({
      pings: ['here'],
      links: [{ url: 'https://a.org', label: 'A' }],
    })
  })

  it('is read by people without escapes', async () => {
    expect(await posted({ text: 'a &lt; b &amp;amp; c' })).toMatchObject({ text: 'a < b &amp; c' })
  })
})
