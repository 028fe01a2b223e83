import { collaboratorsOf, dayForPeople, paperView } from '../src/digest/paper-view.ts'
import { listSubscriptions } from '../src/following/subscriptions.ts'
import type { Message, MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import type { Paper } from '../src/papers/paper.ts'
import { compareNames } from '../src/people/compare.ts'
import { type Profile, profileFromPapers } from '../src/people/profile.ts'
import { type Context, defineCommand, type Services } from './command.ts'
import { reachText } from './completeness.ts'
import { learnHistory } from './follow.ts'
import { actionKept, keptText } from './kept.ts'
import { nearNames } from './near-names.ts'
import { positionsOf } from './positions.ts'
import { privately, tell } from './replies.ts'
import { count, placeWords, unquoted } from './words.ts'

const PAGE = 10
const MOST = 500
const COLLABORATORS = 24

export interface AuthorPage {
  readonly kind: 'page'
  readonly profile: Profile
  /** Newest revision first. */
  readonly papers: readonly Paper[]
  /** Most papers together first. */
  readonly collaborators: readonly { readonly name: string; readonly papers: number }[]
}

export const author = defineCommand({
  name: 'author',
  summary: 'The page of one author: papers, newest revision first, and collaborators',
  examples: ['author Jared Kaplan', 'author "Jared Kaplan"'],
  rank: 'member',
  options: [{ name: 'name', summary: 'The author’s name', type: 'author', rest: true, required: true }],
  async run(context, { name }) {
    return answerPage(context, unquoted(String(name)), 0)
  },
  actions: {
    'author-page': {
      rank: 'member',
      async run(context, [page = '0', ...kept]) {
        const name = await keptText(context, kept)
        const wanted = Number(page)
        if (name === undefined || !Number.isInteger(wanted) || wanted < 0 || wanted * PAGE > MOST)
          return tell('warning', 'This page is too old to go on with.', 'Type /papers author and the name again.')
        return answerPage(context, name, wanted)
      },
    },
  },
})

/** Everything the catalogue knows under a name; undefined when it knows no paper. */
export async function authorPage(services: Services, name: string): Promise<AuthorPage | undefined> {
  const papers = await services.catalog.papersBy([name], { limit: MOST })
  if (papers.length === 0) return undefined
  return {
    kind: 'page',
    profile: profileFromPapers(name, papers),
    papers,
    collaborators: collaboratorsOf(papers, name),
  }
}

async function answerPage(context: Context, name: string, page: number): Promise<Reply> {
  const found = (await authorPage(context, name)) ?? (await askedFor(context, name))
  if (found.kind === 'unknown') return unknownAuthor(context, name, found.trouble)
  const { papers, collaborators } = found
  const shown = papers.slice(page * PAGE, (page + 1) * PAGE)
  const reaches = reachText(await context.sourceStatus())
  const nodes: MessageNode[] = [
    { kind: 'heading', level: 1, text: name },
    {
      kind: 'line',
      quiet: true,
      spans: [{ text: `${count(papers.length, 'paper')} in the catalogue, newest revision first` }],
    },
    ...(reaches === undefined ? [] : [{ kind: 'line' as const, quiet: true, spans: [{ text: reaches }] }]),
    ...(await followNodes(context, name)),
    ...shown.map((paper) => ({
      kind: 'paper' as const,
      paper: paperView(paper, {
        followed: positionsOf(paper, name),
        abstractLength: 600,
        revised: true,
        buttons: [{ label: 'Why?', action: { name: 'why', args: [paper.id] } }],
      }),
    })),
  ]
  if (papers.length > PAGE) {
    nodes.push({
      kind: 'pager',
      shown: `${page * PAGE + 1}–${page * PAGE + shown.length} of ${papers.length}`,
      ...(page > 0 ? { previous: await actionKept(context, 'author-page', [String(page - 1)], name) } : {}),
      ...((page + 1) * PAGE < papers.length
        ? { next: await actionKept(context, 'author-page', [String(page + 1)], name) }
        : {}),
    })
  }
  const people = await Promise.all(
    collaborators
      .slice(0, COLLABORATORS)
      .map(async (person) => ({ ...person, action: await actionKept(context, 'author-page', ['0'], person.name) })),
  )
  nodes.push({ kind: 'people', title: 'Collaborating authors', people })
  const message: Message = {
    summary: `${name}: ${count(papers.length, 'paper')}, the newest: ${papers[0]?.title}`,
    nodes,
  }
  return privately(message)
}

/** The way to follow this author, or that this channel does and the way to stop. */
async function followNodes(context: Context, name: string): Promise<readonly MessageNode[]> {
  const listed = await listSubscriptions(context.store, context.scope, context.channel)
  const theirs = listed.find(
    ({ follows }) =>
      follows.kind === 'author' &&
      [follows.profile.displayName, ...follows.profile.variants].some((each) => compareNames(each, name) === 'same'),
  )
  if (theirs === undefined) {
    const action = await actionKept(context, 'follow', [], `author:"${name}"`)
    return [{ kind: 'buttons', buttons: [{ label: `Follow ${name}`, style: 'primary', action }] }]
  }
  const since = dayForPeople(theirs.record.at)
  return [
    {
      kind: 'line',
      spans: [
        { text: 'Following', style: 'strong' },
        { text: ` ${placeWords(context.channel).them === 'you' ? '' : 'in this channel '}since ${since}` },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Unfollow', action: { name: 'unfollow', args: [theirs.record.id] } },
        { label: 'Some are someone else’s', action: { name: 'split', args: [theirs.record.id] } },
      ],
    },
  ]
}

/** A name that the catalogue does not know may be known to the sources. */
async function askedFor(
  context: Context,
  name: string,
): Promise<AuthorPage | { readonly kind: 'unknown'; readonly trouble?: string }> {
  const trouble = await learnHistory(context, [name])
  const page = await authorPage(context, name)
  return page ?? { kind: 'unknown', ...(trouble === undefined ? {} : { trouble }) }
}

async function unknownAuthor(context: Context, name: string, trouble?: string): Promise<Reply> {
  const near = await nearNames(context, name, 5)
  const buttons = await Promise.all(
    near.map(async (each) => ({ label: each, action: await actionKept(context, 'author-page', ['0'], each) })),
  )
  const nodes: readonly MessageNode[] = [
    {
      kind: 'notice',
      tone: 'info',
      text: `The catalogue holds no paper by “${name}”.`,
      next:
        (near.length > 0 ? 'Did you mean one of these?' : trouble) ??
        'Check the spelling, or follow the name: papers to come will be found.',
    },
    {
      kind: 'buttons',
      buttons: [
        ...buttons,
        { label: `Follow ${name}`, action: await actionKept(context, 'follow', [], `author:"${name}"`) },
      ],
    },
  ]
  return privately({ summary: `No paper by ${name}`, nodes })
}
