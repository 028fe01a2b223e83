import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuery, queryMatches } from '../../src/catalog/query.ts'
import { buildFollowIndex } from '../../src/following/follow-index.ts'
import type { Follows } from '../../src/following/subscription.ts'
import { compareNames } from '../../src/people/compare.ts'
import { aPaper } from '../support/builders.ts'
import { anAuthor, aSubscription } from '../support/following.ts'

const index = (...follows: readonly Follows[]) =>
  buildFollowIndex(follows.map((each, n) => aSubscription({ id: String(n), follows: each })))
const found = (built: ReturnType<typeof index>, paper: Parameters<typeof aPaper>[0]) =>
  built.candidatesOf(aPaper(paper)).map(({ subscription, positions }) => [subscription.id, ...positions].join(' '))
const query = (text: string): Follows => ({ kind: 'query', query: text })
const byline = (...names: readonly string[]) => ({ authors: names.map((name) => ({ name })) })

describe('the index of what is followed', () => {
  it('finds authors by any form of their name, and where they stand', () => {
    const built = index(anAuthor('Jared Kaplan'), anAuthor('Ethan Perez'), anAuthor('Amy Weinberg'))
    expect(found(built, byline('J. Kaplan', 'Bo Weinberger', 'Perez, Ethan'))).toEqual(['0 0', '1 2'])
    expect(found(built, byline('Somebody Else'))).toEqual([])
  })

  it('finds authors by their ids and other names', () => {
    const built = index(anAuthor('Maria Rossi', { variants: ['Maria Bianchi'], ids: { orcid: '0000-0001' } }))
    expect(found(built, byline('M. Bianchi'))).toEqual(['0 0'])
    expect(found(built, { authors: [{ name: 'X Y', ids: { orcid: '0000-0001' } }] })).toEqual(['0 0'])
  })

  it('finds everyone who follows one person, in the order given, and nobody for a name that only begins alike', () => {
    const [jared, other] = [anAuthor('Jared Kaplan'), anAuthor('Jane Kaplan')]
    const built = index(jared, query('sparse'), jared, other, jared)
    expect(found(built, byline('Bo Weinberger', 'J. Kaplan'))).toEqual(['0 1', '1', '2 1', '3 1', '4 1'])
    expect(found(built, byline('Jane Kaplan'))).toEqual(['1', '3 0'])
  })

  it('finds categories by code and archive', () => {
    const built = index(
      { kind: 'category', category: 'cs.CL' },
      { kind: 'category', category: 'cs' },
      { kind: 'category', category: 'math' },
    )
    expect(found(built, { categories: ['cs.CL', 'cs.LG'] })).toEqual(['0', '1'])
  })

  it('finds queries by what they can not do without, and those without anything on every paper', () => {
    const built = index(
      query('"sparse features" -survey'),
      query('quantum'),
      query('-quantum'),
      query('since:2025-01'),
      query('('),
    )
    expect(found(built, {})).toEqual(['0', '2', '3'])
    expect(built.unreadable.map((each) => each.id)).toEqual(['4'])
  })

  it('leaves out nobody whom a paper concerns', () => {
    const names = [
      'Jared Kaplan',
      'J. Kaplan',
      'Kaplan, Jared',
      'Yang Liu',
      'Liu Yang',
      'Y. Liu',
      'Sam Marks',
      'Samuel Marks',
      'ATLAS Collaboration',
    ]
    const queries = [
      'sparse',
      'features OR quantum',
      'author:Kaplan',
      'author:"Yang Liu"',
      'cat:cs',
      'cat:cs.CL small',
      '-sparse',
      'abs:look title:small',
      'mod*',
      '(cat:math OR author:Liu) -quantum',
      'since:2025 models',
    ]
    const built = index(...names.map((name) => anAuthor(name)), ...queries.map(query))
    fc.assert(
      fc.property(
        fc.subarray(names),
        fc.subarray(['cs.CL', 'cs.LG', 'math.GT']),
        fc.constantFrom('Sparse features of small models', 'Quantum things', 'Modern art'),
        (authors, categories, title) => {
          const paper = aPaper({ ...byline(...authors), categories, title, abstract: 'We look.' })
          const ids = new Set(built.candidatesOf(paper).map(({ subscription }) => Number(subscription.id)))
          for (const [n, name] of names.entries()) {
            if (authors.some((author) => compareNames(author, name) !== 'different')) expect(ids).toContain(n)
          }
          for (const [n, text] of queries.entries()) {
            const read = parseQuery(text)
            if (read.kind === 'query' && queryMatches(read.query, paper)) expect(ids).toContain(names.length + n)
          }
        },
      ),
    )
  })
})
