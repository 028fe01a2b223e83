import { isoAt } from '../src/clock.ts'
import { composeDigest, digestMessage } from '../src/digest/compose.ts'
import { findDigest } from '../src/digest/digest-id.ts'
import { paperView } from '../src/digest/paper-view.ts'
import { settingsOf } from '../src/digest/settings.ts'
import { waitingItems, waitingQuestions } from '../src/digest/waiting-papers.ts'
import type { MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import type { DigestRecord } from '../src/store/records.ts'
import { noted } from './audit.ts'
import { mayAs } from './authorize.ts'
import { type Context, defineCommand } from './command.ts'
import { whyNothing } from './completeness.ts'
import { details } from './details.ts'
import { pager, privately, tell } from './replies.ts'
import { count, placeWords } from './words.ts'

/** Papers of a digest's rest on one page. */
const PAGE = 10

export const digest = defineCommand({
  name: 'digest',
  summary: 'Post what is waiting now, or see it first',
  examples: ['digest preview', 'digest now'],
  rank: 'member',
  options: [
    {
      name: 'what',
      summary: 'Whether to post it or only to look',
      type: 'text',
      choices: [
        { value: 'preview', label: 'See it, alone' },
        { value: 'now', label: 'Post it now' },
      ],
    },
  ],
  async run(context, { what }) {
    if (what !== 'now') return preview(context)
    if (!mayAs(context.actor, 'manager'))
      return tell(
        'warning',
        'This needs a manager of the channel; ask one of them.',
        '/papers digest preview shows it to you.',
      )
    return postNow(context)
  },
  actions: {
    details,
    'digest-now': { rank: 'manager', run: (context) => postNow(context) },
    'show-all': { rank: 'member', run: (context, [key = '', page = '0']) => listed(context, key, Number(page)) },
  },
})

async function postNow(context: Context): Promise<Reply> {
  const recall = await context.store.recalls.get([context.channel])
  if (recall !== undefined && recall.done === undefined)
    return tell(
      'info',
      'A backup was restored, and what was posted here since is not known yet: what waits comes once that is.',
      recall.held === undefined ? 'That takes some minutes.' : '/papers parked shows what is in the way.',
    )
  const { papers, questions } = await context.digestNow(context.channel)
  if (papers + questions === 0) return nothingWaiting(context)
  const what = papers > 0 ? count(papers, 'paper') : count(questions, 'question')
  await noted(context, `digest now: ${what}`)
  return tell('success', `Posting ${what} now.`)
}

async function preview(context: Context): Promise<Reply> {
  const { store, catalog, scope, channel, clock } = context
  const items = await waitingItems(context, channel)
  const questions = await waitingQuestions(context, channel)
  if (items.length + questions.length === 0) return nothingWaiting(context)
  const settings = await settingsOf(store, scope.tenant, channel)
  const papers = await catalog.getMany([...items, ...questions].map((item) => item.paper))
  const known = papers.filter((paper) => paper !== undefined)
  const now = isoAt(clock.now())
  const composed = composeDigest({
    channel,
    slot: now,
    n: 1,
    decidedAt: now,
    items,
    questions,
    papers: known,
    settings,
    papersPerPart: context.papersPerPart(channel),
  })
  const waits = [
    ...(items.length > 0 || questions.length === 0 ? [count(items.length, 'paper')] : []),
    ...(questions.length > 0 ? [count(questions.length, 'question')] : []),
  ].join(' and ')
  const first = digestMessage(composed, 1, known, settings)
  const button = { label: 'Post it now', style: 'primary' as const, action: { name: 'digest-now', args: [] } }
  return privately({
    summary: `Preview: ${first.summary}`,
    nodes: [
      { kind: 'notice', tone: 'info', text: `${waits} waiting; only you see this preview.` },
      ...first.nodes,
      { kind: 'buttons', buttons: [button] },
    ],
  })
}

/** The papers over the cap of a posted digest: reachable for ever. */
async function listed(context: Context, key: string, page: number): Promise<Reply> {
  const digest = await findDigest(context.store, context.channel, key)
  if (digest === undefined || !Number.isInteger(page) || page < 0)
    return tell('warning', 'That digest is no longer kept.', '/papers search finds its papers.')
  const all = [...digest.parts.flat(), ...digest.listed]
  const items = all.slice(page * PAGE, (page + 1) * PAGE)
  const papers = await context.catalog.getMany(items.map((item) => item.paper))
  const nodes: readonly MessageNode[] = items.map((item, place) => {
    const paper = papers[place]
    if (paper === undefined) return { kind: 'line', spans: [{ text: item.paper }] }
    return { kind: 'paper', paper: paperView(paper, { reasons: item.reasons, abstractLength: 160, buttons: [] }) }
  })
  return privately({
    summary: `${all.length} papers of this digest`,
    nodes: [
      { kind: 'heading', level: 1, text: `All ${all.length} papers of this digest` },
      ...mayRepeatNodes(digest),
      ...nodes,
      ...pager(`${page * PAGE + 1}–${page * PAGE + items.length} of ${all.length}`, {
        ...(page > 0 ? { previous: { name: 'show-all', args: [key, String(page - 1)] } } : {}),
        ...((page + 1) * PAGE < all.length ? { next: { name: 'show-all', args: [key, String(page + 1)] } } : {}),
      }),
    ],
  })
}

function mayRepeatNodes({ mayRepeat }: DigestRecord): readonly MessageNode[] {
  return mayRepeat === true ? [{ kind: 'line', quiet: true, spans: [{ text: '(may repeat)' }] }] : []
}

async function nothingWaiting(context: Context): Promise<Reply> {
  return tell('info', `Nothing is waiting for ${placeWords(context.channel).them}.`, await whyNothing(context))
}
