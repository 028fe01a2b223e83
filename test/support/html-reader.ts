/** An element as a browser's tokenizer would find it (HTML standard, 13.2.5), as far as our own markup goes. */
export interface ReadElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

const TAG = /<(?<close>\/?)(?<name>[a-z][^\s/>]*)(?<rest>(?:"[^"]*"|'[^']*'|[^'">])*)>/gi
const ATTRIBUTE = /(?<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'=<>`]+)))?/g

/** Every element that the HTML opens, with its attributes decoded. */
export function elementsOf(html: string): readonly ReadElement[] {
  return [...html.matchAll(TAG)].flatMap(({ groups = {} }) => {
    if (groups.close !== '') return []
    const attributes = [...(groups.rest ?? '').matchAll(ATTRIBUTE)].map(
      ({ groups: found = {} }) =>
        [(found.name ?? '').toLowerCase(), decode(found.double ?? found.single ?? found.bare ?? '')] as const,
    )
    return [{ name: (groups.name ?? '').toLowerCase(), attributes: new Map(attributes) }]
  })
}

/** What a reader sees, white space folded; hidden words of screen readers included. */
export function textOf(html: string): string {
  return decode(
    html.replace(TAG, (_, close, name) => (close === '' && /^(?:p|h\d|li|td|th|div|article)$/.test(name) ? ' ' : '')),
  )
    .replace(/\s+/g, ' ')
    .trim()
}

function decode(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
  return text.replace(/&(?:#(\d+)|([a-z]+));/g, (whole, number, name) =>
    number === undefined ? (named[name] ?? whole) : String.fromCodePoint(Number(number)),
  )
}
