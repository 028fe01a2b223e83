import type { Hit } from '../src/catalog/catalog.ts'
import { parseQuery } from '../src/catalog/query.ts'
import { paperView } from '../src/digest/paper-view.ts'
import type { Message, MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { SourceError, titleOf } from '../src/sources/source.ts'
import { type Context, defineCommand, type Services } from './command.ts'
import { reachText } from './completeness.ts'
import { actionKept, keptText } from './kept.ts'
import { pager, privately, tell } from './replies.ts'

/** Papers on one page of an answer. */
const PAGE = 5
const DEEPEST_PAGE = 40

export const search = defineCommand({
  name: 'search',
  summary: 'Search the catalogue by words, author, category and date',
  examples: [
    'search constitutional classifiers',
    'search "sparse autoencoders" author:"Neel Nanda" since:2025-01',
    'search cat:cs.LG title:diffusion -survey',
  ],
  rank: 'member',
  options: [
    {
      name: 'query',
      summary: 'Words, "a phrase", author:, cat:, title:, since:, until:',
      type: 'text',
      rest: true,
      required: true,
    },
    { name: 'author', summary: 'Only papers by this author', type: 'author', apart: true },
    { name: 'category', summary: 'Only papers in this category', type: 'category', apart: true },
    { name: 'since', summary: 'Only papers since this day, month or year', type: 'text', apart: true },
  ],
  async run(context, options) {
    return answerPage(context, wholeQuery(options), 0)
  },
  actions: {
    'search-page': {
      rank: 'member',
      async run(context, [page = '0', ...kept]) {
        const query = await keptText(context, kept)
        const wanted = Number(page)
        if (query === undefined || !Number.isInteger(wanted) || wanted < 0 || wanted > DEEPEST_PAGE)
          return tell('warning', 'This search is too old to go on with.', 'Type it again.')
        return answerPage(context, query, wanted)
      },
    },
    'search-live': {
      rank: 'member',
      async run(context, kept) {
        const query = await keptText(context, kept)
        return query === undefined
          ? tell('warning', 'This search is too old to go on with.', 'Type it again.')
          : askSources(context, query)
      },
    },
  },
})

/** Best first; a query that can't be read is told in a sentence. */
export async function searchPapers(
  services: Services,
  text: string,
  options: { readonly limit: number; readonly offset?: number },
): Promise<
  | { readonly kind: 'hits'; readonly hits: readonly Hit[]; readonly more: boolean }
  | { readonly kind: 'wrong'; readonly why: string }
> {
  const parsed = parseQuery(text)
  if (parsed.kind === 'error') return { kind: 'wrong', why: parsed.message }
  return { kind: 'hits', ...(await services.catalog.search(parsed.query, options)) }
}

/** An example that has what the sentence says is wrong. */
function exampleFor(why: string): string {
  const day = /“(since|until):/i.exec(why)?.[1]?.toLowerCase()
  return day === undefined ? '"sparse autoencoders" author:"Neel Nanda"' : `"sparse autoencoders" ${day}:2025-01`
}

async function answerPage(context: Context, query: string, page: number): Promise<Reply> {
  const found = await searchPapers(context, query, { limit: PAGE, offset: page * PAGE })
  if (found.kind === 'wrong') return tell('warning', found.why, `For example: /papers search ${exampleFor(found.why)}`)
  const papers: readonly MessageNode[] = found.hits.map((hit) => ({
    kind: 'paper',
    paper: paperView(hit.paper, {
      abstractLength: 320,
      buttons: [{ label: 'Why?', action: { name: 'why', args: [hit.paper.id] } }],
    }),
  }))
  const first = page * PAGE + 1
  const shown = `${first}–${first + papers.length - 1}`
  const nodes: readonly MessageNode[] =
    papers.length === 0
      ? [
          {
            kind: 'notice',
            tone: 'info',
            text: `No ${page > 0 ? 'further ' : ''}paper in the catalogue matches “${query}”.`,
            next: await reach(context),
          },
        ]
      : [
          { kind: 'heading', level: 1, text: `Papers for “${query}”` },
          ...papers,
          ...pager(shown, {
            ...(page > 0 ? { previous: await actionKept(context, 'search-page', [String(page - 1)], query) } : {}),
            ...(found.more ? { next: await actionKept(context, 'search-page', [String(page + 1)], query) } : {}),
          }),
        ]
  const asks = context.sources.some((source) => source.search !== undefined) && page === 0
  const live = asks ? await actionKept(context, 'search-live', [], query) : undefined
  const reaches = reachText(await context.sourceStatus())
  const message: Message = {
    summary:
      papers.length === 0
        ? `No paper matches ${query}`
        : `${papers.length} papers for ${query}, the first: ${found.hits[0]?.paper.title}`,
    nodes: [
      ...nodes,
      ...(live === undefined
        ? []
        : [{ kind: 'buttons' as const, buttons: [{ label: 'Ask arXiv itself', action: live }] }]),
      ...(reaches === undefined ? [] : [{ kind: 'line' as const, quiet: true, spans: [{ text: reaches }] }]),
    ],
  }
  return privately(message)
}

async function askSources(context: Context, query: string): Promise<Reply> {
  const source = context.sources.find((each) => each.search !== undefined)
  if (source?.search === undefined) return tell('warning', 'No source can be asked.')
  const seconds = Math.ceil((source.wait?.() ?? 0) / 1000)
  context.progress(tell('info', `Asking ${titleOf(source)}, about ${seconds + 2} s.`))
  try {
    const learnt = await source.search(query, 20, context.signal)
    await context.catalog.upsert(source.name, learnt)
    return learnt.length === 0
      ? tell('info', `${titleOf(source)} knows no paper for “${query}” either.`)
      : answerPage(context, query, 0)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return tell(
      'warning',
      `${titleOf(source)} did not answer: ${error.message}`,
      'What the catalogue holds was searched; try the source again later.',
    )
  }
}

async function reach(context: Context): Promise<string> {
  const { papers, oldest } = await context.catalog.stats()
  return papers === 0
    ? 'The catalogue is still empty; the first harvest fills it.'
    : `It holds ${papers} papers, back to ${oldest}.`
}

function wholeQuery(options: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const { query, author, category, since } = options
  return [query, author && `author:"${author}"`, category && `cat:${category}`, since && `since:${since}`]
    .filter(Boolean)
    .join(' ')
}
