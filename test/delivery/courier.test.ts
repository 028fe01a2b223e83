import { describe, expect, it } from 'vitest'
import type { ChannelId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { channelKey, partKey, seenKey } from '../../src/store/keys.ts'
import { put } from '../../src/store/store.ts'
import { aWorkshop, composeLine, decideDigest, ledgerOf } from '../support/delivery.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const HOUR = 3_600_000
const papers = 'memory:team/papers' as ChannelId
const other = 'memory:team/other' as ChannelId
const slot = '2025-09-01T09:00:00.000Z'

function setUp(over: Parameters<typeof aWorkshop>[2] = {}) {
  const clock = new SimulatedClock(slot)
  return aWorkshop(clock, new MemoryPlatform(clock), over)
}

const texts = (workshop: ReturnType<typeof setUp>, channel = papers) =>
  workshop.platform.standing(channel).map((each) => each.text)

describe('a channel that is gone', () => {
  it('has nothing left to be sent or parked: what was for it is given up, with the reason in the ledger', async () => {
    const workshop = setUp()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    workshop.platform.postFaults.push({
      kind: 'answer',
      result: { kind: 'refused', reason: 'channel-gone', until: 'never', detail: 'deleted' },
    })
    expect(await workshop.deliver()).toMatchObject({ posted: 0, parked: 0, refused: 2, waiting: 0 })
    expect(await workshop.states()).toEqual(['refused', 'refused'])
    expect(await ledgerOf(workshop.store, papers, 'b')).toEqual(['refused'])
    expect(workshop.platform.requests).toHaveLength(1)
    expect(await workshop.store.channels.get(channelKey(papers))).toMatchObject({ parked: { until: 'never' } })
  })

  it('lets go of what was parked before it was deleted', async () => {
    const workshop = setUp()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    workshop.platform.postFaults.push({
      kind: 'answer',
      result: { kind: 'refused', reason: 'not-in-channel', until: 'invited', detail: '' },
    })
    expect(await workshop.deliver()).toMatchObject({ parked: 1 })
    await workshop.courier.loseChannel(papers, 'the channel was deleted')
    expect(await workshop.deliver()).toMatchObject({ refused: 1, waiting: 0 })
    expect(await workshop.states()).toEqual(['refused'])
    expect(await workshop.store.scan(workshop.store.outbox, [], { limit: 1 })).toEqual([])
  })
})

describe('a digest', () => {
  it('is posted part by part, in order, and recorded', async () => {
    const workshop = setUp()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a', 'b'], ['c']] })
    expect(await workshop.deliver()).toEqual({ posted: 2, parked: 0, refused: 0, edited: 0, waiting: 0 })
    expect(texts(workshop)).toEqual(['a, b', 'c'])
    expect(await workshop.states()).toEqual(['posted', 'posted'])
    expect(await workshop.store.seen.get(seenKey(papers, 'b' as PaperId))).toMatchObject({
      state: 'posted',
      part: 1,
      version: 1,
      receipt: { id: 'm1' },
      hash: 'a, b',
    })
    expect(await ledgerOf(workshop.store, papers, 'c')).toEqual(['sending', 'posted'])
    expect(workshop.platform.looks).toBe(0)
  })

  it('is posted once, however often its delivery is asked for', async () => {
    const workshop = setUp()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await Promise.all([workshop.deliver(), workshop.deliver()])
    await workshop.restart()
    await workshop.deliver()
    expect(workshop.platform.requests).toHaveLength(1)
  })

  it('has its later parts in the thread of the first', async () => {
    const workshop = setUp()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    await workshop.deliver()
    expect(workshop.platform.standing(papers).map((each) => each.parent)).toEqual([undefined, 'm1'])
  })

  it('goes on outside its thread when somebody deleted the first message', async () => {
    const workshop = setUp()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    workshop.platform.postFaults.push(
      { kind: 'answer', result: { kind: 'posted', receipt: { id: 'm9' } }, channel: papers },
      { kind: 'answer', result: { kind: 'refused', reason: 'message-gone', until: 'never', detail: '' } },
    )
    await workshop.deliver()
    expect(workshop.platform.standing(papers)).toMatchObject([{ text: 'b' }])
    expect(workshop.platform.standing(papers)[0]).not.toHaveProperty('parent')
  })

  it('comes after an earlier one of its channel, also when there are ten in a slot', async () => {
    const workshop = setUp()
    for (const n of [10, 9, 2]) await decideDigest(workshop.store, { channel: papers, slot, n, parts: [[`p${n}`]] })
    await workshop.deliver()
    expect(texts(workshop)).toEqual(['p2', 'p9', 'p10'])
  })
})

describe('a part whose post timed out', () => {
  for (const kind of ['lost-reply', 'hang', 'deaf', 'throws'] as const) {
    it(`is not posted again when it stands there (${kind})`, async () => {
      const workshop = setUp()
      workshop.platform.postFaults.push({ kind })
      await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
      await workshop.deliverFor(5 * 60_000)
      expect(texts(workshop)).toEqual(['a', 'b'])
      expect(await workshop.states()).toEqual(['posted', 'posted'])
      expect(await ledgerOf(workshop.store, papers, 'a')).toEqual(['sending', 'unknown', 'posted'])
      expect(await workshop.store.seen.get(seenKey(papers, 'a' as PaperId))).toMatchObject({ receipt: { id: 'm1' } })
    })
  }

  it('is posted again only after two looks found it absent, 90 and 105 seconds later', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'lost-request' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    const start = workshop.clock.now()
    const first = await workshop.deliver()
    expect(first).toMatchObject({ posted: 0, waiting: 1, nextAt: start + 90_000 })
    await workshop.clock.advance(90_000)
    const second = await workshop.deliver()
    expect(second).toMatchObject({ posted: 0, waiting: 1, nextAt: start + 105_000 })
    expect(texts(workshop)).toEqual([])
    await workshop.clock.advance(15_000)
    expect(await workshop.deliver()).toMatchObject({ posted: 1, waiting: 0 })
    expect(workshop.platform.looks).toBe(2)
    expect(texts(workshop)).toEqual(['a'])
  })

  it('is found when the late request lands within the settling time', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'late', ms: 89_000 })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(10 * 60_000)
    expect(texts(workshop)).toEqual(['a'])
    expect(workshop.platform.requests).toHaveLength(1)
  })

  it('is found when the late request lands between the two looks', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'late', ms: 95_000 })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(10 * 60_000)
    expect(workshop.platform.requests).toHaveLength(1)
  })

  it('holds up its own channel and no other', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'lost-reply', channel: papers })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    await decideDigest(workshop.store, { channel: other, slot, parts: [['c'], ['d']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 2, waiting: 2 })
    expect(texts(workshop, other)).toEqual(['c', 'd'])
  })

  it('goes on where it was after a restart', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'lost-request' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliver()
    await workshop.clock.advance(90_000)
    await workshop.deliver()
    await workshop.restart()
    await workshop.clock.advance(15_000)
    await workshop.deliver()
    expect(workshop.platform.looks).toBe(2)
    expect(texts(workshop)).toEqual(['a'])
  })

  it('is looked for again when looking failed', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'lost-reply' })
    workshop.platform.findFaults.push({ kind: 'throws' }, { kind: 'hang' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(10 * 60_000)
    expect(await workshop.states()).toEqual(['posted'])
    expect(workshop.platform.requests).toHaveLength(1)
    expect(workshop.told).toEqual([])
  })
})

describe('a part that was being sent when the process ended', () => {
  it('is looked for before anything else, and not posted again', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'hang' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    void workshop.courier.sendDue(new AbortController().signal)
    await workshop.clock.advance(1000)
    expect(await workshop.states()).toEqual(['sending'])
    await workshop.restart()
    await workshop.clock.advance(10 * 60_000)
    await workshop.deliver()
    expect(workshop.platform.requests).toHaveLength(1)
    expect(await workshop.states()).toEqual(['posted'])
  })

  it('is found when the disk was full as its outcome was to be written', async () => {
    const memory = openMemoryStore()
    let full = false
    const workshop = setUp({
      store: {
        ...memory,
        commit: async (operations) => {
          if (full) throw new Error('the disk is full')
          return memory.commit(operations)
        },
      },
    })
    workshop.platform.always = () => {
      full = true
      return undefined
    }
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 0, waiting: 2 })
    expect(await workshop.states()).toEqual(['sending', 'ready'])
    full = false
    workshop.platform.always = undefined
    await workshop.deliverFor(10 * 60_000)
    expect(texts(workshop)).toEqual(['a', 'b'])
    expect(workshop.platform.requests).toHaveLength(2)
  })
})

describe('a part that can not be looked for', () => {
  const unlookable = () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'lost-reply', channel: papers })
    const refused = { kind: 'cannot-look', why: 'the history may not be read' } as const
    workshop.platform.findFaults.push(refused, refused)
    return workshop
  }

  it('is parked, an admin is told once, and the channel goes on', async () => {
    const workshop = unlookable()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    await workshop.deliverFor(HOUR)
    await workshop.restart()
    await workshop.deliverFor(HOUR)
    expect(await workshop.states()).toEqual(['parked', 'posted'])
    expect(workshop.told).toHaveLength(1)
    expect(workshop.told[0]).toMatchObject({ why: 'unknown', until: 'answered' })
    expect(workshop.told[0]?.reason).toContain('the history may not be read')
    expect(await workshop.store.seen.get(seenKey(papers, 'a' as PaperId))).toMatchObject({ state: 'parked' })
    expect(await ledgerOf(workshop.store, papers, 'a')).toEqual(['sending', 'unknown', 'parked'])
  })

  it('is posted after a day, marked that it may repeat', async () => {
    const workshop = unlookable()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(23 * HOUR)
    expect(texts(workshop)).toEqual(['a'])
    await workshop.deliverFor(2 * HOUR)
    expect(texts(workshop)).toEqual(['a', 'a (may repeat)'])
    expect(await ledgerOf(workshop.store, papers, 'a')).toEqual([
      'sending',
      'unknown',
      'parked',
      'resumed',
      'sending',
      'posted',
    ])
  })

  it('is not repeated a second time without an answer', async () => {
    const workshop = unlookable()
    workshop.platform.always = () => ({ kind: 'lost-reply' })
    for (let each = 0; each < 50; each++) workshop.platform.findFaults.push({ kind: 'cannot-look', why: 'no' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(100 * HOUR)
    expect(texts(workshop)).toEqual(['a', 'a (may repeat)'])
    expect(workshop.told).toHaveLength(2)
  })

  it('is not posted again after a day when it can be looked for by then, and stands there', async () => {
    const workshop = unlookable()
    workshop.platform.findFaults.pop()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(30 * HOUR)
    expect(texts(workshop)).toEqual(['a'])
    expect(await workshop.states()).toEqual(['posted'])
  })

  it('is posted unmarked after a day when it can be looked for by then, and is absent', async () => {
    const workshop = unlookable()
    workshop.platform.findFaults.pop()
    workshop.platform.postFaults.splice(0, 1, { kind: 'lost-request' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(30 * HOUR)
    expect(texts(workshop)).toEqual(['a'])
  })

  it('is posted marked after a day when looking fails again and again', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ kind: 'lost-reply' })
    for (let each = 0; each < 20; each++) workshop.platform.findFaults.push({ kind: 'throws' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    await workshop.deliverFor(2 * HOUR)
    expect(await workshop.states()).toEqual(['parked', 'posted'])
    await workshop.deliverFor(23 * HOUR)
    expect(texts(workshop)).toEqual(['a', 'b', 'a (may repeat)'])
  })

  it('is not put off by being resumed in vain', async () => {
    const workshop = unlookable()
    for (let each = 0; each < 9; each++) workshop.platform.findFaults.push({ kind: 'cannot-look', why: 'no' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    for (let hours = 0; hours < 24; hours += 4) {
      await workshop.deliverFor(4 * HOUR)
      await workshop.courier.resumeChannel(papers)
    }
    await workshop.deliverFor(HOUR)
    expect(texts(workshop)).toEqual(['a', 'a (may repeat)'])
  })

  it('is looked for once it is permitted', async () => {
    const workshop = unlookable()
    workshop.platform.findFaults.pop()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(HOUR)
    expect(await workshop.courier.resumeChannel(papers)).toEqual({ resumed: 1 })
    await workshop.deliverFor(30 * HOUR)
    expect(texts(workshop)).toEqual(['a'])
    expect(await workshop.states()).toEqual(['posted'])
  })

  for (const [word, standing, state] of [
    ['again', ['a', 'a'], 'posted'],
    ['there', ['a'], 'posted'],
    ['drop', ['a'], 'refused'],
  ] as const) {
    it(`does as an admin says: ${word}`, async () => {
      const workshop = unlookable()
      await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
      await workshop.deliverFor(HOUR)
      expect(await workshop.courier.answer({ channel: papers, slot, n: 1, part: 1 }, word)).toBe('done')
      await workshop.deliverFor(30 * HOUR)
      expect(texts(workshop)).toEqual(standing)
      expect(await workshop.states()).toEqual([state])
      expect(await workshop.courier.answer({ channel: papers, slot, n: 1, part: 1 }, word)).toBe('not-parked')
    })
  }

  it('is told of again when the telling failed', async () => {
    let failures = 2
    const told: string[] = []
    const workshop = setUp({
      tellAdmin: async ({ reason }) => {
        if (failures-- > 0) throw new Error('nobody is there')
        told.push(reason)
      },
    })
    workshop.platform.postFaults.push({ kind: 'lost-reply' })
    workshop.platform.findFaults.push({ kind: 'cannot-look', why: 'no' })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(HOUR)
    expect(told).toHaveLength(1)
  })
})

describe('a throttled request', () => {
  const throttled = (scope: 'channel' | 'tenant' | 'platform') =>
    ({ kind: 'answer', result: { kind: 'throttled', retryAfterMs: 30_000, scope } }) as const

  it('is repeated when the platform said, and not looked for', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push(throttled('channel'))
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 0, waiting: 2, nextAt: Date.parse(slot) + 30_000 })
    await workshop.deliverFor(60_000)
    expect(texts(workshop)).toEqual(['a', 'b'])
    expect(workshop.platform.looks).toBe(0)
  })

  it('holds its tenant, and no other', async () => {
    const workshop = setUp()
    const elsewhere = 'memory:house/papers' as ChannelId
    workshop.platform.postFaults.push({ ...throttled('tenant'), channel: papers })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliver()
    await decideDigest(workshop.store, { channel: other, slot, parts: [['b']] })
    await decideDigest(workshop.store, { channel: elsewhere, slot, parts: [['c']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 1, waiting: 2, nextAt: Date.parse(slot) + 30_000 })
    expect(texts(workshop, elsewhere)).toEqual(['c'])
  })
})

describe('a refusal', () => {
  const refused = (until: 'invited' | 'permitted' | 'plainer' | 'never') =>
    ({ kind: 'answer', result: { kind: 'refused', reason: 'forbidden', until, detail: 'says it' } }) as const

  it('until the bot is invited makes the whole channel wait, and its papers come then', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push({ ...refused('invited'), channel: papers })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    await decideDigest(workshop.store, { channel: other, slot, parts: [['c']] })
    expect(await workshop.deliver()).toEqual({ posted: 1, parked: 1, refused: 0, edited: 0, waiting: 1 })
    expect(await workshop.store.channels.get(channelKey(papers))).toMatchObject({
      parked: { until: 'invited', reason: 'forbidden: says it' },
    })
    await workshop.deliverFor(48 * HOUR)
    expect(texts(workshop)).toEqual([])
    expect(workshop.told).toMatchObject([{ why: 'refused', until: 'invited' }])
    await workshop.courier.resumeChannel(papers)
    await workshop.deliver()
    expect(texts(workshop)).toEqual(['a', 'b'])
    expect(await workshop.store.channels.get(channelKey(papers))).not.toHaveProperty('parked')
  })

  it('of what is too rich is answered with a plain part', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push(refused('plainer'))
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliver()
    expect(texts(workshop)).toEqual(['a (plain)'])
  })

  it('of the plain part too is final', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push(refused('plainer'), refused('plainer'))
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 1, refused: 1, waiting: 0 })
  })

  it('for ever is written down, and the next part goes out', async () => {
    const workshop = setUp()
    workshop.platform.postFaults.push(refused('never'))
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a'], ['b']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 1, refused: 1, waiting: 0 })
    expect(await workshop.store.seen.get(seenKey(papers, 'a' as PaperId))).toMatchObject({ state: 'refused' })
    expect(await ledgerOf(workshop.store, papers, 'a')).toEqual(['sending', 'refused'])
  })
})

describe('trouble of our own', () => {
  it('parks a part that can not be written, and nothing else', async () => {
    const workshop = setUp({
      compose: async (part, manner) => {
        if (part.papers.includes('bad' as PaperId)) throw new Error('no such paper')
        return composeLine(part, manner)
      },
    })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['bad'], ['b']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 1, parked: 1, waiting: 0 })
    expect(workshop.told).toMatchObject([{ why: 'refused', until: 'answered' }])
    expect(workshop.told[0]?.reason).toContain('no such paper')
  })

  it('is over the next day, when the part can be written by then', async () => {
    let broken = true
    const workshop = setUp({
      compose: async (part, manner) => {
        if (broken) throw new Error('the catalogue is away')
        return composeLine(part, manner)
      },
    })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliverFor(HOUR)
    broken = false
    await workshop.deliverFor(24 * HOUR)
    expect(texts(workshop)).toEqual(['a'])
  })

  it('in one channel stops no other', async () => {
    const memory = openMemoryStore()
    const channels: typeof memory.channels = {
      ...memory.channels,
      get: async (key) => {
        if (key.includes(papers)) throw new Error('the disk is bad')
        return memory.channels.get(key)
      },
    }
    const workshop = setUp({ store: { ...memory, channels } })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await decideDigest(workshop.store, { channel: other, slot, parts: [['b']] })
    expect(await workshop.deliver()).toMatchObject({ posted: 1, waiting: 1, nextAt: Date.parse(slot) + 10_000 })
  })

  it('leaves alone what somebody else has moved meanwhile', async () => {
    const workshop = setUp({
      compose: async (part, manner) => {
        await workshop.store.commit([
          put(workshop.store.parts, partKey(part), { ...part, state: { kind: 'refused', reason: 'withdrawn' } }),
        ])
        return composeLine(part, manner)
      },
    })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.deliver()
    expect(workshop.platform.requests).toEqual([])
  })

  it('waits where the channel has no platform', async () => {
    const workshop = setUp({ platforms: () => undefined })
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    expect(await workshop.deliver()).toEqual({ posted: 0, parked: 0, refused: 0, edited: 0, waiting: 1 })
  })

  it('begins nothing once it is told to stop', async () => {
    const workshop = setUp()
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['a']] })
    await workshop.courier.sendDue(AbortSignal.abort())
    expect(workshop.platform.requests).toEqual([])
  })
})

describe('a platform that does not answer', () => {
  const channels = Array.from({ length: 12 }, (_, n) => `memory:team/c${n}` as ChannelId)

  it('holds up no other platform', async () => {
    const clock = new SimulatedClock(slot)
    const deaf = new MemoryPlatform(clock, 'deaf')
    const platform = new MemoryPlatform(clock)
    const workshop = aWorkshop(clock, platform, {
      platforms: (channel) => (channel.startsWith('deaf:') ? deaf : platform),
    })
    deaf.always = () => ({ kind: 'deaf' })
    for (const [n, channel] of channels.entries()) {
      await decideDigest(workshop.store, { channel: `deaf:team/c${n}` as ChannelId, slot, parts: [['a']] })
      await decideDigest(workshop.store, { channel, slot, parts: [['a']] })
    }
    const delivering = workshop.courier.sendDue(new AbortController().signal)
    await clock.advance(0)
    expect(platform.standing()).toHaveLength(12)
    await clock.run(delivering)
  })

  it('is left alone for a while, then asked once', async () => {
    const workshop = setUp()
    workshop.platform.always = () => ({ kind: 'lost-request' })
    for (const channel of channels) await decideDigest(workshop.store, { channel, slot, parts: [[channel]] })
    await workshop.deliver()
    const atOnce = workshop.platform.requests.length
    expect(atOnce).toBeLessThanOrEqual(8)
    await workshop.deliverFor(35_000)
    expect(workshop.platform.requests.length).toBe(atOnce + 1)
  })

  it('gets everything once it answers again, each part once', async () => {
    const workshop = setUp()
    workshop.platform.always = () => ({ kind: 'lost-request' })
    for (const channel of channels) await decideDigest(workshop.store, { channel, slot, parts: [[channel]] })
    await workshop.deliverFor(6 * HOUR)
    expect(workshop.platform.requests.length).toBeLessThan(60)
    workshop.platform.always = undefined
    await workshop.deliverFor(HOUR)
    expect(
      workshop.platform
        .standing()
        .map((each) => each.channel)
        .sort(),
    ).toEqual([...channels].sort())
    expect(workshop.told).toEqual([])
  })

  it('is not taken to be down because of one part that it never takes', async () => {
    const workshop = setUp()
    workshop.platform.always = (channel) => (channel === papers ? { kind: 'lost-request' } : undefined)
    await decideDigest(workshop.store, { channel: papers, slot, parts: [['poison']] })
    await decideDigest(workshop.store, { channel: papers, slot, n: 2, parts: [['after']] })
    for (let hour = 0; hour < 6; hour++) {
      await decideDigest(workshop.store, { channel: other, slot, n: hour + 1, parts: [[`fine${hour}`]] })
      await workshop.deliverFor(HOUR)
    }
    expect(texts(workshop, other)).toHaveLength(6)
    expect(workshop.told).toMatchObject([{ why: 'refused', until: 'answered' }, { why: 'refused' }])
  })
})
