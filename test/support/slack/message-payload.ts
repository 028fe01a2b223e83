import type { JsonObject } from '../discord/json-value.ts'
import type { Channel, Message } from './world.ts'

/** A message as methods and events show it; metadata in full only where `include_all_metadata` asks (python-slack-sdk#1501). */
export function messagePayload(channel: Channel, message: Message, allMetadata = false): JsonObject {
  if (message.gone === 'tombstone') {
    return {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      hidden: true,
      text: 'This message was deleted.',
      ts: message.ts,
      thread_ts: message.ts,
      ...threadOf(channel, message),
    }
  }
  const { metadata } = message
  return {
    type: 'message',
    user: message.author,
    text: message.text,
    ts: message.ts,
    team: channel.teamId,
    ...(message.botId === undefined ? {} : { bot_id: message.botId, app_id: message.appId }),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.files.length === 0
      ? {}
      : { files: message.files.map(({ id, name, title }) => ({ id, name, title })), upload: false }),
    ...(message.editedTs === undefined ? {} : { edited: { user: message.author, ts: message.editedTs } }),
    ...(message.threadTs === undefined ? threadOf(channel, message) : { thread_ts: message.threadTs }),
    ...(message.threadTs !== undefined && message.broadcast ? { subtype: 'thread_broadcast' } : {}),
    ...(metadata === undefined
      ? {}
      : { metadata: allMetadata ? metadata : { event_type: metadata.event_type, event_payload: {} } }),
  }
}

/** What a parent says of its thread (messaging/retrieving-messages, "threads"). */
function threadOf(channel: Channel, message: Message): JsonObject {
  const replies = channel.messages.filter((each) => each.threadTs === message.ts && each.gone === false)
  const last = replies.at(-1)
  if (last === undefined) return {}
  const users = [...new Set(replies.map((reply) => reply.author))]
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: last.ts,
  }
}
