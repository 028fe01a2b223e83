/**
 * What people search and follow by: `"sparse autoencoders" author:"Neel Nanda" cat:cs.LG since:2025-01 -survey`.
 * Terms are joined by AND; `OR` and parentheses group; a leading `-` excludes. The functions that parse a text to a
 * Query and try a Query on one paper stand beside this type in the same file.
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

export type TextField = 'any' | 'title' | 'abstract'
