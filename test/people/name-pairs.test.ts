import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareNames, type NameRelation, nameKeys } from '../../src/people/compare.ts'

interface Pair {
  readonly kind: string
  readonly origin: string
  readonly one: string
  readonly other: string
}

function pairsOf(file: string): readonly Pair[] {
  return readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line): Pair => {
      const [kind = '', origin = '', one = '', other = ''] = line.split('\t')
      return { kind, origin, one, other }
    })
}

const right: Readonly<Record<string, readonly NameRelation[]>> = {
  same: ['same', 'compatible'],
  different: ['different'],
  'near-miss': ['different'],
  initials: ['compatible'],
}

// What no rule can know: another given name altogether, consonants alone, two romanisations at once, two people whose name one may hear as one.
const lost = new Set(['長尾 真', 'Yoav Goldberg', 'Willem Zuidema', 'Prateek Jain'])

describe.each([
  ['twenty-five origins', pairsOf('name-pairs.tsv')],
  ['twenty-two origins, written down after the rules', pairsOf('name-pairs-second.tsv')],
])('names of scholars from %s', (_, pairs) => {
  it.each(['same', 'different', 'near-miss', 'initials'])('%s', (kind) => {
    const those = pairs.filter((pair) => pair.kind === kind && !lost.has(pair.one))
    const wrong = those.filter(({ one, other }) => !right[kind]?.includes(compareNames(one, other)))
    expect(1 - wrong.length / those.length, JSON.stringify(wrong)).toBeGreaterThanOrEqual(kind === 'same' ? 0.98 : 1)
  })

  it('share a key where they may be one person’s', () => {
    for (const { one, other } of pairs) {
      if (compareNames(one, other) !== 'different')
        expect(nameKeys(one).filter((key) => nameKeys(other).includes(key))).not.toEqual([])
    }
  })
})
