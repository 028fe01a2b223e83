import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeDigest, digestMessage, messageHash } from '../../src/digest/compose.ts'
import type { Message } from '../../src/message/message.ts'
import type { Paper, PaperId } from '../../src/papers/paper.ts'
import type { DigestItem, Reason } from '../../src/store/records.ts'
import { aPaper } from '../support/builders.ts'
import { aReason, demo } from '../support/following.ts'

const kaplan = aReason({ subscription: 'K', label: 'Jared Kaplan' })
const perez = aReason({ subscription: 'P', label: 'Ethan Perez', author: 'Ethan Perez', position: 1 })
const query = aReason({ subscription: 'Q', label: '"sparse autoencoder"', kind: 'query' })
const category = aReason({ subscription: 'C', label: 'cs.CL Computation and Language', kind: 'category' })

const item = (paper: string, ...reasons: readonly Reason[]): DigestItem => ({ paper: paper as PaperId, reasons })

const compose = (
  items: readonly DigestItem[],
  over: { cap?: number; papersPerPart?: number; papers?: readonly Paper[] } = {},
) =>
  composeDigest({
    channel: demo,
    slot: '2025-09-12T07:00:00.000Z',
    n: 1,
    decidedAt: '2025-09-12T07:00:30.000Z',
    items,
    papers: over.papers ?? items.map((each) => aPaper({ id: each.paper })),
    settings: { cap: over.cap ?? 20 },
    papersPerPart: over.papersPerPart ?? 10,
  })

const ids = (items: readonly DigestItem[]) => items.map((each) => each.paper)

describe('a digest', () => {
  it('has the papers of one author together, authors before queries before categories', () => {
    const digest = compose([
      item('arxiv:1', category),
      item('arxiv:2', perez),
      item('arxiv:3', query, category),
      item('arxiv:4', kaplan),
      item('arxiv:5', category, kaplan),
    ])
    expect(digest.parts.map(ids)).toEqual([['arxiv:4', 'arxiv:5', 'arxiv:2', 'arxiv:3', 'arxiv:1']])
    expect(digest.parts[0]?.[1]?.reasons.map((reason) => reason.label)).toEqual([
      'Jared Kaplan',
      'cs.CL Computation and Language',
    ])
  })

  it('has a paper by two followed authors once, with both reasons', () => {
    const digest = compose([item('arxiv:1', perez, kaplan), item('arxiv:2', kaplan)])
    expect(digest.parts.flat().map((each) => [each.paper, each.reasons.length])).toEqual([
      ['arxiv:1', 2],
      ['arxiv:2', 1],
    ])
  })

  it('shows the newest of an author first', () => {
    const papers = [
      aPaper({ id: 'arxiv:1', published: '2025-09-01' }),
      aPaper({ id: 'arxiv:2', published: '2025-09-11T17:00:00Z' }),
      aPaper({ id: 'arxiv:3', published: '2025-09-05' }),
    ]
    const digest = compose(
      papers.map((paper) => item(paper.id, kaplan)),
      { papers },
    )
    expect(digest.parts.flatMap(ids)).toEqual(['arxiv:2', 'arxiv:3', 'arxiv:1'])
  })

  it('lets no busy author hide another when there are too many', () => {
    const digest = compose([...['1', '2', '3', '4'].map((n) => item(n, kaplan)), item('9', perez)], { cap: 2 })
    expect(digest.parts.flatMap(ids)).toEqual(['1', '9'])
    expect(ids(digest.listed)).toEqual(['2', '3', '4'])
  })

  it('lets in the most relevant first: certain, at an end of the byline, for more reasons, then the newest', () => {
    const authors = ['A', 'B', 'C'].map((name) => ({ name }))
    const papers = ['1', '2', '3', '4', '5'].map((n) => aPaper({ id: n, authors, published: `2025-09-0${n}` }))
    const likely = (position: number) => aReason({ ...kaplan, confidence: 'likely', position })
    const items = [
      item('5', likely(1)),
      item('4', likely(1), aReason({ ...perez, confidence: 'likely', position: 1 })),
      item('3', likely(2)),
      item('2', aReason({ ...kaplan, position: 1 })),
      item('1', aReason({ ...kaplan, position: 0 })),
    ]
    const within = (cap: number) => compose(items, { cap, papers }).parts.flatMap(ids)
    expect(within(1)).toEqual(['1'])
    expect(within(2)).toEqual(['2', '1'])
    expect(within(3)).toEqual(['3', '2', '1'])
    expect(within(4)).toEqual(['4', '3', '2', '1'])
  })

  it('posts or lists every paper exactly once, never more in a part than fit, however the papers come', () => {
    const reasons = [kaplan, perez, query, category]
    const anItems = fc
      .uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 60 })
      .chain((numbers) =>
        fc.tuple(
          ...numbers.map((n) => fc.subarray(reasons, { minLength: 1 }).map((some) => item(`arxiv:${n}`, ...some))),
        ),
      )
    fc.assert(
      fc.property(
        anItems,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (items, cap, papersPerPart) => {
          const digest = compose(items, { cap, papersPerPart })
          const posted = digest.parts.flatMap(ids)
          expect([...posted, ...ids(digest.listed)].sort()).toEqual(ids(items).sort())
          expect(posted.length).toBe(Math.min(cap, items.length))
          // Of papers of two lines twice as many fit.
          expect(digest.brief ?? false).toBe(posted.length >= 5)
          const most = digest.brief ? papersPerPart * 2 : papersPerPart
          for (const part of digest.parts) expect(part.length).toBeLessThanOrEqual(most)
          expect(compose(items.toReversed(), { cap, papersPerPart })).toEqual(digest)
        },
      ),
    )
  })
})

const texts = (message: Message) =>
  message.nodes.map((node) =>
    node.kind === 'heading' ? `${node.level} ${node.text}` : node.kind === 'paper' ? node.paper.title : node.kind,
  )

describe('a posted part', () => {
  const berlin = { timezone: 'Europe/Berlin' }
  const papers = [
    aPaper({ id: 'arxiv:1', title: 'One' }),
    aPaper({ id: 'arxiv:2', title: 'Two' }),
    aPaper({ id: 'arxiv:3', title: 'Three' }),
  ]
  const digest = compose(
    [item('arxiv:1', kaplan), item('arxiv:2', kaplan), item('arxiv:3', perez), item('arxiv:4', query)],
    {
      papers,
      cap: 3,
      papersPerPart: 2,
    },
  )

  it('says which day it is in the channel, whose papers they are, and which part', () => {
    const first = digestMessage(digest, 1, papers, berlin)
    expect(texts(first)).toEqual([
      '1 4 new papers · Friday 12 September 2025 (1 of 2)',
      '2 Jared Kaplan',
      'One',
      'Two',
      'line',
      'buttons',
    ])
    expect(first.summary).toBe(
      '4 new papers for Jared Kaplan, Ethan Perez and "sparse autoencoder", Friday 12 September 2025 (1 of 2)',
    )
    expect(texts(digestMessage(digest, 2, papers, berlin))).toEqual([
      '1 4 new papers · Friday 12 September 2025 (2 of 2)',
      '2 Ethan Perez',
      'Three',
    ])
    expect(() => digestMessage(digest, 3, papers, berlin)).toThrow(RangeError)
  })

  it('names first whoever the papers are by that are shown first, with all whom one paper is for', () => {
    const by = (subscription: string, label: string) => aReason({ subscription, label })
    const [felix, wei, ada, alan] = [by('f', 'Felix'), by('w', 'Wei'), by('a', 'Ada'), by('l', 'Alan')]
    const summaryOf = (...reasons: readonly (readonly Reason[])[]) => {
      const items = reasons.map((each, at) => item(`arxiv:2509.0000${at}`, ...each))
      return digestMessage({ ...digest, parts: [items], listed: [] }, 1, [], berlin)
        .summary.split(',')
        .slice(0, -1)
        .join()
    }
    expect(summaryOf([felix, ada], [felix], [wei])).toBe('3 new papers for Felix, Ada and Wei')
    expect(summaryOf([felix, ada], [wei], [alan])).toBe('3 new papers for Felix, Ada and 2 others')
    expect(summaryOf([felix, ada, wei], [alan])).toBe('2 new papers for Felix, Ada, Wei and 1 other')
  })

  it('opens what is listed, explains each paper and takes corrections', () => {
    const first = digestMessage(digest, 1, papers, berlin)
    const actions = first.nodes.flatMap((node) =>
      node.kind === 'paper' ? node.paper.buttons : node.kind === 'buttons' ? node.buttons : [],
    )
    expect(actions.map(({ action }) => [action.name, ...action.args])).toEqual([
      ['why', 'arxiv:1'],
      ['not-them', 'arxiv:1', 'K'],
      ['why', 'arxiv:2'],
      ['not-them', 'arxiv:2', 'K'],
      ['show-all', '2025-09-12T07:00:00.000Z/1'],
    ])
  })

  it('names a paper that the catalogue has lost, with its address', () => {
    const message = digestMessage(digest, 1, papers.slice(1), berlin)
    expect(message.nodes[2]).toEqual({ kind: 'line', spans: [{ text: 'arxiv:1', url: 'https://arxiv.org/abs/1' }] })
  })

  it('is worth an edit when a title or version changed, and not for another abstract', () => {
    const previous = new Map(papers.map((paper) => [paper.id, { version: 1 }]))
    const hash = (one: Partial<Paper>) =>
      messageHash(
        digestMessage(digest, 1, [{ ...aPaper({ id: 'arxiv:1', title: 'One' }), ...one }, ...papers.slice(1)], {
          ...berlin,
          previous,
        }),
      )
    expect(hash({ abstract: 'Other words.' })).toBe(hash({}))
    expect(hash({ title: 'Uno' })).not.toBe(hash({}))
    expect(hash({ version: 2 })).not.toBe(hash({ version: 1 }))
    expect(hash({ withdrawn: true })).not.toBe(hash({}))
  })

  it('notes what became of a paper since', () => {
    const revised = aPaper({ id: 'arxiv:1', version: 2, updated: '2025-10-03' })
    const previous = new Map([[revised.id, { version: 1 }]])
    const [, , node] = digestMessage(digest, 1, [revised], { ...berlin, previous }).nodes
    expect(node).toMatchObject({ paper: { note: 'v2, 3 Oct 2025', version: 2 } })
  })
})
