import type { Learning } from '../src/catalog/catalog.ts'
import { type Explanation, explainPaper, type PaperLedger } from '../src/digest/ledger.ts'
import { paperView } from '../src/digest/paper-view.ts'
import { settingsOf } from '../src/digest/settings.ts'
import { listSubscriptions } from '../src/following/subscriptions.ts'
import type { ChannelId } from '../src/message/channel.ts'
import type { Button, MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { parsePaperId } from '../src/papers/identity.ts'
import { originOfRank } from '../src/papers/merge.ts'
import type { Paper } from '../src/papers/paper.ts'
import { weighAuthor } from '../src/people/profile.ts'
import { scoreText } from '../src/people/score.ts'
import { titleOf } from '../src/sources/source.ts'
import type { Reason } from '../src/store/records.ts'
import { type Context, defineCommand } from './command.ts'
import { readable } from './readable.ts'
import { privately, tell } from './replies.ts'
import { standingOf, timeFor } from './standing.ts'
import { placeWords } from './words.ts'

export const why = defineCommand({
  name: 'why',
  summary: 'Why a paper came to this channel, or did not',
  examples: ['why 2409.00001', 'why https://arxiv.org/abs/2409.00001'],
  rank: 'member',
  options: [{ name: 'paper', summary: 'Its id, address or title', type: 'paper', rest: true, required: true }],
  async run(context, { paper }) {
    return explain(context, String(paper))
  },
  actions: {
    why: { rank: 'member', run: (context, [id = '']) => explain(context, id) },
  },
})

/** The paper that an id, an address or the words of its title name. */
export async function paperNamed(context: Pick<Context, 'catalog'>, text: string): Promise<Paper | undefined> {
  const id = parsePaperId(text)?.id
  if (id !== undefined) return context.catalog.get(id)
  const [first] = await context.catalog.complete('paper', text, 1)
  const found = first === undefined ? undefined : parsePaperId(first.value)?.id
  return found === undefined ? undefined : context.catalog.get(found)
}

async function explain(context: Context, text: string): Promise<Reply> {
  const paper = await paperNamed(context, text)
  if (paper === undefined)
    return tell(
      'warning',
      `The catalogue does not know “${text}”.`,
      'So it can’t have been matched; /papers status says how complete the sources are.',
    )
  const explanation = await explainPaper(context, context.scope, context.channel, paper)
  const learnt = await context.catalog.learntOf(paper.id)
  const known = explanation.kind === 'known' ? explanation : undefined
  const nodes: readonly MessageNode[] = [
    {
      kind: 'paper',
      paper: paperView(paper, {
        reasons: known?.seen.reasons ?? [],
        abstractLength: 2000,
        buttons: wordButtons(paper, known),
      }),
    },
    {
      kind: 'heading',
      level: 2,
      text: placeWords(context.channel).them === 'you' ? 'In your messages' : 'In this channel',
    },
    ...(known === undefined
      ? [...whyNot(context.channel, explanation), ...learntLine(context, learnt)]
      : await history(context, paper, known, learnt)),
  ]
  return privately({ summary: `${paper.title}: ${known?.state ?? 'not matched here'}`, nodes })
}

function whyNot(channel: ChannelId, explanation: Explanation): readonly MessageNode[] {
  const { who, them, follow } = placeWords(channel)
  if ('behind' in explanation && explanation.behind) {
    return [told('What was learnt last has not been matched yet.', 'That takes a minute; ask again.')]
  }
  if (explanation.kind === 'not-news') {
    const followed = explanation.reasons.map((reason) => reason.label).join(', ')
    return [
      told(
        `${who} ${follow} ${followed}, but the paper was announced before ${them === 'you' ? 'you' : 'it'} did, so it was no news.`,
        'What they write next will come.',
      ),
      reasonsTable(explanation.reasons),
      ...explanation.reasons.flatMap((reason) => scoreLine(reason)),
    ]
  }
  const near = explanation.kind === 'not-followed' ? explanation.near : []
  return [
    told(
      `Nothing that ${them} ${follow} concerns this paper.`,
      near.length === 0 ? 'Follow one of its authors to get what they write next.' : 'What came nearest to it:',
    ),
    ...(near.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            columns: ['Followed here', 'But'],
            rows: near.slice(0, NEAREST).map(({ label, why }) => ({ cells: [label, why] })),
          },
        ]),
  ]
}

const NEAREST = 3

function learntLine(context: Context, learnt: Learning | undefined): readonly MessageNode[] {
  if (learnt === undefined) return []
  const when = learnt.at.slice(0, 16).replace('T', ' ')
  return [{ kind: 'line', quiet: true, spans: [{ text: `Learnt ${when} UTC ${sourceWords(context, learnt)}` }] }]
}

function told(text: string, next: string): MessageNode {
  return { kind: 'notice', tone: 'info', text, next }
}

async function history(
  context: Context,
  paper: Paper,
  ledger: PaperLedger,
  learnt: Learning | undefined,
): Promise<readonly MessageNode[]> {
  const standing = await standingOf(context, ledger)
  const settings = await settingsOf(context.store, context.scope.tenant, context.channel)
  const rows = [
    ...(learnt === undefined
      ? []
      : [{ cells: [timeFor(settings, learnt.at), 'learnt', sourceWords(context, learnt)] }]),
    ...(await Promise.all(
      ledger.steps.map(async ({ at, what, detail = '' }) => ({
        cells: [timeFor(settings, at), what, await readable(context, detail)],
      })),
    )),
  ]
  const { link, buttons } = standing
  return [
    {
      kind: 'line',
      spans: [
        { text: 'State: ' },
        { text: await readable(context, standing.text), style: 'strong' },
        ...(link === undefined ? [] : [{ text: ' · ' }, link]),
      ],
    },
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons' as const, buttons }]),
    ...(ledger.seen.reasons.length === 0 ? [] : [reasonsTable(ledger.seen.reasons)]),
    ...(await scoreLines(context, paper, ledger.seen.reasons)),
    { kind: 'table', columns: [`When (${settings.timezone})`, 'What', 'Detail'], rows },
  ]
}

function reasonsTable(reasons: readonly Reason[]): MessageNode {
  const rows = reasons.map(({ label, author, confidence, evidence }) => ({
    cells: [
      label,
      author === undefined || author === label ? confidence : `${confidence}: ${author}`,
      evidence.join('; '),
    ],
  }))
  return { kind: 'table', columns: ['Because of', 'How sure', 'Evidence'], rows }
}

/** What each followed author was weighed at; where that was not kept, what it would be today. */
async function scoreLines(
  { store, scope, channel }: Context,
  paper: Paper,
  reasons: readonly Reason[],
): Promise<readonly MessageNode[]> {
  const listed = await listSubscriptions(store, scope, channel)
  return reasons.flatMap((reason) => {
    const follows = listed.find(({ record }) => record.id === reason.subscription)?.follows
    if (reason.score !== undefined || reason.position === undefined || follows?.kind !== 'author')
      return scoreLine(reason)
    const score = weighAuthor(follows.profile, paper, reason.position)?.score
    return scoreLine(score === undefined ? reason : { ...reason, score }, 'today')
  })
}

function scoreLine({ kind, label, score, evidence }: Reason, when = ''): readonly MessageNode[] {
  if (kind !== 'author' || (score === undefined && evidence.length === 0)) return []
  if (score === undefined)
    return [{ kind: 'line', spans: [{ text: `Score for ${label}: not needed (${evidence[0]}).` }] }]
  const head = [`Score for ${label}`, ...(when === '' ? [] : [when])].join(', ')
  return [{ kind: 'line', spans: [{ text: `${head}: ` }, { text: scoreText(score) }] }]
}

/** @example 'from arXiv, announced; its text from OAI-PMH' */
function sourceWords({ sources }: Context, { source, origin, rank }: Learning): string {
  const known = sources.find((each) => each.name === source)
  const text = DOORS[originOfRank(rank) ?? '']
  return [
    `from ${known === undefined ? source : titleOf(known)}, ${origin === 'announced' ? 'announced' : 'known as history'}`,
    ...(text === undefined ? [] : [`its text from ${text}`]),
  ].join('; ')
}

const DOORS: Readonly<Record<string, string>> = {
  'arxiv-api': 'the query API',
  'arxiv-oai': 'OAI-PMH',
  'arxiv-rss': 'the announcement feed',
}

/** What can be said of the paper: that it is another person's, or that it is theirs after all. */
function wordButtons(paper: Paper, ledger: PaperLedger | undefined): readonly Button[] {
  if (ledger === undefined) return []
  const { seen } = ledger
  const about = seen.reasons.filter((reason) => reason.kind === 'author').slice(0, 3)
  return about.flatMap(({ label, subscription, confidence }) => {
    const args = [paper.id, subscription]
    const yes = { label: `It is ${label}`, action: { name: 'its-them', args } }
    const no = { label: `Not ${label}`, action: { name: 'not-them', args } }
    if ((seen.state === 'refused' && seen.why === 'not-theirs') || isRefused(ledger, label)) return [yes]
    return confidence === 'possible' ? [yes, no] : [no]
  })
}

/** What was posted stays posted: that it is another's is in its ledger alone. */
function isRefused({ steps }: PaperLedger, label: string): boolean {
  const last = steps.findLast(
    ({ what, detail = '' }) =>
      what === 'undone' || ((what === 'not-them' || what === 'confirmed') && detail.endsWith(` ${label}`)),
  )
  return last?.what === 'not-them'
}
