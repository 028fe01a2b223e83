import { describe, expect, it } from 'vitest'
import { nearMisses } from '../../src/following/near-miss.ts'
import type { Narrowing } from '../../src/store/records.ts'
import { aPaper } from '../support/builders.ts'
import { anAuthor, aSubscription } from '../support/following.ts'

const paper = aPaper({
  id: 'arxiv:2509.00001',
  title: 'A survey of sparse codes',
  authors: [{ name: 'Ada Lovelace' }, { name: 'Charles Babbage' }],
  categories: ['cs.LG', 'stat.ML'],
})

const why = (follows: Parameters<typeof aSubscription>[0], narrowing: Narrowing = {}) =>
  nearMisses(paper, [aSubscription({ ...follows, narrowing })])[0]?.why

describe('how near a subscription came', () => {
  it('is said of what narrows it', () => {
    const ada = { follows: anAuthor('Ada Lovelace') }
    expect(why(ada, { position: 'last' })).toMatch(/^they are not the last author; else score \d\.\d \(/)
    expect(why(ada, { only: ['cs.CL'] })).toMatch(/^it is in cs.LG, stat.ML, and only cs.CL is wanted; else score/)
    expect(why(ada, { without: ['survey'] })).toMatch(/^it has the word “survey”; else score/)
  })

  it('is said of a namesake, and of a paper that somebody refused', () => {
    expect(why({ follows: anAuthor('Byron Lovelace') })).toBe('Ada Lovelace bears the same family name alone')
    expect(why({ follows: anAuthor('Ada Lovelace', { not: ['arxiv:2509.00001'] }) })).toBe(
      'somebody here said that it is not theirs',
    )
  })

  it('is said by the score of a namesake for whom too little speaks', () => {
    const wei = anAuthor('Wei Wang', { coauthors: { 'Ilse Ahrendt': 3 }, strangers: { 'Charles Babbage': 1 } })
    const other = aPaper({ authors: [{ name: 'Wei Wang' }, { name: 'Charles Babbage' }] })
    const [near] = nearMisses(other, [aSubscription({ follows: wei })])
    expect(near?.why).toMatch(
      /^“Wei Wang” may be them, but too little speaks for it: score −\d+\.\d \(.*with Charles Babbage, as on a paper that is not theirs −/,
    )
  })

  it('is said of the parts of a query and of a sister category', () => {
    const query = (text: string) => ({ follows: { kind: 'query', query: text } as const })
    expect(why(query('sparse tilings'))).toBe('1 of its 2 parts fit; tilings does not')
    expect(why({ follows: { kind: 'category', category: 'cs.CL' } })).toBe('it is in cs.LG')
    expect(why({ follows: { kind: 'category', category: 'math.AG' } })).toBeUndefined()
    expect(why(query('tilings'))).toBeUndefined()
  })

  it('puts the nearest first', () => {
    const near = nearMisses(paper, [
      aSubscription({ id: 'C', follows: { kind: 'category', category: 'cs.CL' } }),
      aSubscription({ id: 'A', follows: anAuthor('Ada Lovelace'), narrowing: { position: 'last' } }),
      aSubscription({ id: 'M', follows: anAuthor('Ada Lovelace') }),
    ])
    expect(near.map(({ label }) => label)).toEqual(['Ada Lovelace (last author)', 'cs.CL Computation and Language'])
  })
})
