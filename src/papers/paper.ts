declare const paperIdBrand: unique symbol

/** `scheme:value`, e.g. `arxiv:2409.00001`, `arxiv:quant-ph/0201082`, `doi:10.1000/xyz`; never with a version. */
export type PaperId = string & { readonly [paperIdBrand]: true }

export interface AuthorIds {
  readonly orcid?: string
  readonly arxiv?: string
  readonly openalex?: string
  readonly s2?: string
  readonly dblp?: string
}

/** One name of a byline as the source wrote it; parts only where the source gave parts. */
export interface Author {
  readonly name: string
  readonly given?: string
  readonly family?: string
  readonly suffix?: string
  readonly ids?: AuthorIds
  readonly affiliation?: string
}

/** One work. All text is Unicode plain text, decoded and cleaned once by the source; only a renderer escapes it. */
export interface Paper {
  /** The id under which the work was first catalogued; never changes. */
  readonly id: PaperId
  /** Every other id known. */
  readonly aliases: readonly PaperId[]
  /** Absent where the source does not tell (OAI's arXiv format). */
  readonly version?: number
  readonly title: string
  readonly abstract: string
  /** Byline order, all of them. */
  readonly authors: readonly Author[]
  /** Primary first. */
  readonly categories: readonly string[]
  /** A line such as `arXiv.org Artificial Intelligence`. */
  readonly venue: string
  /** A day `YYYY-MM-DD` or an ISO instant in UTC, exactly as precise as the source; empty where it does not tell. */
  readonly published: string
  /** As `published`. */
  readonly updated: string
  /** The announcement day `YYYY-MM-DD`, US Eastern. */
  readonly announced?: string
  readonly links: PaperLinks
  readonly comment?: string
  readonly journalRef?: string
  readonly withdrawn?: boolean
  readonly tldr?: string
}

export interface PaperLinks {
  readonly abstract: string
  readonly pdf?: string
  readonly html?: string
  readonly doi?: string
}
