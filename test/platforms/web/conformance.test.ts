import type { Handlers } from '../../../src/delivery/platform.ts'
import type { ChannelId } from '../../../src/message/channel.ts'
import { createWebPlatform } from '../../../src/platforms/web/connection.ts'
import { renderHtml } from '../../../src/platforms/web/render.ts'
import { systemRandom } from '../../../src/random.ts'
import type { Store } from '../../../src/store/store.ts'
import { describePlatform } from '../../conformance/platform.ts'
import { consoleWorld } from '../../support/console-world.ts'
import { elementsOf, textOf } from '../../support/html-reader.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const CHANNEL = 'web:demo/papers' as ChannelId
const ORDINARY = new Set(['article', 'h3', 'p', 'a', 'strong', 'span', 'details', 'summary', 'div'])
const OURS = /^(?:https:\/\/arxiv\.org\/|\/papers\/|\/authors\/|$)/

describePlatform('web', async () => {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  const { store, faults } = unreliable(openMemoryStore())
  const web = createWebPlatform({ store, clock, random: systemRandom })
  let handlers: Handlers | undefined
  const answering: Handlers = {
    ask: (question, options) => handlers?.ask(question, options) ?? Promise.reject(new Error('not started')),
    on: async () => {},
  }
  const { send } = consoleWorld({ web, handlers: answering })
  return {
    platform: {
      ...web,
      start: async (given) => {
        handlers = given
      },
    },
    channel: CHANNEL,
    otherChannel: 'web:demo/other' as ChannelId,
    now: () => clock.now(),
    posted: async (channel) =>
      (await web.postsAfter(channel, '', 1000)).map((post) => {
        const html = renderHtml(post.message)
        const wild = elementsOf(html).filter(
          ({ name, attributes }) => !ORDINARY.has(name) || !OURS.test(attributes.get('href') ?? ''),
        )
        return { key: post.part, text: textOf(html), wild: wild.map(({ name }) => name) }
      }),
    ask: async (text) => {
      const answer = await send(`/api/channels/${encodeURIComponent(CHANNEL)}/commands`, { user: 'ada', text })
      const { messages } = (await answer.json()) as { messages: readonly { html: string }[] }
      return textOf(messages.map((message) => message.html).join(' '))
    },
    faults,
  }
})

/** A store whose next commit fails, before or after it has been carried out. */
function unreliable(store: Store) {
  let next: 'well' | 'before' | 'after' = 'well'
  const commit: Store['commit'] = async (operations) => {
    const now = next
    next = 'well'
    if (now === 'before') throw new Error('the disk is full')
    const outcome = await store.commit(operations)
    if (now === 'after') throw new Error('the disk went away')
    return outcome
  }
  const faults = {
    loseReply: () => {
      next = 'after'
    },
    loseRequest: () => {
      next = 'before'
    },
  }
  return { store: { ...store, commit }, faults }
}
