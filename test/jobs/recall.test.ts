import { beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../src/catalog/change.ts'
import { createCourier } from '../../src/delivery/courier.ts'
import { decideDigest, decideRound } from '../../src/digest/decide.ts'
import { ledgerOf } from '../../src/digest/ledger.ts'
import { answerRecall, type Recalling, recallRound } from '../../src/jobs/recall.ts'
import { retain } from '../../src/jobs/retention.ts'
import { reviseRound } from '../../src/jobs/revise.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { notice } from '../../src/message/message.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { matchedKey, partKey, seenKey } from '../../src/store/keys.ts'
import type { DigestRecord, PartRecord, Reason } from '../../src/store/records.ts'
import { markRestored } from '../../src/store/restored.ts'
import type { Store } from '../../src/store/store.ts'
import { entriesOf, put } from '../../src/store/store.ts'
import { countedStore, Meter } from '../support/counted.ts'
import { composeLine } from '../support/delivery.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { type Memory, openMemoryStore } from '../support/memory-store.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const CHANNEL = 'memory:t/c' as ChannelId
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const reason: Reason = { subscription: 's', label: 'cs.CL', kind: 'category', confidence: 'certain', evidence: [] }
/** First followed after the backup was made. */
const LATER = 'memory:t/later' as ChannelId
const paper = (n: number) => `arxiv:2603.0000${n}` as PaperId

/** A store, a channel in which the courier posts, and a backup that the store goes back to. */
class Scene {
  memory: Memory = new Map()
  clock = new SimulatedClock('2026-03-02T12:00:00Z')
  platform = new MemoryPlatform(this.clock)
  told: string[] = []
  /** What the catalogue's log holds. */
  changes: readonly Change[] = []
  store: Store = openMemoryStore(this.memory)
  #kept: string | undefined

  async follow(channel = CHANNEL): Promise<void> {
    await this.store.commit([
      put(this.store.subscriptions, ['memory:t', channel, 's'], {
        id: 's',
        channel,
        follows: { kind: 'category', category: 'cs.CL' },
        narrowing: {},
        since: { catalogId: 'one', seq: 0, announcedThrough: {} },
        by: { id: 'ada', name: 'Ada' },
        at: '2026-03-01T00:00:00.000Z',
      }),
    ])
  }

  get house(): Recalling {
    const { clock, store, platform } = this
    return {
      store,
      clock,
      random: seededRandom(3),
      log: () => {},
      catalog: {
        id: 'one',
        getMany: async (ids) => ids.map(() => undefined),
        changesAfter: async (seq) => this.changes.filter((each) => each.seq > seq),
      },
      platforms: () => platform,
      papersPerPart: () => 2,
      tellAdmin: async (text) => void this.told.push(text),
    }
  }

  /** What MATCH writes, unless the channel has something to do with the paper already. */
  match(...numbers: number[]): Promise<void> {
    return this.matchIn(CHANNEL, ...numbers)
  }

  async matchIn(channel: ChannelId, ...numbers: number[]): Promise<void> {
    const at = new Date(this.clock.now()).toISOString()
    for (const id of numbers.map(paper)) {
      if ((await this.store.seen.get(seenKey(channel, id))) !== undefined) continue
      await this.store.commit([
        put(this.store.seen, seenKey(channel, id), { state: 'pending', at, reasons: [reason] }),
        put(this.store.pending, seenKey(channel, id), { at }),
      ])
    }
  }

  async decide(): Promise<void> {
    await this.clock.run(recallRound(this.house))
    await decideRound(this.house)
  }

  courier(store = this.store) {
    return createCourier({ ...this.house, store, compose: composeLine, settleMs: 90_000, tellAdmin: async () => {} })
  }

  async send(): Promise<void> {
    await this.clock.run(this.courier().sendDue(new AbortController().signal))
  }

  /** Minutes of a running program. */
  async live(minutes: number): Promise<void> {
    for (let at = 0; at < minutes; at++) {
      await this.decide()
      await this.send()
      await this.clock.advance(MINUTE)
    }
  }

  backUp(): void {
    this.#kept = JSON.stringify([...this.memory].map(([name, rows]) => [name, [...rows]]))
  }

  async restore(): Promise<void> {
    const kept = JSON.parse(this.#kept ?? '[]') as [string, [string, string][]][]
    this.memory = new Map(kept.map(([name, rows]) => [name, new Map(rows)]))
    this.store = openMemoryStore(this.memory)
    await this.store.meta.set(['backup'], '2026-03-02T12:00:00.000Z')
    await markRestored(this.store, new Date(this.clock.now()).toISOString(), 90_000)
    await this.courier().recover(new AbortController().signal)
  }

  async digests(): Promise<DigestRecord[]> {
    return (await this.store.scan(this.store.digests, [CHANNEL], { limit: 100 })).map(({ value }) => value)
  }

  standing(): string[] {
    return this.platform.standing(CHANNEL).flatMap(({ papers }) => papers.map(({ id }) => id))
  }

  texts(): string[] {
    return this.platform.standing(CHANNEL).map(({ text }) => text)
  }
}

let scene: Scene
beforeEach(async () => {
  scene = new Scene()
  await scene.follow()
})

it('what was posted between a backup and its restore is not posted again, and nothing is missed', async () => {
  await scene.match(1)
  await scene.live(2)
  scene.backUp()
  await scene.match(2, 3)
  await scene.live(2)
  await scene.restore()
  await scene.match(2, 3, 4)
  await scene.live(3)
  expect(scene.standing().toSorted()).toEqual([1, 2, 3, 4].map(paper))
  expect(await ledgerOf(scene.store, CHANNEL, paper(2))).toMatchObject({
    state: 'posted',
    seen: { receipt: { id: 'm2' }, reasons: [reason] },
    steps: [{ what: 'posted', detail: 'found in the channel after a backup was restored' }],
  })
  expect(await scene.store.pending.get(seenKey(CHANNEL, paper(2)))).toBeUndefined()
})

it('a paper that stands there is not matched again when the platform was asked first', async () => {
  scene.backUp()
  await scene.match(1)
  await scene.live(1)
  await scene.restore()
  await scene.live(3)
  await scene.match(1)
  await scene.live(3)
  expect(scene.standing()).toEqual([paper(1)])
})

it('nothing is posted before a late request of the process that was ended must have landed', async () => {
  await scene.match(1)
  scene.backUp()
  await scene.restore()
  await scene.live(1)
  expect(scene.standing()).toEqual([])
  expect(await decideDigest(scene.house, CHANNEL, { now: scene.clock.now(), papersPerPart: 2, manual: true })).toBe(
    undefined,
  )
  await scene.live(2)
  expect(scene.standing()).toEqual([paper(1)])
})

it('a part that waited in the backup and was posted since is posted no more', async () => {
  await scene.match(1, 2, 3)
  await scene.decide()
  scene.backUp()
  await scene.send()
  await scene.restore()
  await scene.live(4)
  expect(scene.standing()).toEqual([1, 2, 3].map(paper))
})

it('a part that waited in the backup and was not posted since is posted', async () => {
  await scene.match(1, 2, 3)
  await scene.decide()
  scene.backUp()
  await scene.restore()
  await scene.live(4)
  expect(scene.standing()).toEqual([1, 2, 3].map(paper))
})

it('a part of which one paper stands there in another message is taken back, and the rest comes', async () => {
  await scene.match(1, 2)
  await scene.decide()
  scene.backUp()
  const key = 'another'.padEnd(22, '_')
  const message = notice('info', paper(1))
  await scene.platform.post(CHANNEL, { key, message, papers: [{ id: paper(1) }] }, new AbortController().signal)
  await scene.restore()
  await scene.live(4)
  expect(scene.standing()).toEqual([paper(1), paper(2)])
})

it('a digest of a slot that was decided in the gap has a name of its own', async () => {
  await scene.store.settings.set(['memory:t', CHANNEL], { schedule: 'daily 12:30', timezone: 'UTC', cap: 10 })
  scene.backUp()
  await scene.match(1)
  await scene.live(32)
  await scene.restore()
  await scene.match(2)
  const at = '2026-03-02T12:10:00.000Z'
  await scene.store.pending.set(seenKey(CHANNEL, paper(2)), { at })
  await scene.live(4)
  expect(scene.standing()).toEqual([paper(1), paper(2)])
  const keys = scene.platform.standing(CHANNEL).map((each) => each.key)
  expect(new Set(keys).size).toBe(2)
})

describe('where looking is not permitted', () => {
  beforeEach(async () => {
    await scene.store.matched.set(matchedKey, { catalogId: 'one', seq: 0, announcedThrough: {} })
    await scene.match(1)
    await scene.decide()
    scene.backUp()
    await scene.send()
    await scene.clock.advance(MINUTE)
    await scene.match(2)
    await scene.live(1)
    await scene.restore()
    await scene.match(2)
    // From then on, and for ever.
    scene.platform.findFaults.push(
      ...Array.from({ length: 2000 }, () => ({ kind: 'cannot-look', why: 'no leave' }) as const),
    )
  })

  it('an admin is asked, once, and nothing is posted meanwhile', async () => {
    await scene.live(60)
    expect(scene.told).toHaveLength(1)
    expect(scene.told[0]).toContain('no leave')
    expect(scene.standing()).toEqual([paper(1), paper(2)])
  })

  it('they are posted marked after a day', async () => {
    await scene.live(5)
    await scene.clock.advance(24 * HOUR)
    await scene.live(20)
    expect(scene.texts().map((text) => text.includes('(may repeat)'))).toEqual([false, false, true, true])
  })

  it('what of them is over the limit is listed by a digest that is marked as a whole', async () => {
    await scene.store.settings.set(['memory:t', CHANNEL], { schedule: 'immediate', timezone: 'UTC', cap: 1 })
    await scene.match(3, 4)
    const at = '2026-03-02T12:00:30.000Z'
    for (const id of [paper(3), paper(4)])
      await scene.store.seen.set(seenKey(CHANNEL, id), { state: 'pending', at, reasons: [reason] })
    await scene.live(5)
    await scene.clock.advance(24 * HOUR)
    await scene.live(20)
    const listing = (await scene.digests()).filter(({ listed }) => listed.length > 0)
    expect(listing).toMatchObject([{ mayRepeat: true }])
  })

  it('they leave the slot to what was learnt since', async () => {
    await scene.store.settings.set(['memory:t', CHANNEL], { schedule: 'daily 12:30', timezone: 'UTC', cap: 10 })
    await scene.live(5)
    await scene.match(5)
    await scene.clock.advance(24 * HOUR)
    await scene.live(60)
    const found = (await scene.digests()).filter(({ slot }) => slot === '2026-03-02T12:30:00.000Z')
    const papersOf = ({ mayRepeat, parts }: DigestRecord) =>
      [mayRepeat ? 'marked' : 'plain', parts.flat().map((item) => item.paper)] as const
    expect(Object.fromEntries(found.map(papersOf))).toEqual({ plain: [paper(5)], marked: [paper(2)] })
  })

  it('they are not given up to a later digest while something that was learnt by then is yet to be matched', async () => {
    const at = '2026-03-02T12:00:00.000Z'
    scene.changes = [{ seq: 1, paper: paper(3), kind: 'new', origin: 'announced', at, source: 'arxiv' }]
    await scene.live(5)
    await scene.clock.advance(24 * HOUR)
    await scene.live(20)
    expect(scene.standing()).toEqual([paper(1), paper(2)])
    await scene.store.matched.set(matchedKey, { catalogId: 'one', seq: 1, announcedThrough: {} })
    await scene.live(20)
    expect(scene.texts().filter((text) => text.includes('(may repeat)'))).toHaveLength(2)
  })

  it('they are not posted when they are said to be there', async () => {
    await scene.live(5)
    expect(await answerRecall(scene.house, CHANNEL, 'there')).toBe('done')
    await scene.live(5)
    expect(scene.standing()).toEqual([paper(1), paper(2)])
    expect((await ledgerOf(scene.store, CHANNEL, paper(2)))?.state).toBe('posted')
  })

  it('they are posted, unmarked, when they are said not to be there', async () => {
    await scene.live(5)
    expect(await answerRecall(scene.house, CHANNEL, 'post')).toBe('done')
    await scene.live(5)
    expect(scene.texts().some((text) => text.includes('(may repeat)'))).toBe(false)
    expect(scene.standing()).toHaveLength(4)
  })
})

it('a message of which only the platform knew is edited when one of its papers changes, once', async () => {
  scene.backUp()
  await scene.match(1, 2)
  await scene.live(2)
  await scene.restore()
  await scene.match(1, 2)
  await scene.live(4)
  const change = { seq: 1, paper: paper(2), kind: 'revised', origin: 'history', at: '', source: 'arxiv' } as const
  const catalog = { id: 'one', changesAfter: async (seq: number) => [change].filter((each) => each.seq > seq) }
  const compose = async (part: PartRecord) => ({ ...(await composeLine(part, {})), message: notice('info', 'v2') })
  expect(await reviseRound({ ...scene.house, catalog, compose })).toEqual({ wanted: 1 })
  const courier = createCourier({ ...scene.house, compose, settleMs: 90_000, tellAdmin: async () => {} })
  for (let times = 0; times < 2; times++) await scene.clock.run(courier.sendDue(new AbortController().signal))
  expect(scene.platform.standing(CHANNEL)).toMatchObject([{ text: 'v2', edits: 1 }])
  expect(await ledgerOf(scene.store, CHANNEL, paper(1))).toMatchObject({
    state: 'posted',
    steps: [{ what: 'posted' }, { what: 'edited' }],
  })
})

it('a message of which only the platform knew is edited when one of its papers changed before it was found', async () => {
  await scene.store.matched.set(matchedKey, { catalogId: 'one', seq: 0, announcedThrough: {} })
  scene.backUp()
  await scene.match(1)
  await scene.live(2)
  await scene.match(2)
  await scene.live(2)
  scene.changes = [{ seq: 1, paper: paper(2), kind: 'revised', origin: 'history', at: '', source: 'arxiv' }]
  await scene.restore()
  await scene.live(5)
  expect(scene.platform.standing(CHANNEL)).toMatchObject([{ edits: 0 }, { edits: 1 }])
})

describe('a channel that was first followed after the backup', () => {
  beforeEach(async () => {
    await scene.store.matched.set(matchedKey, { catalogId: 'one', seq: 0, announcedThrough: {} })
    scene.backUp()
    await scene.follow(LATER)
    await scene.matchIn(LATER, 1)
    await scene.live(2)
    await scene.restore()
    await scene.follow(LATER)
  })
  const standing = () => scene.platform.standing(LATER).flatMap(({ papers }) => papers.map(({ id }) => id))

  it('is asked what stands there once it is followed again, and nothing comes twice', async () => {
    await scene.matchIn(LATER, 1, 2)
    await scene.live(4)
    expect(standing()).toEqual([paper(1), paper(2)])
    expect((await ledgerOf(scene.store, LATER, paper(1)))?.state).toBe('posted')
  })

  it('waits for nobody when what waits is newer than the restore, though nobody may look', async () => {
    const looks = Array.from({ length: 20 }, () => ({ kind: 'cannot-look', why: 'no leave' }) as const)
    scene.platform.findFaults.push(...looks)
    await scene.clock.advance(5 * MINUTE)
    await scene.matchIn(LATER, 2)
    await scene.live(2)
    expect(standing()).toEqual([paper(1), paper(2)])
    expect(scene.told.filter((text) => text.includes(LATER))).toEqual([])
  })
})

it('months after a restore a new channel is posted to without a look', async () => {
  scene.backUp()
  await scene.restore()
  await scene.live(4)
  const { looks } = scene.platform
  await scene.clock.advance(91 * 24 * HOUR)
  await retain(scene.house)
  await scene.follow(LATER)
  await scene.matchIn(LATER, 1)
  await scene.live(1)
  expect(scene.platform.looks).toBe(looks)
  expect(scene.platform.standing(LATER)).toHaveLength(1)
})

it('a look that fails for now is repeated', async () => {
  scene.backUp()
  await scene.match(1)
  await scene.live(1)
  await scene.restore()
  await scene.match(1)
  scene.platform.findFaults.push({ kind: 'throws' }, { kind: 'throws' }, { kind: 'throws' })
  await scene.live(12)
  expect(scene.standing()).toEqual([paper(1)])
  expect(scene.told).toEqual([])
})

it('a process that ends at any write of a recall leaves nothing that comes twice or is missed', async () => {
  for (let at = 1; ; at++) {
    const one = new Scene()
    await one.follow()
    await one.match(1, 2, 3)
    await one.decide()
    one.backUp()
    await one.send()
    await one.match(4, 5, 6)
    await one.live(2)
    await one.restore()
    await one.match(4, 5, 6, 7)
    await one.clock.advance(2 * MINUTE)
    const meter = new Meter({ kind: 'stop', when: at % 2 === 0 ? 'after' : 'before', at: Math.ceil(at / 2) })
    await one.clock
      .run(recallRound({ ...one.house, store: countedStore(one.store, meter) }))
      .catch((error: unknown) => {
        if (!meter.stopped) throw error
      })
    await one.live(4)
    expect(one.standing().toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7].map(paper))
    for await (const { value } of entriesOf(one.store, one.store.parts, []))
      expect((await one.store.outbox.get(partKey(value))) === undefined).toBe(true)
    if (!meter.stopped) return
  }
})
