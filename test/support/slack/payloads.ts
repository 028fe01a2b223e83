import type { JsonObject } from '../discord/json-value.ts'
import { messagePayload } from './message-payload.ts'
import type { ResponseUrl, Trigger } from './tickets.ts'
import { viewPayload } from './view-methods.ts'
import type { Channel, Message, Team, User, View, World } from './world.ts'

interface Asked {
  readonly world: World
  readonly team: Team
  readonly user: User
  readonly trigger: Trigger
}

/** An event in its wrapping (reference/objects/event-object, "Events API"). */
export function eventEnvelope(world: World, team: Team, event: JsonObject): JsonObject {
  return {
    token: world.app.verificationToken,
    team_id: team.id,
    api_app_id: world.app.id,
    event: { event_ts: world.ts(), ...event },
    type: 'event_callback',
    event_id: world.id('Ev'),
    event_time: Math.floor(world.now() / 1_000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: team.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  }
}

/** interactivity/implementing-slash-commands, "Preparing your app to receive commands". */
export function commandPayload(
  { world, team, user, trigger }: Asked,
  command: string,
  text: string,
  channel: Channel,
  responseUrl: string,
): JsonObject {
  return {
    token: world.app.verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: world.app.id,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: trigger.id,
  }
}

function common({ world, team, user }: Asked): JsonObject {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: world.app.id,
    token: world.app.verificationToken,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** An element of a message or a view is used (reference/interaction-payloads/block_actions-payload). */
export function actionsPayload(
  asked: Asked,
  action: JsonObject,
  place: { readonly channel: Channel; readonly message: Message } | { readonly view: View },
  state: JsonObject,
  responseUrl: string | undefined,
): JsonObject {
  const { world, trigger } = asked
  return {
    type: 'block_actions',
    ...common(asked),
    trigger_id: trigger.id,
    ...placeOf(world, place, state),
    ...('view' in place ? {} : { state: { values: state } }),
    ...(responseUrl === undefined ? {} : { response_url: responseUrl }),
    actions: [action],
  }
}

/** Somebody types into an external menu (reference/interaction-payloads/block_suggestion-payload). */
export function suggestionPayload(
  asked: Asked,
  element: { readonly actionId: string; readonly blockId: string },
  query: string,
  place: { readonly channel: Channel; readonly message: Message } | { readonly view: View },
): JsonObject {
  return {
    type: 'block_suggestion',
    ...common(asked),
    ...placeOf(asked.world, place, {}),
    action_id: element.actionId,
    block_id: element.blockId,
    value: query,
  }
}

function placeOf(
  world: World,
  place: { readonly channel: Channel; readonly message: Message } | { readonly view: View },
  state: JsonObject,
): JsonObject {
  if ('view' in place) {
    return { container: { type: 'view', view_id: place.view.id }, view: viewPayload(world, place.view, state) }
  }
  const { channel, message } = place
  const ephemeral = message.ephemeralTo !== undefined
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    // Of an ephemeral message nothing is kept to show (same page).
    ...(ephemeral ? {} : { message: messagePayload(channel, message, true) }),
  }
}

/** A modal is sent or closed (reference/interaction-payloads/view-interactions-payload). */
export function submissionPayload(asked: Asked, view: View, state: JsonObject): JsonObject {
  return {
    type: 'view_submission',
    ...common(asked),
    trigger_id: asked.trigger.id,
    view: viewPayload(asked.world, view, state),
    response_urls: [],
  }
}

export function closedPayload(asked: Asked, view: View, cleared: boolean): JsonObject {
  return { type: 'view_closed', ...common(asked), view: viewPayload(asked.world, view), is_cleared: cleared }
}

/** Where a response_url leads. */
export function addressOf(origin: string, url: ResponseUrl): string {
  return `${origin}${url.path}`
}
