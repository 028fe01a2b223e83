import { isoAt } from '../src/clock.ts'
import { parseFollow } from '../src/following/follow-text.ts'
import type { ListedSubscription } from '../src/following/subscription.ts'
import { followsLabel, listSubscriptions, removeSubscriptions } from '../src/following/subscriptions.ts'
import type { Reply } from '../src/message/reply.ts'
import { compareNames } from '../src/people/compare.ts'
import type { SubscriptionRecord } from '../src/store/records.ts'
import { audited, UNDO_MS } from './audit.ts'
import { mayAs } from './authorize.ts'
import { type Context, defineCommand } from './command.ts'
import { notFollowed, privately, tell } from './replies.ts'
import { placeWords, unquoted } from './words.ts'

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  aliases: ['unfollow'],
  summary: 'Stop following an author, category or query in this channel',
  examples: ['unsubscribe Ethan Perez', 'unsubscribe cat:cs.CL'],
  rank: 'member',
  options: [{ name: 'what', summary: 'What /papers subscriptions shows', type: 'author', rest: true, required: true }],
  async run(context, { what }) {
    return answer(context, await unfollow(context, String(what)))
  },
  actions: {
    unfollow: {
      rank: 'member',
      async run(context, [id = '']) {
        return answer(context, await removeListed(context, await listedById(context, id), 'that'))
      },
    },
  },
})

export type Unfollowed =
  | { readonly kind: 'removed'; readonly records: readonly SubscriptionRecord[]; readonly label: string }
  | { readonly kind: 'not-yours'; readonly label: string; readonly by: string }
  | { readonly kind: 'unknown'; readonly what: string }

/** Removes what the line names, written as it was followed or as the list shows it. */
export async function unfollow(context: Context, text: string): Promise<Unfollowed> {
  return removeListed(context, await listedAs(context, text), text)
}

/** What the channel follows under that text, written as it was followed or as the list shows it. */
export async function listedAs(context: Context, text: string): Promise<readonly ListedSubscription[]> {
  const listed = await listSubscriptions(context.store, context.scope, context.channel)
  const exact = listed.filter((each) => sameText(followsLabel(each.follows, each.record.narrowing), text))
  return exact.length > 0 ? exact : listed.filter((each) => names(each, text))
}

/** The subscription of that id, where the channel still has it. */
export async function listedById(context: Context, id: string): Promise<readonly ListedSubscription[]> {
  const listed = await listSubscriptions(context.store, context.scope, context.channel)
  return listed.filter(({ record }) => record.id === id)
}

async function removeListed(
  context: Context,
  listed: readonly ListedSubscription[],
  what: string,
): Promise<Unfollowed> {
  const [first] = listed
  if (first === undefined) return { kind: 'unknown', what }
  const foreign = listed.find((each) => each.record.by.id !== context.actor.id)
  if (foreign !== undefined && !mayAs(context.actor, 'manager')) {
    return {
      kind: 'not-yours',
      label: followsLabel(foreign.follows, foreign.record.narrowing),
      by: foreign.record.by.name,
    }
  }
  const ids = listed.map((each) => each.record.id)
  // A minute more than anyone has: the button is shown a moment later.
  const until = isoAt(context.clock.now() + UNDO_MS + 60_000)
  const records = await removeSubscriptions(context.store, context.scope, context.channel, ids, until)
  return {
    kind: 'removed',
    records,
    label: listed.map((each) => followsLabel(each.follows, each.record.narrowing)).join(', '),
  }
}

async function answer(context: Context, unfollowed: Unfollowed): Promise<Reply> {
  switch (unfollowed.kind) {
    case 'unknown':
      return notFollowed(context.channel, `“${unfollowed.what}”`)
    case 'not-yours':
      return tell(
        'warning',
        `${unfollowed.label} was added by ${unfollowed.by}; a manager of the channel can remove it.`,
      )
    case 'removed': {
      const undo = await audited(context, `unsubscribed from ${unfollowed.label}`, {
        action: 'unsubscribe',
        subscriptions: unfollowed.records,
      })
      const { who, follow } = placeWords(context.channel)
      const text = `${who} no longer ${follow} ${unfollowed.label}.`
      return privately({
        summary: text,
        nodes: [
          { kind: 'notice', tone: 'success', text },
          { kind: 'buttons', buttons: [undo] },
        ],
      })
    }
  }
}

function names({ follows, record }: ListedSubscription, text: string): boolean {
  const read = parseFollow(text)
  if (read.kind === 'error') return false
  if (follows.kind === 'author') {
    const name = read.follows.kind === 'author' ? read.follows.name : unquoted(text)
    return [follows.profile.displayName, ...follows.profile.variants].some(
      (each) => compareNames(each, name) === 'same',
    )
  }
  if (follows.kind === 'category')
    return read.follows.kind === 'category' && sameText(read.follows.category, follows.category)
  return sameText(follows.query, text) || record.id === text
}

function sameText(a: string, b: string): boolean {
  return unquoted(a).toLowerCase() === unquoted(b).toLowerCase()
}
