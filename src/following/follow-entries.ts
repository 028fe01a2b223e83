/** What an index holds, found by key. */
export interface SortedEntries {
  /** All numbers under a key. */
  numbersOf(key: number): readonly number[]
  /** The numbers under a key whose code is accepted, which is asked once for each code. */
  each(key: number, accepts: (code: number) => boolean, take: (number: number) => void): void
}

// A hash of 32 bits, a number and a code in three arrays: a million followed authors with some seven keys each are 90 MB, where a Map from
// keys to lists takes ten times as much.

/** Keys, each with a subscription's number and the code of a word, growing. */
export class FollowEntries {
  #keys = new Uint32Array(1024)
  #numbers = new Uint32Array(1024)
  #codes = new Uint32Array(1024)
  #mostCode = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  add(key: number, number: number, code = 0): void {
    if (this.#length === this.#keys.length) this.#grow()
    const at = this.#length++
    this.#keys[at] = key
    this.#numbers[at] = number
    this.#codes[at] = code
    if (code > this.#mostCode) this.#mostCode = code
  }

  /** Adds what is not yet among the entries since `from`. */
  addNew(key: number, number: number, code: number, from: number): void {
    for (let at = from; at < this.#length; at++) if (this.#keys[at] === key && this.#codes[at] === code) return
    this.add(key, number, code)
  }

  /** Hashes lie evenly, so their first bits say where to look; what shares these lies in the order of its codes. */
  sorted(): SortedEntries {
    const bits = Math.min(24, Math.max(1, Math.ceil(Math.log2(this.#length + 1)) - 1))
    const shift = 32 - bits
    const order = this.#byCode()
    const starts = new Uint32Array(2 ** bits + 1)
    for (let at = 0; at < this.#length; at++) raise(starts, ((this.#keys[at] ?? 0) >>> shift) + 1)
    sum(starts)
    const [keys, numbers, codes] = [order.slice(), order.slice(), order.slice()]
    const next = starts.slice()
    for (const at of order) {
      const key = this.#keys[at] ?? 0
      const place = raise(next, key >>> shift)
      keys[place] = key
      numbers[place] = this.#numbers[at] ?? 0
      codes[place] = this.#codes[at] ?? 0
    }
    const each: SortedEntries['each'] = (key, accepts, take) => {
      const end = starts[(key >>> shift) + 1] ?? 0
      let [last, accepted] = [-1, false]
      for (let place = starts[key >>> shift] ?? 0; place < end; place++) {
        if (keys[place] !== key) continue
        const code = codes[place] ?? 0
        if (code !== last) {
          last = code
          accepted = accepts(code)
        }
        if (accepted) take(numbers[place] ?? 0)
      }
    }
    return {
      each,
      numbersOf(key) {
        const found: number[] = []
        each(
          key,
          () => true,
          (number) => found.push(number),
        )
        return found
      },
    }
  }

  #byCode(): Uint32Array {
    const next = new Uint32Array(this.#mostCode + 2)
    for (let at = 0; at < this.#length; at++) raise(next, (this.#codes[at] ?? 0) + 1)
    sum(next)
    const order = new Uint32Array(this.#length)
    for (let at = 0; at < this.#length; at++) order[raise(next, this.#codes[at] ?? 0)] = at
    return order
  }

  #grow(): void {
    this.#keys = doubled(this.#keys)
    this.#numbers = doubled(this.#numbers)
    this.#codes = doubled(this.#codes)
  }
}

/** Counts one more; the count before. */
function raise(counts: Uint32Array, at: number): number {
  const before = counts[at] ?? 0
  counts[at] = before + 1
  return before
}

/** Each count becomes the sum of all up to it. */
function sum(counts: Uint32Array): void {
  for (let at = 1; at < counts.length; at++) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0)
}

function doubled(held: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(held.length * 2)
  larger.set(held)
  return larger
}
