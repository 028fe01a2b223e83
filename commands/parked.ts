import { settingsOf } from '../src/digest/settings.ts'
import type { MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { partKey } from '../src/store/keys.ts'
import type { ChannelSettings, PartRecord } from '../src/store/records.ts'
import { entriesOf } from '../src/store/store.ts'
import { noted } from './audit.ts'
import { mayAs } from './authorize.ts'
import { type Context, defineCommand } from './command.ts'
import { privately, tell } from './replies.ts'
import { timeFor } from './standing.ts'
import { count } from './words.ts'

const WORDS = { again: 'Post again', there: 'It is there', drop: 'Drop it' } as const

/** Nobody is an admin on Slack or Discord. */
const HOW =
  'It goes on by itself once the reason is gone; otherwise an admin decides, in the console or by paperboy parked.'

export const parked = defineCommand({
  name: 'parked',
  summary: 'Posts that could not be brought here, and what to do with each',
  examples: ['parked', 'parked again number:1'],
  rank: 'manager',
  options: [
    {
      name: 'answer',
      summary: 'What to do with it',
      type: 'text',
      choices: Object.entries(WORDS).map(([value, label]) => ({ value, label })),
    },
    { name: 'number', summary: 'Which of them, counted from 1', type: 'number' },
  ],
  async run(context, { answer, number = 1 }) {
    const parts = await parkedParts(context)
    const recall = await recallNodes(context)
    if (parts.length === 0 && recall.length > 0)
      return privately({
        summary: 'What a restored backup does not know is held',
        nodes: [{ kind: 'heading', level: 1, text: 'Held here' }, ...recall],
      })
    if (parts.length === 0) return tell('info', 'Nothing is parked here.')
    if (answer !== undefined) {
      const part = parts[Number(number) - 1]
      if (part === undefined) return tell('warning', `There are ${parts.length} parked; ${number} is none of them.`)
      if (!mayAs(context.actor, 'admin')) return tell('warning', 'Parked posts are decided by an admin.', HOW)
      return decide(context, [String(answer), part.slot, String(part.n), String(part.part)])
    }
    const decides = mayAs(context.actor, 'admin')
    const settings = await settingsOf(context.store, context.scope.tenant, context.channel)
    const nodes = parts.flatMap((part): readonly MessageNode[] => [
      {
        kind: 'notice',
        tone: 'warning',
        text: `Part ${part.part} of ${part.of} of the digest of ${timeFor(settings, part.slot)}, ${count(part.papers.length, 'paper')}`,
        next: reasonOf(part, settings),
      },
      ...(decides ? [buttonsFor(part)] : []),
    ])
    return privately({
      summary: `${count(parts.length, 'post')} parked`,
      nodes: [
        { kind: 'heading', level: 1, text: 'Parked here' },
        ...recall,
        ...nodes,
        ...(decides ? [] : [{ kind: 'line' as const, quiet: true, spans: [{ text: HOW }] }]),
      ],
    })
  },
  actions: {
    parked: { rank: 'admin', run: decide },
    recalled: {
      rank: 'admin',
      run: async (context, [word]) => {
        if (word !== 'post' && word !== 'there')
          return tell('warning', 'That answer is none of the two.', 'Type /papers parked.')
        if ((await context.answerRecall(context.channel, word)) === 'not-held')
          return tell('info', 'Nothing is held here any more.')
        await noted(context, `recalled: ${RECALLED[word]}`)
        return tell('success', `${RECALLED[word]}: noted.`)
      },
    },
  },
})

const RECALLED = { post: 'Post them', there: 'They are there' } as const

/** What waits because a backup was restored and nobody can look at what was posted since it was made. */
async function recallNodes({ store, channel, actor }: Context): Promise<readonly MessageNode[]> {
  const record = await store.recalls.get([channel])
  if (record?.held === undefined || record.done !== undefined) return []
  const since = record.from.slice(0, 16).replace('T', ' ')
  const notice: MessageNode = {
    kind: 'notice',
    tone: 'warning',
    text: `Papers wait: a backup of ${since} UTC was restored, and what was posted here since can’t be looked for`,
    next: `${record.held.why}. A day after the first look they are posted, marked “(may repeat)”.`,
  }
  if (!mayAs(actor, 'admin')) return [notice]
  const buttons = Object.entries(RECALLED).map(([word, label]) => ({
    label,
    action: { name: 'recalled', args: [word] },
  }))
  return [notice, { kind: 'buttons', buttons }]
}

function buttonsFor({ slot, n, part }: PartRecord): MessageNode {
  return {
    kind: 'buttons',
    buttons: Object.entries(WORDS).map(([word, label]) => ({
      label,
      action: { name: 'parked', args: [word, slot, String(n), String(part)] },
    })),
  }
}

async function decide(context: Context, [word = '', slot = '', n = '', part = '']: readonly string[]): Promise<Reply> {
  if (word !== 'again' && word !== 'there' && word !== 'drop')
    return tell('warning', 'That answer is none of the three.', 'Type /papers parked.')
  const place = { channel: context.channel, slot, n: Number(n), part: Number(part) }
  if ((await context.store.parts.get(partKey(place))) === undefined)
    return tell('warning', 'That post is no longer kept.')
  if ((await context.answerParked(place, word)) === 'not-parked') return tell('info', 'That post is no longer parked.')
  await noted(context, `parked: ${WORDS[word]}, ${slot} part ${part}`)
  return tell('success', `${WORDS[word]}: noted.`)
}

async function parkedParts({ store, channel }: Context): Promise<readonly PartRecord[]> {
  const parts: PartRecord[] = []
  for await (const { key, value } of entriesOf(store, store.outbox, [channel])) {
    const part = value.state === 'parked' ? await store.parts.get(key) : undefined
    if (part !== undefined) parts.push(part)
  }
  return parts
}

function reasonOf({ state }: PartRecord, settings: ChannelSettings): string {
  return state.kind === 'parked' ? `${state.reason}, since ${timeFor(settings, state.at)}` : ''
}
