/**
 * What people search and follow by: `"sparse autoencoders" author:"Neel Nanda" cat:cs.LG since:2025-01 -survey`.
 * Terms are joined by AND; `OR` and parentheses group; a leading `-` or `NOT` excludes; a trailing `*` lets a word go on.
 * The functions that read such a text, write it again and try it on one paper stand in the files beside this one and are exported here.
 */
export type Query =
  | { readonly kind: 'all'; readonly of: readonly Query[] }
  | { readonly kind: 'any'; readonly of: readonly Query[] }
  | { readonly kind: 'not'; readonly of: Query }
  /** Consecutive words; `prefix` lets the last one be the beginning of a word. */
  | { readonly kind: 'words'; readonly field: TextField; readonly words: readonly string[]; readonly prefix?: boolean }
  | { readonly kind: 'author'; readonly name: string }
  /** `cs.LG`, or an archive with all below it: `cs`. */
  | { readonly kind: 'category'; readonly category: string }
  /** Days of `published`, both included, `YYYY-MM-DD`. */
  | { readonly kind: 'published'; readonly since?: string; readonly until?: string }
  | { readonly kind: 'id'; readonly id: string }

/** `any`: title, abstract or byline. */
export type TextField = 'any' | 'title' | 'abstract'

export { paperWords, queryMatches, requiredTokens } from './query-match.ts'
export type { ParsedQuery } from './query-parser.ts'
export { parseQuery } from './query-parser.ts'
export { queryText } from './query-text.ts'
