import { arxivNumberOf } from '../../papers/identity.ts'
import type { Paper } from '../../papers/paper.ts'
import type { PoliteHttp } from '../polite-http.ts'
import { readApi } from './api.ts'
import { markOf, numberOf } from './census.ts'

/** So many numbers are asked for at once: the address stays below 2,000 characters. */
export const numbersAsked = 140

/** What the query API says of some numbers. */
export interface Testimony {
  readonly papers: readonly Paper[]
  /** Those that it has. */
  readonly has: readonly number[]
  /** Whether what is missing can be taken for missing: the highest number known to exist, and one asked for at the beginning, came back in the same breath. */
  readonly isWhole: boolean
}

/**
 * Asks the query API whether it has these numbers. Answers without anything where there was something have been seen (lukasschwab/arxiv.py#43), and a total
 * proves nothing: so `controls`, rising numbers known to exist, are asked for along with them; without the last, the answer may be of yesterday. What does not hold a control is asked for once more.
 */
export async function askNumbers(
  numbers: readonly number[],
  controls: readonly number[],
  house: { readonly http: PoliteHttp; readonly apiUrl: string; readonly signal: AbortSignal },
): Promise<Testimony> {
  const [first, last] = [controls.slice(0, 2), controls.slice(-2)]
  const ids = [...new Set([...first, ...numbers.slice(0, numbersAsked), ...last])]
  const address = new URL(house.apiUrl)
  address.searchParams.set('id_list', ids.map(nameOf).join(','))
  address.searchParams.set('start', '0')
  address.searchParams.set('max_results', String(ids.length))
  for (let attempt = 1; ; attempt++) {
    const { body, status } = await house.http.get(address.href, { priority: 'repair', signal: house.signal })
    const papers = readApi(body, status).papers.filter((paper) => ids.includes(numberIn(paper) ?? -1))
    const has = papers.flatMap((paper) => numberIn(paper) ?? [])
    const isWhole = first.some((each) => has.includes(each)) && has.includes(controls.at(-1) ?? -1)
    if (isWhole || attempt > 1) return { papers, has, isWhole }
  }
}

function numberIn(paper: Paper): number | undefined {
  const mark = arxivNumberOf(paper.id)
  return mark === undefined ? undefined : numberOf(mark)
}

/** Until the end of 2014 numbers had four digits (https://info.arxiv.org/help/arxiv_identifier.html). */
function nameOf(number: number): string {
  const mark = markOf(number)
  return number < 150_100_000 ? `${mark.slice(0, 5)}${mark.slice(6)}` : mark
}
