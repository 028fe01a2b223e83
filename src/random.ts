import { randomBytes } from 'node:crypto'

/** Chance, injected: a simulated world hands out a seeded one. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** `count` random bytes. */
  bytes(count: number): Uint8Array
}

export const systemRandom: Random = {
  next: () => randomBytes(4).readUInt32BE() / 0x1_0000_0000,
  bytes: (count) => randomBytes(count),
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The last ULID made with each source of chance. */
const latest = new WeakMap<Random, { readonly time: number; readonly chance: readonly number[] }>()

/** A ULID (github.com/ulid/spec): 26 characters that sort in the order in which they were made, also within a millisecond. */
export function ulid(now: number, random: Random): string {
  const last = latest.get(random)
  const made =
    last !== undefined && now <= last.time
      ? { time: last.time, chance: increment(last.chance) }
      : { time: now, chance: [...random.bytes(16)].map((byte) => byte % 32) }
  latest.set(random, made)
  let time = ''
  for (let rest = made.time, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) {
    time = CROCKFORD[rest % 32] + time
  }
  return time + made.chance.map((digit) => CROCKFORD[digit]).join('')
}

function increment(digits: readonly number[]): readonly number[] {
  const place = digits.findLastIndex((digit) => digit < 31)
  return digits.map((digit, at) => (at < place ? digit : at === place ? digit + 1 : 0))
}
