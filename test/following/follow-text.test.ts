import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFollow } from '../../src/following/follow-text.ts'

const author = (name: string, narrowing = {}) => ({ kind: 'follow', follows: { kind: 'author', name }, narrowing })
const category = (code: string, narrowing = {}) => ({
  kind: 'follow',
  follows: { kind: 'category', category: code },
  narrowing,
})
const query = (text: string, narrowing = {}) => ({ kind: 'follow', follows: { kind: 'query', query: text }, narrowing })

describe('what someone types to follow', () => {
  it.each([
    ['author:"Jared Kaplan"', author('Jared Kaplan')],
    ['Jared Kaplan', author('Jared Kaplan')],
    ['author:Jared Kaplan', author('Jared Kaplan')],
    ['  Laurens van der Maaten ', author('Laurens van der Maaten')],
    ['J. Kaplan', author('J. Kaplan')],
    ['Kaplan, Jared', author('Kaplan, Jared')],
    ["Seán O'Neill-Smith Jr.", author("Seán O'Neill-Smith Jr.")],
    ['author:DeepSeek-AI', author('DeepSeek-AI')],
    ['author:"张伟"', author('张伟')],
    ['ATLAS Collaboration', author('ATLAS Collaboration')],
    [
      'Jared Kaplan position:last only:cs.LG only:CS.CL -survey',
      author('Jared Kaplan', { only: ['cs.LG', 'cs.CL'], without: ['survey'], position: 'last' }),
    ],
    ['author:"Jared Kaplan" -"case study"', author('Jared Kaplan', { without: ['case study'] })],
    ['Meg Tong as first author', author('Meg Tong', { position: 'first' })],
    ['Meg Tong as the last author', author('Meg Tong', { position: 'last' })],
    ['Meg Tong, first author only:cs.LG', author('Meg Tong', { position: 'first', only: ['cs.LG'] })],
    [
      'author:"Yann LeCun" only:cs.LG -survey first',
      author('Yann LeCun', { only: ['cs.LG'], without: ['survey'], position: 'first' }),
    ],
    ['first author bias', query('first author bias')],
    ['first author', query('first author')],
    ['cat:cs.CL', category('cs.CL')],
    ['cs.cl', category('cs.CL')],
    ['hep-th -review', category('hep-th', { without: ['review'] })],
    ['math', category('math')],
    ['sparse autoencoder', query('sparse autoencoder')],
    ['"Sparse Autoencoder"', query('"Sparse Autoencoder"')],
    ['title:"sparse autoencoder" cat:cs.LG -survey', query('title:"sparse autoencoder" cat:cs.LG -survey')],
    ['interpretability only:cs.LG', query('interpretability', { only: ['cs.LG'] })],
    ['Jared Kaplan OR Ethan Perez', query('Jared Kaplan OR Ethan Perez')],
    ['Kaplan', query('Kaplan')],
    ['author:"Jared Kaplan" scaling', query('author:"Jared Kaplan" scaling')],
  ])('%s', (text, expected) => {
    expect(parseFollow(text)).toEqual(expected)
  })

  it('points to the position when a place is written as a category', () => {
    expect(parseFollow('Meg Tong only:first')).toMatchObject({ message: expect.stringContaining('position:first') })
  })

  it.each([
    '',
    '   ',
    'only:cs.LG',
    'cat:cs.XX',
    'Jared Kaplan only:what',
    'Jared Kaplan position:middle',
    'cs.CL position:first',
    'sparse position:first',
    'author:""',
    'title:"open',
    '(sparse',
  ])('refuses %j with one sentence', (text) => {
    expect(parseFollow(text)).toEqual({ kind: 'error', message: expect.stringMatching(/[.”]$/) })
  })

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseFollow(text)))
  })
})

it('what is longer than any name is refused, so that what is exported can be read back', () => {
  expect(parseFollow(`author:"${'x'.repeat(501)}"`)).toEqual({
    kind: 'error',
    message: 'That is longer than 500 characters, which no name is: write author:"Jared Kaplan".',
  })
})
