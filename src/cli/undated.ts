import { arxivNumberOf } from '../papers/identity.ts'
import type { PaperId } from '../papers/paper.ts'

/** The month `YYYY-MM` in which arXiv gave the number: as near as an id tells when a paper was published; arXiv's first month for other ids. */
export function monthOf(id: PaperId): string {
  const [, year, month] =
    /^(\d\d)(\d\d)\./.exec(arxivNumberOf(id) ?? '') ?? /^arxiv:[a-z-]+\/(\d\d)(\d\d)/.exec(id) ?? []
  if (year === undefined) return '1991-08'
  return `${Number(year) >= 91 ? 19 : 20}${year}-${month}`
}

/**
 * When papers of a list without dates were revised at the earliest, taking it as newest revision first, as author pages are:
 * none before it was published, and none before the ones below it.
 */
export function revisedByOrder(published: readonly string[]): readonly string[] {
  let latest = ''
  return published
    .toReversed()
    .map((month) => {
      latest = month > latest ? month : latest
      return latest
    })
    .toReversed()
}
