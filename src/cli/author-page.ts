import { z } from 'zod'
import { parsePaperId } from '../papers/identity.ts'
import type { Paper } from '../papers/paper.ts'
import { plainText } from '../papers/plain-text.ts'
import { venueOf } from '../papers/venue.ts'
import { firstWrong, inPlainWords } from '../wrong-field.ts'
import { monthOf, revisedByOrder } from './undated.ts'
import { Refusal } from './verb.ts'

/** One author's page as an index of papers exports it: one JSON object, newest revision first, without dates. */
const page = z.object({
  author: z.string(),
  papers: z.array(
    z.object({
      id: z.string(),
      title: z.string().min(1),
      authors: z.array(z.string().min(1)).min(1),
      primaryCategory: z.string().nullish(),
      source: z.string().nullish(),
      abstract: z.string().nullish(),
    }),
  ),
})

/** The papers of an author page, in its order; undefined when the text is none. Throws a Refusal for an id that can't be read. */
export function readAuthorPage(body: string, name: string): readonly Paper[] | undefined {
  const value = parsed(body)
  const read = page.safeParse(value, { error: inPlainWords })
  if (!read.success) {
    if (!looksLikePage(value)) return undefined
    throw new Refusal(`${name} is no author’s page: ${firstWrong(read.error, 'it')}. Nothing was taken.`)
  }
  const papers = read.data.papers.map((each, place) => {
    const id = parsePaperId(each.id)?.id
    if (id === undefined)
      throw new Refusal(
        `${name}: “papers”, entry ${place + 1}, “id” is no paper’s id: “${each.id}”. Nothing was taken.`,
      )
    const categories = each.primaryCategory == null ? [] : [each.primaryCategory]
    return { ...each, id, categories, month: monthOf(id) }
  })
  const revised = revisedByOrder(papers.map(({ month }) => month))
  return papers.map(({ id, title, authors, categories, source, abstract, month }, place) => ({
    id,
    aliases: [],
    title: plainText(title),
    abstract: plainText(abstract ?? ''),
    authors: authors.map((author) => ({ name: author })),
    categories,
    venue: source ?? venueOf(categories),
    published: month,
    updated: revised[place] ?? month,
    links: { abstract: `https://arxiv.org/abs/${id.slice('arxiv:'.length)}` },
  }))
}

function looksLikePage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'author' in value && 'papers' in value
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
