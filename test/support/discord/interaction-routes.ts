import { checkForm } from './form-check.ts'
import { INTERACTION, type Interaction } from './interaction-book.ts'
import { type JsonObject, listOf, numberOf, objectOf } from './json-value.ts'
import { viewMessage } from './message-view.ts'
import { editedPayload, isComponentsV2, rewriteMessage, writeMessage } from './message-writing.ts'
import { messagePayload } from './payloads.ts'
import { invalidForm, refuse } from './refusal.ts'
import { FLAGS, RULES } from './rules.ts'
import { type Answer, type DiscordRequest, type Handlers, NO_CONTENT, type Servers } from './servers.ts'
import { refused } from './violation.ts'
import type { Channel, Message, SentFile } from './world.ts'

type InteractionRoute =
  | 'POST /interactions/:interaction/:token/callback'
  | 'POST /webhooks/:application/:token'
  | 'GET /webhooks/:application/:token/messages/:message'
  | 'PATCH /webhooks/:application/:token/messages/:message'
  | 'DELETE /webhooks/:application/:token/messages/:message'

/** "Interaction Callback Type". */
const CALLBACK = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const
/** Which answers each kind of interaction may have ("Interaction Callback Type" and its notes). */
const ANSWERS: Readonly<Record<number, readonly number[]>> = {
  [INTERACTION.command]: [CALLBACK.message, CALLBACK.deferred, CALLBACK.modal],
  [INTERACTION.component]: [4, 5, 6, 7, 9],
  [INTERACTION.autocomplete]: [CALLBACK.choices],
  [INTERACTION.modal]: [4, 5, 6, 7],
}

/** Answers to interactions, their edits and follow-ups (interactions/receiving-and-responding). */
export function interactionRoutes(servers: Servers): Handlers<InteractionRoute> {
  const { world, interactions } = servers
  const shown = (message: Message) => messagePayload(world, message)

  const write = (
    interaction: Interaction,
    body: JsonObject,
    ephemeral: boolean,
    files: readonly SentFile[],
    flags = 0,
  ): Message =>
    writeMessage(world, channelOf(servers, interaction), {
      authorId: world.botId,
      body,
      files,
      flags: flags | (ephemeral ? FLAGS.ephemeral : 0),
      interaction: { id: interaction.id, type: interaction.type, askerId: interaction.askerId },
      ...(ephemeral ? { ephemeralTo: interaction.askerId } : {}),
    })

  const answer = (interaction: Interaction, type: number, data: JsonObject, request: DiscordRequest): void => {
    const ephemeral = ((numberOf(data.flags) ?? 0) & FLAGS.ephemeral) !== 0
    switch (type) {
      case CALLBACK.message:
        checkForm(servers, request, 'reply', { payload: data })
        interaction.originalId = write(interaction, data, ephemeral, request.files).id
        return
      case CALLBACK.deferred:
        checkForm(servers, request, undefined)
        if (((numberOf(data.flags) ?? 0) & ~FLAGS.ephemeral) !== 0) {
          const message = 'Only EPHEMERAL goes with a deferred answer.'
          servers.violate({ route: request.route, rule: 'defer-flags', path: ['data', 'flags'], message })
        }
        interaction.originalId = write(interaction, {}, ephemeral, [], FLAGS.loading).id
        return
      case CALLBACK.deferredUpdate:
        checkForm(servers, request, undefined)
        interaction.originalId = interaction.sourceId
        return
      case CALLBACK.update: {
        const source = knownMessage(servers, interaction, interaction.sourceId)
        edit(source, data, request)
        interaction.originalId = source.id
        return
      }
      case CALLBACK.choices:
        checkForm(servers, request, 'choices', { payload: data })
        interaction.choices = listOf(data.choices).map(objectOf)
        return
      case CALLBACK.modal:
        checkForm(servers, request, 'modal', { payload: data })
        interaction.modal = data
        return
    }
  }

  const edit = (message: Message, body: JsonObject, request: DiscordRequest): void => {
    checkForm(servers, request, 'edit', {
      payload: editedPayload(message, body),
      componentsV2: isComponentsV2(message),
    })
    const wantsEphemeral = ((numberOf(body.flags) ?? 0) & FLAGS.ephemeral) !== 0
    if (wantsEphemeral && message.ephemeralTo === undefined) {
      // Who sees it was settled by the first answer (#2735).
      const text = 'An edit cannot hide what was answered in public.'
      servers.violate({ route: request.route, rule: 'ephemeral-fixed', path: ['flags'], message: text })
    }
    rewriteMessage(world, message, body, request.files)
  }

  return {
    'POST /interactions/:interaction/:token/callback': (request) => {
      const interaction = interactions.byToken(request.params.token ?? '')
      if (interaction === undefined || interaction.id !== request.params.interaction) refuse('unknownInteraction')
      if (interaction.acknowledgedAt !== undefined) refuse('alreadyAcknowledged')
      if (world.now() - interaction.at > RULES.acknowledgeMs) refuse('unknownInteraction')
      const body = objectOf(request.body)
      const type = numberOf(body.type) ?? 0
      if (!(ANSWERS[interaction.type] ?? []).includes(type)) {
        const message = `An interaction of type ${interaction.type} cannot be answered by type ${type}.`
        servers.violate({ route: request.route, rule: 'callback-type', path: ['type'], message })
        throw invalidForm([refused('callback-type', ['type'], 'BASE_TYPE_CHOICES', message)])
      }
      answer(interaction, type, objectOf(body.data), request)
      interaction.acknowledgedAt = world.now()
      interaction.callbackType = type
      interactions.changed()
      if (request.query.get('with_response') !== 'true') return NO_CONTENT
      return callbackAnswer(servers, interaction, type)
    },

    'POST /webhooks/:application/:token': (request) => {
      const interaction = openInteraction(servers, request)
      const original = messageOf(servers, interaction, interaction.originalId)
      const body = objectOf(request.body)
      checkForm(servers, request, 'reply')
      // The first follow-up of a deferred answer takes the place of "is thinking", seen by whom the defer said.
      if (interaction.callbackType === CALLBACK.deferred && original && (original.flags & FLAGS.loading) !== 0) {
        rewriteMessage(world, original, body, request.files)
        interaction.edits.push(viewMessage(world, original))
        interactions.changed()
        return { status: 200, body: shown(original) }
      }
      const ephemeral = ((numberOf(body.flags) ?? 0) & FLAGS.ephemeral) !== 0
      const message = write(interaction, body, ephemeral, request.files)
      interaction.followUpIds.push(message.id)
      interactions.changed()
      return { status: 200, body: shown(message) }
    },

    'GET /webhooks/:application/:token/messages/:message': (request) => ({
      status: 200,
      body: shown(named(servers, request)),
    }),

    'PATCH /webhooks/:application/:token/messages/:message': (request) => {
      const interaction = openInteraction(servers, request)
      const message = named(servers, request)
      edit(message, objectOf(request.body), request)
      if (message.id === interaction.originalId) interaction.edits.push(viewMessage(world, message))
      interactions.changed()
      return { status: 200, body: shown(message) }
    },

    'DELETE /webhooks/:application/:token/messages/:message': (request) => {
      named(servers, request).deleted = true
      interactions.changed()
      return NO_CONTENT
    },
  }
}

/** The interaction of a token that was answered and still lives. 404 for what was never answered (#6851), 401 past its 15 minutes. */
function openInteraction({ world, interactions }: Servers, { params }: DiscordRequest): Interaction {
  if (params.application !== world.botId) refuse('unknownWebhook')
  const interaction = interactions.byToken(params.token ?? '')
  if (interaction === undefined) refuse('invalidWebhookToken')
  if (world.now() - interaction.at > RULES.tokenMs) refuse('invalidWebhookToken')
  if (interaction.acknowledgedAt === undefined) refuse('unknownWebhook')
  return interaction
}

function named(servers: Servers, request: DiscordRequest): Message {
  const interaction = openInteraction(servers, request)
  const original = request.params.message === '@original'
  const mine = [...interaction.followUpIds, interaction.originalId, interaction.sourceId]
  if (!original && !mine.includes(request.params.message)) refuse('unknownMessage')
  return knownMessage(servers, interaction, original ? interaction.originalId : request.params.message)
}

function knownMessage(servers: Servers, interaction: Interaction, id: string | undefined): Message {
  const message = messageOf(servers, interaction, id)
  if (message === undefined) refuse('unknownMessage')
  return message
}

function messageOf(servers: Servers, interaction: Interaction, id: string | undefined): Message | undefined {
  return id === undefined ? undefined : servers.world.messageIn(channelOf(servers, interaction), id)
}

function channelOf({ world }: Servers, interaction: Interaction): Channel {
  const channel = world.channels.get(interaction.channelId)
  if (channel === undefined || channel.deleted) refuse('unknownChannel')
  return channel
}

/** "Interaction Callback Response Object". */
function callbackAnswer(servers: Servers, interaction: Interaction, type: number): Answer {
  const message = messageOf(servers, interaction, interaction.originalId)
  return {
    status: 200,
    body: {
      interaction: {
        id: interaction.id,
        type: interaction.type,
        ...(message === undefined
          ? {}
          : {
              response_message_id: message.id,
              response_message_loading: (message.flags & FLAGS.loading) !== 0,
              response_message_ephemeral: message.ephemeralTo !== undefined,
            }),
      },
      ...(message === undefined ? {} : { resource: { type, message: messagePayload(servers.world, message) } }),
    },
  }
}
