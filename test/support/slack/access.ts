import type { JsonObject } from '../discord/json-value.ts'
import { stringArg } from './api-call.ts'
import { refuse } from './refusal.ts'
import { RULES } from './rules.ts'
import type { Channel, ChannelKind, Team, World } from './world.ts'

const PREFIX: Readonly<Record<ChannelKind, string>> = { public: 'channels', private: 'groups', im: 'im' }

/** missing_scope with what it lacks and what it has (every method's page). */
export function needScope(team: Team, ...anyOf: readonly string[]): void {
  if (anyOf.some((scope) => team.scopes.includes(scope))) return
  refuse('missing_scope', { needed: anyOf.join(','), provided: team.scopes.join(',') })
}

/** `channels:read`, `groups:history` and the like, by kind of channel (the methods' pages). */
export function needChannelScope(team: Team, kind: ChannelKind, what: 'read' | 'history'): void {
  needScope(team, `${PREFIX[kind]}:${what}`)
}

export function isMember(team: Team, channel: Channel): boolean {
  return channel.members.has(team.botUserId)
}

/** A channel that the bot knows of: of its own workspace, and its own where it is private (conversations.info). */
export function visibleChannel(world: World, team: Team, id: string | undefined): Channel {
  const channel = id === undefined ? undefined : world.channel(team, id)
  if (channel === undefined) return refuse('channel_not_found')
  if (channel.kind !== 'public' && !isMember(team, channel)) return refuse('channel_not_found')
  return channel
}

/** A channel that is posted to: by id, by name, or a person's direct messages by their id (chat.postMessage, "Channels"). */
export function postableChannel(world: World, team: Team, wanted: string | undefined): Channel {
  if (wanted === undefined) return refuse('channel_not_found')
  if (/^[UW]/.test(wanted)) {
    const user = world.user(team, wanted)
    if (user === undefined || user.deleted) return refuse('channel_not_found')
    if (user.bot) return refuse('cannot_dm_bot')
    return world.directMessages(team, user)
  }
  const named = [...world.channels.values()].find(
    (each) => each.teamId === team.id && !each.deleted && each.kind !== 'im' && each.name === wanted.replace(/^#/, ''),
  )
  const channel = visibleChannel(world, team, named?.id ?? wanted)
  if (channel.archived) return refuse('is_archived')
  // chat:write.public posts where the bot is no member (reference/scopes/chat.write.public).
  if (!isMember(team, channel) && !team.scopes.includes('chat:write.public')) return refuse('not_in_channel')
  const partner = channel.user === undefined ? undefined : world.users.get(channel.user)
  if (partner?.bot) return refuse('cannot_dm_bot')
  return channel
}

/** A channel whose messages are read: membership and the history scope of its kind (conversations.history). */
export function readableChannel(world: World, team: Team, id: string | undefined): Channel {
  const channel = visibleChannel(world, team, id)
  needChannelScope(team, channel.kind, 'history')
  if (!isMember(team, channel)) return refuse('not_in_channel')
  return channel
}

/** One page, with the cursor of the next (apis/web-api/pagination). */
export function page<T>(
  items: readonly T[],
  args: JsonObject,
  most: number = RULES.page.most,
  unlessTold: number = RULES.page.unlessTold,
): { readonly items: readonly T[]; readonly next: string } {
  const asked = Number(stringArg(args, 'limit') ?? unlessTold)
  if (!Number.isInteger(asked) || asked < 0) return refuse('invalid_limit')
  const limit = Math.max(1, Math.min(asked || unlessTold, most))
  const cursor = stringArg(args, 'cursor')
  const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString().replace('next:', ''))
  if (!Number.isInteger(from) || from < 0) return refuse('invalid_cursor')
  const end = from + limit
  return {
    items: items.slice(from, end),
    next: end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '',
  }
}
