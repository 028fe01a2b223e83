import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logOdds } from '../../src/people/evidence.ts'
import { fitCost, scoreOf, scoreText } from '../../src/people/score.ts'
import type { Signals } from '../../src/people/signals.ts'

const surprise = fc.double({ min: 0, max: 20, noNaN: true })
const people = fc
  .array(fc.record({ name: fc.constantFrom('Ilse Ahrendt', 'Yang Liu', 'Orla Quist'), surprise }), { maxLength: 4 })
  .map((all) => all.toSorted((a, b) => b.surprise - a.surprise))
const share = fc.double({ min: 0, max: 1, noNaN: true })
const signals = fc.record(
  {
    shared: people,
    strangers: people,
    others: fc.nat(40),
    acquainted: share,
    knownCoauthors: fc.nat(200),
    words: share,
    category: share,
    gap: fc.nat(60),
    affiliation: fc.boolean(),
  },
  { requiredKeys: ['shared', 'strangers', 'others', 'acquainted', 'knownCoauthors', 'affiliation'] },
) as fc.Arbitrary<Signals>

describe('a score', () => {
  it('is the sum of what it tells', () => {
    const bearers = fc.double({ min: 0, max: 50, noNaN: true })
    fc.assert(
      fc.property(signals, bearers, fc.constantFrom('full', 'initials', 'loose'), (found, others, fit) => {
        const odds = logOdds(others, found) - fitCost[fit]
        const { parts } = scoreOf({ bearers: others, signals: found, fit, category: 'cs.LG', odds })
        expect(Math.abs(parts.reduce((sum, { adds }) => sum + adds, 0) - odds)).toBeLessThan(0.1)
      }),
    )
  })

  it('is told in words that a member understands', () => {
    const odds = logOdds(0.01, undefined)
    expect(scoreText(scoreOf({ bearers: 0.01, fit: 'full', odds }))).toBe(
      '2.4 (certain from 5, likely from 0): rare name +2.4',
    )
    expect(scoreText(scoreOf({ bearers: 8, fit: 'initials', odds: logOdds(8, undefined) - fitCost.initials }))).toBe(
      '−3.6 (certain from 5, likely from 0): a name of about 8 others −2.1, initials only −1.5',
    )
  })
})
