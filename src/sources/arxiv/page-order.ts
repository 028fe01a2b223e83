import type { Day } from './calendar.ts'
import type { OaiRecord } from './oai.ts'

/** What the datestamps of the pages so far say of their order. */
export interface PageOrder {
  /** All days before it were read whole. */
  readonly through?: Day | undefined
  /** Once a record came after one of a later day, nothing follows from the order any more. */
  readonly isMixed?: true | undefined
}

/** The order with one page more. OAI-PMH promises none; arXiv lists the oldest changes first, and as long as it does, a harvest whose token has expired goes on there. */
export function orderAfter({ through = '', isMixed }: PageOrder, records: readonly OaiRecord[]): PageOrder {
  let last = through
  for (const { datestamp } of records) {
    const day = datestamp.slice(0, 10)
    if (isMixed || day < last) return { isMixed: true }
    last = day
  }
  return last === '' ? {} : { through: last }
}

/** Where to begin again without a token. */
export function beginAgainAt(from: Day, { through, isMixed }: PageOrder): Day {
  return isMixed || through === undefined || through < from ? from : through
}
