import { checkForm } from './form-check.ts'
import { isGiven, type JsonObject, listOf, objectOf, textOf } from './json-value.ts'
import { editedPayload, isComponentsV2, rewriteMessage, writeMessage } from './message-writing.ts'
import { messagePayload } from './payloads.ts'
import { invalidForm, Refusal, refuse } from './refusal.ts'
import { RULES } from './rules.ts'
import { type DiscordRequest, type Handlers, NO_CONTENT, type Servers } from './servers.ts'
import { refused } from './violation.ts'
import type { Channel, Message } from './world.ts'

type MessageRoute =
  | 'GET /channels/:channel/messages'
  | 'POST /channels/:channel/messages'
  | 'GET /channels/:channel/messages/:message'
  | 'PATCH /channels/:channel/messages/:message'
  | 'DELETE /channels/:channel/messages/:message'
  | 'POST /channels/:channel/typing'

/** Messages of channels (resources/message). */
export function messageRoutes(servers: Servers): Handlers<MessageRoute> {
  const { world } = servers
  const oldEdits = new Map<string, number[]>()
  const byNonce = new Map<string, Message>()
  const shown = (message: Message) => messagePayload(world, message, servers.gateway.intents)

  return {
    'GET /channels/:channel/messages': ({ params, query }) => {
      const channel = visibleChannel(servers, params.channel)
      // Without READ_MESSAGE_HISTORY the answer is an empty list, no error ("Get Channel Messages").
      if (!world.can(channel, 'READ_MESSAGE_HISTORY')) return { status: 200, body: [] }
      return { status: 200, body: page(channel, query).map(shown) }
    },

    'POST /channels/:channel/messages': (request) => {
      const channel = sendableChannel(servers, request.params.channel)
      const body = objectOf(request.body)
      checkForm(servers, request, 'message')
      const nonce = isGiven(body.nonce) ? String(body.nonce) : undefined
      const earlier =
        body.enforce_nonce === true && nonce !== undefined ? sameNonce(servers, byNonce, nonce) : undefined
      if (earlier !== undefined) return { status: 200, body: { ...shown(earlier), nonce: body.nonce } }
      const written = writeMessage(world, channel, {
        authorId: world.botId,
        body: embedsAllowed(servers, channel, body),
        files: request.files,
        ...(nonce === undefined ? {} : { nonce }),
      })
      if (nonce !== undefined) byNonce.set(nonce, written)
      return { status: 200, body: { ...shown(written), ...(nonce === undefined ? {} : { nonce: body.nonce }) } }
    },

    'GET /channels/:channel/messages/:message': ({ params }) => {
      const channel = visibleChannel(servers, params.channel)
      if (!world.can(channel, 'READ_MESSAGE_HISTORY')) refuse('missingPermissions')
      return { status: 200, body: shown(publicMessage(servers, channel, params.message)) }
    },

    'PATCH /channels/:channel/messages/:message': (request) => {
      const channel = visibleChannel(servers, request.params.channel)
      const message = publicMessage(servers, channel, request.params.message)
      if (message.authorId !== world.botId) refuse('notTheAuthor')
      if (channel.archived) refuse('threadArchived')
      const body = objectOf(request.body)
      checkForm(servers, request, 'edit', {
        payload: editedPayload(message, body),
        componentsV2: isComponentsV2(message),
      })
      countOldEdit(servers, oldEdits, message)
      const allowed = world.can(channel, 'EMBED_LINKS') ? body : withoutEmbeds(body)
      rewriteMessage(world, message, allowed, request.files)
      return { status: 200, body: shown(message) }
    },

    'DELETE /channels/:channel/messages/:message': ({ params }) => {
      const channel = visibleChannel(servers, params.channel)
      const message = publicMessage(servers, channel, params.message)
      if (message.authorId !== world.botId && !world.can(channel, 'MANAGE_MESSAGES')) refuse('missingPermissions')
      message.deleted = true
      return NO_CONTENT
    },

    'POST /channels/:channel/typing': ({ params }) => {
      sendableChannel(servers, params.channel)
      return NO_CONTENT
    },
  }
}

/** A channel that is there and that the bot may look into: 10003 and 50001 otherwise. */
export function visibleChannel(servers: Servers, id: string | undefined): Channel {
  const channel = servers.world.channels.get(id ?? '')
  if (channel === undefined || channel.deleted) refuse('unknownChannel')
  const guild = servers.world.guildOf(channel)
  if (guild?.deleted === true) refuse('unknownChannel')
  if (guild?.present === false) refuse('missingAccess')
  if (!servers.world.can(channel, 'VIEW_CHANNEL')) refuse('missingAccess')
  return channel
}

/** A channel that the bot may write to. In threads SEND_MESSAGES counts for nothing (topics/permissions, "Inherited Permissions"). */
export function sendableChannel(servers: Servers, id: string | undefined): Channel {
  const channel = visibleChannel(servers, id)
  if (channel.type === 'forum' || channel.type === 'category') refuse('notTextChannel')
  if (channel.type === 'dm') {
    if (servers.world.users.get(channel.recipientId ?? '')?.dms !== true) refuse('cannotDm')
    return channel
  }
  const needed = channel.type === 'thread' ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES'
  if (!servers.world.can(channel, needed)) refuse('missingPermissions')
  // A message opens an archived thread again, unless it is locked (topics/threads, "Active & Archived Threads").
  if (channel.locked && !servers.world.can(channel, 'MANAGE_THREADS')) refuse('threadArchived')
  channel.archived = false
  return channel
}

/** Embeds of a bot without EMBED_LINKS: left out of what says more, refused where nothing else is said (#2601). */
export function embedsAllowed(servers: Servers, channel: Channel, body: JsonObject): JsonObject {
  if (listOf(body.embeds).length === 0 || servers.world.can(channel, 'EMBED_LINKS')) return body
  const rest = withoutEmbeds(body)
  if ((textOf(body.content) ?? '') === '' && listOf(body.components).length === 0) refuse('missingPermissions')
  return rest
}

function withoutEmbeds({ embeds: _, ...rest }: JsonObject): JsonObject {
  return rest
}

/** Messages that only one person sees are none of the channel's (#3090). */
function publicMessage(servers: Servers, channel: Channel, id: string | undefined): Message {
  const message = servers.world.messageIn(channel, id ?? '')
  if (message === undefined || message.ephemeralTo !== undefined) refuse('unknownMessage')
  return message
}

function sameNonce({ world }: Servers, sent: ReadonlyMap<string, Message>, nonce: string): Message | undefined {
  const earlier = sent.get(nonce)
  if (earlier === undefined || earlier.deleted) return undefined
  return earlier.at > world.now() - RULES.nonceMemoryMs ? earlier : undefined
}

/** Newest first; `after` gives the ones that follow it at once, also newest first. */
function page(channel: Channel, query: DiscordRequest['query']): readonly Message[] {
  const limit = Number(query.get('limit') ?? RULES.page.unlessTold)
  if (!Number.isInteger(limit) || limit < RULES.page.least || limit > RULES.page.most) {
    const { least, most } = RULES.page
    const message = `int value should be between ${least} and ${most}.`
    throw invalidForm([refused('page', ['limit'], 'NUMBER_TYPE_MAX', message)])
  }
  const seen = channel.messages.filter((message) => !message.deleted && message.ephemeralTo === undefined)
  const [after, before] = [query.get('after'), query.get('before')].map((id) => (id === null ? undefined : BigInt(id)))
  if (after !== undefined)
    return seen
      .filter(({ id }) => BigInt(id) > after)
      .slice(0, limit)
      .toReversed()
  const until = before === undefined ? seen : seen.filter(({ id }) => BigInt(id) < before)
  return until.slice(-limit).toReversed()
}

/** 30046, which comes with status 429 (aikaterna/aikaterna-cogs#302). */
function countOldEdit({ world }: Servers, edits: Map<string, number[]>, message: Message): void {
  const now = world.now()
  if (now - message.at <= RULES.oldMessageMs) return
  const recent = (edits.get(message.channelId) ?? []).filter((at) => at > now - RULES.oldMessageMs)
  if (recent.length >= RULES.oldMessageEdits) {
    const retryAfter = ((recent[0] ?? now) + RULES.oldMessageMs - now) / 1_000
    throw new Refusal(429, 30046, 'Maximum number of edits to messages older than 1 hour reached. Try again later.', {
      retry_after: retryAfter,
      global: false,
    })
  }
  edits.set(message.channelId, [...recent, now])
}
