/** Remembers what was made under a key lately: at least the last `least` keys, at most twice as many. */
export function remembering<T, Source = void>(
  least: number,
  make: (key: string, source: Source) => T,
): (key: string, source: Source) => T {
  let young = new Map<string, T>()
  let old = new Map<string, T>()
  return (key, source) => {
    const known = young.get(key)
    if (known !== undefined) return known
    const made = old.get(key) ?? make(key, source)
    if (young.size >= least) {
      old = young
      young = new Map()
    }
    young.set(key, made)
    return made
  }
}
