import { z } from 'zod'
import { arxivNumberOf, parsePaperId } from '../papers/identity.ts'
import type { Paper } from '../papers/paper.ts'
import { plainText } from '../papers/plain-text.ts'
import { venueOf } from '../papers/venue.ts'
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
  const read = page.safeParse(parsed(body))
  if (!read.success) return undefined
  const papers = read.data.papers.map((each) => {
    const id = parsePaperId(each.id)?.id
    if (id === undefined) throw new Refusal(`${name}: “${each.id}” is no paper’s id. Nothing was taken.`)
    const categories = each.primaryCategory == null ? [] : [each.primaryCategory]
    return { ...each, id, categories, month: monthOf(id) }
  })
  // A page lists newest revision first: no paper was revised before the ones below it.
  let revised = ''
  const days = papers.toReversed().map(({ month }) => (revised = month > revised ? month : revised))
  return papers.map(({ id, title, authors, categories, source, abstract, month }, place) => ({
    id,
    aliases: [],
    title: plainText(title),
    abstract: plainText(abstract ?? ''),
    authors: authors.map((author) => ({ name: author })),
    categories,
    venue: source ?? venueOf(categories),
    published: month,
    updated: days[days.length - 1 - place] ?? month,
    links: { abstract: `https://arxiv.org/abs/${id.slice('arxiv:'.length)}` },
  }))
}

/** The month `YYYY-MM` in which arXiv gave the number: as near as an id tells. */
function monthOf(id: Paper['id']): string {
  const [, year, month] =
    /^(\d\d)(\d\d)\./.exec(arxivNumberOf(id) ?? '') ?? /^arxiv:[a-z-]+\/(\d\d)(\d\d)/.exec(id) ?? []
  if (year === undefined) return '1991-08'
  return `${Number(year) >= 91 ? 19 : 20}${year}-${month}`
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
