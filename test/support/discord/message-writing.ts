import { isGiven, type JsonObject, listOf, numberOf, objectOf, textOf } from './json-value.ts'
import { refuse } from './refusal.ts'
import { FLAGS } from './rules.ts'
import type { Channel, Message, SentFile, World } from './world.ts'

export interface NewMessage {
  readonly authorId: string
  readonly body: JsonObject
  readonly files?: readonly SentFile[]
  readonly nonce?: string
  readonly ephemeralTo?: string
  readonly interaction?: { readonly id: string; readonly type: number; readonly askerId: string }
  /** Flags that the servers set. */
  readonly flags?: number
}

/** Flags a sender may set (resources/message, "Create Message"). */
const SENDABLE = FLAGS.suppressEmbeds | FLAGS.suppressNotifications | FLAGS.componentsV2

/** Puts a message at a channel's end. */
export function writeMessage(world: World, channel: Channel, message: NewMessage): Message {
  const { body } = message
  const written: Message = {
    id: world.snowflake(),
    channelId: channel.id,
    authorId: message.authorId,
    at: world.now(),
    content: textOf(body.content) ?? '',
    embeds: listOf(body.embeds),
    components: listOf(body.components),
    allowedMentions: isGiven(body.allowed_mentions) ? objectOf(body.allowed_mentions) : undefined,
    flags: ((numberOf(body.flags) ?? 0) & SENDABLE) | (message.flags ?? 0),
    files: message.files ?? [],
    editedAt: undefined,
    deleted: false,
    nonce: message.nonce,
    askerId: message.interaction?.askerId,
    ephemeralTo: message.ephemeralTo,
    interactionId: message.interaction?.id,
    interactionType: message.interaction?.type,
  }
  channel.messages.push(written)
  return written
}

/** Changes what the body names and leaves the rest (resources/message, "Edit Message"). Whether only one person sees it stays as it was, and IS_COMPONENTS_V2 stays on. */
export function rewriteMessage(world: World, message: Message, body: JsonObject, files: readonly SentFile[]): void {
  const content = 'content' in body ? (textOf(body.content) ?? '') : message.content
  const embeds = 'embeds' in body ? listOf(body.embeds) : message.embeds
  const components = 'components' in body ? listOf(body.components) : message.components
  const kept = 'attachments' in body ? keptFiles(message.files, listOf(body.attachments)) : message.files
  const suppressed = isGiven(body.flags) ? (numberOf(body.flags) ?? 0) & FLAGS.suppressEmbeds : message.flags & 4
  if (content.trim() === '' && [embeds, components, kept, files].every((each) => each.length === 0)) {
    refuse('emptyMessage')
  }
  message.content = content
  message.embeds = embeds
  message.components = components
  message.files = [...kept, ...files]
  message.flags =
    (message.flags & ~(FLAGS.suppressEmbeds | FLAGS.loading)) |
    suppressed |
    ((numberOf(body.flags) ?? 0) & FLAGS.componentsV2)
  if (isGiven(body.allowed_mentions)) message.allowedMentions = objectOf(body.allowed_mentions)
  message.editedAt = world.now()
}

export function isComponentsV2(message: Message): boolean {
  return (message.flags & FLAGS.componentsV2) !== 0
}

/** What an edit leaves to be held against the limits: a body that turns Components V2 on must empty content and embeds as well. */
export function editedPayload(message: Message, body: JsonObject): JsonObject {
  const turnsOn = ((numberOf(body.flags) ?? 0) & FLAGS.componentsV2) !== 0 && !isComponentsV2(message)
  if (!turnsOn) return body
  return {
    ...body,
    content: 'content' in body ? body.content : message.content,
    embeds: 'embeds' in body ? body.embeds : message.embeds,
  }
}

function keptFiles(files: readonly SentFile[], named: readonly unknown[]): readonly SentFile[] {
  const ids = named.map((each) => objectOf(each).id)
  return files.filter((file) => ids.includes(file.id))
}
