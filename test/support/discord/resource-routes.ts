import { checkForm } from './form-check.ts'
import { objectOf, textOf } from './json-value.ts'
import { visibleChannel } from './message-routes.ts'
import {
  channelPayload,
  channelsOf,
  guildPayload,
  memberPayload,
  type Payload,
  rolesPayload,
  userPayload,
} from './payloads.ts'
import { refuse } from './refusal.ts'
import { RULES } from './rules.ts'
import { type Handlers, NO_CONTENT, type Servers } from './servers.ts'
import type { Channel, Guild, User, World } from './world.ts'

type ResourceRoute =
  | 'GET /gateway'
  | 'GET /gateway/bot'
  | 'GET /users/@me'
  | 'GET /users/@me/guilds'
  | 'DELETE /users/@me/guilds/:guild'
  | 'POST /users/@me/channels'
  | 'GET /users/:user'
  | 'GET /applications/@me'
  | 'GET /oauth2/applications/@me'
  | 'GET /channels/:channel'
  | 'GET /guilds/:guild'
  | 'GET /guilds/:guild/channels'
  | 'GET /guilds/:guild/roles'
  | 'GET /guilds/:guild/members/:user'

/** The gateway's address, the app and its bot, guilds, channels, roles, members (resources/*). */
export function resourceRoutes(servers: Servers): Handlers<ResourceRoute> {
  const { world } = servers
  const me = () => knownUser(world, world.botId)
  const application = () => ({ status: 200, body: applicationPayload(servers) })
  return {
    'GET /gateway': () => ({ status: 200, body: { url: servers.gatewayUrl() } }),

    'GET /gateway/bot': () => ({
      status: 200,
      body: {
        url: servers.gatewayUrl(),
        shards: servers.application.shards,
        session_start_limit: {
          total: RULES.sessionStarts,
          remaining: servers.gateway.sessionStartsLeft,
          reset_after: RULES.sessionStartWindowMs,
          max_concurrency: 16,
        },
      },
    }),

    'GET /users/@me': () => ({
      status: 200,
      body: { ...userPayload(me()), verified: true, mfa_enabled: false, locale: 'en-US', email: null },
    }),

    'GET /users/@me/guilds': () => ({
      status: 200,
      body: [...world.guilds.values()]
        .filter((guild) => guild.present && !guild.deleted)
        .map((guild) => ({
          id: guild.id,
          name: guild.name,
          icon: null,
          banner: null,
          owner: false,
          features: [],
          permissions: String(world.permissionsIn(guild, world.botId)),
        })),
    }),

    'DELETE /users/@me/guilds/:guild': ({ params }) => {
      servers.leave(presentGuild(world, params.guild))
      return NO_CONTENT
    },

    'POST /users/@me/channels': (request) => {
      checkForm(servers, request, undefined)
      const recipient = world.users.get(textOf(objectOf(request.body).recipient_id) ?? '')
      if (recipient === undefined || recipient.id === world.botId) refuse('unknownUser')
      return { status: 200, body: channelPayload(world, directChannel(world, recipient)) }
    },

    'GET /users/:user': ({ params }) => ({ status: 200, body: userPayload(knownUser(world, params.user)) }),
    'GET /applications/@me': application,
    'GET /oauth2/applications/@me': application,

    'GET /channels/:channel': ({ params }) => ({
      status: 200,
      body: channelPayload(world, visibleChannel(servers, params.channel)),
    }),

    'GET /guilds/:guild': ({ params }) => ({
      status: 200,
      body: guildPayload(world, presentGuild(world, params.guild)),
    }),

    // Channels that the bot cannot view are not among them (resources/guild, "Get Guild Channels").
    'GET /guilds/:guild/channels': ({ params }) => ({
      status: 200,
      body: channelsOf(world, presentGuild(world, params.guild))
        .filter((channel) => channel.type !== 'thread' && world.can(channel, 'VIEW_CHANNEL'))
        .map((channel) => channelPayload(world, channel)),
    }),

    'GET /guilds/:guild/roles': ({ params }) => ({
      status: 200,
      body: rolesPayload(presentGuild(world, params.guild)),
    }),

    'GET /guilds/:guild/members/:user': ({ params }) => {
      const guild = presentGuild(world, params.guild)
      if (!guild.members.has(params.user ?? '')) refuse('unknownMember')
      return { status: 200, body: memberPayload(world, guild, params.user ?? '') }
    },
  }
}

/** The direct messages with a person: one channel, always the same. */
export function directChannel(world: World, user: User): Channel {
  const known = [...world.channels.values()].find((channel) => channel.recipientId === user.id)
  if (known !== undefined) return known
  const channel: Channel = {
    id: world.snowflake(),
    guildId: undefined,
    recipientId: user.id,
    parentId: undefined,
    type: 'dm',
    name: '',
    overwrites: [],
    messages: [],
    requireTag: false,
    archived: false,
    locked: false,
    deleted: false,
  }
  world.channels.set(channel.id, channel)
  return channel
}

/** A guild the bot is in: 10004 where there is none, 50001 where it is not in it. */
export function presentGuild(world: World, id: string | undefined): Guild {
  const guild = world.guilds.get(id ?? '')
  if (guild === undefined || guild.deleted) refuse('unknownGuild')
  if (!guild.present) refuse('missingAccess')
  return guild
}

function knownUser(world: World, id: string | undefined): User {
  const user = world.users.get(id ?? '')
  if (user === undefined) refuse('unknownUser')
  return user
}

/** Application flags: the "limited" ones stand for privileged intents of apps in few guilds (resources/application, "Application Flags"). */
function applicationPayload({ world, application }: Servers): Payload {
  const { privileged } = application
  const flags =
    ((privileged & (1 << 8)) !== 0 ? 1 << 13 : 0) |
    ((privileged & (1 << 1)) !== 0 ? 1 << 15 : 0) |
    ((privileged & (1 << 15)) !== 0 ? 1 << 19 : 0)
  return {
    id: world.botId,
    name: application.name,
    icon: null,
    description: '',
    summary: '',
    type: null,
    bot_public: application.publicBot,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags,
    hook: true,
    integration_types_config: { '0': {} },
    approximate_guild_count: [...world.guilds.values()].filter((guild) => guild.present).length,
    bot: userPayload(knownUser(world, world.botId)),
    owner: { id: world.botId, username: 'owner', discriminator: '0', global_name: null, avatar: null },
    team: null,
    redirect_uris: [],
    interactions_endpoint_url: null,
  }
}
