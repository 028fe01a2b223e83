import { isoAt } from '../src/clock.ts'
import { dayForPeople } from '../src/digest/paper-view.ts'
import type { Follows, ListedSubscription } from '../src/following/subscription.ts'
import { followsLabel, listSubscriptions } from '../src/following/subscriptions.ts'
import type { SubscriptionRecord } from '../src/store/records.ts'
import { defineCommand } from './command.ts'
import { actionKept } from './kept.ts'
import { mutedWords } from './mute.ts'
import { privately, tell } from './replies.ts'
import { count, placeWords } from './words.ts'

export const subscriptions = defineCommand({
  name: 'subscriptions',
  aliases: ['following', 'list'],
  summary: 'What this channel follows, and who added it',
  examples: ['subscriptions'],
  rank: 'member',
  options: [],
  async run(context) {
    const { who, follow } = placeWords(context.channel)
    const listed = await listSubscriptions(context.store, context.scope, context.channel)
    if (listed.length === 0)
      return tell('info', `${who} ${follow} nobody yet.`, 'Try /papers subscribe and the name of an author.')
    const now = isoAt(context.clock.now())
    const rows = await Promise.all(
      listed.map(async ({ follows, record }) => ({
        cells: [
          followsLabel(follows, record.narrowing),
          [follows.kind, toldApart(follows, listed), mutedWords(record, now), mentionWords(record)]
            .filter((word) => word !== undefined)
            .join(', '),
          record.by.name,
          dayForPeople(record.at),
        ],
        button: { label: 'Unfollow', action: { name: 'unfollow', args: [record.id] } },
        ...(follows.kind === 'author'
          ? { opens: await actionKept(context, 'author-page', ['0'], follows.profile.displayName) }
          : {}),
      })),
    )
    return privately({
      summary: `${who} ${follow === 'follow' ? 'have' : 'has'} ${count(listed.length, 'subscription')}`,
      nodes: [
        { kind: 'heading', level: 1, text: `Followed here: ${listed.length}` },
        { kind: 'table', columns: ['Who or what', 'Kind', 'Added by', 'On'], rows },
      ],
    })
  },
})

/** @example 'mentions Ada, Ben' */
function mentionWords({ mentions = [] }: SubscriptionRecord): string | undefined {
  return mentions.length === 0 ? undefined : `mentions ${mentions.map(({ name }) => name).join(', ')}`
}

/** Of two people of one name, by whom they write with. */
function toldApart(follows: Follows, listed: readonly ListedSubscription[]): string | undefined {
  if (follows.kind !== 'author') return undefined
  const { displayName, coauthors, everyone } = follows.profile
  const namesakes = listed.filter(
    (each) => each.follows.kind === 'author' && each.follows.profile.displayName === displayName,
  )
  if (namesakes.length < 2) return undefined
  if (everyone === true) return 'everyone of the name'
  const beside = Object.keys(coauthors).slice(0, 2)
  return beside.length === 0 ? 'of whom nothing is known' : `with ${beside.join(' and ')}`
}
