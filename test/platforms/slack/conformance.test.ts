import type { ChannelId } from '../../../src/message/channel.ts'
import { createSlack } from '../../../src/platforms/slack/connection.ts'
import { describePlatform } from '../../conformance/platform.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { readPayload } from './payload-reader.ts'
import {
  API,
  commandBody,
  hang,
  keptLog,
  loseReply,
  loseRequest,
  SECRET,
  settle,
  signed,
  slackStub,
  sleepingClock,
  throttle,
} from './stub.ts'

const OURS = /^(?:bold|italic) |^link .* → https:\/\/arxiv\.org\//

describePlatform('slack', async () => {
  const clock = sleepingClock()
  const stub = slackStub(clock)
  const settings = { apiUrl: API, botToken: 'xoxb-test', signingSecret: SECRET }
  const platform = createSlack(settings, { clock, fetch: stub.fetch, store: openMemoryStore(), log: keptLog().log })
  return {
    platform,
    channel: 'slack:T012/C345' as ChannelId,
    otherChannel: 'slack:T012/C678' as ChannelId,
    now: () => clock.now(),
    posted: async (channel) =>
      stub.messagesIn(channel.split('/')[1] ?? '').map((message) => {
        const { text, marks } = readPayload(message)
        const metadata = message.metadata as { event_payload: { key: string } }
        return { key: metadata.event_payload.key, text, wild: marks.filter((mark) => !OURS.test(mark)) }
      }),
    ask: async (text) => {
      // As Slack does: escaped once.
      const typed = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
      const body = commandBody(typed)
      await platform.inbound?.handle(signed(body, { at: clock.now() }))
      await settle()
      return readPayload(stub.responses.at(-1)?.body).text
    },
    faults: {
      loseReply: () => stub.fault('chat.postMessage', loseReply),
      loseRequest: () => stub.fault('chat.postMessage', loseRequest),
      throttle: (ms) => stub.fault('chat.postMessage', throttle(ms / 1000)),
      hang: () => stub.fault('chat.postMessage', hang),
    },
  }
})
