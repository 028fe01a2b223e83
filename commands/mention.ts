import { isMentioned, MOST_MENTIONED, mentionPerson } from '../src/following/mention.ts'
import type { ListedSubscription } from '../src/following/subscription.ts'
import { followsLabel, listSubscriptions } from '../src/following/subscriptions.ts'
import { channelParts } from '../src/message/channel.ts'
import type { Reply } from '../src/message/reply.ts'
import { deedOf } from './audit.ts'
import { type Context, defineCommand } from './command.ts'
import { notFollowed, privately, tell } from './replies.ts'
import { listedAs, listedById } from './unsubscribe.ts'

export const mention = defineCommand({
  name: 'mention',
  summary: 'Have yourself mentioned when somebody followed here has a paper; off ends it',
  examples: ['mention Ethan Perez', 'mention Ethan Perez off', 'mention off'],
  rank: 'member',
  options: [
    {
      name: 'what',
      summary: 'Whom or what, as /papers subscriptions shows it, or off',
      type: 'author',
      rest: true,
      required: true,
    },
  ],
  async run(context, { what }) {
    const text = String(what).trim()
    if (/^off$/iu.test(text))
      return stop(context, await listSubscriptions(context.store, context.scope, context.channel))
    // Somebody may be called so; whoever is followed under the whole text is meant.
    const whole = await listedAs(context, text)
    if (whole.length > 0) return begin(context, whole)
    const name = /^(?<name>.+?)\s+off$/isu.exec(text)?.groups?.name
    const listed = name === undefined ? [] : await listedAs(context, name)
    if (listed.length > 0) return stop(context, listed)
    return notFollowed(context.channel, `“${name ?? text}”`)
  },
  actions: {
    mention: { rank: 'member', run: async (context, [id = '']) => begin(context, await listedById(context, id)) },
    unmention: { rank: 'member', run: async (context, [id = '']) => stop(context, await listedById(context, id)) },
  },
})

/** Nobody can ask for anybody else: it is always the actor who is called. */
async function begin(context: Context, listed: readonly ListedSubscription[]): Promise<Reply> {
  const { store, scope, channel, actor } = context
  const { platform, place } = channelParts(channel)
  if (listed.length === 0) return notFollowedNow()
  if (actor.platform !== platform)
    return tell('warning', 'Only you yourself can ask for it, in the channel.', `Type there: ${asTyped(listed)}`)
  if (place.startsWith('@')) return tell('info', 'What is followed here comes to you alone; it calls you anyway.')
  const ids = listed.map(({ record }) => record.id)
  const label = labelOf(listed)
  const person = { id: actor.id, name: actor.name, wanted: true }
  const deed = deedOf(context)
  const changed = await mentionPerson(store, scope, channel, ids, person, () => [
    deed.written(`asked to be mentioned for ${label}`),
  ])
  if (changed.length === 0 && listed.every(({ record }) => isMentioned(record, actor.id)))
    return withButton(listed, 'info', `You are mentioned here for ${label} already.`)
  if (changed.length === 0)
    return tell(
      'warning',
      `${label} calls ${MOST_MENTIONED} people here already, and that is as many as it may.`,
      'In direct messages with Paperboy, /papers subscribe follows it for you alone.',
    )
  return withButton(listed, 'success', `You will be mentioned in the digest that has a paper for ${label}.`)
}

async function stop(context: Context, listed: readonly ListedSubscription[]): Promise<Reply> {
  const { store, scope, channel, actor } = context
  const own = listed.filter(({ record }) => isMentioned(record, actor.id))
  if (own.length === 0)
    return tell('info', 'You are not mentioned for that here.', '/papers subscriptions shows who is, and for what.')
  const ids = own.map(({ record }) => record.id)
  const deed = deedOf(context)
  const label = labelOf(own)
  await mentionPerson(store, scope, channel, ids, { id: actor.id, name: actor.name, wanted: false }, () => [
    deed.written(`asked to be mentioned no more for ${label}`),
  ])
  return tell('success', `You are mentioned no more for ${label}.`)
}

function withButton(listed: readonly ListedSubscription[], tone: 'info' | 'success', text: string): Reply {
  const [only, ...others] = listed
  const next = others.length === 0 ? `To end it: ${asTyped(listed)} off` : 'To end it: /papers mention off'
  return privately({
    summary: text,
    nodes: [
      { kind: 'notice', tone, text, next },
      ...(only === undefined || others.length > 0
        ? []
        : [
            {
              kind: 'buttons' as const,
              buttons: [{ label: 'Don’t mention me', action: { name: 'unmention', args: [only.record.id] } }],
            },
          ]),
    ],
  })
}

function labelOf(listed: readonly ListedSubscription[]): string {
  const labels = [...new Set(listed.map(({ follows, record }) => followsLabel(follows, record.narrowing)))]
  return labels.join(', ')
}

function asTyped(listed: readonly ListedSubscription[]): string {
  return `/papers mention ${labelOf(listed.slice(0, 1))}`
}

function notFollowedNow(): Reply {
  return tell('warning', 'It is no longer followed here.', '/papers subscriptions lists what is.')
}
