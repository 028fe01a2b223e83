import type { AuthorIds, PaperId } from '../papers/paper.ts'

/** A person as one tenant sees them; corrections never cross tenants. */
export interface Profile {
  readonly displayName: string
  /** Other names the person publishes under. */
  readonly variants: readonly string[]
  readonly ids: AuthorIds
  /** Confirmed as theirs. */
  readonly papers: readonly PaperId[]
  /** Refused: "not them". */
  readonly not: readonly PaperId[]
  /** Known co-authors and the number of papers together. */
  readonly coauthors: Readonly<Record<string, number>>
  readonly categories: Readonly<Record<string, number>>
}
