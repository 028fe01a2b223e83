import type { Query } from './query.ts'

/** The query as text that reads as the same query again; the text of that one is the same. */
export function queryText(query: Query): string {
  switch (query.kind) {
    case 'all':
      return query.of
        .map((part) => (part.kind === 'all' || part.kind === 'any' ? grouped(part) : queryText(part)))
        .join(' ')
    case 'any':
      return query.of.map((part) => (part.kind === 'any' ? grouped(part) : queryText(part))).join(' OR ')
    case 'not':
      return `-${isSeveral(query.of) ? grouped(query.of) : queryText(query.of)}`
    case 'words':
      return wordsText(query)
    case 'author':
      return `author:${quoted(query.name)}`
    case 'category':
      return `cat:${query.category}`
    case 'published':
      return [
        ...(query.since === undefined ? [] : [`since:${query.since}`]),
        ...(query.until === undefined ? [] : [`until:${query.until}`]),
      ].join(' ')
    case 'id':
      return `id:${/[\s()"]/.test(query.id) ? `"${query.id}"` : query.id}`
  }
}

function isSeveral(query: Query): boolean {
  return (
    query.kind === 'all' ||
    query.kind === 'any' ||
    (query.kind === 'published' && query.since !== undefined && query.until !== undefined)
  )
}

function grouped(query: Query): string {
  return `(${queryText(query)})`
}

function wordsText({ field, words, prefix }: Query & { readonly kind: 'words' }): string {
  const text = words.join(' ')
  const name = field === 'any' ? '' : `${field}:`
  return `${name}${isPlain(text) ? text : quoted(text)}${prefix ? '*' : ''}`
}

/** Whether a word can stand without quotes: nothing in it means anything else. */
function isPlain(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}'’_+-]*$/u.test(text) && !/^(?:AND|OR|NOT)$/.test(text)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', ' ').trim()}"`
}
