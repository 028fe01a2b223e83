import { App, LogLevel } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFakeSlack, type FakeSlack } from './fake.ts'
import type { FakeChannel, FakeTeam, FakeUser } from './fake-types.ts'

let slack: FakeSlack
let team: FakeTeam
let channel: FakeChannel
let ada: FakeUser
let app: App | undefined

beforeEach(async () => {
  slack = await createFakeSlack({ historyLagMs: 0 })
  team = slack.addTeam()
  ada = slack.addUser(team, { name: 'ada' })
  channel = slack.addChannel(team, { creator: ada })
})
afterEach(async () => {
  await app?.stop()
  await slack.close()
})

const bolt = () =>
  new App({
    token: team.token,
    appToken: slack.app.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  })

describe("Slack's own client", () => {
  it('connects, hears a command, acknowledges and answers', async () => {
    app = bolt()
    app.command('/papers', async ({ ack, command, respond }) => {
      await ack()
      await respond({ text: `You said ${command.text}.` })
    })
    await app.start()
    const asked = slack.command('/papers', 'help', { user: ada, channel })
    expect(await asked.reply()).toMatchObject({ text: 'You said help.', ephemeralTo: ada.id })
    expect(slack.violations).toEqual([])
  })

  it('opens a modal and answers its submission with errors', async () => {
    app = bolt()
    const plain = (text: string) => ({ type: 'plain_text' as const, text })
    app.command('/papers', async ({ ack, client, body }) => {
      await ack()
      const element = { type: 'plain_text_input' as const, action_id: 'name' }
      await client.views.open({
        trigger_id: body.trigger_id,
        view: {
          type: 'modal',
          callback_id: 'follow',
          title: plain('Follow'),
          submit: plain('Save'),
          blocks: [{ type: 'input', block_id: 'who', label: plain('Who'), element }],
        },
      })
    })
    app.view('follow', async ({ ack }) => ack({ response_action: 'errors', errors: { who: 'Nobody.' } }))
    await app.start()
    const view = await slack.command('/papers', '', { user: ada, channel }).modal()
    expect(await slack.submit(view, { name: 'x' }).errors()).toEqual({ who: 'Nobody.' })
  })

  it('posts, reads back with metadata, edits, and hears buttons and events', async () => {
    app = bolt()
    const heard: string[] = []
    app.action('more', async ({ ack }) => {
      await ack()
      heard.push('more')
    })
    app.event('app_mention', async ({ event }) => void heard.push(event.text))
    await app.start()
    const { client } = app
    const metadata = { event_type: 'digest_part', event_payload: { digest: 'd1' } }
    const elements = [
      { type: 'button' as const, action_id: 'more', text: { type: 'plain_text' as const, text: 'More' } },
    ]
    const { ts = '' } = await client.chat.postMessage({
      channel: channel.id,
      text: 'one',
      blocks: [{ type: 'actions', elements }],
      metadata,
      unfurl_links: false,
      unfurl_media: false,
    })
    const history = await client.conversations.history({ channel: channel.id, include_all_metadata: true })
    expect(history.messages?.[0]?.metadata).toEqual(metadata)
    const [message] = slack.messages(channel)
    if (message === undefined) throw new Error('nothing was posted')
    await slack.press(message, 'more', ada).acknowledged()
    await slack.mention(channel, ada, 'hello')
    await client.chat.update({ channel: channel.id, ts, text: 'two' })
    expect(slack.messages(channel)[0]?.text).toBe('two')
    expect(heard).toEqual(['more', `<@${team.botUserId}> hello`])
    expect(slack.violations).toEqual([])
  })

  it('gets a platform error with what Slack says of it, and a rate limit', async () => {
    app = bolt()
    const { client } = app
    const blocks = [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(151) } }]
    await expect(client.chat.postMessage({ channel: channel.id, text: 'one', blocks })).rejects.toMatchObject({
      data: { error: 'invalid_blocks', response_metadata: { messages: [expect.stringContaining('less than 151')] } },
    })
    slack.faults.on('rateLimited', { methods: ['chat.postMessage'], times: 1, retryAfterMs: 30_000 })
    await expect(client.chat.postMessage({ channel: channel.id, text: 'one' })).rejects.toMatchObject({
      retryAfter: 30,
    })
  })
})

describe('both doors lead to the same servers', () => {
  it('a reply that is lost on loopback leaves the message there', async () => {
    app = bolt()
    slack.faults.on('replyLost', { methods: ['chat.postMessage'], times: 1 })
    await expect(app.client.chat.postMessage({ channel: channel.id, text: 'one' })).rejects.toThrow()
    expect(slack.messages(channel)).toHaveLength(1)
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  })

  it('and the client can use the one without a network', async () => {
    const { client } = new App({
      token: team.token,
      signingSecret: slack.app.signingSecret,
      clientOptions: { slackApiUrl: slack.url, fetch: slack.fetch },
    })
    expect(await client.auth.test()).toMatchObject({ team_id: team.id, bot_id: team.botId })
  })
})

describe('files (files.getUploadURLExternal, files.completeUploadExternal)', () => {
  it("are shown where Slack's client uploads them", async () => {
    app = bolt()
    await app.client.filesUploadV2({
      channel_id: channel.id,
      filename: 'papers.bib',
      content: '@article{é}',
      title: 'Papers',
    })
    expect(slack.messages(channel)).toMatchObject([
      { byBot: true, files: [{ name: 'papers.bib', title: 'Papers', text: '@article{é}' }] },
    ])
  })

  it('that were never sent are not found', async () => {
    app = bolt()
    const { client } = app
    const { file_id: id = '' } = await client.files.getUploadURLExternal({ filename: 'a', length: 3 })
    await expect(client.files.completeUploadExternal({ channel_id: channel.id, files: [{ id }] })).rejects.toThrow(
      'file_not_found',
    )
  })
})
