import { afterEach, expect } from 'vitest'
import type { ChannelId } from '../../../src/message/channel.ts'
import { createSlack } from '../../../src/platforms/slack/connection.ts'
import { describePlatform } from '../../conformance/platform.ts'
import { readPayload } from '../../platforms/slack/payload-reader.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { createFakeSlack, type FakeSlack } from '../../support/slack/fake.ts'
import type { FakeMessage } from '../../support/slack/fake-types.ts'

const OURS = /^(?:bold|italic) |^link .* → https:\/\/arxiv\.org\//

let slack: FakeSlack | undefined
afterEach(() => {
  expect(slack?.violations).toEqual([])
  expect(slack?.limited.filter(({ avoidable }) => avoidable)).toEqual([])
  expect(slack?.calls.length).toBeGreaterThan(0)
})

describePlatform('slack on its servers’ stand-in', async () => {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  const servers = await createFakeSlack({ clock, historyLagMs: 0 })
  slack = servers
  const team = servers.addTeam()
  const places = [servers.addChannel(team, { name: 'one' }), servers.addChannel(team, { name: 'two' })] as const
  const user = servers.addUser(team, { channels: places })
  const idOf = (channel: { readonly id: string }) => `slack:${team.id}/${channel.id}` as ChannelId
  const { signingSecret } = servers.app
  const driver = createSlack(
    { apiUrl: servers.url, botToken: team.token, signingSecret },
    { clock, fetch, log: () => {}, store: openMemoryStore() },
  )
  servers.requestUrl('http://app.test/slack/events', async (request) => {
    const answer = await driver.inbound?.handle(request)
    return answer ?? new Response(null, { status: 404 })
  })
  const read = ({ fallback, blocks }: FakeMessage) => readPayload({ text: fallback, blocks })
  // Posts wait for their turn, a second a channel.
  const platform: typeof driver = {
    ...driver,
    post: (...posted) => clock.run(driver.post(...posted)),
    edit: (...edited) => clock.run(driver.edit(...edited)),
  }
  return {
    platform,
    channel: idOf(places[0]),
    otherChannel: idOf(places[1]),
    now: () => clock.now(),
    posted: async (channel) =>
      servers.messages(places.find((each) => idOf(each) === channel) ?? places[0]).map((message) => {
        const { text, marks } = read(message)
        const { event_payload: payload } = Object(message.metadata)
        return { key: payload.key, text, wild: [...marks.filter((mark) => !OURS.test(mark)), ...message.pings] }
      }),
    ask: async (text) => {
      const typed = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
      const message = await servers.command('/papers', typed, { user, channel: places[0] }).reply()
      expect(message.pings).toEqual([])
      return read(message).text
    },
    faults: {
      loseReply: () => servers.faults.on('replyLost', { times: 1, methods: ['chat.postMessage'] }),
      loseRequest: () => servers.faults.on('dropped', { times: 1, methods: ['chat.postMessage'] }),
      throttle: (retryAfterMs) =>
        servers.faults.on('rateLimited', { times: 1, methods: ['chat.postMessage'], retryAfterMs }),
      hang: () => servers.faults.on('slow', { times: 1, methods: ['chat.postMessage'], ms: 3_600_000_000 }),
    },
    stop: () => servers.close(),
  }
})
