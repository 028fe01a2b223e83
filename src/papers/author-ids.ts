import type { AuthorIds } from './paper.ts'

/** Kinds of ids by which authors are known, in the order in which they are asked for. */
export const authorIdKinds = ['orcid', 'arxiv', 'openalex', 's2', 'dblp'] as const

export type AuthorIdKind = (typeof authorIdKinds)[number]

/** An id without the address under which it is often written, as it is compared. @example bareAuthorId('orcid', 'https://orcid.org/0000-0002-1694-233x') // '0000-0002-1694-233X' */
export function bareAuthorId(kind: AuthorIdKind, id: string): string {
  const bare = id.trim().replace(addresses[kind], '').replace(/\/+$/, '')
  return upperCase.has(kind) ? bare.toUpperCase() : kind === 'arxiv' ? bare.toLowerCase() : bare
}

/** All of an author's ids, bare. */
export function bareAuthorIds(ids: AuthorIds): AuthorIds {
  return Object.fromEntries(
    authorIdKinds.flatMap((kind) => (ids[kind] === undefined ? [] : [[kind, bareAuthorId(kind, ids[kind])]])),
  )
}

/** The first kind of which both have one id; unequal ones say nothing, for people have two. */
export function sharedAuthorId(one: AuthorIds, other: AuthorIds): AuthorIdKind | undefined {
  return authorIdKinds.find((kind) => {
    const [a, b] = [one[kind], other[kind]]
    return a !== undefined && b !== undefined && bareAuthorId(kind, a) === bareAuthorId(kind, b)
  })
}

const addresses: Readonly<Record<AuthorIdKind, RegExp>> = {
  orcid: /^(?:(?:https?:\/\/)?(?:www\.)?orcid\.org\/|orcid:\s?)/i,
  arxiv: /^(?:https?:\/\/)?(?:www\.|export\.)?arxiv\.org\/a\//i,
  openalex: /^(?:https?:\/\/)?(?:www\.|api\.)?openalex\.org\/(?:authors\/|people\/)?/i,
  s2: /^(?:https?:\/\/)?(?:www\.)?semanticscholar\.org\/author\/(?:[^/]*\/)?/i,
  dblp: /^(?:https?:\/\/)?(?:www\.)?dblp\.(?:org|uni-trier\.de)\/pid\//i,
}
const upperCase: ReadonlySet<AuthorIdKind> = new Set(['orcid', 'openalex'])
