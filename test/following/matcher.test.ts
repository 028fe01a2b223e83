import { describe, expect, it } from 'vitest'
import { buildFollowIndex } from '../../src/following/follow-index.ts'
import { matchPaper } from '../../src/following/matcher.ts'
import type { Subscription } from '../../src/following/subscription.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { aPaper } from '../support/builders.ts'
import { anAuthor, aSubscription, demo, slack } from '../support/following.ts'

const match = (paper: Paper, ...subscriptions: readonly Subscription[]) =>
  matchPaper(paper, buildFollowIndex(subscriptions))
const ids = (paper: Paper, ...subscriptions: readonly Subscription[]) =>
  match(paper, ...subscriptions).map(({ reason }) => reason.subscription)
const byline = (...names: readonly string[]) => names.map((name) => ({ name }))

describe('a paper', () => {
  it('concerns whoever follows one of its authors, each for their own reason', () => {
    const paper = aPaper({ authors: byline('Ethan Perez', 'Jared Kaplan') })
    const found = match(
      paper,
      aSubscription({ id: 'K', follows: anAuthor('Jared Kaplan') }),
      aSubscription({ id: 'P', follows: anAuthor('Ethan Perez') }),
      aSubscription({ id: 'K', channel: slack, follows: anAuthor('Jared Kaplan') }),
      aSubscription({ id: 'W', follows: anAuthor('Amy Weinberg') }),
    )
    expect(found.map(({ channel, reason }) => [channel, reason.label, reason.author, reason.position])).toEqual([
      [demo, 'Jared Kaplan', 'Jared Kaplan', 1],
      [demo, 'Ethan Perez', 'Ethan Perez', 0],
      [slack, 'Jared Kaplan', 'Jared Kaplan', 1],
    ])
  })

  it('does not concern who follows another person of a similar name, or has said that it is not theirs', () => {
    const paper = aPaper({ authors: byline('Amy Weinberger', 'Jared Kaplan') })
    expect(ids(paper, aSubscription({ id: 'W', follows: anAuthor('Amy Weinberg') }))).toEqual([])
    expect(ids(paper, aSubscription({ id: 'K', follows: anAuthor('Jared Kaplan', { not: [paper.id] }) }))).toEqual([])
  })

  it('is weighed apart for two who follow one person and know different things of them', () => {
    const paper = aPaper({ authors: byline('Jared Kaplan', 'Ethan Perez') })
    const found = match(
      paper,
      aSubscription({ id: 'A', follows: anAuthor('Jared Kaplan') }),
      aSubscription({ id: 'B', channel: slack, follows: anAuthor('Jared Kaplan', { not: [paper.id] }) }),
      aSubscription({ id: 'C', channel: slack, follows: anAuthor('Jared Kaplan', { papers: [paper.id] }) }),
      aSubscription({ id: 'D', follows: anAuthor('Jared Kaplan', { papers: [paper.id] }) }),
    )
    expect(found.map(({ reason }) => [reason.subscription, reason.evidence[0]])).toEqual([
      ['A', 'same name (Jared Kaplan)'],
      ['C', 'confirmed as theirs'],
      ['D', 'confirmed as theirs'],
    ])
  })

  it('concerns who follows its categories, archives or words', () => {
    const paper = aPaper({ categories: ['cs.LG', 'math.ST'] })
    const found = match(
      paper,
      aSubscription({ id: 'C', follows: { kind: 'category', category: 'math' } }),
      aSubscription({ id: 'Q', follows: { kind: 'query', query: 'title:"sparse features" -survey' } }),
      aSubscription({ id: 'N', follows: { kind: 'query', query: 'quantum' } }),
    )
    expect(found.map(({ reason }) => [reason.subscription, reason.confidence, reason.evidence])).toEqual([
      ['C', 'certain', ['math.ST: cross-listed']],
      ['Q', 'certain', ['the query finds it']],
    ])
  })

  it('is left out by what narrows a subscription', () => {
    const paper = aPaper({ authors: byline('Ada Lovelace', 'Jared Kaplan', 'Ethan Perez'), categories: ['cs.LG'] })
    const narrowed = (narrowing: Subscription['narrowing']) => ids(paper, aSubscription({ narrowing })).length
    expect(narrowed({ only: ['cs'] })).toBe(1)
    expect(narrowed({ only: ['cs.CL'] })).toBe(0)
    expect(narrowed({ without: ['SPARSE'] })).toBe(0)
    expect(narrowed({ without: ['sparse models', 'spars'] })).toBe(1)
    expect(narrowed({ position: 'first' })).toBe(0)
    expect(ids(paper, aSubscription({ follows: anAuthor('Ethan Perez'), narrowing: { position: 'last' } }))).toEqual([
      'S1',
    ])
    expect(ids(paper, aSubscription({ follows: anAuthor('Ada Lovelace'), narrowing: { position: 'first' } }))).toEqual([
      'S1',
    ])
  })

  it('of a collaboration concerns who follows the collaboration', () => {
    const paper = aPaper({ authors: byline('ATLAS Collaboration') })
    expect(ids(paper, aSubscription({ follows: anAuthor('ATLAS Collaboration') }))).toEqual(['S1'])
    expect(ids(paper, aSubscription({ follows: anAuthor('CMS Collaboration') }))).toEqual([])
  })

  it('with three thousand authors is matched like any other', () => {
    const letters = (n: number): string => (n < 20 ? '' : letters(Math.floor(n / 20))) + 'bcdfghjklmnpqrstvwxz'[n % 20]
    const authors = Array.from({ length: 3303 }, (_, n) => ({ name: `Ma${letters(n)}o Ka${letters(n)}i` }))
    const found = match(aPaper({ authors }), aSubscription({ follows: anAuthor(authors[3000]?.name ?? '') }))
    expect(found.map(({ reason }) => reason.position)).toEqual([3000])
  })
})
