import { z } from 'zod'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a day YYYY-MM-DD')

const byline = z.strictObject({
  keyname: z.string().min(1),
  forenames: z.exactOptional(z.string().min(1)),
  suffix: z.exactOptional(z.string().min(1)),
})

const announcement = z.strictObject({
  id: z.string().regex(/^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})$/, 'is not an arXiv number without a version'),
  version: z.int().positive(),
  title: z.string().min(1),
  authors: z.array(byline).min(1).readonly(),
  /** Primary first. */
  categories: z.array(z.string().min(1)).min(1).readonly(),
  /** The day on which version 1 was submitted, UTC. */
  created: day,
  /** The day on which this version was submitted, UTC; absent for a first version. */
  updated: z.exactOptional(day),
  /** The date of the listing, US Eastern: its midnight opens the feeds. Absent for what was known before the first listing. */
  announced: z.exactOptional(day),
  announce: z.enum(['new', 'cross', 'replace']),
  comments: z.exactOptional(z.string()),
  journalRef: z.exactOptional(z.string()),
  doi: z.exactOptional(z.string()),
  abstract: z.string(),
  /** The record is taken away: its OAI header stays with the status `deleted`. */
  deleted: z.exactOptional(z.literal(true)),
})

/** One thing that arXiv told the world of one paper. */
export type Announcement = Readonly<z.infer<typeof announcement>>
export type Byline = Announcement['authors'][number]

/** Reads announcements, one JSON object a line; a line that is none is an error that names the file, the line and the field. */
export function parseAnnouncements(text: string, file: string): readonly Announcement[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const read = announcement.safeParse(parseJson(line, `${file}, line ${index + 1}`))
    if (read.success) return [read.data]
    const issue = read.error.issues[0]
    throw new Error(`${file}, line ${index + 1}: ${issue?.path.join('.') || 'the line'}: ${issue?.message}`)
  })
}

function parseJson(line: string, place: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new Error(`${place}: not a JSON object`, { cause })
  }
}
