import { questionNode } from '../src/digest/digest-questions.ts'
import type { MessageNode } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import type { PaperId } from '../src/papers/paper.ts'
import { channelKey } from '../src/store/keys.ts'
import type { DigestItem } from '../src/store/records.ts'
import { entriesOf } from '../src/store/store.ts'
import { type Context, defineCommand } from './command.ts'
import { itsThem, notThem } from './corrections.ts'
import { pager, privately, tell } from './replies.ts'
import { count } from './words.ts'

/** Questions on one page. */
const PAGE = 5

export const questions = defineCommand({
  name: 'questions',
  summary: 'Papers that may be by someone followed here, to say yes or no to',
  examples: ['questions'],
  rank: 'member',
  options: [],
  run: (context) => list(context, 0),
  actions: {
    questions: { rank: 'member', run: (context, [page = '0']) => list(context, Number(page)) },
    'its-them': itsThem,
    'not-them': notThem,
  },
})

async function list(context: Context, asked: number): Promise<Reply> {
  const open = await openQuestions(context)
  if (open.length === 0) return tell('info', 'There are no open questions here.')
  const last = Math.ceil(open.length / PAGE) - 1
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 0), last) : 0
  const items = open.slice(page * PAGE, (page + 1) * PAGE)
  const papers = await context.catalog.getMany(items.map((item) => item.paper))
  const nodes = items.flatMap((item, at): readonly MessageNode[] =>
    item.reasons.flatMap((reason) => questionNode(item.paper, papers[at], reason)),
  )
  return privately({
    summary: `${count(open.length, 'paper')} to say yes or no to`,
    nodes: [
      { kind: 'heading', level: 1, text: 'Theirs or not?' },
      ...nodes,
      ...pager(`${page * PAGE + 1}–${page * PAGE + items.length} of ${open.length}`, {
        ...(page > 0 ? { previous: { name: 'questions', args: [String(page - 1)] } } : {}),
        ...(page < last ? { next: { name: 'questions', args: [String(page + 1)] } } : {}),
      }),
    ],
  })
}

/** Those of what is still followed, newest paper first. */
async function openQuestions({ store, channel }: Context): Promise<readonly DigestItem[]> {
  const followed = new Set<string>()
  for await (const { value } of entriesOf(store, store.subscriptions, channelKey(channel))) followed.add(value.id)
  const keys: (readonly string[])[] = []
  for await (const { key } of entriesOf(store, store.questions, [channel])) keys.push(key)
  const found = await store.seen.getMany(keys)
  return keys
    .flatMap((key, at): readonly DigestItem[] => {
      const seen = found[at]
      const reasons = seen?.state === 'asked' ? seen.reasons.filter((each) => followed.has(each.subscription)) : []
      return reasons.length === 0 ? [] : [{ paper: key[1] as PaperId, reasons }]
    })
    .toReversed()
}
