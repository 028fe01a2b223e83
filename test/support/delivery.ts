import { createHash } from 'node:crypto'
import type { Courier, Delivered } from '../../src/delivery/courier.ts'
import { createCourier } from '../../src/delivery/courier.ts'
import type { AdminEvent, Composed, CourierHouse } from '../../src/delivery/house.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { notice } from '../../src/message/message.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { digestKey, partKey, seenKey } from '../../src/store/keys.ts'
import type { Manner, PartRecord, PartState } from '../../src/store/records.ts'
import type { Store } from '../../src/store/store.ts'
import { entriesOf, put, putIfAbsent } from '../../src/store/store.ts'
import { countedPlatform, countedStore, Meter } from './counted.ts'
import type { MemoryPlatform } from './memory-platform.ts'
import { openMemoryStore } from './memory-store.ts'
import { seededRandom } from './seeded-random.ts'
import type { SimulatedClock } from './simulated-clock.ts'

export interface DecidedDigest {
  readonly channel: ChannelId
  readonly slot: string
  readonly n?: number
  /** Paper ids by part. */
  readonly parts: readonly (readonly string[])[]
}

/** What a decision leaves behind: digest, parts, outbox and what is seen. Deciding a slot twice changes nothing. */
export async function decideDigest(store: Store, { channel, slot, n = 1, parts }: DecidedDigest): Promise<void> {
  const place = { channel, slot, n }
  const id = digestKey(place).join(' ')
  const items = parts.map((papers) => papers.map((paper) => ({ paper: paper as PaperId, reasons: [] })))
  const digest = { ...place, id, decidedAt: slot, parts: items, listed: [] }
  const operations = [putIfAbsent(store.digests, digestKey(place), digest)]
  items.forEach((papers, at) => {
    const part = at + 1
    const record: PartRecord = {
      ...place,
      digest: id,
      part,
      of: parts.length,
      key: createHash('sha256').update(`${id}#${part}`).digest('base64url').slice(0, 22),
      papers: papers.map(({ paper }) => paper),
      state: { kind: 'ready', attempt: 1 },
    }
    operations.push(putIfAbsent(store.parts, partKey(record), record))
    operations.push(put(store.outbox, partKey(record), { state: 'ready' }))
    for (const { paper } of papers) {
      operations.push(
        put(store.seen, seenKey(channel, paper), { state: 'digested', digest: id, part, at: slot, reasons: [] }),
      )
    }
  })
  await store.commit(operations)
}

/** Writes the part's papers as a line; what the manner asks for is in the text. */
export async function composeLine(part: PartRecord, manner: Manner): Promise<Composed> {
  const text = [
    part.papers.join(', '),
    ...(manner.plain ? ['(plain)'] : []),
    ...(manner.mayRepeat ? ['(may repeat)'] : []),
  ].join(' ')
  return { message: notice('info', text), papers: part.papers.map((id) => ({ id, version: 1 })), hash: text }
}

export interface Workshop {
  readonly store: Store
  readonly clock: SimulatedClock
  readonly platform: MemoryPlatform
  readonly told: AdminEvent[]
  courier: Courier
  /** The process ends: whatever it still does comes to nothing. */
  kill(): void
  /** Another process begins on the same data. */
  restart(): Promise<void>
  /** Delivers, and moves on to the moment at which there is more to do, for as long as that is within `ms`. */
  deliverFor(ms: number): Promise<void>
  deliver(): Promise<Delivered>
  states(): Promise<readonly PartState['kind'][]>
}

/** A courier between a store in memory and a platform in memory. */
export function aWorkshop(clock: SimulatedClock, platform: MemoryPlatform, over: Partial<CourierHouse> = {}): Workshop {
  const store = over.store ?? openMemoryStore()
  const told: AdminEvent[] = []
  let meter = new Meter()
  const make = () =>
    createCourier({
      store: countedStore(store, meter),
      clock,
      random: seededRandom(7),
      log: () => {},
      platforms: () => countedPlatform(platform, meter),
      compose: composeLine,
      settleMs: 90_000,
      tellAdmin: async (event) => {
        told.push(event)
      },
      ...over,
    })
  const workshop: Workshop = {
    store,
    clock,
    platform,
    told,
    courier: make(),
    kill: () => meter.stop(),
    async restart() {
      meter = new Meter()
      workshop.courier = make()
      await workshop.courier.recover(new AbortController().signal)
    },
    deliver: () => clock.run(workshop.courier.sendDue(new AbortController().signal)),
    async deliverFor(ms) {
      const end = clock.now() + ms
      for (let round = 0; round < 10_000; round++) {
        const { nextAt } = await workshop.deliver()
        if (nextAt === undefined || nextAt > end) {
          await clock.advance(end - clock.now())
          return
        }
        await clock.advance(Math.max(0, nextAt - clock.now()))
      }
      throw new Error('the courier always has something to do at once')
    },
    async states() {
      const parts: PartRecord[] = []
      for await (const { value } of entriesOf(store, store.parts, [])) parts.push(value)
      return parts.map((part) => part.state.kind)
    },
  }
  return workshop
}

/** What the ledger of a channel's paper says, step by step. */
export async function ledgerOf(store: Store, channel: ChannelId, paper: string): Promise<readonly string[]> {
  const steps: string[] = []
  for await (const { value } of entriesOf(store, store.ledger, [channel, paper])) steps.push(value.what)
  return steps
}
