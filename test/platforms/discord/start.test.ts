import { expect, test } from 'vitest'
import type { Handlers } from '../../../src/delivery/platform.ts'
import { createDiscord } from '../../../src/platforms/discord/connection.ts'
import { openMemoryStore } from '../../support/memory-store.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const nobody: Handlers = { ask: async () => ({ kind: 'choices', choices: [] }), on: async () => undefined }
const settings = { apiUrl: 'http://127.0.0.1:9/api', token: 'token', rendering: 'components', shards: 1 } as const
const { signal } = new AbortController()

test('a token that Discord does not accept is told in one sentence, and nothing starts', async () => {
  const refusing: typeof fetch = async () => new Response('{"message":"401: Unauthorized","code":0}', { status: 401 })
  const discord = createDiscord(settings, {
    commands: [],
    store: openMemoryStore(),
    clock: new SimulatedClock(0),
    fetch: refusing,
    log: () => {},
  })
  await expect(discord.start(nobody, signal)).rejects.toThrow('does not accept DISCORD_TOKEN')
  await discord.stop()
})

test('a Discord that is away keeps nothing else from starting, and is tried again until we stop', async () => {
  const clock = new SimulatedClock(0)
  const events: string[] = []
  const discord = createDiscord(settings, {
    commands: [],
    store: openMemoryStore(),
    clock,
    fetch: async () => {
      throw new TypeError('fetch failed')
    },
    log: ({ event }) => void events.push(event),
  })
  await clock.run(discord.start(nobody, signal))
  expect(events).toContain('discord.connect-failed')
  await clock.run(discord.stop())
})
