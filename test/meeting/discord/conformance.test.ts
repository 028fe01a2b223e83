import { afterEach, expect } from 'vitest'
import type { ChannelId } from '../../../src/message/channel.ts'
import { createDiscord } from '../../../src/platforms/discord/connection.ts'
import { describePlatform } from '../../conformance/platform.ts'
import { customIds, markedTexts } from '../../platforms/discord/limits.ts'
import { readMarkup } from '../../platforms/discord/reader.ts'
import { createFakeDiscord } from '../../support/discord/fake.ts'
import type { FakeDiscord } from '../../support/discord/fake-types.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const OURS = ['strong', 'small', 'heading', 'link']
const ECHO = [
  {
    name: 'echo',
    summary: 'Says it again',
    rank: 'member',
    options: [{ name: 'text', summary: 'What to say', type: 'text' }],
  },
] as const

let discord: FakeDiscord | undefined
afterEach(() => {
  expect(discord?.violations).toEqual([])
  expect(discord?.requests.length).toBeGreaterThan(0)
})

for (const rendering of ['components', 'embeds'] as const) {
  describePlatform(`discord on its servers' stand-in (${rendering})`, async () => {
    const clock = new SimulatedClock('2026-11-24T09:00:00Z')
    const servers = await createFakeDiscord({ clock })
    discord = servers
    const guild = servers.addGuild()
    const user = servers.addUser({ guild })
    const places = [servers.addChannel(guild, { name: 'one' }), servers.addChannel(guild, { name: 'two' })] as const
    const idOf = (channel: { readonly id: string }) => `discord:${guild.id}/${channel.id}` as ChannelId
    const platform = createDiscord(
      { apiUrl: servers.url, token: servers.token, rendering, shards: 'auto' },
      { commands: ECHO, store: openMemoryStore(), clock, fetch, log: () => {} },
    )
    return {
      platform,
      channel: idOf(places[0]),
      otherChannel: idOf(places[1]),
      now: () => clock.now(),
      posted: async (channel) =>
        servers
          .messages(places.find((each) => idOf(each) === channel) ?? places[0])
          .map(({ embeds, components, content }) => {
            const body = { embeds, components, content }
            const read = markedTexts(body).map(readMarkup)
            const marks = read.flatMap((each) => each.marks)
            const wild = marks.filter(
              ({ kind, text }) => !OURS.includes(kind) || (kind === 'link' && !/ https:\/\/arxiv\.org\//.test(text)),
            )
            return {
              key: customIds(body).flatMap((id) => id.split('@')[1] ?? [])[0] ?? '',
              text: read.map((each) => each.text).join('\n'),
              wild: wild.map(({ kind }) => kind),
            }
          }),
      ask: async (text) => {
        const where = { user, channel: places[0] }
        const { embeds, components, content } = await servers
          .command('papers', { subcommand: 'echo', options: { text } }, where)
          .reply()
        return markedTexts({ embeds, components, content })
          .map((each) => readMarkup(each).text)
          .join('\n')
      },
      faults: {
        loseReply: () => servers.faults.on('replyLost', { times: 1 }),
        loseRequest: () => servers.faults.on('dropped', { times: 1 }),
        throttle: (retryAfterMs) => servers.faults.on('rateLimited', { times: 1, retryAfterMs }),
        hang: () => servers.faults.on('late', { times: 1, ms: 3_600_000 }),
      },
      stop: () => servers.close(),
    }
  })
}
