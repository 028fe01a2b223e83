import type { Learnt } from '../../catalog/change.ts'
import { addDays, type Day, easternMoment, utcDay } from './calendar.ts'
import { numberOf, type Sighting } from './census.ts'

/** What a first harvest has told so far of what had been announced when somebody began to follow. */
export interface FirstNews {
  /** Epoch ms: when the first of those began who follow already. */
  readonly since: number
  /** The highest number that was announced by then. */
  readonly before: number
}

export function noFirstNews(since: number): FirstNews {
  // No number of an earlier month is news, whatever is edited; three days, for a month's last papers are announced in the next.
  const month = utcDay(since - 3 * 86_400_000)
    .slice(2, 7)
    .replace('-', '')
  return { since, before: numberOf(`${month}.00000`) }
}

/**
 * What a first harvest brings is history, but for what arXiv announced after somebody had begun to follow: that is news, with
 * the day of its listing, by which each subscription is told apart from those that began later. Numbers are given in order, so
 * a lower one than was announced before is none, however late its record was edited.
 */
export function withFirstNews(
  known: FirstNews,
  records: readonly Learnt[],
  sightings: readonly Sighting[],
): { readonly records: readonly Learnt[]; readonly known: FirstNews } {
  const isLater = (evening: Day) => easternMoment(evening, '20:00') > known.since
  const eveningOf = new Map(sightings.map(({ number, evening }) => [number, evening]))
  const early = sightings.filter(({ evening }) => !isLater(evening)).map(({ number }) => number)
  const before = Math.max(known.before, ...early)
  return {
    known: { ...known, before },
    records: records.map((record) => {
      const number = record.mark === undefined ? 0 : numberOf(record.mark)
      const evening = eveningOf.get(number)
      if (evening === undefined || number <= before || !isLater(evening)) return record
      return { ...record, origin: 'announced', paper: { ...record.paper, announced: addDays(evening, 1) } }
    }),
  }
}
