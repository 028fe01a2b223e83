import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countOf, firstOf, holds, rangesOf, union, within, without } from '../../../src/sources/arxiv/number-ranges.ts'

const some = fc.array(fc.nat(60), { maxLength: 40 })
const sorted = (numbers: Iterable<number>) => [...new Set(numbers)].toSorted((a, b) => a - b)

test('ranges are what sets of the same numbers are', () => {
  fc.assert(
    fc.property(some, some, fc.nat(60), fc.nat(60), (left, right, first, last) => {
      const [a, b] = [rangesOf(left), rangesOf(right)]
      const all = (ranges: readonly number[]) => firstOf(ranges, 1000)
      expect(all(a)).toEqual(sorted(left))
      expect(countOf(a)).toBe(new Set(left).size)
      expect(union(a, b)).toEqual(rangesOf([...left, ...right]))
      expect(without(a, b)).toEqual(rangesOf(left.filter((each) => !right.includes(each))))
      expect(within(a, first, last)).toEqual(rangesOf(left.filter((each) => each >= first && each <= last)))
      for (const number of right) expect(holds(a, number)).toBe(left.includes(number))
    }),
  )
})

test('neighbours make one range', () => {
  expect(rangesOf([3, 1, 2, 7])).toEqual([1, 3, 7, 7])
})
