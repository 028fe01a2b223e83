import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { compareNames, type NameRelation, nameKeys } from '../../src/people/compare.ts'

const recorded = new URL('../../../shared/data/names/', import.meta.url)

describe.skipIf(!existsSync(recorded))('pairs of a curated list (skipped without recorded names)', () => {
  test.each<[string, readonly NameRelation[], number]>([
    ['same', ['same', 'compatible'], 0.98],
    ['different', ['different'], 0.99],
    ['near-miss', ['different'], 0.995],
    ['initials', ['compatible'], 1],
  ])('%s', (list, right, share) => {
    const pairs = readFileSync(new URL(`${list}.tsv`, recorded), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'))
    const wrong = pairs.filter(([a = '', b = '']) => !right.includes(compareNames(a, b)))
    expect(1 - wrong.length / pairs.length, JSON.stringify(wrong)).toBeGreaterThanOrEqual(share)
    for (const [a = '', b = ''] of pairs) {
      if (compareNames(a, b) !== 'different')
        expect(nameKeys(a).filter((key) => nameKeys(b).includes(key))).not.toEqual([])
    }
  })
})
