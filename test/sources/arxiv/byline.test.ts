import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorFromInverted, splitByline } from '../../../src/sources/arxiv/byline.ts'

const names = (byline: string) => splitByline(byline).map((author) => author.name)

test.each([
  ['Ada Lovelace, Charles Babbage', ['Ada Lovelace', 'Charles Babbage']],
  ['Ada Lovelace, Charles Babbage, and Mary Somerville', ['Ada Lovelace', 'Charles Babbage', 'Mary Somerville']],
  ['Ada Lovelace and Charles Babbage', ['Ada Lovelace', 'Charles Babbage']],
  ['Sammy Davis, Jr., Loudon Wainwright, III, Bob Dylan', ['Sammy Davis Jr.', 'Loudon Wainwright III', 'Bob Dylan']],
  ['Chen Li (1), Bo Du (1 and 2) ((1) Univ. X, (2) Univ. Y)', ['Chen Li', 'Bo Du']],
  ['DELPHI Collaboration: P. Abreu, W. Adam', ['DELPHI Collaboration', 'P. Abreu', 'W. Adam']],
  ['A. Author, for the CMS Collaboration', ['A. Author', 'the CMS Collaboration']],
  ['Ada Lovelace, et al.', ['Ada Lovelace']],
  ["Fran\\c{c}ois Chollet, \\'Etienne Ghys", ['François Chollet', 'Étienne Ghys']],
  ['', []],
  [', ,', []],
])('%s', (byline, expected) => {
  expect(names(byline)).toEqual(expected)
})

test('names that were joined by commas come apart again', () => {
  const name = fc.stringMatching(/^[A-Z][a-z]{2,8} [A-Z][a-z]{3,8}$/).filter((text) => !/\band\b/i.test(text))
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), (list) => {
      expect(names(list.join(', '))).toEqual(list)
    }),
  )
})

test('any text at all is read in time and gives names with letters only', () => {
  fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (text) => names(text).every((name) => /\p{L}/u.test(name))))
  expect(names('('.repeat(200_000))).toEqual([])
})

test('an inverted name has parts', () => {
  expect(authorFromInverted('de Naray, Rachel Kuzio')).toEqual({
    name: 'Rachel Kuzio de Naray',
    given: 'Rachel Kuzio',
    family: 'de Naray',
  })
  expect(authorFromInverted('Plato')).toEqual({ name: 'Plato' })
})
