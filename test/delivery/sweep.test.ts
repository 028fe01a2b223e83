import { describe, expect, it } from 'vitest'
import { createCourier } from '../../src/delivery/courier.ts'
import type { CourierHouse } from '../../src/delivery/house.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { seenKey } from '../../src/store/keys.ts'
import type { Store } from '../../src/store/store.ts'
import { entriesOf } from '../../src/store/store.ts'
import type { Interruption } from '../support/counted.ts'
import { countedPlatform, countedStore, Meter } from '../support/counted.ts'
import type { DecidedDigest } from '../support/delivery.ts'
import { composeLine, decideDigest, ledgerOf } from '../support/delivery.ts'
import type { Standing } from '../support/memory-platform.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const papers = 'memory:team/papers' as ChannelId
const other = 'memory:house/other' as ChannelId

const rounds: readonly (readonly DecidedDigest[])[] = [
  [
    { channel: papers, slot: '2025-09-01T09:00:00.000Z', parts: [['a1', 'a2'], ['a3'], ['a4']] },
    { channel: other, slot: '2025-09-01T09:00:00.000Z', parts: [['a1']] },
  ],
  [
    { channel: papers, slot: '2025-09-02T09:00:00.000Z', parts: [['b1']] },
    { channel: other, slot: '2025-09-02T09:00:00.000Z', parts: [['b1'], ['b2', 'b3']] },
  ],
  [{ channel: papers, slot: '2025-09-03T09:00:00.000Z', parts: [['c1'], ['c2']] }],
]

/** Everything that outlives a process. */
interface World {
  readonly clock: SimulatedClock
  readonly store: Store
  readonly platform: MemoryPlatform
}

function aWorld(): World {
  const clock = new SimulatedClock('2025-09-01T09:00:00Z')
  const platform = new MemoryPlatform(clock)
  platform.postFaults.push(
    { kind: 'lost-reply', channel: papers },
    { kind: 'answer', channel: other, result: { kind: 'throttled', retryAfterMs: 20_000, scope: 'channel' } },
    { kind: 'lost-request', channel: other },
  )
  return { clock, store: openMemoryStore(), platform }
}

/** One process's life: what is due by its clock is decided, everything is delivered, day by day. */
async function live(
  { clock, ...world }: World,
  meter: Meter,
  options: { readonly reads?: boolean } = {},
): Promise<void> {
  const store = countedStore(world.store, meter, options)
  const platform = countedPlatform(world.platform, meter)
  const house: CourierHouse = {
    store,
    clock,
    random: seededRandom(clock.now()),
    log: () => {},
    platforms: () => platform,
    compose: composeLine,
    settleMs: 90_000,
    tellAdmin: async () => {},
  }
  const courier = createCourier(house)
  const { signal } = new AbortController()
  await persist(meter, clock, () => courier.recover(signal))
  for (const digests of rounds) {
    const dueAt = Date.parse(digests[0]?.slot ?? '')
    await clock.advance(Math.max(0, dueAt - clock.now()))
    for (const digest of digests) await persist(meter, clock, () => decideDigest(store, digest))
    for (;;) {
      const { nextAt } = await clock.run(courier.sendDue(signal))
      if (meter.stopped) return
      if (nextAt === undefined) break
      await clock.advance(Math.max(0, nextAt - clock.now()))
    }
  }
}

/** A job that fails is run again a minute later, unless the process has ended. */
async function persist<T>(meter: Meter, clock: SimulatedClock, job: () => Promise<T>): Promise<void> {
  for (let tries = 0; tries < 3 && !meter.stopped; tries++) {
    try {
      await job()
      return
    } catch {
      if (!meter.stopped) await clock.advance(60_000)
    }
  }
}

/** What must hold in the end, whatever happened on the way. */
async function check({ store, platform }: World): Promise<void> {
  const wanted = rounds.flat().flatMap(({ channel, parts }) => parts.map((part) => `${channel} ${part.join(', ')}`))
  const standing = platform.standing().map((each) => `${each.channel} ${papersIn(each)}`)
  expect([...standing].sort()).toEqual([...wanted].sort())
  for (const channel of [papers, other]) {
    const order = rounds.flat().filter((digest) => digest.channel === channel)
    expect(platform.standing(channel).map(papersIn)).toEqual(
      order.flatMap(({ parts }) => parts.map((part) => part.join(', '))),
    )
  }
  expect(await store.scan(store.outbox, [], { limit: 10 })).toEqual([])
  for await (const { value: part } of entriesOf(store, store.parts, [])) {
    const [stands] = platform.standing(part.channel).filter(({ key }) => key === part.key)
    expect(part.state).toMatchObject({ kind: 'posted', receipt: { id: stands?.id } })
    for (const paper of part.papers) {
      const seen = await store.seen.get(seenKey(part.channel, paper as PaperId))
      expect(seen).toMatchObject({ state: 'posted', part: part.part, receipt: { id: stands?.id } })
      const steps = await ledgerOf(store, part.channel, paper)
      expect(steps.filter((step) => step === 'posted')).toHaveLength(1)
      expect(steps.at(-1)).toBe('posted')
    }
  }
}

/** Its papers as a line; a part that came to nothing several times is written plainly. */
function papersIn({ papers }: Standing): string {
  return papers.map(({ id }) => id).join(', ')
}

/** Runs the scenario once for each effect that it has, interrupted there, and once more on what that left behind. */
async function sweep(plan: Omit<Interruption, 'at'>, options: { readonly reads?: boolean } = {}): Promise<number> {
  for (let at = 1; ; at++) {
    const world = aWorld()
    const meter = new Meter({ ...plan, at })
    await live(world, meter, options)
    const reached = meter.effects.length >= at
    if (meter.stopped) await live(world, new Meter())
    try {
      await check(world)
    } catch (error) {
      throw new Error(`${plan.kind} ${plan.when} effect ${at}, ${meter.effects[at - 1]}`, { cause: error })
    }
    if (!reached) return at - 1
  }
}

describe('each part stands exactly once, and the ledger agrees,', () => {
  it('when nothing is interrupted', async () => {
    const world = aWorld()
    await live(world, new Meter())
    await check(world)
  })

  for (const when of ['before', 'after'] as const) {
    it(`when the process ends ${when} any one effect`, { timeout: 120_000 }, async () => {
      expect(await sweep({ kind: 'stop', when })).toBeGreaterThan(30)
    })

    it(`when any one effect fails ${when} it is done`, { timeout: 120_000 }, async () => {
      expect(await sweep({ kind: 'reject', when })).toBeGreaterThan(30)
    })
  }

  it('when the process ends twice, after any two effects', { timeout: 120_000 }, async () => {
    for (let first = 1; ; first++) {
      for (let second = 1; ; second++) {
        const world = aWorld()
        const process = new Meter({ kind: 'stop', when: 'after', at: first })
        await live(world, process)
        if (!process.stopped) return
        const next = new Meter({ kind: 'stop', when: 'after', at: second })
        await live(world, next)
        await live(world, new Meter())
        try {
          await check(world)
        } catch (error) {
          throw new Error(`the process ended after effects ${first} and ${second}`, { cause: error })
        }
        if (!next.stopped) break
      }
    }
  })

  it('when any one read or write fails', { timeout: 120_000 }, async () => {
    expect(await sweep({ kind: 'reject', when: 'before' }, { reads: true })).toBeGreaterThan(80)
  })
})
