import { describe, expect, it } from 'vitest'
import { wantEdit } from '../../src/delivery/edits.ts'
import type { PostResult } from '../../src/delivery/platform.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { notice } from '../../src/message/message.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { partKey, seenKey } from '../../src/store/keys.ts'
import { aWorkshop, decideDigest, ledgerOf } from '../support/delivery.ts'
import { MemoryPlatform } from '../support/memory-platform.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const channel = 'memory:team/papers' as ChannelId
const slot = '2025-09-01T09:00:00.000Z'
const place = { channel, slot, n: 1, part: 1 }

/** A posted part whose text is then something else. */
async function posted() {
  const clock = new SimulatedClock(slot)
  let text = 'v1'
  const workshop = aWorkshop(clock, new MemoryPlatform(clock), {
    compose: async (part) => ({
      message: notice('info', text),
      papers: part.papers.map((id) => ({ id, version: Number(text.slice(1)) })),
      hash: text,
    }),
  })
  await decideDigest(workshop.store, { channel, slot, parts: [['a']] })
  await workshop.deliver()
  return {
    ...workshop,
    becomes: async (next: string) => {
      text = next
      await wantEdit(workshop.store, place, next, slot)
    },
    texts: () => workshop.platform.standing().map((each) => each.text),
    wishes: () => workshop.store.scan(workshop.store.edits, [], { limit: 10 }),
  }
}

const answered = (result: PostResult) => ({ kind: 'answer', result }) as const

describe('an edit', () => {
  it('brings a posted part up to date in its place', async () => {
    const house = await posted()
    await house.becomes('v2')
    expect(await house.deliver()).toMatchObject({ posted: 0, edited: 1 })
    expect(house.texts()).toEqual(['v2'])
    expect(await house.wishes()).toEqual([])
    expect(await house.store.seen.get(seenKey(channel, 'a' as PaperId))).toMatchObject({
      state: 'posted',
      version: 2,
      hash: 'v2',
      receipt: { id: 'm1' },
    })
    expect(await ledgerOf(house.store, channel, 'a')).toEqual(['sending', 'posted', 'edited'])
  })

  it('leaves the time at which its papers were posted as it was', async () => {
    const house = await posted()
    await house.clock.advance(3_600_000)
    await house.becomes('v2')
    await house.deliver()
    expect((await house.store.seen.get(seenKey(channel, 'a' as PaperId)))?.at.slice(0, 16)).toBe('2025-09-01T09:00')
  })

  it('is made once for several wishes', async () => {
    const house = await posted()
    await house.becomes('v2')
    await house.becomes('v3')
    expect(await house.deliver()).toMatchObject({ edited: 1 })
    expect(house.platform.standing()).toMatchObject([{ text: 'v3', edits: 1 }])
  })

  it('is not made when what a reader sees has not changed', async () => {
    const house = await posted()
    await wantEdit(house.store, place, 'something else', slot)
    expect(await house.deliver()).toMatchObject({ edited: 0 })
    expect(house.platform.standing()).toMatchObject([{ edits: 0 }])
    expect(await house.wishes()).toEqual([])
  })

  it('of a message that somebody deleted is dropped, and nothing is posted again', async () => {
    const house = await posted()
    const key = house.platform.standing()[0]?.key ?? ''
    house.platform.delete(key)
    await house.becomes('v2')
    await house.deliver()
    expect(house.texts()).toEqual([])
    expect(await house.wishes()).toEqual([])
    expect(house.platform.requests).toHaveLength(1)
  })

  it('that is refused while the bot is out is made once it is in again', async () => {
    const house = await posted()
    const refused = { kind: 'refused', reason: 'not-in-channel', until: 'invited', detail: '' } as const
    house.platform.postFaults.push(answered(refused), answered(refused))
    await house.becomes('v2')
    await house.deliver()
    await house.clock.advance(60_000)
    await house.deliver()
    expect(house.texts()).toEqual(['v1'])
    for (let hours = 0; hours < 2; hours++) {
      await house.clock.advance(3_600_000)
      await house.deliver()
    }
    expect(house.texts()).toEqual(['v2'])
    expect(await house.wishes()).toEqual([])
  })

  it('that is throttled is made later', async () => {
    const house = await posted()
    house.platform.postFaults.push(answered({ kind: 'throttled', retryAfterMs: 5000, scope: 'channel' }))
    await house.becomes('v2')
    expect(await house.deliver()).toMatchObject({ edited: 0, nextAt: Date.parse(slot) + 5000 })
    await house.clock.advance(5000)
    expect(await house.deliver()).toMatchObject({ edited: 1 })
  })

  it('whose outcome is unknown is made again, which changes nothing', async () => {
    const house = await posted()
    house.platform.postFaults.push({ kind: 'lost-reply' })
    await house.becomes('v2')
    await house.deliverFor(5 * 60_000)
    expect(house.texts()).toEqual(['v2'])
    expect(await house.wishes()).toEqual([])
  })

  it('waits for its part to be posted, which is then up to date', async () => {
    const house = await posted()
    await decideDigest(house.store, { channel, slot, n: 2, parts: [['b']] })
    house.platform.postFaults.push(answered({ kind: 'throttled', retryAfterMs: 5000, scope: 'channel' }))
    await wantEdit(house.store, { ...place, n: 2 }, 'v1', slot)
    await house.deliver()
    expect(await house.wishes()).toHaveLength(1)
    await house.deliverFor(60_000)
    expect(house.platform.standing()).toMatchObject([{ edits: 0 }, { edits: 0 }])
    expect(await house.wishes()).toEqual([])
  })

  it('wished for while another is made is not lost', async () => {
    const house = await posted()
    await house.becomes('v2')
    const { edit } = house.platform
    house.platform.edit = async (...args) => {
      house.platform.edit = edit
      await house.becomes('v3')
      return edit.apply(house.platform, args)
    }
    await house.deliver()
    expect(await house.store.edits.get(partKey(place))).toMatchObject({ wanted: 'v3' })
    await house.deliver()
    expect(house.texts()).toEqual(['v3'])
  })

  it('makes way for posts, however many there are to be made', async () => {
    const clock = new SimulatedClock(slot)
    const platform = new MemoryPlatform(clock)
    const { edit } = platform
    const edits: number[] = []
    platform.edit = async (...args) => {
      // As slow as Slack wants it.
      await clock.sleep(1200)
      edits.push(clock.now())
      return edit.apply(platform, args)
    }
    let text = 'v1'
    const workshop = aWorkshop(clock, platform, {
      compose: async (part) => ({
        message: notice('info', text),
        papers: part.papers.map((id) => ({ id })),
        hash: text,
      }),
    })
    const { store } = workshop
    const old = Array.from({ length: 200 }, (_, at) => at + 1)
    for (const n of old) await decideDigest(store, { channel, slot, n, parts: [[`old ${n}`]] })
    await workshop.deliver()
    text = 'v2'
    for (const n of old) await wantEdit(store, { ...place, n }, 'v2', slot)
    const waited: number[] = []
    for (const n of [1001, 1002, 1003]) {
      for (let round = 0; round < 5; round++) await workshop.deliver()
      const decided = clock.now()
      await decideDigest(store, { channel, slot, n, parts: [[`news ${n}`]] })
      await workshop.deliver()
      waited.push((platform.requests.at(-1)?.at ?? Number.NaN) - decided)
    }
    expect(waited).toEqual([0, 0, 0])
    const span = (edits[9] ?? 0) - (edits[0] ?? 0)
    expect(span).toBeLessThan(60_000)
    await workshop.deliverFor(10 * 60_000)
    expect(edits).toHaveLength(200)
    expect(await store.scan(store.edits, [], { limit: 1 })).toEqual([])
  })
})
