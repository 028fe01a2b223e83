import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDigest, decideRound } from '../../src/digest/decide.ts'
import { findDigest } from '../../src/digest/digest-id.ts'
import { dueChannels } from '../../src/digest/due-channels.ts'
import { waitingItems } from '../../src/digest/waiting-papers.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { channelParts } from '../../src/message/channel.ts'
import type { Paper, PaperId } from '../../src/papers/paper.ts'
import { channelKey, seenKey } from '../../src/store/keys.ts'
import type { Reason } from '../../src/store/records.ts'
import type { Operation, Store } from '../../src/store/store.ts'
import { entriesOf, put } from '../../src/store/store.ts'
import { aPaper } from '../support/builders.ts'
import { aReason, demo, slack, theBeginning } from '../support/following.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const morning = '2025-09-12T09:00:00.000Z'

function house(store: Store, at = '2025-09-12T09:00:30.000Z') {
  return {
    store,
    clock: new SimulatedClock(at),
    random: seededRandom(1),
    catalog: {
      getMany: async (ids: readonly PaperId[]): Promise<readonly (Paper | undefined)[]> =>
        ids.map((id) => aPaper({ id })),
    },
  }
}

const at = (text: string) => Date.parse(text)
const decide = (store: Store, channel = demo, now = '2025-09-12T09:00:30.000Z', papersPerPart = 10) =>
  decideDigest(house(store), channel, { now: at(now), papersPerPart })

async function follow(store: Store, channel: ChannelId, id = 'S1'): Promise<void> {
  await store.subscriptions.set(channelKey(channel, id), {
    id,
    channel,
    follows: { kind: 'category', category: 'cs.LG' },
    narrowing: {},
    since: theBeginning,
    by: { id: 'U1', name: 'Ada' },
    at: '2025-09-01T00:00:00.000Z',
  })
}

async function wait(
  store: Store,
  channel: ChannelId,
  paper: string,
  since = '2025-09-12T04:00:00.000Z',
  reasons: readonly Reason[] = [aReason()],
) {
  const key = seenKey(channel, paper as PaperId)
  await store.commit([
    put(store.seen, key, { state: 'pending', at: since, reasons }),
    put(store.pending, key, { at: since }),
  ])
}

const atNine = { schedule: 'daily 09:00', timezone: 'UTC', cap: 20 }

async function demoWith(...papers: readonly string[]): Promise<Store> {
  const store = openMemoryStore()
  await store.settings.set(channelKey(demo), atNine)
  await follow(store, demo)
  for (const paper of papers) await wait(store, demo, paper)
  return store
}

async function waitingIn(store: Store): Promise<readonly string[]> {
  const waiting: string[] = []
  for await (const { key } of entriesOf(store, store.pending, [])) waiting.push(key.join(' '))
  return waiting
}

describe('deciding', () => {
  it('turns what waits into one digest whose parts are ready to be sent', async () => {
    const store = await demoWith('arxiv:1', 'arxiv:2', 'arxiv:3')
    const digest = await decide(store, demo, undefined, 2)
    expect(digest).toMatchObject({ id: `web:demo/papers/${morning}/1`, slot: morning, n: 1 })
    expect(await store.slots.get([demo])).toEqual({ lastSlot: morning, n: 1 })
    expect(await waitingIn(store)).toEqual([])
    const parts = await store.scan(store.parts, [demo, morning, '1'], { limit: 10 })
    expect(parts.map(({ value }) => [value.part, value.of, value.papers, value.state])).toEqual([
      [1, 2, ['arxiv:1', 'arxiv:2'], { kind: 'ready', attempt: 1 }],
      [2, 2, ['arxiv:3'], { kind: 'ready', attempt: 1 }],
    ])
    for (const { value } of parts) expect(value.key).toMatch(/^[\w-]{22}$/)
    expect((await store.scan(store.outbox, [demo], { limit: 10 })).length).toBe(2)
    expect(await store.seen.get([demo, 'arxiv:3'])).toMatchObject({ state: 'digested', digest: digest?.id, part: 2 })
    const [step] = await store.scan(store.ledger, [demo, 'arxiv:3'], { limit: 10 })
    expect(step?.value).toMatchObject({ what: 'digested', detail: `${digest?.id}, part 2 of 2` })
  })

  it('lists what is over the cap', async () => {
    const store = await demoWith('arxiv:1', 'arxiv:2')
    await store.settings.set(channelKey(demo), { schedule: 'immediate', timezone: 'UTC', cap: 1 })
    const digest = await decide(store)
    expect(await store.seen.get([demo, 'arxiv:2'])).toMatchObject({ state: 'listed', digest: digest?.id })
    expect((await findDigest(store, demo, digest?.id ?? ''))?.listed.map((item) => item.paper)).toEqual(['arxiv:2'])
    expect((await findDigest(store, demo, `${digest?.slot}/1`))?.id).toBe(digest?.id)
    expect(await findDigest(store, slack, digest?.id ?? '')).toBeUndefined()
  })

  it('one slot twice at once gives one digest', async () => {
    const store = await demoWith('arxiv:1')
    const both = await Promise.all([decide(store), decide(store)])
    expect(both.filter((digest) => digest !== undefined).length).toBe(1)
    expect((await store.scan(store.digests, [], { limit: 9 })).length).toBe(1)
  })

  it('by hand needs no slot, and twice in one moment gives two digests of it', async () => {
    const store = await demoWith('arxiv:1')
    const noon = at('2025-09-12T12:00:00Z')
    const first = await decideDigest(house(store), demo, { now: noon, papersPerPart: 5, manual: true })
    expect(first?.id).toBe('web:demo/papers/2025-09-12T12:00:00.000Z/1')
    expect(await decideDigest(house(store), demo, { now: noon, papersPerPart: 5, manual: true })).toBeUndefined()
    await wait(store, demo, 'arxiv:2')
    const second = await decideDigest(house(store), demo, { now: noon, papersPerPart: 5, manual: true })
    expect(second?.id).toBe('web:demo/papers/2025-09-12T12:00:00.000Z/2')
  })

  it('leaves out what nobody follows any more, and says so', async () => {
    const store = await demoWith('arxiv:1')
    await wait(store, demo, 'arxiv:2', undefined, [aReason({ subscription: 'gone' })])
    await wait(store, demo, 'arxiv:3', undefined, [aReason({ subscription: 'gone' }), aReason()])
    expect((await waitingItems(house(store), demo)).map((item) => [item.paper, item.reasons.length])).toEqual([
      ['arxiv:1', 1],
      ['arxiv:3', 1],
    ])
    await decide(store)
    expect((await store.seen.get([demo, 'arxiv:2']))?.state).toBe('muted')
    expect((await store.scan(store.ledger, [demo, 'arxiv:2'], { limit: 9 }))[0]?.value.what).toBe('muted')
    expect(await waitingIn(store)).toEqual([])
  })

  it('gives nobody a paper that was refused while it waited', async () => {
    const store = await demoWith('arxiv:1', 'arxiv:2')
    await store.seen.set([demo, 'arxiv:1'], { state: 'refused', by: 'U1', at: morning, reasons: [] })
    expect((await decide(store))?.parts.flat().map((item) => item.paper)).toEqual(['arxiv:2'])
    expect((await store.seen.get([demo, 'arxiv:1']))?.state).toBe('refused')
    expect(await waitingIn(store)).toEqual([])
  })

  it('reads again when a paper is refused at the same moment', async () => {
    const store = await demoWith('arxiv:1', 'arxiv:2')
    let first = true
    const racing: Store = {
      ...store,
      commit: async (operations: readonly Operation[]) => {
        if (first) await store.seen.set([demo, 'arxiv:1'], { state: 'refused', by: 'U1', at: morning, reasons: [] })
        first = false
        return store.commit(operations)
      },
    }
    expect((await decide(racing))?.parts.flat().map((item) => item.paper)).toEqual(['arxiv:2'])
  })

  it('stopped before or after its commit and repeated gives the same digest, every paper once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        async (numbers, cap, after) => {
          const papers = numbers.map((n) => `arxiv:${n}`)
          const build = async () => {
            const store = await demoWith(...papers)
            await store.settings.set(channelKey(demo), { schedule: 'daily 09:00', timezone: 'UTC', cap })
            return store
          }
          const whole = await decide(await build(), demo, undefined, 3)
          const store = await build()
          const stopping: Store = {
            ...store,
            commit: async (operations: readonly Operation[]) => {
              if (after) await store.commit(operations)
              throw new Error('stopped')
            },
          }
          await expect(decide(stopping, demo, undefined, 3)).rejects.toThrow('stopped')
          expect((await decide(store, demo, undefined, 3)) === undefined).toBe(after)
          const [kept, ...more] = await store.scan(store.digests, [], { limit: 9 })
          expect(kept?.value).toEqual(whole)
          expect(more).toEqual([])
          const given = [...(kept?.value.parts.flat() ?? []), ...(kept?.value.listed ?? [])].map((item) => item.paper)
          expect(given.sort()).toEqual(papers.sort())
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a round', () => {
  const round = (store: Store, now: string, log: (event: unknown) => void = () => {}) =>
    decideRound({ ...house(store, now), log, papersPerPart: () => 10 })

  it('gives every channel that is due its own, and waits for the slots of the others', async () => {
    const store = await demoWith('arxiv:1', 'arxiv:2')
    await follow(store, slack)
    await wait(store, slack, 'arxiv:1')
    await store.settings.set(channelKey(slack), { schedule: 'daily 11:00', timezone: 'UTC', cap: 20 })
    await store.slots.set([slack], { lastSlot: '2025-09-11T11:00:00.000Z', n: 1 })
    expect(await dueChannels(store, at('2025-09-12T09:00:30.000Z'))).toEqual([demo])
    expect(await dueChannels(store, at('2025-09-12T11:00:00.000Z'))).toEqual([slack, demo])
    expect(await round(store, '2025-09-12T11:00:00.000Z')).toEqual({ decided: 2 })
    expect(await dueChannels(store, at('2025-09-12T11:00:00.000Z'))).toEqual([])
  })

  it('lets papers wait for the next slot when they come after one that had none', async () => {
    const store = await demoWith()
    await round(store, '2025-09-12T09:00:30.000Z')
    await wait(store, demo, 'arxiv:1', '2025-09-12T20:45:10.000Z')
    expect(await round(store, '2025-09-12T20:45:30.000Z')).toEqual({ decided: 0 })
    expect(await round(store, '2025-09-13T09:00:10.000Z')).toEqual({ decided: 1 })
  })

  it('makes up a slot that passed while the program was not running', async () => {
    const store = await demoWith()
    await round(store, '2025-09-12T08:00:00.000Z')
    await wait(store, demo, 'arxiv:1', '2025-09-12T12:00:00.000Z')
    expect(await round(store, '2025-09-12T12:00:10.000Z')).toEqual({ decided: 1 })
    expect(await store.slots.get([demo])).toEqual({ lastSlot: morning, n: 1 })
  })

  it('says from when it is what made up for several slots that passed while the program was down, though its papers were learnt just now', async () => {
    const store = await demoWith()
    await round(store, '2025-09-08T20:00:00.000Z')
    await wait(store, demo, 'arxiv:1', '2025-09-12T12:00:00.000Z')
    await round(store, '2025-09-12T12:00:10.000Z')
    const [made] = await store.scan(store.digests, [demo], { limit: 9 })
    expect(made?.value).toMatchObject({ slot: morning, since: '2025-09-09T09:00:00.000Z' })
    await wait(store, demo, 'arxiv:2', '2025-09-13T08:59:00.000Z')
    await round(store, '2025-09-13T09:00:10.000Z')
    const [, next] = await store.scan(store.digests, [demo], { limit: 9 })
    expect(next?.value.slot).toBe('2025-09-13T09:00:00.000Z')
    expect(next?.value.since).toBeUndefined()
  })

  it('keeps the papers of a parked channel, and gives them once it is heard of again', async () => {
    const store = await demoWith('arxiv:1')
    const channel = { channel: demo, tenant: channelParts(demo).tenant, name: 'papers', addedAt: morning }
    await store.channels.set(channelKey(demo), {
      ...channel,
      parked: { reason: 'gone', until: 'invited', at: morning },
    })
    expect(await round(store, '2025-09-12T09:00:30.000Z')).toEqual({ decided: 0 })
    await store.channels.set(channelKey(demo), channel)
    expect(await round(store, '2025-09-12T10:00:00.000Z')).toEqual({ decided: 1 })
  })

  it('decides for all others when one channel can not be read', async () => {
    const store = await demoWith('arxiv:1')
    await follow(store, slack)
    await wait(store, slack, 'arxiv:1')
    await store.settings.set(channelKey(slack), { schedule: 'never', timezone: 'UTC', cap: 20 })
    const events: unknown[] = []
    expect(await round(store, '2025-09-12T09:00:30.000Z', (event) => events.push(event))).toEqual({ decided: 1 })
    expect(events).toContainEqual(expect.objectContaining({ event: 'digest.failed', channel: slack }))
    expect(await waitingIn(store)).toEqual([`${slack} arxiv:1`])
  })
})
