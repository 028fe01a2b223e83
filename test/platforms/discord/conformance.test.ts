import type { ChannelId } from '../../../src/message/channel.ts'
import { createDiscord } from '../../../src/platforms/discord/connection.ts'
import type { Rendering } from '../../../src/platforms/discord/payload.ts'
import { describePlatform } from '../../conformance/platform.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { customIds, markedTexts } from './limits.ts'
import { readMarkup } from './reader.ts'
import { answer, CHANNEL, GUILD, OTHER, openStub } from './stub.ts'

const OURS = ['strong', 'small', 'heading', 'link']

for (const rendering of ['components', 'embeds'] as const satisfies readonly Rendering[]) {
  describePlatform(`discord (${rendering})`, async () => {
    const stub = await openStub()
    const clock = new SimulatedClock(stub.now)
    const platform = createDiscord(
      { apiUrl: stub.url, token: 'token', rendering, shards: 1 },
      { commands: [], store: openMemoryStore(), clock, fetch, log: () => {} },
    )
    return {
      // Posting needs no gateway.
      platform: { ...platform, start: async () => {} },
      channel: `discord:${GUILD}/${CHANNEL}` as ChannelId,
      otherChannel: `discord:${GUILD}/${OTHER}` as ChannelId,
      now: () => stub.now,
      posted: async (channel) =>
        stub.messages
          .filter((each) => channel.endsWith(each.channel))
          .map(({ body }) => {
            const read = markedTexts(body).map(readMarkup)
            const marks = read.flatMap((each) => each.marks)
            const wild = marks.filter(
              ({ kind, text }) => !OURS.includes(kind) || (kind === 'link' && !/ https:\/\/arxiv\.org\//.test(text)),
            )
            const key = customIds(body).flatMap((id) => id.split('@')[1] ?? [])[0]
            return {
              key: key ?? '',
              text: read.map((each) => each.text).join('\n'),
              wild: wild.map(({ kind }) => kind),
            }
          }),
      faults: {
        loseReply: () => {
          stub.fault = (response, carryOut) => {
            carryOut()
            response.destroy()
          }
        },
        loseRequest: () => {
          stub.fault = (response) => response.destroy()
        },
        throttle: (retryAfterMs) => {
          const headers = {
            'retry-after': String(retryAfterMs / 1000),
            'x-ratelimit-scope': 'user',
            'x-ratelimit-bucket': 'b',
          }
          stub.fault = (response) =>
            answer(response, 429, { message: 'slow down', retry_after: retryAfterMs / 1000, global: false }, headers)
        },
        hang: () => {
          stub.fault = () => {}
        },
      },
      stop: () => stub.close(),
    }
  })
}
