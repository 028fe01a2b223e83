import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChannelId } from '../../src/message/channel.ts'
import { entriesOf } from '../../src/store/store.ts'
import { aWorkshop, decideDigest, ledgerOf } from '../support/delivery.ts'
import type { FindFault, PostFault } from '../support/memory-platform.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const HOUR = 3_600_000
const channels = ['memory:a/1', 'memory:a/2', 'memory:b/1'].map((name) => name as ChannelId)

/** Faults after which a part can still be told to stand or not: exactly once is promised for these. */
const postFault: fc.Arbitrary<PostFault | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.constantFrom<PostFault>(
    { kind: 'lost-reply' },
    { kind: 'lost-request' },
    { kind: 'late', ms: 50_000 },
    { kind: 'throws' },
    { kind: 'hang' },
    { kind: 'deaf' },
  ),
  fc.record({
    kind: fc.constant('answer' as const),
    result: fc.record({
      kind: fc.constant('throttled' as const),
      retryAfterMs: fc.integer({ min: -1, max: 120_000 }),
      scope: fc.constantFrom('channel', 'tenant', 'platform'),
    }),
  }),
)

const findFault: fc.Arbitrary<FindFault | undefined> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  fc.constantFrom<FindFault>({ kind: 'throws' }, { kind: 'hang' }),
)

const step = fc.oneof(
  fc.record({
    kind: fc.constant('digest' as const),
    channel: fc.constantFrom(...channels),
    parts: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('deliver' as const), ms: fc.integer({ min: 0, max: 200_000 }) }),
  /** The process is killed `ms` into its work. */
  fc.record({ kind: fc.constant('kill' as const), ms: fc.integer({ min: 0, max: 100_000 }) }),
)

describe('whatever fails, and whenever the process is killed,', () => {
  it('each part stands exactly once in the end, in its order', async () => {
    const story = fc.record({
      steps: fc.array(step, { minLength: 3, maxLength: 20 }),
      postFaults: fc.array(postFault, { maxLength: 25 }),
      findFaults: fc.array(findFault, { maxLength: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(story, async ({ steps, postFaults, findFaults }) => {
        const clock = new SimulatedClock('2025-09-01T09:00:00Z')
        const platform = new MemoryPlatform(clock)
        const faults = [...postFaults]
        platform.always = () => faults.shift()
        platform.findFaults.push(...findFaults.filter((fault) => fault !== undefined))
        const workshop = aWorkshop(clock, platform)
        const wanted = new Map<ChannelId, string[]>(channels.map((channel) => [channel, []]))
        for (const [at, each] of steps.entries()) {
          if (each.kind === 'digest') {
            const slot = new Date(clock.now()).toISOString()
            const parts = Array.from({ length: each.parts }, (_, part) => [`p${at}.${part}`])
            await decideDigest(workshop.store, { channel: each.channel, slot, n: at, parts })
            wanted.get(each.channel)?.push(...parts.flat())
          } else if (each.kind === 'deliver') {
            await workshop.deliverFor(each.ms)
          } else {
            const life = new AbortController()
            void workshop.courier.sendDue(life.signal)
            await clock.advance(each.ms)
            // What the killed process still had under way comes to nothing: its store is closed to it.
            workshop.kill()
            await workshop.restart()
          }
        }
        await workshop.deliverFor(48 * HOUR)
        for (const channel of channels) {
          expect(platform.standing(channel).flatMap(({ papers }) => papers.map(({ id }) => id))).toEqual(
            wanted.get(channel),
          )
        }
        for await (const { value: part } of entriesOf(workshop.store, workshop.store.parts, [])) {
          expect(part.state.kind).toBe('posted')
          const steps = await ledgerOf(workshop.store, part.channel, part.papers[0] ?? '')
          expect(steps.filter((what) => what === 'posted')).toHaveLength(1)
        }
      }),
      { numRuns: 150 },
    )
  }, 120_000)
})
