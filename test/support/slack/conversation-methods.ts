import type { JsonObject } from '../discord/json-value.ts'
import { isMember, needChannelScope, page, visibleChannel } from './access.ts'
import { type Answer, type ApiCall, booleanArg, type Handlers, type Servers, stringArg } from './api-call.ts'
import { refuse } from './refusal.ts'
import type { Channel, ChannelKind, Team, World } from './world.ts'

type Methods =
  | 'conversations.info'
  | 'conversations.list'
  | 'conversations.members'
  | 'conversations.open'
  | 'conversations.join'
  | 'conversations.leave'
  | 'users.conversations'

/** conversations.*: which channels there are, and being in them. */
export function conversationMethods({ world }: Servers): Pick<Handlers, Methods> {
  return {
    'conversations.info': ({ team, args }) => {
      const channel = visibleChannel(world, team, stringArg(args, 'channel'))
      needChannelScope(team, channel.kind, 'read')
      return { channel: channelPayload(team, channel, booleanArg(args, 'include_num_members') ?? false) }
    },
    'conversations.list': (call) => list(call, visible(world, call.team)),
    'users.conversations': (call) => {
      const user = stringArg(call.args, 'user')
      if (user !== undefined && world.user(call.team, user) === undefined) return refuse('user_not_found')
      const member = user ?? call.team.botUserId
      return list(
        call,
        visible(world, call.team).filter((channel) => channel.members.has(member)),
      )
    },
    'conversations.members': ({ team, args }) => {
      const channel = visibleChannel(world, team, stringArg(args, 'channel'))
      needChannelScope(team, channel.kind, 'read')
      const { items, next } = page([...channel.members], args)
      return { members: items, response_metadata: { next_cursor: next } }
    },
    'conversations.open': (call) => open(world, call),
    'conversations.join': ({ team, args }) => {
      const channel = visibleChannel(world, team, stringArg(args, 'channel'))
      if (channel.archived) return refuse('is_archived')
      if (channel.kind !== 'public') return refuse('method_not_supported_for_channel_type')
      const already = isMember(team, channel)
      channel.members.add(team.botUserId)
      world.changed()
      return {
        channel: channelPayload(team, channel),
        ...(already ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } } : {}),
      }
    },
    'conversations.leave': ({ team, args }) => {
      const channel = visibleChannel(world, team, stringArg(args, 'channel'))
      if (channel.archived) return refuse('is_archived')
      if (!isMember(team, channel)) return { not_in_channel: true }
      channel.members.delete(team.botUserId)
      world.changed()
      return {}
    },
  }
}

function visible(world: World, team: Team): readonly Channel[] {
  return [...world.channels.values()].filter(
    (each) => each.teamId === team.id && !each.deleted && (each.kind === 'public' || isMember(team, each)),
  )
}

const KINDS: Readonly<Record<string, ChannelKind>> = { public_channel: 'public', private_channel: 'private', im: 'im' }

function list({ team, args }: ApiCall, channels: readonly Channel[]): Answer {
  const types = (stringArg(args, 'types') ?? 'public_channel').split(',').map((type) => type.trim())
  const kinds = types.flatMap((type) => {
    if (type === 'mpim') return []
    return KINDS[type] ?? refuse('invalid_types')
  })
  for (const kind of kinds) needChannelScope(team, kind, 'read')
  const unarchived = booleanArg(args, 'exclude_archived') ?? false
  const wanted = channels.filter((each) => kinds.includes(each.kind) && !(unarchived && each.archived))
  const { items, next } = page(wanted, args)
  return { channels: items.map((each) => channelPayload(team, each, true)), response_metadata: { next_cursor: next } }
}

function open(world: World, { team, args }: ApiCall): Answer {
  const known = stringArg(args, 'channel')
  if (known !== undefined) return { channel: channelPayload(team, visibleChannel(world, team, known)) }
  const users = stringArg(args, 'users')?.split(',') ?? []
  const [id] = users
  if (id === undefined) return refuse('users_list_not_supplied')
  if (users.length > 1) return refuse('missing_scope', { needed: 'mpim:write', provided: team.scopes.join(',') })
  const user = world.user(team, id)
  if (user === undefined) return refuse('user_not_found')
  if (user.deleted) return refuse('user_disabled')
  if (user.bot) return refuse('cannot_dm_bot')
  const channel = world.directMessages(team, user)
  return { channel: booleanArg(args, 'return_im') ? channelPayload(team, channel) : { id: channel.id } }
}

/** A channel as methods and events show it (reference/objects/conversation-object). */
export function channelPayload(team: Team, channel: Channel, counted = false): JsonObject {
  const common = { id: channel.id, created: channel.created, is_archived: channel.archived, context_team_id: team.id }
  if (channel.kind === 'im') return { ...common, is_im: true, is_org_shared: false, user: channel.user }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_general: channel.name === 'general',
    is_member: isMember(team, channel),
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    creator: channel.creator,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    ...(counted ? { num_members: channel.members.size } : {}),
  }
}
