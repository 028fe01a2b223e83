import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parsePersonText } from '../../src/people/person-text.ts'

const paper = 'arxiv:2509.06870'

it.each([
  ['0000-0002-1825-0097', { kind: 'orcid', orcid: '0000-0002-1825-0097' }],
  ['https://orcid.org/0000-0002-1694-233x', { kind: 'orcid', orcid: '0000-0002-1694-233X' }],
  ['https://arxiv.org/a/0000-0002-1825-0097', { kind: 'orcid', orcid: '0000-0002-1825-0097' }],
  ['Ada Lovelace 0000-0002-1825-0097', { kind: 'orcid', orcid: '0000-0002-1825-0097', name: 'Ada Lovelace' }],
  [
    'orcid.org/0000-0002-1825-0097 "Ada Lovelace"',
    { kind: 'orcid', orcid: '0000-0002-1825-0097', name: 'Ada Lovelace' },
  ],
  ['https://arxiv.org/a/warner_s_1', { kind: 'arxiv', id: 'warner_s_1', name: 'S. Warner' }],
  ['arxiv.org/a/del_maestro_a_1.atom2', { kind: 'arxiv', id: 'del_maestro_a_1', name: 'A. Del Maestro' }],
  ['https://openalex.org/A5023888391', { kind: 'id', of: 'OpenAlex', ids: { openalex: 'A5023888391' } }],
  ['a5023888391 Ada Lovelace', { kind: 'id', of: 'OpenAlex', ids: { openalex: 'A5023888391' }, name: 'Ada Lovelace' }],
  [
    'https://www.semanticscholar.org/author/Jared-Kaplan/2053807409',
    { kind: 'id', of: 'Semantic Scholar', ids: { s2: '2053807409' }, name: 'Jared Kaplan' },
  ],
  ['s2:2053807409', { kind: 'id', of: 'Semantic Scholar', ids: { s2: '2053807409' } }],
  [
    'Ada Lovelace https://dblp.org/pid/12/3456.html',
    { kind: 'id', of: 'DBLP', ids: { dblp: '12/3456' }, name: 'Ada Lovelace' },
  ],
  ['https://arxiv.org/abs/2509.06870 #3', { kind: 'author-of', paper, place: 3 }],
  ['author 2 of arXiv:2509.06870v2', { kind: 'author-of', paper, place: 2 }],
  ['the third author of https://arxiv.org/pdf/2509.06870', { kind: 'author-of', paper, place: 3 }],
  ['11th author of 2509.06870', { kind: 'author-of', paper, place: 11 }],
  ['last author of 2509.06870', { kind: 'author-of', paper, place: -1 }],
  ['2509.06870', { kind: 'author-of', paper }],
])('a person is read out of %s', (text, person) => {
  expect(parsePersonText(text)).toEqual(person)
})

it.each([
  'Ada Lovelace',
  'cat:cs.CL',
  'author:"Wei Wang"',
  'title:"author of nothing"',
  'https://evil.example/arxiv.org/a/warner_s_1',
  'https://arxiv.org.evil.example/a/warner_s_1',
  'https://orcid.org.evil.example/0000-0002-1825-0097',
  'https://openalex.org.evil.example/A5023888391',
  'https://dblp.org/rec/12/3456',
])('nobody is read out of %s', (text) => {
  expect(parsePersonText(text)).toBeUndefined()
})

it('an ORCID with a wrong digit and an author number 0 are told', () => {
  expect(parsePersonText('0000-0002-1825-0098')).toMatchObject({ kind: 'wrong' })
  expect(parsePersonText('2509.06870 #0')).toMatchObject({ kind: 'wrong' })
})

it('whatever is typed, nothing breaks', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parsePersonText(text)))
})
