import type { ChannelId } from '../../src/message/channel.ts'
import { describePlatform } from '../conformance/platform.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

describePlatform('memory', async () => {
  const clock = new SimulatedClock('2025-09-01T09:00:00Z')
  const platform = new MemoryPlatform(clock)
  const channel = 'memory:team/papers' as ChannelId
  return {
    platform,
    channel,
    otherChannel: 'memory:team/other' as ChannelId,
    now: () => clock.now(),
    posted: async (where) => platform.standing(where),
    ask: (text) => platform.ask(channel, text),
    faults: {
      loseReply: () => platform.postFaults.push({ kind: 'lost-reply' }),
      loseRequest: () => platform.postFaults.push({ kind: 'lost-request' }),
      throttle: (retryAfterMs) =>
        platform.postFaults.push({ kind: 'answer', result: { kind: 'throttled', retryAfterMs, scope: 'channel' } }),
      hang: () => platform.postFaults.push({ kind: 'hang' }),
    },
  }
})
