import { dayForPeople } from '../src/digest/paper-view.ts'
import type { MessageNode, TableRow } from '../src/message/message.ts'
import type { LedgerDay, Reach, SourceStatus } from '../src/sources/source.ts'
import type { Context } from './command.ts'
import { count, placeWords } from './words.ts'

/** Each evening's numbers, newest first: assigned = announced + withheld + pending. Quiet evenings of a long calendar are rows, too. */
export function daysTable(days: readonly LedgerDay[]): MessageNode {
  return {
    kind: 'table',
    columns: ['Evening', 'Assigned', 'Announced', 'Withheld', 'Pending', ''],
    rows: days.map(({ day, kind, assigned, announced, withheld, pending, isComplete, missing = [] }): TableRow => {
      const numbers = kind === 'announced' ? [assigned, announced, withheld, pending].map(String) : ['–', '–', '–', '–']
      const lacking =
        missing.length === 0 ? 'open' : `lacks ${missing.join(', ')}${pending > missing.length ? ', …' : ''}`
      return {
        cells: [dayForPeople(day), ...numbers, kind === 'announced' ? (isComplete ? 'complete' : lacking) : SAID[kind]],
      }
    }),
  }
}

const SAID: Readonly<Record<Exclude<LedgerDay['kind'], 'announced'>, string>> = {
  quiet: 'no announcement',
  silent: 'nothing was announced',
  awaited: 'awaited',
}

/** How far back the catalogue reaches, while it is still being filled; undefined once it is done. */
export function reachText(sources: readonly SourceStatus[]): string | undefined {
  const open = sources.flatMap(({ reach }) => (reach === undefined || reach.isDone ? [] : [reach]))[0]
  if (open === undefined) return undefined
  const back = open.back === undefined ? 'is only beginning to be filled' : `reaches back to ${dayForPeople(open.back)}`
  return `The catalogue ${back}; it is being filled back to ${dayForPeople(open.since)}.`
}

/** How far the filling has come, and what it may come to on the disk; undefined where there is none or it is done. */
export function fillingText({ back, since, records }: Reach, now: number, bytes: number | undefined): string {
  const [from, to] = [Date.parse(since), back === undefined ? now : Date.parse(back)]
  const share = Math.max(0, Math.min(1, (now - to) / Math.max(1, now - from)))
  const disk = bytes === undefined ? '' : `, ${megabytes(bytes)} on the disk`
  const whole = bytes === undefined || share < 0.05 ? '' : `, about ${megabytes(bytes / share)} in the end`
  return `${Math.round(share * 100)} % (${count(records, 'record')})${disk}${whole}`
}

export function megabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

/** Why there is nothing for this channel: the source is stalled, there was no announcement, or nothing in it is by or about what the channel follows. */
export async function whyNothing({
  store,
  channel,
  sourceStatus,
}: Pick<Context, 'store' | 'channel' | 'sourceStatus'>): Promise<string> {
  const sources = await sourceStatus()
  const troubled = sources.find(({ state }) => state === 'failed' || state === 'stalled' || state === 'waiting')
  if (troubled !== undefined) return withDays(troubled.detail)
  const quiet = sources.find(({ state }) => state === 'quiet')
  if (quiet !== undefined) return withDays(quiet.detail)
  const last = sources.flatMap(({ days = [] }) => days.find(({ kind }) => kind === 'announced') ?? [])[0]
  if (last === undefined) return '/papers status says how complete the sources are.'
  const { them, follow } = placeWords(channel)
  const papers = `The announcement of the evening of ${dayForPeople(last.day)}, ${count(last.announced, 'paper')}, is in`
  // It shows after 22:30 US Eastern, which is the next day in UTC.
  const posted = await store.scan(store.digests, [channel], { after: [channel, `${last.day}T23:59`], limit: 1 })
  return posted.length > 0
    ? `${papers}; what ${them} ${follow} of it was posted.`
    : `${papers}; nothing in it is by or about what ${them} ${follow}.`
}

/** Days in a source's sentence, as people write them. */
export function withDays(sentence: string): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, dayForPeople)
}
