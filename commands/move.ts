import { moveChannel } from '../src/following/move.ts'
import { type ChannelId, channelParts, parseChannel } from '../src/message/channel.ts'
import type { Reply } from '../src/message/reply.ts'
import { tenantKey } from '../src/store/keys.ts'
import { entriesOf } from '../src/store/store.ts'
import { deedOf } from './audit.ts'
import { type Context, defineCommand } from './command.ts'
import { privately, tell } from './replies.ts'
import { count, placeWords } from './words.ts'

export const move = defineCommand({
  name: 'move',
  summary: 'Take what this channel follows, its settings and what waits to another channel',
  examples: ['move #reading-group'],
  rank: 'manager',
  options: [{ name: 'to', summary: 'The channel to move to', type: 'channel', rest: true, required: true }],
  async run(context, { to }) {
    const target = await channelNamed(context, String(to))
    if (target === undefined)
      return tell('warning', `“${to}” names no channel here.`, 'For example: /papers move #reading-group')
    if (target === context.channel) return tell('info', 'That is this channel.')
    const place = await context.checkPlace(context.actor, target, context.signal)
    if (place.kind === 'wrong') return tell('warning', place.why, place.next)
    return moved(context, target, String(to))
  },
})

async function moved(context: Context, target: ChannelId, name: string): Promise<Reply> {
  const { store, random, clock, scope, channel } = context
  const { who, follow } = placeWords(channel)
  const deed = deedOf(context)
  const outcome = await moveChannel(
    { store, random, now: clock.now() },
    scope,
    channel,
    target,
    ({ subscriptions, reversible }) => {
      const what = `moved ${count(subscriptions, 'subscription')} to ${target}`
      return [deed.written(what, reversible ? { action: 'move', to: target } : undefined)]
    },
  )
  if (outcome.subscriptions === 0 && outcome.papers === 0)
    return tell('info', `${who} ${follow} nothing, so there is nothing to move but the settings.`)
  const text = `${count(outcome.subscriptions, 'subscription')} moved to ${name}.`
  const next =
    outcome.papers === 0
      ? 'The next digest comes there; what is posted here stays.'
      : `${count(outcome.papers, 'paper')} that waited here ${outcome.papers === 1 ? 'comes' : 'come'} with the next digest there.`
  return privately({
    summary: text,
    nodes: [
      { kind: 'notice', tone: 'success', text, next },
      ...(outcome.reversible ? [{ kind: 'buttons' as const, buttons: [deed.button] }] : []),
    ],
  })
}

/** A channel of the same workspace, server or console: by its id, as platforms give it, or the name under which it is known. */
async function channelNamed({ store, scope, channel }: Context, text: string): Promise<ChannelId | undefined> {
  const word = text
    .trim()
    .replace(/^<#([^|>]+)(?:\|[^>]*)?>$/u, '$1')
    .replace(/^#/, '')
  const whole = parseChannel(word)
  if (whole !== undefined && word.includes(':')) return channelParts(whole).tenant === scope.tenant ? whole : undefined
  const { place } = channelParts(channel)
  const prefix = channel.slice(0, channel.length - place.length)
  // In direct messages on Discord there is no server to look for a channel in.
  if (!prefix.endsWith('/') || word.startsWith('@')) return undefined
  for await (const { value } of entriesOf(store, store.channels, tenantKey(scope.tenant))) {
    const known = value.channel.startsWith(prefix) && value.name.replace(/^#/, '').toLowerCase() === word.toLowerCase()
    if (known) return value.channel
  }
  return parseChannel(`${prefix}${word}`)
}
