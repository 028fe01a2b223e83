import { isMember, postableChannel, visibleChannel } from './access.ts'
import { type Answer, type ApiCall, booleanArg, type Handlers, type Servers, stringArg } from './api-call.ts'
import { readContent } from './message-limits.ts'
import { messagePayload } from './message-payload.ts'
import { withIds } from './message-view.ts'
import { refuse } from './refusal.ts'
import { unwantedAt } from './violation.ts'
import type { Channel, Message, Team, World } from './world.ts'

type Methods = 'chat.postMessage' | 'chat.postEphemeral' | 'chat.update' | 'chat.delete' | 'chat.getPermalink'

/** chat.*: what the bot says, changes and takes back. */
export function messageMethods({ world }: Servers): Pick<Handlers, Methods> {
  return {
    'chat.postMessage': (call) => postMessage(world, call),
    'chat.postEphemeral': (call) => postEphemeral(world, call),
    'chat.update': (call) => updateMessage(world, call),
    'chat.delete': (call) => {
      const [channel, message] = ownMessage(world, call, 'cant_delete_message')
      deleteMessage(world, channel, message)
      return { channel: channel.id, ts: message.ts }
    },
    'chat.getPermalink': ({ team, args }) => {
      const channel = visibleChannel(world, team, stringArg(args, 'channel'))
      const message = world.messageIn(channel, stringArg(args, 'message_ts') ?? '')
      if (message === undefined || message.ephemeralTo !== undefined) return refuse('message_not_found')
      const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`
      const permalink = `https://${team.domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`
      return { channel: channel.id, permalink }
    },
  }
}

function postMessage(world: World, { team, args, note }: ApiCall): Answer {
  const wanted = stringArg(args, 'channel')
  const custom = ['username', 'icon_url', 'icon_emoji'].some((name) => args[name] !== undefined)
  if (custom && !team.scopes.includes('chat:write.customize')) {
    refuse('missing_scope', { needed: 'chat:write.customize', provided: team.scopes.join(',') })
  }
  if (custom && wanted?.startsWith('U')) {
    note([unwantedAt('custom-dm', '/username', 'a customised message to a user id lands in their Slackbot messages')])
  }
  const channel = postableChannel(world, team, wanted)
  const content = readContent(args, note)
  const unfurls = {
    links: booleanArg(args, 'unfurl_links') ?? true,
    media: booleanArg(args, 'unfurl_media') ?? true,
  }
  if (unfurls.links || unfurls.media)
    note([unwantedAt('unfurls', '/unfurl_links', 'links and media are unfurled unless told')])
  const message = world.add(channel, {
    author: team.botUserId,
    botId: team.botId,
    appId: world.app.id,
    text: content.text,
    blocks: withIds(world, content.blocks),
    metadata: Object.keys(content.metadata ?? {}).length === 0 ? undefined : content.metadata,
    threadTs: threadTs(channel, args.thread_ts, note),
    broadcast: booleanArg(args, 'reply_broadcast') ?? false,
    unfurls,
  })
  return {
    channel: channel.id,
    ts: message.ts,
    message: messagePayload(channel, message, true),
    ...(content.truncated
      ? { warning: 'message_truncated', response_metadata: { warnings: ['message_truncated'] } }
      : {}),
  }
}

/** Whose thread a reply falls into: the parent's; none where the parent is gone, without a word (slack-go#1571). */
export function threadTs(channel: Channel, wanted: unknown, note: ApiCall['note']): string | undefined {
  if (wanted === undefined || wanted === null || wanted === '') return undefined
  if (typeof wanted === 'number')
    note([unwantedAt('thread-number', '/thread_ts', 'a number loses digits (python-slack-sdk#840)')])
  const parent = channel.messages.find(
    (each) => each.ts === String(wanted) && each.gone !== true && each.ephemeralTo === undefined,
  )
  if (parent === undefined) return undefined
  if (parent.threadTs === undefined) return parent.ts
  note([unwantedAt('thread-of-reply', '/thread_ts', 'the ts of a reply instead of its parent')])
  return parent.threadTs
}

function postEphemeral(world: World, { team, args, note }: ApiCall): Answer {
  const channel = postableChannel(world, team, stringArg(args, 'channel'))
  const user = world.user(team, stringArg(args, 'user') ?? '')
  if (user === undefined) return refuse('user_not_in_channel')
  if (!channel.members.has(user.id)) return refuse('user_not_in_channel')
  const content = readContent(args, note)
  const message = world.add(channel, {
    author: team.botUserId,
    botId: team.botId,
    appId: world.app.id,
    text: content.text,
    blocks: withIds(world, content.blocks),
    ephemeralTo: user.id,
    threadTs: threadTs(channel, args.thread_ts, note),
  })
  return { message_ts: message.ts }
}

function updateMessage(world: World, call: ApiCall): Answer {
  const { team, args, note } = call
  const [channel, message] = ownMessage(world, call, 'cant_update_message')
  if (channel.archived) return refuse('is_inactive')
  if (team.editWindowMs !== undefined && world.now() - message.at > team.editWindowMs)
    return refuse('edit_window_closed')
  const content = readContent(args, note, 'update')
  message.text = content.text
  // Blocks that are not sent again are gone (chat.update, "Updating"; emulate 0.12.2 does so, too).
  message.blocks = withIds(world, content.blocks)
  // Metadata is kept unless given; `{}` takes it away (chat.update, `metadata`).
  if (content.metadata !== undefined) {
    message.metadata = Object.keys(content.metadata).length === 0 ? undefined : content.metadata
  }
  message.editedAt = world.now()
  message.editedTs = world.ts()
  world.changed()
  return { channel: channel.id, ts: message.ts, text: message.text, message: messagePayload(channel, message, true) }
}

/** A message that the bot itself wrote and that is no ephemeral one (chat.update: "ephemeral messages cannot be updated"). */
function ownMessage(world: World, { team, args }: ApiCall, denial: string): readonly [Channel, Message] {
  const channel = visibleChannel(world, team, stringArg(args, 'channel'))
  const message = world.messageIn(channel, stringArg(args, 'ts') ?? '')
  if (message === undefined || message.ephemeralTo !== undefined || message.gone !== false)
    return refuse('message_not_found')
  if (!isOwn(team, message)) return refuse(denial)
  if (channel.kind !== 'public' && !isMember(team, channel)) return refuse('channel_not_found')
  return [channel, message]
}

function isOwn(team: Team, message: Message): boolean {
  return message.botId === team.botId
}

/** A parent whose thread lives on leaves a tombstone (messaging/retrieving-messages). */
export function deleteMessage(world: World, channel: Channel, message: Message): void {
  const replies = channel.messages.some((each) => each.threadTs === message.ts && each.gone === false)
  message.gone = replies ? 'tombstone' : true
  world.changed()
}
