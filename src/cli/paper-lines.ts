import { z } from 'zod'
import { parsePaperId } from '../papers/identity.ts'
import type { Paper } from '../papers/paper.ts'
import { Refusal } from './verb.ts'

const text = z.string()
const day = z.string().regex(/^\d{4}-\d{2}(-\d{2}(T.*Z)?)?$/, 'is neither a day nor an instant in UTC')
const ids = z.strictObject({ orcid: text, arxiv: text, openalex: text, s2: text, dblp: text }).partial()

const paperId = text.transform((value, context) => {
  const id = parsePaperId(value)?.id
  if (id === undefined) context.addIssue({ code: 'custom', message: `“${value}” is no paper’s id` })
  return id ?? z.NEVER
})

/** A Paper as NDJSON bears it; unknown fields are dropped, so that what search prints can be read again. */
const paperSchema = z.object({
  id: paperId,
  aliases: z.array(paperId).default([]),
  version: z.int().positive().optional(),
  title: text.min(1),
  abstract: text.default(''),
  authors: z.array(
    z.object({
      name: text.min(1),
      given: text.optional(),
      family: text.optional(),
      suffix: text.optional(),
      ids: ids.optional(),
      affiliation: text.optional(),
    }),
  ),
  categories: z.array(text).default([]),
  venue: text.default('arXiv.org'),
  published: day,
  updated: day,
  announced: day.optional(),
  links: z.object({ abstract: text, pdf: text.optional(), html: text.optional(), doi: text.optional() }),
  comment: text.optional(),
  journalRef: text.optional(),
  withdrawn: z.boolean().optional(),
  tldr: text.optional(),
})

/** One JSON value a line; a line that is none is named by its number. */
export function jsonLines(body: string, name: string): readonly { readonly line: number; readonly value: unknown }[] {
  return body.split('\n').flatMap((each, place) => {
    if (each.trim() === '') return []
    try {
      return [{ line: place + 1, value: JSON.parse(each) as unknown }]
    } catch {
      throw new Refusal(`${name}, line ${place + 1}, is no JSON: nothing was taken.`)
    }
  })
}

/** Paper NDJSON to papers; throws a Refusal that names line and field, and takes nothing then. */
export function readPapers(body: string, name: string): readonly Paper[] {
  return jsonLines(body, name).map(({ line, value }) => readPaper(value, `${name}, line ${line}`))
}

export function readPaper(value: unknown, place: string): Paper {
  const read = paperSchema.safeParse(value)
  if (read.success) return withoutUndefined(read.data)
  const [issue] = read.error.issues
  throw new Refusal(`${place}, is no paper: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Nothing was taken.`)
}

export function looksLikePaper(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'title' in value
}

function withoutUndefined(read: z.output<typeof paperSchema>): Paper {
  return JSON.parse(JSON.stringify(read)) as Paper
}
