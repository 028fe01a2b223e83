import { checkForm } from './form-check.ts'
import { listOf, objectOf, textOf } from './json-value.ts'
import { embedsAllowed, visibleChannel } from './message-routes.ts'
import { writeMessage } from './message-writing.ts'
import { channelPayload, messagePayload } from './payloads.ts'
import { refuse } from './refusal.ts'
import { INTENTS } from './rules.ts'
import type { Handlers, Servers } from './servers.ts'
import type { Channel } from './world.ts'

type ThreadRoute = 'POST /channels/:channel/threads' | 'POST /channels/:channel/messages/:message/threads'

/** Threads of text channels and posts of forums (resources/channel, "Start Thread …"). */
export function threadRoutes(servers: Servers): Handlers<ThreadRoute> {
  const { world } = servers

  const start = (parent: Channel, name: string, id: string): Channel => {
    const thread: Channel = {
      id,
      guildId: parent.guildId,
      recipientId: undefined,
      parentId: parent.id,
      type: 'thread',
      name,
      overwrites: [],
      messages: [],
      requireTag: false,
      archived: false,
      locked: false,
      deleted: false,
    }
    world.channels.set(thread.id, thread)
    const created = { ...channelPayload(world, thread), newly_created: true }
    servers.gateway.dispatch('THREAD_CREATE', created, parent.guildId, INTENTS.guilds)
    return thread
  }

  return {
    'POST /channels/:channel/messages/:message/threads': (request) => {
      const parent = visibleChannel(servers, request.params.channel)
      const message = world.messageIn(parent, request.params.message ?? '')
      if (message === undefined) refuse('unknownMessage')
      if (!world.can(parent, 'CREATE_PUBLIC_THREADS')) refuse('missingPermissions')
      checkForm(servers, request, undefined)
      // A thread from a message has the message's id ("Start Thread from Message").
      if (world.channels.has(message.id)) refuse('threadAlready')
      const thread = start(parent, textOf(objectOf(request.body).name) ?? '', message.id)
      return { status: 201, body: channelPayload(world, thread) }
    },

    'POST /channels/:channel/threads': (request) => {
      const parent = visibleChannel(servers, request.params.channel)
      const body = objectOf(request.body)
      const name = textOf(body.name) ?? ''
      if (parent.type !== 'forum') {
        if (!world.can(parent, 'CREATE_PUBLIC_THREADS')) refuse('missingPermissions')
        checkForm(servers, request, undefined)
        return { status: 201, body: channelPayload(world, start(parent, name, world.snowflake())) }
      }
      // Posting to a forum takes SEND_MESSAGES ("Start Thread in Forum or Media Channel").
      if (!world.can(parent, 'SEND_MESSAGES')) refuse('missingPermissions')
      checkForm(servers, request, 'message', { payload: body.message })
      if (parent.requireTag && listOf(body.applied_tags).length === 0) refuse('tagRequired')
      const thread = start(parent, name, world.snowflake())
      const message = writeMessage(world, thread, {
        authorId: world.botId,
        body: embedsAllowed(servers, parent, objectOf(body.message)),
        files: request.files,
      })
      return { status: 201, body: { ...channelPayload(world, thread), message: messagePayload(world, message) } }
    },
  }
}
