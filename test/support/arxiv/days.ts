import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Announcement, Byline } from '../../../src/cli/replay/event.ts'

const folder = new URL('../../../../shared/data/arxiv-days/', import.meta.url)

const recorded = z.object({
  id: z.string(),
  title: z.string(),
  authors: z.array(z.string()),
  categories: z.array(z.string()),
  comment: z.nullish(z.string()),
  summary: z.string(),
})
type Recorded = z.infer<typeof recorded>

/** Whether the recorded days are there. */
export const haveSharedDays = existsSync(folder)

/**
 * The recorded listings of cs.AI, cs.CL and cs.CV of 2025-09-01 to 2025-11-28 as announcements, all or some days; none where ../shared is missing.
 * A record that comes again on a later day is announced again as it was recorded: the same once more as `new`, another text as a replacement.
 * A number not above those of earlier days, with a second category, is a late cross-listing. `created` is made up from number and day.
 */
export function daysOfShared(days?: readonly string[]): readonly Announcement[] {
  if (!haveSharedDays) return []
  const known = new Map<string, Announcement>()
  let highest = ''
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl.gz'))
    .sort()
    .map((file) => file.slice(0, 10))
    .filter((day) => days === undefined || days.includes(day))
    .flatMap((day) => {
      const before = highest
      return [...recordsOf(day)].map((record) => {
        const event = announcementOf(record, day, before, known.get(record.id))
        known.set(record.id, event)
        if (record.id > highest) highest = record.id
        return event
      })
    })
}

// Within a day a cross-listed paper was recorded once a listing.
function recordsOf(day: string): Iterable<Recorded> {
  const text = gunzipSync(readFileSync(new URL(`${day}.jsonl.gz`, folder))).toString('utf8')
  const lines = text.split('\n').filter(Boolean)
  const records = lines.map((line) => recorded.parse(JSON.parse(line)))
  return new Map(records.map((record) => [record.id, record])).values()
}

function announcementOf(record: Recorded, day: string, before: string, known: Announcement | undefined): Announcement {
  const told = {
    id: record.id,
    title: record.title,
    authors: record.authors.map(bylineOf),
    categories: record.categories,
    abstract: record.summary,
    ...(record.comment ? { comments: record.comment } : {}),
  }
  if (known === undefined) {
    const late = record.id <= before && record.categories.length > 1
    return { ...told, version: 1, created: createdOf(record.id, day), announced: day, announce: late ? 'cross' : 'new' }
  }
  const { version, created, updated } = known
  const same = JSON.stringify(told) === JSON.stringify({ ...toldOf(known) })
  if (!same)
    return { ...told, version: version + 1, created, updated: dayBefore(day), announced: day, announce: 'replace' }
  return { ...told, version, created, ...(updated === undefined ? {} : { updated }), announced: day, announce: 'new' }
}

function toldOf({ id, title, authors, categories, abstract, comments }: Announcement) {
  return { id, title, authors, categories, abstract, ...(comments === undefined ? {} : { comments }) }
}

// The recording has names in one string; the last word is taken for the family name.
function bylineOf(name: string): Byline {
  const words = name.trim().split(/\s+/)
  const keyname = words.pop() || name
  return words.length === 0 ? { keyname } : { keyname, forenames: words.join(' ') }
}

function createdOf(id: string, day: string): string {
  const endOfMonth = new Date(Date.UTC(2000 + Number(id.slice(0, 2)), Number(id.slice(2, 4)), 0))
    .toISOString()
    .slice(0, 10)
  const [earlier = day] = [endOfMonth, dayBefore(day)].sort()
  return earlier
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}
