/** Numbers from 0 to 1 that follow from a seed (Marsaglia's xorshift with 32 bits), so that a figure is the same each time. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}
