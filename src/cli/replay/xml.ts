const NAMED = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
])

/** Text as the query API and the feeds escape it: only what must be. */
export function plainText(text: string): string {
  return text.replace(/[&<>]/g, (char) => NAMED.get(char) ?? char)
}

/** An attribute's value in double quotes. */
export function attribute(text: string): string {
  return plainText(text).replaceAll('"', '&quot;')
}

/** Text as OAI's templates escape it: quotes become numeric references too (`&#39;`, `&#34;`). */
export function templateText(text: string): string {
  return plainText(text).replaceAll('"', '&#34;').replaceAll("'", '&#39;')
}

/** One element with text and a line end, or nothing for absent text. */
export function element(name: string, text: string | undefined, escaped: (text: string) => string): string {
  return text === undefined || text === '' ? '' : `<${name}>${escaped(text)}</${name}>\n`
}
