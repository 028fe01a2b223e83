import { joinSubscriptions } from '../src/following/joining.ts'
import type { ListedSubscription } from '../src/following/subscription.ts'
import { compareNames } from '../src/people/compare.ts'
import { deedOf } from './audit.ts'
import { mayAs } from './authorize.ts'
import { type Context, defineCommand } from './command.ts'
import { notFollowed, privately, tell } from './replies.ts'
import { listedAs } from './unsubscribe.ts'
import { unquoted } from './words.ts'

export const also = defineCommand({
  name: 'also',
  aliases: ['merge'],
  summary: 'Says under which other name a followed author publishes, or that two followed are one',
  examples: ['also Jane Doe = Jane Smith', 'also Wei Wang = Wei Wang'],
  rank: 'member',
  options: [{ name: 'who', summary: 'The followed name = the other one', type: 'author', rest: true, required: true }],
  async run(context, { who }) {
    const [name = '', other = '', ...more] = String(who)
      .split('=')
      .map((part) => unquoted(part.trim()))
    if (name === '' || !/\p{L}/u.test(other) || more.length > 0)
      return tell('warning', 'Two names are needed.', 'For example: /papers also Jane Doe = Jane Smith')
    const first = authorsAs(await listedAs(context, name))
    const second = authorsAs(await listedAs(context, other))
    const [kept, ...others] = [...new Map([...first, ...second].map((each) => [each.record.id, each])).values()]
    if (kept === undefined) return notFollowed(context.channel, name)
    const isOneName = compareNames(name, other) === 'same'
    if (isOneName && others.length === 0)
      return tell('info', `${name} is followed here once only.`, 'Write the other name behind “=”.')
    return join(context, kept, others, isOneName ? [] : [name, other])
  },
})

async function join(
  context: Context,
  kept: ListedSubscription,
  others: readonly ListedSubscription[],
  names: readonly string[],
) {
  const { store, scope, channel, actor } = context
  const foreign = others.find(({ record }) => record.by.id !== actor.id)
  if (foreign !== undefined && !mayAs(actor, 'manager'))
    return tell(
      'warning',
      `One of them was added by ${foreign.record.by.name}; a manager of the channel can join them.`,
    )
  const label = kept.follows.kind === 'author' ? kept.follows.profile.displayName : ''
  const added = names.filter((name) => compareNames(name, label) !== 'same')
  const said = added.length === 0 ? 'one person' : `also ${added.join(', ')}`
  const deed = deedOf(context)
  const ids = [kept, ...others].map(({ record }) => record.id)
  const joined = await joinSubscriptions(store, scope, channel, ids, added, (joining) => [
    deed.written(`${label} is ${said}`, { action: 'also', joining }),
  ])
  if (joined === undefined) return tell('warning', 'That is no longer followed here.')
  const text = `Noted: ${label} is ${said}.`
  const one = others.length === 0 ? '' : ` What was followed ${others.length + 1} times is followed as one.`
  return privately({
    summary: text,
    nodes: [
      { kind: 'notice', tone: 'success', text, next: `Papers under either name count as theirs.${one}` },
      { kind: 'buttons', buttons: [deed.button] },
    ],
  })
}

function authorsAs(listed: readonly ListedSubscription[]): readonly ListedSubscription[] {
  return listed.filter(({ follows }) => follows.kind === 'author')
}
