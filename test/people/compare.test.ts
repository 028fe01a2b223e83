import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNames, nameKeys } from '../../src/people/compare.ts'

describe('two names of one spelling are the same', () => {
  test.each([
    ['Jared Kaplan', 'Kaplan, Jared'],
    ['Jared Kaplan', 'JARED KAPLAN'],
    ['Sören Mindermann', 'Soren Mindermann'],
    ['Hinrich Schütze', 'Hinrich Schuetze'],
    ['Kenneth Bøgh', 'Kenneth Boegh'],
    ['Hans Dybkjær', 'Hans Dybkjaer'],
    ['Łukasz Kaiser', 'Lukasz Kaiser'],
    ['Kwang-Sung Kim', 'Kwangsung Kim'],
    ['Zac Hatfield-Dodds', 'Zac Hatfield Dodds'],
    ['Laurens van der Maaten', 'van der Maaten, Laurens'],
    ["Clare O'Hara", 'Clare O’Hara'],
    ['Александр Пушкин', 'Aleksandr Pushkin'],
    ['刘洋', 'Yang Liu'],
    ['ATLAS Collaboration', 'atlas collaboration'],
  ])('%s, %s', (a, b) => expect(compareNames(a, b)).toBe('same'))
})

describe('nothing speaks against one person', () => {
  test.each([
    ['Jared Kaplan', 'J. Kaplan'],
    ['Kwang-Sung Kim', 'K.-S. Kim'],
    ['Kwangsung Kim', 'K.-S. Kim'],
    ['José A.R. Fonollosa', 'J. Fonollosa'],
    ['Adrian Del Maestro', 'A. Del Maestro'],
    ['Laurens van der Maaten', 'Laurens Maaten'],
    ['Theodore R. Sumers', 'Theodore Sumers'],
    ['Sam Marks', 'Samuel Marks'],
    ['Ted Sumers', 'Theodore Sumers'],
    ['M. Teresa Martín', 'Teresa Martín'],
    ['Rafael Muñoz', 'Rafael Muñoz Guillena'],
    ['Jose Camacho', 'José Camacho-Collados'],
    ['Yang Liu', 'Liu Yang'],
    ['Sergey Ivanov', 'Sergei Ivanov'],
    ['Nikolay Arefyev', 'Nikolay Arefiev'],
    ['Kaplan', 'Jared Kaplan'],
    ['Edward Stabler', 'Edward P. Stabler, Jr.'],
    ['김광성', 'Kwang-Sung Kim'],
    ['김광성', 'K. Kim'],
  ])('%s, %s', (a, b) => expect(compareNames(a, b)).toBe('compatible'))
})

describe('two people are two people', () => {
  test.each([
    ['Jared Kaplan', 'Jared Kaplansky'],
    ['Amy Weinberg', 'Amy Weinberger'],
    ['Jared Kaplan', 'Daniel Kaplan'],
    ['Jared Kaplan', 'D. Kaplan'],
    ['John A. Smith', 'John B. Smith'],
    ['Jia Liu', 'Jiaming Liu'],
    ['Yan Wang', 'Yang Wang'],
    ['Wei Li', 'Wei Liu'],
    ['Roberto Rossi', 'Roberta Rossi'],
    ['Hal Daumé Jr.', 'Hal Daumé III'],
    ['Lakshmi S.', 'Arunima S.'],
    ['ATLAS Collaboration', 'CMS Collaboration'],
    ['Kimi Team', 'Kimi Teame'],
    ['Иван Петров', 'Nikolai Sidorov'],
    ['김광성', 'Min-Ho Kim'],
  ])('%s, %s', (a, b) => expect(compareNames(a, b)).toBe('different'))
})

test('parts that a source gave are compared as given', () => {
  expect(
    compareNames({ name: 'R. Muñoz Guillena', given: 'R.', family: 'Muñoz Guillena' }, 'Muñoz Guillena, Rafael'),
  ).toBe('compatible')
  expect(compareNames({ family: 'Kaplan', given: 'Jared', kind: 'person' }, 'Jared Kaplan')).toBe('same')
})

describe('whatever two names', () => {
  const word = fc.constantFrom(
    'Yang',
    'Liu',
    'J.',
    'Jared',
    'Kaplan',
    'Sam',
    'Samuel',
    'M.',
    'Maria',
    'van',
    'Müller',
    'Mueller',
    'Muller',
    'Kwang-Sung',
    'Kwangsung',
    'K.-S.',
    'Kim',
    'Itoh',
    'Ito',
    'de',
    'Arefyev',
    'Arefiev',
    '刘',
    'Bill',
    'William',
    'III',
    'Nguyen',
    'Fonollosa',
    'Fonolosa',
  )
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))

  test('the order of asking makes no difference, and a name is itself', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compareNames(a, b)).toBe(compareNames(b, a))
        expect(compareNames(a, a)).toBe('same')
      }),
      { numRuns: 3000 },
    )
  })

  test('names that may be one person share a key', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(compareNames(a, b) !== 'different')
        const keys = new Set(nameKeys(a))
        expect(
          nameKeys(b).some((key) => keys.has(key)),
          `${a} / ${b}`,
        ).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('any text is compared without an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => void compareNames(a, b)),
    )
  })
})
