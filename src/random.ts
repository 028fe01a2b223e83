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

/** A ULID (github.com/ulid/spec): 26 characters that sort by the millisecond in which they were made. */
export function ulid(now: number, random: Random): string {
  let time = ''
  for (let rest = now, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time
  let chance = ''
  for (const byte of random.bytes(16)) chance += CROCKFORD[byte % 32]
  return time + chance
}
