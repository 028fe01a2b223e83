import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateFacets, token } from '../../src/catalog/sqlite/facets.ts'
import { foldText, wordsOf } from '../../src/catalog/words.ts'

describe('the words of a text', () => {
  it.each([
    ['Schrödinger’s state-of-the-art BERT', ['schrodinger', 's', 'state', 'of', 'the', 'art', 'bert']],
    ['ΣΊΣΥΦΟΣ σίσυφος', ['σισυφοσ', 'σισυφοσ']],
    ['İstanbul ISTANBUL', ['istanbul', 'istanbul']],
    ['हिन्दी 한국어 稀疏', ['हिन्दी', '한국어', '稀疏']],
    ['a_b\\0c', ['a', 'b', '0c']],
    ['… — !', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('are those that the index sees, whatever the text', () => {
    const database = new DatabaseSync(':memory:')
    database.exec(
      `CREATE VIRTUAL TABLE t USING fts5(x, tokenize='ascii'); CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')`,
    )
    const put = database.prepare('INSERT INTO t (rowid, x) VALUES (1, ?)')
    const seen = database.prepare('SELECT term FROM v ORDER BY offset')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        put.run(foldText(text))
        const terms = seen.all().map((row) => row.term)
        database.exec('DELETE FROM t')
        expect(terms).toEqual(wordsOf(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('are those of SQLite’s unicode61 without diacritics for the letters of Europe', () => {
    const database = new DatabaseSync(':memory:')
    database.exec(
      `CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2'); CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')`,
    )
    const put = database.prepare('INSERT INTO t (rowid, x) VALUES (1, ?)')
    const seen = database.prepare('SELECT term FROM v ORDER BY offset')
    const letters = Array.from({ length: 0x17f - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)).filter(
      (letter) => letter !== 'ŉ',
    )
    for (const letter of letters) {
      put.run(`a${letter}b`)
      expect([letter, seen.all().map((row) => row.term)]).toEqual([letter, wordsOf(`a${letter}b`)])
      database.exec('DELETE FROM t')
    }
  })
})

describe('facets', () => {
  it('of days are the fewest years, months and days that make them up', () => {
    expect(dateFacets('2023-12-31', '2025-02-02')).toEqual(['d20231231', 'd2024', 'd202501', 'd20250201', 'd20250202'])
    expect(dateFacets('2024-02-01', '2024-02-29')).toEqual(['d202402'])
    expect(dateFacets('2025-02-02', '2025-02-01')).toEqual([])
  })

  it('of any days hold each day between them once', () => {
    const day = fc
      .date({ min: new Date('1991-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, day, (a, b, other) => {
        const [since = a, until = b] = [a, b].toSorted()
        const facets = dateFacets(since, until)
        const compact = `d${other.replaceAll('-', '')}`
        const holding = [5, 7, 9].filter((length) => facets.includes(compact.slice(0, length)))
        expect(holding).toHaveLength(other >= since && other <= until ? 1 : 0)
      }),
    )
  })

  it('of different texts are different words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(token(a)).toMatch(/^[a-z0-9]*$/)
        expect(token(a) === token(b)).toBe(a.toLowerCase() === b.toLowerCase())
      }),
    )
  })
})
