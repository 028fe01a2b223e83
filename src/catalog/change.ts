import type { Paper, PaperId } from '../papers/paper.ts'

/** `announced`: it is news. `history`: we only learn now what is old. */
export type Origin = 'announced' | 'history'

/** A record as a source gives it to the catalogue. */
export interface Learnt {
  readonly paper: Paper
  readonly origin: Origin
  /** How much its text is to be believed beside another record of the same work; higher wins (papers/merge.ts). */
  readonly rank: number
  /** The source's own mark of announcement order, comparable as text (arXiv: the number, zero-padded). */
  readonly mark?: string
}

export type ChangeKind = 'new' | 'revised' | 'withdrawn' | 'published' | 'crosslisted'

/** What a harvest taught us: a row of the change log. `history` rows are kept for the record and never match. */
export interface Change {
  readonly seq: number
  readonly paper: PaperId
  readonly kind: ChangeKind
  readonly origin: Origin
  /** ISO 8601, UTC. */
  readonly at: string
  readonly source: string
  readonly mark?: string
}
