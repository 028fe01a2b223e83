import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Query } from '../../src/catalog/query.ts'
import { parseQuery, queryText } from '../../src/catalog/query.ts'

describe('what people type is read as a query', () => {
  it.each<[string, Query]>([
    ['', { kind: 'all', of: [] }],
    ['diffusion', word('diffusion')],
    ['sparse  autoencoder', all(word('sparse'), word('autoencoder'))],
    ['sparse & autoencoder -', all(word('sparse'), word('autoencoder'))],
    ['"sparse autoencoder"', { kind: 'words', field: 'any', words: ['sparse', 'autoencoder'] }],
    ['“sparse autoencoder”', { kind: 'words', field: 'any', words: ['sparse', 'autoencoder'] }],
    ['title:diffusion', { kind: 'words', field: 'title', words: ['diffusion'] }],
    ['abs:"in context"', { kind: 'words', field: 'abstract', words: ['in', 'context'] }],
    ['Abstract:diffusion', { kind: 'words', field: 'abstract', words: ['diffusion'] }],
    ['transform*', { kind: 'words', field: 'any', words: ['transform'], prefix: true }],
    ['title:"vision trans"*', { kind: 'words', field: 'title', words: ['vision', 'trans'], prefix: true }],
    ['author:"Neel  Nanda"', { kind: 'author', name: 'Neel Nanda' }],
    ['author:nanda', { kind: 'author', name: 'nanda' }],
    ['cat:cs.LG', { kind: 'category', category: 'cs.LG' }],
    ['since:2025', { kind: 'published', since: '2025-01-01' }],
    ['until:2025', { kind: 'published', until: '2025-12-31' }],
    ['until:2024-02', { kind: 'published', until: '2024-02-29' }],
    ['since:2025-01-31', { kind: 'published', since: '2025-01-31' }],
    ['id:arXiv:2409.00001v2', { kind: 'id', id: 'arxiv:2409.00001' }],
    ['2409.00001', { kind: 'id', id: 'arxiv:2409.00001' }],
    ['https://arxiv.org/abs/2409.00001v3', { kind: 'id', id: 'arxiv:2409.00001' }],
    ['-survey', { kind: 'not', of: word('survey') }],
    ['–survey', { kind: 'not', of: word('survey') }],
    ['NOT survey', { kind: 'not', of: word('survey') }],
    ['-(a1 OR b2)', { kind: 'not', of: any(word('a1'), word('b2')) }],
    ['state-of-the-art', word('state-of-the-art')],
    ['a1 b2 OR c3', any(all(word('a1'), word('b2')), word('c3'))],
    ['a1 AND (b2 OR c3)', all(word('a1'), any(word('b2'), word('c3')))],
    ['or and not', all(word('or'), word('and'), word('not'))],
    ['"OR"', word('OR')],
    ['GAN: a survey', all(word('GAN:'), word('a'), word('survey'))],
    ['don’t', word('don’t')],
  ])('%s', (text, query) => {
    expect(parseQuery(text)).toEqual({ kind: 'query', query })
  })
})

describe('what can not be read is told in a sentence that names the place', () => {
  it.each([
    ['foo "bar', /quote at character 5 is not closed/],
    ['title:"bar', /quote at character 7 is not closed/],
    ['(foo', /“\(” at character 1 is not closed/],
    ['foo) bar', /“\)” at character 4 closes nothing/],
    ['OR foo', /OR at character 1 needs a term on both sides/],
    ['foo OR', /OR at character 5 needs/],
    ['foo OR OR bar', /OR at character 5 needs/],
    ['foo NOT', /“NOT” at character 5 needs a term/],
    ['-(…)', /“-” at character 1 needs a term/],
    ['title: foo', /“title:” at character 1 needs a word.*title:transformer/],
    ['""', /character 1 needs a word/],
    ['+++', /no word to search for/],
    ['athor:kaplan', /no field “athor:” \(character 1\).*author:/],
    ['since:yesterday', /since:2025-01-31/],
    ['since:2025-02-30', /year, month or day/],
    ['until:2025-13', /year, month or day/],
    ['id:nothing', /id:2409\.00001/],
    ['cat:"what is this"', /cat:cs\.LG/],
    ['author:"--"', /author:"Neel Nanda"/],
    ['a*', /at least two letters/],
    ['x'.repeat(501), /501 characters; the limit is 500/],
    [Array(33).fill('x').join(' '), /more than 32 terms/],
    [`${'('.repeat(9)}x${')'.repeat(9)}`, /more than 8 levels/],
    [`${'-'.repeat(100)}x`, /more than 8 levels/],
    ['__proto__:x constructor:y', /no field/],
  ])('%s', (text, message) => {
    const parsed = parseQuery(text)
    expect(parsed).toMatchObject({ kind: 'error' })
    expect(parsed.kind === 'error' ? parsed.message : '').toMatch(message)
  })

  it('nests as deep as eight levels', () => {
    expect(parseQuery(`${'('.repeat(8)}x${')'.repeat(8)}`).kind).toBe('query')
  })
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '"',
    '-',
    'OR',
    'NOT',
    'AND',
    'title:',
    'author:',
    'since:',
    '2025',
    'cat:cs',
    'id:',
    '*',
    'foo',
    'bär',
    '“',
    '\ud800',
    '\0',
    ':',
    ' ',
  )
  const wild = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(' ')),
  )

  it('is a query or a sentence, never a throw', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const parsed = parseQuery(text)
        if (parsed.kind === 'error') expect(parsed.message).toMatch(/^.+\.$/su)
      }),
      { numRuns: 2000 },
    )
  })

  it('that is a query is written again as the same query', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const parsed = parseQuery(text)
        if (parsed.kind === 'error') return
        const written = queryText(parsed.query)
        expect(parseQuery(written)).toEqual(parsed)
        expect(queryText(parsed.query)).toBe(written)
      }),
      { numRuns: 2000 },
    )
  })
})

function word(text: string): Query {
  return { kind: 'words', field: 'any', words: [text] }
}
function all(...of: Query[]): Query {
  return { kind: 'all', of }
}
function any(...of: Query[]): Query {
  return { kind: 'any', of }
}
