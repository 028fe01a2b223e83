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
