import type { JsonObject } from '../discord/json-value.ts'
import { type Note, readContent } from './message-limits.ts'
import { deleteMessage } from './message-methods.ts'
import { withIds } from './message-view.ts'
import { refuse } from './refusal.ts'
import { RULES } from './rules.ts'
import type { Channel, Message, Team, View, World } from './world.ts'

export interface Trigger {
  readonly id: string
  readonly at: number
  readonly teamId: string
  readonly userId: string
  /** The modal in which it was pulled. */
  readonly viewId: string | undefined
  exchanged: boolean
  opened?: View
}

export interface ResponseUrl {
  readonly path: string
  readonly at: number
  readonly team: Team
  readonly channel: Channel
  readonly userId: string
  /** The message whose element was used; what `replace_original` replaces. */
  original: Message | undefined
  uses: number
  readonly messages: Message[]
}

/** What an interaction hands out: trigger_ids and response_urls. */
export interface Tickets {
  trigger(team: Team, userId: string, viewId?: string): Trigger
  /** A trigger that is exchanged for a modal: within three seconds, once. */
  exchange(team: Team, id: string | undefined): Trigger
  opened(trigger: Trigger, view: View): void
  responseUrl(team: Team, channel: Channel, userId: string, original?: Message): ResponseUrl
  find(path: string): ResponseUrl | undefined
  /** Something is posted to a response_url; refuses as Slack does. */
  respond(url: ResponseUrl, body: JsonObject, note: Note): void
  /** A message that comes with an acknowledgement, which costs no use. */
  answer(url: ResponseUrl, body: JsonObject, note: Note): Message | undefined
}

/** The book of triggers and response_urls (interactivity/handling-user-interaction). */
export function createTickets(world: World): Tickets {
  const triggers = new Map<string, Trigger>()
  const urls = new Map<string, ResponseUrl>()

  const say = (url: ResponseUrl, body: JsonObject, note: Note): Message | undefined => {
    const { team, channel, userId } = url
    if (body.delete_original === true || body.delete_original === 'true') {
      if (url.original !== undefined) deleteMessage(world, channel, url.original)
      url.original = undefined
      return undefined
    }
    const content = readContent(body, note, 'response')
    if ((body.replace_original === true || body.replace_original === 'true') && url.original?.gone === false) {
      const { original } = url
      original.text = content.text
      original.blocks = withIds(world, content.blocks)
      original.editedAt = world.now()
      world.changed()
      return original
    }
    const thread = typeof body.thread_ts === 'string' ? body.thread_ts : undefined
    return world.add(channel, {
      author: team.botUserId,
      botId: team.botId,
      appId: world.app.id,
      text: content.text,
      blocks: withIds(world, content.blocks),
      threadTs: thread,
      // Ephemeral unless told otherwise (same page).
      ...(body.response_type === 'in_channel' ? {} : { ephemeralTo: userId }),
    })
  }

  const keep = (url: ResponseUrl, message: Message | undefined): Message | undefined => {
    if (message === undefined) return undefined
    url.original ??= message
    if (!url.messages.includes(message)) url.messages.push(message)
    world.changed()
    return message
  }

  return {
    trigger(team, userId, viewId) {
      const id = `${world.secret(6)}.${world.secret(5)}.${world.secret(16)}`
      const trigger: Trigger = { id, at: world.now(), teamId: team.id, userId, viewId, exchanged: false }
      triggers.set(id, trigger)
      return trigger
    },
    exchange(team, id) {
      const trigger = id === undefined ? undefined : triggers.get(id)
      if (trigger === undefined || trigger.teamId !== team.id) return refuse('invalid_trigger_id')
      if (trigger.exchanged) return refuse('exchanged_trigger_id')
      if (world.now() - trigger.at > RULES.triggerMs) return refuse('expired_trigger_id')
      trigger.exchanged = true
      return trigger
    },
    opened(trigger, view) {
      trigger.opened = view
      world.changed()
    },
    responseUrl(team, channel, userId, original) {
      const path = `/commands/${team.id}/${world.secret(6)}/${world.secret(12)}`
      const url: ResponseUrl = { path, at: world.now(), team, channel, userId, original, uses: 0, messages: [] }
      urls.set(path, url)
      return url
    },
    find: (path) => urls.get(path),
    respond(url, body, note) {
      if (world.now() - url.at > RULES.responseUrlMs) refuse('expired_url')
      if (url.uses >= RULES.responseUrlUses) refuse('used_url')
      if (url.team.state !== 'installed') refuse('expired_url')
      url.uses++
      keep(url, say(url, body, note))
    },
    answer: (url, body, note) => keep(url, say(url, body, note)),
  }
}
