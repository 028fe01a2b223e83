import type { ChannelId } from '../../../src/message/channel.ts'
import { createWebPlatform } from '../../../src/platforms/web/connection.ts'
import { renderHtml } from '../../../src/platforms/web/render.ts'
import { systemRandom } from '../../../src/random.ts'
import { describePlatform } from '../../conformance/platform.ts'
import { elementsOf, textOf } from '../../support/html-reader.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const ORDINARY = new Set(['article', 'h3', 'p', 'a', 'strong', 'span', 'details', 'summary', 'div'])

describePlatform('web', async () => {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  const platform = createWebPlatform({ store: openMemoryStore(), clock, random: systemRandom, fetch, log: () => {} })
  return {
    platform,
    channel: 'web:demo/papers' as ChannelId,
    otherChannel: 'web:demo/other' as ChannelId,
    now: () => clock.now(),
    posted: async (channel) =>
      (await platform.postsAfter(channel, '', 1000)).map((post) => {
        const html = renderHtml(post.message)
        const wild = elementsOf(html).filter(
          ({ name, attributes }) =>
            !ORDINARY.has(name) ||
            !/^(?:https:\/\/arxiv\.org\/|\/papers\/|\/authors\/|$)/.test(attributes.get('href') ?? ''),
        )
        return { key: post.part, text: textOf(html), wild: wild.map(({ name }) => name) }
      }),
  }
})
