import { type Explanation, explainPaper, type PaperLedger } from '../src/digest/ledger.ts'
import { paperView } from '../src/digest/paper-view.ts'
import type { Button, MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { parsePaperId } from '../src/papers/identity.ts'
import type { Paper } from '../src/papers/paper.ts'
import { type Context, defineCommand } from './command.ts'
import { privately, tell } from './replies.ts'

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
      'info',
      `The catalogue does not know “${text}”.`,
      'So it can’t have been matched; /papers status says how complete the sources are.',
    )
  const explanation = await explainPaper(context, context.scope, context.channel, paper)
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
    { kind: 'heading', level: 2, text: 'In this channel' },
    ...(known === undefined ? [whyNot(explanation)] : history(known)),
  ]
  return privately({ summary: `${paper.title}: ${known?.state ?? 'not matched here'}`, nodes })
}

function whyNot(explanation: Explanation): MessageNode {
  if ('behind' in explanation && explanation.behind) {
    return {
      kind: 'notice',
      tone: 'info',
      text: 'What was learnt last has not been matched yet.',
      next: 'That takes a minute; ask again.',
    }
  }
  if (explanation.kind !== 'not-news') {
    return {
      kind: 'notice',
      tone: 'info',
      text: 'Nothing that this channel follows concerns this paper.',
      next: 'Follow one of its authors to get what they write next.',
    }
  }
  const followed = explanation.reasons.map((reason) => reason.label).join(', ')
  return {
    kind: 'notice',
    tone: 'info',
    text: `This channel follows ${followed}, but the paper was announced before it did, so it was no news.`,
    next: 'What they write next will come.',
  }
}

function stateInWords({ state, seen }: PaperLedger): string {
  if (seen.state === 'baseline') return 'shown when it was followed, so not posted'
  if (seen.state === 'asked') return 'perhaps theirs: not posted until someone here says so'
  if (seen.state === 'listed') return 'listed behind its digest’s “Show all”'
  return {
    pending: 'waiting for the next digest',
    queued: 'on its way',
    posted: 'posted',
    parked: 'parked',
    refused: 'refused as not theirs',
    muted: 'muted',
  }[state]
}

function history(ledger: PaperLedger): readonly MessageNode[] {
  const rows = ledger.steps.map((step) => ({
    cells: [step.at.replace('T', ' ').slice(0, 16), step.what, step.detail ?? ''],
  }))
  const because = ledger.seen.reasons.map((reason) => ({
    cells: [reason.label, reason.confidence, reason.evidence.join('; ')],
  }))
  return [
    { kind: 'line', spans: [{ text: 'State: ' }, { text: stateInWords(ledger), style: 'strong' }] },
    ...(because.length === 0
      ? []
      : [{ kind: 'table' as const, columns: ['Because of', 'How sure', 'Evidence'], rows: because }]),
    { kind: 'table', columns: ['When (UTC)', 'What', 'Detail'], rows },
  ]
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
    if (seen.state === 'refused' && seen.why === 'not-theirs') return [yes]
    return confidence === 'possible' ? [yes, no] : [no]
  })
}
