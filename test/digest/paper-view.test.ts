import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bylineOf, dayForPeople, paperView, shorten } from '../../src/digest/paper-view.ts'
import { aPaper } from '../support/builders.ts'
import { aReason } from '../support/following.ts'

const authors = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `Author ${n + 1}` }))
const plain = (byline: ReturnType<typeof bylineOf>) =>
  byline.map((span) => (span.style === 'strong' ? `*${span.text}*` : span.text)).join('')

describe('a byline', () => {
  it('is whole where it is short', () => {
    expect(plain(bylineOf(authors(3), [1]))).toBe('Author 1, *Author 2*, Author 3')
    expect(bylineOf([], [])).toEqual([])
  })

  it('is shortened around the followed authors, who are strong', () => {
    expect(plain(bylineOf(authors(20), [9]))).toBe('Author 1, … *Author 10*, … Author 20 +17')
    expect(plain(bylineOf(authors(20), [0, 1, 19]))).toBe('*Author 1*, *Author 2*, … *Author 20* +17')
    expect(plain(bylineOf(authors(20), []))).toBe('Author 1, Author 2, Author 3, … Author 20 +16')
  })

  it('of three thousand names stays short, also where many are followed', () => {
    const all = authors(3303)
    expect(
      plain(
        bylineOf(
          all,
          all.map((_, n) => n),
        ),
      ).length,
    ).toBeLessThan(200)
  })
})

describe('an abstract', () => {
  it('ends with a sentence', () => {
    expect(shorten('We look at models. They are sparse. And large.', 40)).toBe('We look at models. They are sparse.')
    expect(shorten('Short.', 40)).toBe('Short.')
  })

  it('that is one long sentence ends with a word', () => {
    expect(shorten('We look, at length, at very many models of all sizes', 24)).toBe('We look, at length, at…')
  })

  it('never gets longer than asked, nor ends inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 0, max: 120 }), (text, length) => {
        const short = shorten(text, length)
        expect(short.length).toBeLessThanOrEqual(length)
        if (text.isWellFormed()) expect(short.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('a paper as messages show it', () => {
  it('has a day for people, where it appeared, its links and why it is here', () => {
    const view = paperView(
      aPaper({
        version: 2,
        published: '2025-09-12T17:59:59Z',
        journalRef: 'J. Sparse Things 1 (2025)',
        links: {
          abstract: 'https://arxiv.org/abs/2509.00001',
          pdf: 'https://arxiv.org/pdf/2509.00001',
          doi: '10.1000/182 10.1000/183',
        },
      }),
      {
        abstractLength: 0,
        reasons: [
          aReason({ label: 'Ada Lovelace' }),
          aReason({ label: 'Yang Liu', confidence: 'likely', evidence: ['with Mirella Lapata'] }),
          aReason({ label: '"sparse"', kind: 'query' }),
        ],
      },
    )
    expect(view).toMatchObject({
      version: 2,
      date: '12 Sep 2025',
      venue: 'arXiv.org Machine Learning · J. Sparse Things 1 (2025)',
      category: 'cs.LG',
      byline: [{ text: 'Ada Lovelace', style: 'strong' }],
      reasons: ['By Ada Lovelace', 'By Yang Liu', 'Matches "sparse"'],
      collaborators: 'Again with Mirella Lapata',
    })
    expect(view.abstract).toBeUndefined()
    expect(view.links).toEqual([
      { label: 'Abstract', url: 'https://arxiv.org/abs/2509.00001' },
      { label: 'PDF', url: 'https://arxiv.org/pdf/2509.00001' },
      { label: 'DOI', url: 'https://doi.org/10.1000/182' },
    ])
    expect(dayForPeople('2025-01-02')).toBe('2 Jan 2025')
  })

  it('leaves out a button whose action would not fit', () => {
    const button = (arg: string) => ({ label: 'Why?', action: { name: 'why', args: [arg] } })
    const view = paperView(aPaper(), { abstractLength: 0, buttons: [button('x'.repeat(200)), button('arxiv:1')] })
    expect(view.buttons).toEqual([button('arxiv:1')])
  })
})
