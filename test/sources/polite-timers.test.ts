import { expect, it } from 'vitest'
import { systemRandom } from '../../src/random.ts'
import { createPoliteHttp } from '../../src/sources/polite-http.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

/** A clock that counts who sleeps: in the real one each of them keeps the process from ending. */
class CountingClock extends SimulatedClock {
  asleep = 0

  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.asleep++
    await super.sleep(ms, signal).finally(() => this.asleep--)
  }
}

it('a request that is given up while it waits for its next try leaves no timer behind', async () => {
  const clock = new CountingClock('2025-09-10T12:00:00Z')
  const http = createPoliteHttp({
    clock,
    random: systemRandom,
    fetch: async () => {
      throw new TypeError('fetch failed')
    },
    spacingMs: 3000,
    spacing: { read: async () => undefined, write: async () => {} },
    bases: ['https://example.org/oai'],
    userAgent: 'paperboy',
    maxBytes: 1000,
    timeoutMs: 1000,
    log: () => {},
  })
  const stop = new AbortController()
  const asked = http.get('https://example.org/oai', { priority: 'announcements', signal: stop.signal })
  asked.catch(() => {})
  // The first try's own time-out is over, and the second try is far away.
  await clock.advance(2000)
  expect(http.trouble()).toContain("can't be reached")
  expect(clock.asleep).toBe(1)
  stop.abort(new Error('stop'))
  await expect(asked).rejects.toThrow('given up')
  await clock.advance(0)
  expect(clock.asleep).toBe(0)
})
