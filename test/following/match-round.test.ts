import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/catalog/change.ts'
import type { Matching } from '../../src/following/match-round.ts'
import { matchRound } from '../../src/following/match-round.ts'
import { isNewsTo } from '../../src/following/news.ts'
import type { Follows } from '../../src/following/subscription.ts'
import { addSubscription, removeSubscriptions, restoreSubscriptions } from '../../src/following/subscriptions.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { channelParts } from '../../src/message/channel.ts'
import type { Paper, PaperId } from '../../src/papers/paper.ts'
import { channelKey, matchedKey, seenKey } from '../../src/store/keys.ts'
import type { Narrowing, Since } from '../../src/store/records.ts'
import { scopeOf } from '../../src/store/scope.ts'
import type { Operation, Store } from '../../src/store/store.ts'
import { aPaper } from '../support/builders.ts'
import { anAuthor, aReason, aSubscription, demo, slack, theBeginning } from '../support/following.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const announced = (seq: number, paper: string, over: Partial<Change> = {}): Change => ({
  seq,
  paper: paper as PaperId,
  kind: 'new',
  origin: 'announced',
  at: '2025-09-12T04:00:00.000Z',
  source: 'arxiv',
  ...over,
})

interface World extends Matching {
  readonly changes: Change[]
  readonly papers: Map<string, Paper>
  readonly events: unknown[]
}

function world(store: Store = openMemoryStore(), id = 'catalogue-1'): World {
  const changes: Change[] = []
  const papers = new Map<string, Paper>()
  const events: unknown[] = []
  return {
    store,
    changes,
    papers,
    events,
    clock: new SimulatedClock('2025-09-12T05:00:00.000Z'),
    random: seededRandom(1),
    log: (event) => void events.push(event),
    announcedThrough: async () => ({ arxiv: '2509.00100' }),
    catalog: {
      id,
      changesAfter: async (seq, limit) => changes.filter((change) => change.seq > seq).slice(0, limit),
      getMany: async (ids) => ids.map((paper) => papers.get(paper)),
      papersBy: async (names) =>
        [...papers.values()].filter(({ authors }) => authors.some(({ name }) => names.includes(name))),
    },
  }
}

function learn(it: World, paper: Paper, over: Partial<Change> = {}): void {
  it.papers.set(paper.id, paper)
  it.changes.push(announced(it.changes.length + 1, paper.id, over))
}

async function follow(
  store: Store,
  channel: ChannelId,
  id: string,
  follows: Follows,
  since: Since = theBeginning,
  narrowing: Narrowing = {},
) {
  if (follows.kind === 'author') await store.profiles.set(channelKey(channel).slice(0, 1).concat(id), follows.profile)
  await store.subscriptions.set(channelKey(channel, id), {
    id,
    channel,
    follows: follows.kind === 'author' ? { kind: 'author', profile: id } : follows,
    narrowing,
    since,
    by: { id: 'U1', name: 'Ada' },
    at: '2025-09-01T00:00:00.000Z',
  })
}

const category = (code: string): Follows => ({ kind: 'category', category: code })
const seen = async (store: Store, channel: ChannelId, paper: string) =>
  store.seen.get(seenKey(channel, paper as PaperId))
const pending = async (store: Store) =>
  (await store.scan(store.pending, [], { limit: 1000 })).map(({ key }) => key.join(' '))

describe('a round of matching', () => {
  it('gives each channel what was announced and concerns it, with all reasons, once', async () => {
    const it = world()
    await follow(
      it.store,
      demo,
      'K',
      anAuthor('Jared Kaplan', { coauthors: { 'Ethan Perez': 3 }, categories: { 'cs.LG': 9 } }),
    )
    await follow(it.store, demo, 'C', category('cs.LG'))
    await follow(it.store, slack, 'C', category('math'))
    learn(it, aPaper({ id: 'arxiv:1', authors: [{ name: 'Ethan Perez' }, { name: 'Jared Kaplan' }] }))
    expect(await matchRound(it)).toEqual({ changes: 1, matched: 1 })
    expect(await seen(it.store, demo, 'arxiv:1')).toMatchObject({
      state: 'pending',
      reasons: [
        { subscription: 'C', kind: 'category', evidence: ['cs.LG: its primary category'] },
        { subscription: 'K', kind: 'author', author: 'Jared Kaplan', position: 1 },
      ],
    })
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:1'])
    expect((await it.store.scan(it.store.ledger, [demo], { limit: 9 })).map(({ value }) => value.what)).toEqual([
      'matched',
    ])
    expect(await it.store.matched.get(matchedKey)).toEqual({
      catalogId: 'catalogue-1',
      seq: 1,
      announcedThrough: { arxiv: '2509.00100' },
    })
    expect(await matchRound(it)).toEqual({ changes: 0, matched: 0 })
  })

  it('takes no history, no revision and no withdrawal for news', async () => {
    const it = world()
    await follow(it.store, demo, 'C', category('cs.LG'))
    learn(it, aPaper({ id: 'arxiv:1' }), { origin: 'history' })
    learn(it, aPaper({ id: 'arxiv:2' }), { kind: 'revised' })
    learn(it, aPaper({ id: 'arxiv:3' }), { kind: 'withdrawn' })
    expect(await matchRound(it)).toEqual({ changes: 3, matched: 0 })
    expect((await it.store.matched.get(matchedKey))?.seq).toBe(3)
  })

  it('keeps the past out of a new subscription', async () => {
    const it = world()
    await follow(it.store, demo, 'C', category('cs.LG'), { catalogId: 'catalogue-1', seq: 1, announcedThrough: {} })
    learn(it, aPaper({ id: 'arxiv:1' }))
    learn(it, aPaper({ id: 'arxiv:2' }))
    await matchRound(it)
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:2'])
  })

  it('tells by the day of its listing what is news to who followed before the source was first harvested', async () => {
    const early = aSubscription({ at: '2025-09-08T15:00:00.000Z', since: theBeginning })
    const change = announced(1, 'arxiv:1')
    expect(isNewsTo(early, change, 'catalogue-1', '2025-09-08')).toBe(false)
    expect(isNewsTo(early, change, 'catalogue-1', '2025-09-09')).toBe(true)
    expect(isNewsTo(early, { ...change, kind: 'crosslisted' }, 'catalogue-1', '2025-09-08')).toBe(false)
    const cross = { ...change, kind: 'crosslisted' } as const
    expect(isNewsTo({ ...early, follows: category('cs.LG') }, cross, 'catalogue-1', '2025-09-08')).toBe(true)
    const usual = { ...early, since: { ...theBeginning, announcedThrough: { arxiv: '2509.00001' } } }
    expect(isNewsTo(usual, change, 'catalogue-1', '2025-09-08')).toBe(true)
  })

  it('gives nobody a paper that they have seen, under whatever name', async () => {
    const it = world()
    await follow(it.store, demo, 'C', category('cs.LG'))
    await it.store.seen.set([demo, 'doi:10.1/x'], { state: 'baseline', at: '2025-09-01T00:00:00.000Z', reasons: [] })
    learn(it, aPaper({ id: 'arxiv:1', aliases: ['doi:10.1/x' as PaperId] }))
    learn(it, aPaper({ id: 'arxiv:2' }))
    learn(it, aPaper({ id: 'arxiv:2' }), { kind: 'crosslisted' })
    expect(await matchRound(it)).toEqual({ changes: 3, matched: 1 })
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:2'])
  })

  it('gives what one was shown when they began to follow to who followed another of its authors before', async () => {
    const it = world()
    await follow(it.store, demo, 'A', anAuthor('Ada Lovelace'))
    await follow(it.store, demo, 'B', anAuthor('Benedict Okri'))
    const shown = {
      subscription: 'B',
      label: 'Benedict Okri',
      kind: 'author',
      confidence: 'certain',
      evidence: [],
    } as const
    const baseline = { state: 'baseline', at: '2025-09-01T00:00:00.000Z', reasons: [shown] } as const
    await it.store.seen.set([demo, 'arxiv:1'], baseline)
    await it.store.seen.set([demo, 'arxiv:2'], baseline)
    learn(it, aPaper({ id: 'arxiv:1', authors: [{ name: 'Benedict Okri' }, { name: 'Ada Lovelace' }] }))
    learn(it, aPaper({ id: 'arxiv:2', authors: [{ name: 'Benedict Okri' }] }))
    await matchRound(it)
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:1'])
    expect(await it.store.seen.get([demo, 'arxiv:1'])).toMatchObject({ state: 'pending' })
  })

  it('tells of a cross-listing those who follow the new category, and not those who had the paper', async () => {
    const it = world()
    await follow(it.store, demo, 'C', category('cs.CL'))
    await follow(it.store, slack, 'C', category('cs.LG'))
    await follow(it.store, slack, 'K', anAuthor('Ada Lovelace'))
    learn(it, aPaper({ id: 'arxiv:1', categories: ['cs.LG', 'cs.CL'] }), { kind: 'crosslisted' })
    await matchRound(it)
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:1'])
  })

  it('asks about a paper that is only perhaps theirs, and puts it into no digest', async () => {
    const it = world()
    await follow(
      it.store,
      demo,
      'L',
      anAuthor('Yang Liu', { coauthors: { 'Mirella Lapata': 9 }, categories: { 'cs.CL': 20 }, papers: ['arxiv:9'] }),
    )
    learn(
      it,
      aPaper({ id: 'arxiv:1', authors: [{ name: 'Y. Liu' }, { name: 'Somebody Else' }], categories: ['hep-th'] }),
    )
    await matchRound(it)
    expect(await seen(it.store, demo, 'arxiv:1')).toMatchObject({
      state: 'asked',
      reasons: [{ confidence: 'possible' }],
    })
    expect(await it.store.questions.get([demo, 'arxiv:1'])).toBeDefined()
    expect((await it.store.scan(it.store.ledger, [demo], { limit: 9 })).map(({ value }) => value.what)).toEqual([
      'asked',
    ])
  })

  it('asks nothing about a paper that is certain for another who follows its author', async () => {
    const it = world()
    await follow(it.store, demo, 'L', anAuthor('Yang Liu'))
    await follow(it.store, demo, 'P', anAuthor('Ethan Perez'))
    learn(it, aPaper({ id: 'arxiv:1', authors: [{ name: 'Y. Liu' }, { name: 'Ethan Perez' }] }))
    await matchRound(it)
    expect((await seen(it.store, demo, 'arxiv:1'))?.state).toBe('pending')
    expect(await it.store.questions.get([demo, 'arxiv:1'])).toBeUndefined()
  })

  it('gives a paper that was perhaps or not theirs to who follows the category that it is listed in later', async () => {
    const it = world()
    const perhaps = aReason({ subscription: 'L', confidence: 'possible' })
    await follow(it.store, demo, 'C', category('cs.CL'))
    const at = '2025-09-01T00:00:00.000Z'
    await it.store.seen.set([demo, 'arxiv:1'], { state: 'asked', at, reasons: [perhaps] })
    await it.store.questions.set([demo, 'arxiv:1'], { at })
    await it.store.seen.set([demo, 'arxiv:2'], {
      state: 'refused',
      by: 'U1',
      why: 'not-theirs',
      at,
      reasons: [perhaps],
    })
    await it.store.seen.set([demo, 'arxiv:3'], { state: 'refused', by: 'too long', at, reasons: [perhaps] })
    await it.store.seen.set([demo, 'arxiv:4'], { state: 'muted', at, reasons: [perhaps] })
    for (const id of ['arxiv:1', 'arxiv:2', 'arxiv:3', 'arxiv:4']) {
      learn(it, aPaper({ id, categories: ['cs.LG', 'cs.CL'] }), { kind: 'crosslisted' })
    }
    await matchRound(it)
    expect(await pending(it.store)).toEqual([1, 2, 4].map((n) => `web:demo/papers arxiv:${n}`))
    expect(await it.store.questions.get([demo, 'arxiv:1'])).toBeUndefined()
  })

  it('goes on for what was just given up, so that an undo brings back what was announced meanwhile', async () => {
    const it = world()
    const scope = scopeOf({ tenant: channelParts(demo).tenant })
    await follow(it.store, demo, 'A', anAuthor('Ada Lovelace'))
    const gone = await removeSubscriptions(it.store, scope, demo, ['A'], '2025-09-12T05:10:00.000Z')
    learn(it, aPaper({ id: 'arxiv:1' }))
    await matchRound(it)
    await restoreSubscriptions(it.store, scope, gone)
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:1'])

    await removeSubscriptions(it.store, scope, demo, ['A'], '2025-09-12T05:00:00.000Z')
    learn(it, aPaper({ id: 'arxiv:2' }))
    await matchRound(it)
    expect(await seen(it.store, demo, 'arxiv:2')).toBeUndefined()
  })

  it('goes on without a paper that the catalogue has lost, and says so', async () => {
    const it = world()
    await follow(it.store, demo, 'C', category('cs.LG'))
    learn(it, aPaper({ id: 'arxiv:1' }))
    learn(it, aPaper({ id: 'arxiv:2' }))
    it.papers.delete('arxiv:1')
    expect(await matchRound(it)).toEqual({ changes: 2, matched: 1 })
    expect(it.events).toEqual([{ event: 'match.paper-missing', paper: 'arxiv:1', seq: 1 }])
  })

  it('reads a rebuilt catalogue from its beginning, and gives nothing twice', async () => {
    const it = world()
    await follow(it.store, demo, 'C', category('cs.LG'), {
      catalogId: 'catalogue-1',
      seq: 0,
      announcedThrough: { arxiv: '2509.00010' },
    })
    learn(it, aPaper({ id: 'arxiv:1' }), { mark: '2509.00011' })
    await matchRound(it)
    const rebuilt = world(it.store, 'catalogue-2')
    learn(rebuilt, aPaper({ id: 'arxiv:0' }), { mark: '2509.00009' })
    learn(rebuilt, aPaper({ id: 'arxiv:1' }), { mark: '2509.00011' })
    learn(rebuilt, aPaper({ id: 'arxiv:2' }), { mark: '2509.00012' })
    expect(await matchRound(rebuilt)).toEqual({ changes: 3, matched: 1 })
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:1', 'web:demo/papers arxiv:2'])
    expect(await it.store.matched.get(matchedKey)).toMatchObject({ catalogId: 'catalogue-2', seq: 3 })
  })

  it('writes more than fits into one commit in several, stopped before or after any of them', async () => {
    const build = async () => {
      const it = world()
      for (let n = 0; n < 450; n++) await follow(it.store, `slack:T${n}/C1` as ChannelId, 'C', category('cs.LG'))
      for (let n = 1; n <= 4; n++) learn(it, aPaper({ id: `arxiv:${n}` }))
      return it
    }
    const whole = await build()
    let commits = 0
    let largest = 0
    const counted: Store = {
      ...whole.store,
      commit: async (operations: readonly Operation[]) => {
        commits++
        largest = Math.max(largest, operations.length)
        return whole.store.commit(operations)
      },
    }
    expect(await matchRound({ ...whole, store: counted })).toEqual({ changes: 4, matched: 1800 })
    expect(largest).toBeLessThanOrEqual(2000)
    expect(commits).toBeGreaterThan(2)
    for (let stop = 1; stop <= commits; stop++) {
      for (const after of [false, true]) {
        const it = await build()
        let done = 0
        const stopping: Store = {
          ...it.store,
          commit: async (operations: readonly Operation[]) => {
            if (++done < stop) return it.store.commit(operations)
            if (after) await it.store.commit(operations)
            throw new Error('stopped')
          },
        }
        await expect(matchRound({ ...it, store: stopping })).rejects.toThrow('stopped')
        await matchRound(it)
        expect((await it.store.scan(it.store.pending, [], { limit: 5000 })).length).toBe(1800)
        expect((await it.store.scan(it.store.ledger, [], { limit: 5000 })).length).toBe(1800)
      }
    }
  })

  it('passes nobody over who begins to follow while it looks', async () => {
    const it = world()
    learn(it, aPaper({ id: 'arxiv:1' }))
    let first = true
    const meeting: Store = {
      ...it.store,
      commit: async (operations: readonly Operation[]) => {
        if (first) {
          first = false
          await addSubscription(it.store, scopeOf({ tenant: channelParts(demo).tenant }), {
            id: 'C',
            channel: demo,
            follows: category('cs.LG'),
            narrowing: {},
            since: theBeginning,
            by: { id: 'U1', name: 'Ada' },
            at: '2025-09-12T05:00:00.000Z',
          })
        }
        return it.store.commit(operations)
      },
    }
    expect(await matchRound({ ...it, store: meeting })).toEqual({ changes: 1, matched: 1 })
    expect(await pending(it.store)).toEqual(['web:demo/papers arxiv:1'])
  })

  it('gives each paper once when two rounds meet', async () => {
    const it = world()
    await follow(it.store, demo, 'C', category('cs.LG'))
    for (let n = 1; n <= 5; n++) learn(it, aPaper({ id: `arxiv:${n}` }))
    const rounds = await Promise.all([matchRound(it), matchRound(it)])
    expect(rounds.reduce((sum, round) => sum + round.matched, 0)).toBe(5)
    expect((await it.store.scan(it.store.ledger, [], { limit: 99 })).length).toBe(5)
  })
})

describe('news', () => {
  it('is what came after the subscription, by number or by mark', () => {
    const since = (over: Partial<Since>) =>
      aSubscription({
        follows: category('cs.LG'),
        since: { catalogId: 'a', seq: 5, announcedThrough: { arxiv: '2509.00010' }, ...over },
      })
    expect(isNewsTo(since({}), announced(6, 'x'), 'a')).toBe(true)
    expect(isNewsTo(since({}), announced(5, 'x', { mark: '2509.99999' }), 'a')).toBe(false)
    expect(isNewsTo(since({}), announced(1, 'x', { mark: '2509.00011' }), 'b')).toBe(true)
    expect(isNewsTo(since({}), announced(9, 'x', { mark: '2509.00010' }), 'b')).toBe(false)
    expect(isNewsTo(since({}), announced(9, 'x'), 'b')).toBe(true)
    expect(isNewsTo(since({ announcedThrough: {} }), announced(1, 'x', { mark: '2509.00001' }), 'b')).toBe(true)
    const { since: _, ...always } = since({})
    expect(isNewsTo(always, announced(1, 'x'), 'b')).toBe(true)
  })

  it('never becomes old again as changes go on', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), (after, one, more) => {
        const subscription = aSubscription({ since: { ...theBeginning, seq: after } })
        if (isNewsTo(subscription, announced(one, 'x'), 'catalogue-1')) {
          expect(isNewsTo(subscription, announced(one + more, 'x'), 'catalogue-1')).toBe(true)
        }
      }),
    )
  })
})
