/** `1 paper`, `2 papers`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

/** Without the quotes that people put around a whole name; the last may be forgotten. */
export function unquoted(text: string): string {
  return text.replace(/^"([^"]*)"?$/s, '$1').trim()
}
