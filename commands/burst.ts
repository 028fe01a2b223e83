import { isoAt } from '../src/clock.ts'
import { answerBurst, type BurstWord, burstEnd, burstOf } from '../src/digest/burst.ts'
import { settingsOf } from '../src/digest/settings.ts'
import type { Reply } from '../src/message/reply.ts'
import { ulid } from '../src/random.ts'
import { tenantKey } from '../src/store/keys.ts'
import { put } from '../src/store/store.ts'
import { type Context, defineCommand } from './command.ts'
import { privately, tell } from './replies.ts'
import { timeFor } from './standing.ts'

const WORDS = { capped: 'Post them capped', listed: 'Post all listed', drop: 'Drop them' } as const

export const burst = defineCommand({
  name: 'burst',
  summary: 'Many papers at once that are held here, and what to do with them',
  examples: ['burst', 'burst capped'],
  rank: 'manager',
  options: [
    {
      name: 'answer',
      summary: 'What to do with them',
      type: 'text',
      choices: Object.entries(WORDS).map(([value, label]) => ({ value, label })),
    },
  ],
  async run(context, { answer }) {
    return answer === undefined ? ask(context) : answered(context, [String(answer)])
  },
  actions: { burst: { rank: 'manager', run: answered } },
})

async function ask(context: Context): Promise<Reply> {
  const { store, scope, channel } = context
  const held = await burstOf(store, channel)
  if (held?.kind !== 'asked') return tell('success', 'Nothing is held here.')
  const settings = await settingsOf(store, scope.tenant, channel)
  const text = `${held.papers} papers at once: what is to be done with them?`
  return privately({
    summary: text,
    nodes: [
      {
        kind: 'notice',
        tone: 'warning',
        text,
        next: `Without an answer, ${settings.cap} of them are posted and the others listed, ${timeFor(settings, burstEnd(held))}.`,
      },
      {
        kind: 'buttons',
        buttons: Object.entries(WORDS).map(([word, label]) => ({ label, action: { name: 'burst', args: [word] } })),
      },
    ],
  })
}

async function answered(context: Context, [word = '']: readonly string[]): Promise<Reply> {
  const { store, scope, channel, actor, clock } = context
  if (!isWord(word)) return tell('warning', 'That answer is none of the three.', 'Type /papers burst.')
  const now = clock.now()
  const entry = { at: isoAt(now), actor: actor.id, channel, what: `burst: ${WORDS[word]}` }
  const audit = put(store.audit, tenantKey(scope.tenant, ulid(now, context.random)), entry)
  const outcome = await answerBurst(store, channel, { word, by: actor.name, now }, [audit])
  if (outcome.kind === 'none') return tell('info', 'Nothing is held here any more.')
  return tell('success', `${WORDS[word]}: noted for ${outcome.papers} papers.`, 'It is done within a minute.')
}

function isWord(word: string): word is BurstWord {
  return Object.hasOwn(WORDS, word)
}
