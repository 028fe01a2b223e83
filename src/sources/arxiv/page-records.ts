import type { Learnt } from '../../catalog/change.ts'
import type { Log } from '../../log.ts'
import { arxivNumberOf, parsePaperId } from '../../papers/identity.ts'
import type { PoliteHttp, Priority } from '../polite-http.ts'
import { announcedBy, type Day, utcDay } from './calendar.ts'
import { numberOf, type Sighting } from './census.ts'
import type { OpenWindow } from './cursor.ts'
import { type OaiRecord, type OaiRefusal, oaiRank, oaiReader, refusal } from './oai.ts'
import { archiveOf } from './plan.ts'

/** Few enough to be written in a moment, so that people's questions are answered in between, and to be held at once. */
const recordsAtOnce = 250

/** A page of a listing; the last one has no token. */
export interface OaiPage {
  readonly responseDate: string
  readonly records: readonly OaiRecord[]
  readonly token?: string
}

/**
 * Asks for a page and gives what `take` makes of it, or the refusal of a token; any other refusal is thrown, but that nothing matches, which is an empty page.
 * The page itself is gone by then: it is read while it comes in, and `take` keeps what is wanted.
 */
export async function readPage<T>(
  http: PoliteHttp,
  address: string,
  request: { readonly priority: Priority; readonly signal: AbortSignal },
  take: (page: OaiPage) => T,
): Promise<{ readonly kind: 'page'; readonly taken: T } | OaiRefusal> {
  let reader = oaiReader()
  const into = () => {
    reader = oaiReader()
    return reader
  }
  await http.get(address, { ...request, into })
  const answer = reader.end()
  if (answer.kind === 'error') {
    if (answer.code === 'badResumptionToken') return answer
    if (answer.code !== 'noRecordsMatch') throw refusal(answer)
    return { kind: 'page', taken: take({ responseDate: answer.responseDate, records: [] }) }
  }
  const { responseDate, records, resumptionToken: token } = answer
  return { kind: 'page', taken: take({ responseDate, records, ...(token === undefined ? {} : { token }) }) }
}

/** The page's records in batches, at least one, each taken out of the list: what was written is held no longer. */
export function* inBatches(
  records: Learnt[],
): Generator<{ readonly records: readonly Learnt[]; readonly isLast: boolean }> {
  do {
    const some = records.splice(0, recordsAtOnce)
    yield { records: some, isLast: records.length === 0 }
  } while (records.length > 0)
}

/** A page's papers that are wanted, in the order of their announcement, as history. */
export function historyFrom(
  records: readonly OaiRecord[],
  wants: (categories: readonly string[]) => boolean,
  log: Log,
): Learnt[] {
  return records
    .flatMap((record): readonly Learnt[] => {
      if (record.problem !== undefined) {
        log({ event: 'source.record-unreadable', record: record.identifier, detail: record.problem.message })
      }
      // arXiv keeps deleted records' headers; what was once announced stays in the catalogue.
      if (record.paper === undefined || !wants(record.paper.categories)) return []
      const mark = arxivNumberOf(record.paper.id)
      return [{ paper: record.paper, origin: 'history', rank: oaiRank, ...(mark === undefined ? {} : { mark }) }]
    })
    .toSorted(byAnnouncement)
}

/** The numbers of a page; a deleted record's number was given, too, while one that can't be read is still to be had. */
export function sightingsOf(records: readonly OaiRecord[], now: number): readonly Sighting[] {
  // Thousands of records share a few days, and telling an evening takes a calendar.
  const evenings = new Map<Day, Day>()
  const eveningOf = (day: Day) => {
    const evening = evenings.get(day) ?? announcedBy(day, now)
    evenings.set(day, evening)
    return evening
  }
  return records.flatMap(({ identifier, datestamp, paper, problem }) => {
    const id = paper?.id ?? parsePaperId(identifier)?.id
    const mark = id === undefined ? undefined : believable(arxivNumberOf(id), now)
    if (mark === undefined || problem !== undefined || Number.isNaN(Date.parse(datestamp))) return []
    const evening = eveningOf(datestamp.slice(0, 10))
    const set = archiveOf(paper?.categories[0] ?? '')
    return [{ number: numberOf(mark), evening, set, ...(paper === undefined ? { isDeleted: true } : {}) }]
  })
}

/** Old-style ids first, then by number. */
export function byAnnouncement(a: Learnt, b: Learnt): number {
  const [left, right] = [a.mark ?? '', b.mark ?? '']
  return left === right ? 0 : left < right ? -1 : 1
}

/** The highest number so far, and the day on which its record was changed last. */
export function newestOf(
  open: OpenWindow,
  records: readonly OaiRecord[],
  now: number,
): Pick<OpenWindow, 'highest' | 'highestChanged'> {
  let best = { highest: open.highest ?? '', highestChanged: open.highestChanged ?? '' }
  for (const { paper, datestamp } of records) {
    const mark = paper === undefined ? undefined : believable(arxivNumberOf(paper.id), now)
    if (mark !== undefined && mark >= best.highest) best = { highest: mark, highestChanged: datestamp }
  }
  return best.highest === '' ? {} : best
}

/** A number of a month to come is a fault of the record; taken for the highest it would hide all news. */
function believable(mark: string | undefined, now: number): string | undefined {
  return mark === undefined || mark.slice(0, 4) > monthOf(now + 2 * 86_400_000) ? undefined : mark
}

/** The month of a moment (epoch milliseconds) as numbers have it, `YYMM`. */
export function monthOf(moment: number): string {
  return utcDay(moment).slice(2, 7).replace('-', '')
}
