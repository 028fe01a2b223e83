/** Whole numbers as rising, separate, closed ranges in one flat list: `[1, 4, 7, 7]` is 1, 2, 3, 4 and 7. Small to keep, and plain JSON. */
export type NumberRanges = readonly number[]

/** The numbers as ranges; they may come in any order and more than once. */
export function rangesOf(numbers: Iterable<number>): NumberRanges {
  const ranges: number[] = []
  for (const number of [...numbers].toSorted((a, b) => a - b)) {
    const end = ranges.at(-1)
    if (end !== undefined && number <= end + 1) ranges[ranges.length - 1] = Math.max(end, number)
    else ranges.push(number, number)
  }
  return ranges
}

export function union(...all: readonly NumberRanges[]): NumberRanges {
  const pairs = all.flatMap(pairsOf).toSorted((a, b) => a[0] - b[0])
  const ranges: number[] = []
  for (const [first, last] of pairs) {
    const end = ranges.at(-1)
    if (end !== undefined && first <= end + 1) ranges[ranges.length - 1] = Math.max(end, last)
    else ranges.push(first, last)
  }
  return ranges
}

/** Those of `all` that are not in `taken`. */
export function without(all: NumberRanges, taken: NumberRanges): NumberRanges {
  const ranges: number[] = []
  const holes = pairsOf(taken)
  let at = 0
  for (const [first, last] of pairsOf(all)) {
    let next = first
    while (next <= last) {
      const [from, to] = holes[at] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      if (to < next) at += 1
      else if (from > last) {
        ranges.push(next, last)
        break
      } else {
        if (from > next) ranges.push(next, from - 1)
        next = to + 1
      }
    }
  }
  return ranges
}

/** Those of `all` from `first` to `last`, both included. */
export function within(all: NumberRanges, first: number, last: number): NumberRanges {
  return pairsOf(all).flatMap(([from, to]) => {
    const [start, end] = [Math.max(from, first), Math.min(to, last)]
    return start <= end ? [start, end] : []
  })
}

export function countOf(ranges: NumberRanges): number {
  return pairsOf(ranges).reduce((sum, [first, last]) => sum + last - first + 1, 0)
}

/** The lowest `limit` of them. */
export function firstOf(ranges: NumberRanges, limit: number): readonly number[] {
  const numbers: number[] = []
  for (const [first, last] of pairsOf(ranges)) {
    for (let number = first; number <= last; number++) {
      if (numbers.length >= limit) return numbers
      numbers.push(number)
    }
  }
  return numbers
}

export function holds(ranges: NumberRanges, number: number): boolean {
  let [low, high] = [0, ranges.length / 2]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[2 * middle + 1] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return (ranges[2 * low] ?? Number.POSITIVE_INFINITY) <= number
}

function pairsOf(ranges: NumberRanges): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = []
  for (let at = 0; at + 1 < ranges.length; at += 2) pairs.push([ranges[at] ?? 0, ranges[at + 1] ?? 0])
  return pairs
}
