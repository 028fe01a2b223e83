import { correct } from '../src/digest/corrections.ts'
import type { Reply } from '../src/message/reply.ts'
import { parsePaperId } from '../src/papers/identity.ts'
import { deedOf } from './audit.ts'
import type { ActionHandler, Context } from './command.ts'
import { privately, tell } from './replies.ts'

/** The paper is another person's: the profile learns it, one that waits is taken back, and a question is answered. */
export const notThem: ActionHandler = {
  rank: 'member',
  run: (context, [id = '', subscription = '']) => answered(context, id, subscription, false),
}

/** The paper is theirs, whatever was thought of it. */
export const itsThem: ActionHandler = {
  rank: 'member',
  run: (context, [id = '', subscription = '']) => answered(context, id, subscription, true),
}

async function answered(context: Context, id: string, subscription: string, theirs: boolean): Promise<Reply> {
  const { scope, channel, actor } = context
  const paper = parsePaperId(id)?.id
  const gone = tell('warning', 'That subscription is no longer there.', '/papers subscriptions lists what is followed.')
  if (paper === undefined) return gone
  const word = { channel, paper, subscription, theirs, by: { id: actor.id, name: actor.name } }
  const deed = deedOf(context)
  const corrected = await correct(context, scope, word, (correction, name) => {
    const said = correction.learnt.not.added.length > 0 ? 'not them' : 'it is them'
    return [deed.written(`${said}: ${correction.paper}, ${name}`, { action: 'correction', correction })]
  })
  const title = (await context.catalog.get(paper))?.title ?? paper
  switch (corrected.kind) {
    case 'no-such-person':
      return gone
    case 'known':
      return tell('info', `That was said before: “${title}” is ${theirs ? '' : 'not '}by your ${corrected.name}.`)
    case 'corrected': {
      const { name, seen } = corrected
      const text = `Noted: “${title}” is ${theirs ? '' : 'not '}by your ${name}.`
      const yes =
        seen?.state === 'pending'
          ? 'It comes with the next digest.'
          : 'What they write with the same people is known better.'
      const next = theirs ? yes : 'It will not be matched to them, nor asked about, again.'
      return privately({
        summary: text,
        nodes: [
          { kind: 'notice', tone: 'success', text, next },
          { kind: 'buttons', buttons: [deed.button] },
        ],
      })
    }
  }
}
