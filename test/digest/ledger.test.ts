import { describe, expect, it } from 'vitest'
import { explainPaper, ledgerLines, ledgerOf } from '../../src/digest/ledger.ts'
import { addSubscription } from '../../src/following/subscriptions.ts'
import type { TenantId } from '../../src/message/channel.ts'
import type { PaperId } from '../../src/papers/paper.ts'
import { ledgerKey, matchedKey, seenKey } from '../../src/store/keys.ts'
import type { Seen } from '../../src/store/records.ts'
import { scopeOf } from '../../src/store/scope.ts'
import { aPaper } from '../support/builders.ts'
import { aReason, demo, slack, theBeginning } from '../support/following.ts'
import { openMemoryStore } from '../support/memory-store.ts'

const at = '2025-09-12T05:00:00.000Z'
const id = (text: string) => text as PaperId
const digest = 'web:demo/papers/2025-09-12T09:00:00.000Z/1'

async function ledgerWith(seen: Seen) {
  const store = openMemoryStore()
  await store.seen.set(seenKey(demo, id('arxiv:1')), seen)
  await store.ledger.set(ledgerKey(demo, id('arxiv:1'), '02'), { at: '2025-09-12T09:00:00.000Z', what: 'digested' })
  await store.ledger.set(ledgerKey(demo, id('arxiv:1'), '01'), {
    at,
    what: 'matched',
    detail: 'Jared Kaplan (certain)',
  })
  await store.ledger.set(ledgerKey(demo, id('arxiv:11'), '01'), { at, what: 'matched' })
  return store
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

describe('the ledger', () => {
  it('tells what became of a paper, step by step', async () => {
    const store = await ledgerWith({
      state: 'posted',
      digest,
      part: 1,
      receipt: { id: '7' },
      version: 2,
      hash: 'x',
      at,
      reasons: [
        aReason(),
        aReason({ subscription: 'S2' }),
        aReason({ subscription: 'S3', label: 'cs.LG', kind: 'category' }),
      ],
    })
    const lines = await all(ledgerLines(store, { channel: demo }))
    expect(lines).toEqual([
      {
        channel: demo,
        paper: 'arxiv:1',
        version: 2,
        state: 'posted',
        follows: ['Jared Kaplan', 'cs.LG'],
        digest,
        part: 1,
        receipt: { id: '7' },
        steps: [
          { at, what: 'matched', detail: 'Jared Kaplan (certain)' },
          { at: '2025-09-12T09:00:00.000Z', what: 'digested' },
        ],
      },
    ])
    expect(await all(ledgerLines(store, { paper: id('arxiv:1') }))).toEqual(lines)
    expect(await all(ledgerLines(store, { paper: id('arxiv:2') }))).toEqual([])
    expect(await ledgerOf(store, slack, id('arxiv:1'))).toBeUndefined()
  })

  it.each([
    [{ state: 'pending' } as const, 'pending'],
    [{ state: 'digested', digest, part: 1 } as const, 'queued'],
    [{ state: 'asked' } as const, 'muted'],
    [{ state: 'baseline' } as const, 'muted'],
    [{ state: 'refused', by: 'U1' } as const, 'refused'],
    [{ state: 'parked', reason: 'forbidden', digest, part: 1 } as const, 'parked'],
  ])('says of %o that it is %s', async (state, expected) => {
    const store = await ledgerWith({ ...state, at, reasons: [] })
    expect((await ledgerOf(store, demo, id('arxiv:1')))?.state).toBe(expected)
  })

  it('takes a listed paper for delivered once the message that leads to it is posted', async () => {
    const store = await ledgerWith({ state: 'listed', digest, at, reasons: [] })
    const part = { digest, channel: demo, slot: '2025-09-12T09:00:00.000Z', n: 1, part: 1, of: 1, key: 'k', papers: [] }
    const key = [demo, part.slot, '1', '0001']
    await store.parts.set(key, { ...part, state: { kind: 'ready', attempt: 1 } })
    expect((await ledgerOf(store, demo, id('arxiv:1')))?.state).toBe('queued')
    await store.parts.set(key, { ...part, state: { kind: 'posted', receipt: { id: '7' }, postedAt: at, hash: 'x' } })
    expect((await ledgerOf(store, demo, id('arxiv:1')))?.state).toBe('posted')
  })
})

describe('why a channel got a paper, or did not', () => {
  const scope = scopeOf({ tenant: 'web' as TenantId })
  const catalog = { id: 'catalogue-1', lastSeq: async () => 5 }
  const paper = aPaper({ id: 'arxiv:1', aliases: [id('doi:10.1/x')], categories: ['cs.CL'] })

  async function following(category: string) {
    const store = openMemoryStore()
    await addSubscription(store, scope, {
      id: 'C',
      channel: demo,
      follows: { kind: 'category', category },
      narrowing: {},
      since: theBeginning,
      by: { id: 'U1', name: 'Ada' },
      at,
    })
    await store.matched.set(matchedKey, { catalogId: 'catalogue-1', seq: 5, announcedThrough: {} })
    return store
  }

  it('is read in the ledger, under any name of the paper', async () => {
    const store = await following('cs.CL')
    await store.seen.set(seenKey(demo, id('doi:10.1/x')), { state: 'pending', at, reasons: [aReason()] })
    expect(await explainPaper({ store, catalog }, scope, demo, paper)).toMatchObject({
      kind: 'known',
      state: 'pending',
    })
  })

  it('is tried where the ledger is silent', async () => {
    const explain = async (category: string) =>
      explainPaper({ store: await following(category), catalog }, scope, demo, paper)
    expect(await explain('cs.LG')).toEqual({
      kind: 'not-followed',
      behind: false,
      near: [{ label: 'cs.LG Machine Learning', why: 'it is in cs.CL', nearness: 0.3 }],
    })
    expect(await explain('cs.CL')).toMatchObject({ kind: 'not-news', behind: false, reasons: [{ subscription: 'C' }] })
    const later = { store: await following('cs.CL'), catalog: { id: 'catalogue-1', lastSeq: async () => 6 } }
    expect(await explainPaper(later, scope, demo, paper)).toMatchObject({ kind: 'not-news', behind: true })
  })

  it("is told to the channel's own tenant only", async () => {
    await expect(explainPaper({ store: await following('cs.CL'), catalog }, scope, slack, paper)).rejects.toThrow(
      /belongs to/,
    )
  })
})
