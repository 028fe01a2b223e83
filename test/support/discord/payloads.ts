import { isObject, listOf } from './json-value.ts'
import { INTENTS } from './rules.ts'
import { CHANNEL_TYPE, type Channel, type Guild, type Message, type Role, type User, type World } from './world.ts'

export type Payload = Record<string, unknown>

/** resources/channel, "Channel Flags": what the bot cannot view comes over the gateway without its name (from 16 November 2026). */
const OBFUSCATED = 1 << 17

export function userPayload(user: User): Payload {
  return {
    id: user.id,
    username: user.name,
    discriminator: user.bot ? '0001' : '0',
    global_name: user.bot ? null : user.name,
    avatar: null,
    bot: user.bot,
    public_flags: 0,
    primary_guild: null,
    flags: 0,
  }
}

export function rolePayload(role: Role, position: number): Payload {
  return {
    id: role.id,
    name: role.name,
    permissions: String(role.permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  }
}

export function rolesPayload(guild: Guild): readonly Payload[] {
  return [...guild.roles.values()].map(rolePayload)
}

export function memberPayload(world: World, guild: Guild, userId: string): Payload {
  const user = world.users.get(userId)
  return {
    user: user === undefined ? { id: userId } : userPayload(user),
    roles: guild.members.get(userId) ?? [],
    nick: null,
    avatar: null,
    joined_at: isoStamp(guild.joinedAt),
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    communication_disabled_until: null,
    flags: 0,
  }
}

/** A channel as the bot gets it: over HTTP whole, over the gateway without what it may not see. */
export function channelPayload(world: World, channel: Channel, over: 'http' | 'gateway' = 'http'): Payload {
  const last = channel.messages.findLast((message) => !message.deleted && message.ephemeralTo === undefined)
  if (channel.type === 'dm') {
    const recipient = channel.recipientId === undefined ? undefined : world.users.get(channel.recipientId)
    return {
      id: channel.id,
      type: CHANNEL_TYPE.dm,
      last_message_id: last?.id ?? null,
      recipients: recipient === undefined ? [] : [userPayload(recipient)],
      flags: 0,
    }
  }
  const hidden = over === 'gateway' && !world.can(channel, 'VIEW_CHANNEL')
  const common = {
    id: channel.id,
    type: CHANNEL_TYPE[channel.type],
    guild_id: channel.guildId,
    name: hidden ? '___hidden___' : channel.name,
    parent_id: channel.parentId ?? null,
    flags: hidden ? OBFUSCATED : 0,
  }
  if (channel.type === 'thread') {
    return {
      ...common,
      owner_id: world.botId,
      last_message_id: last?.id ?? null,
      message_count: channel.messages.length,
      member_count: 1,
      total_message_sent: channel.messages.length,
      rate_limit_per_user: 0,
      thread_metadata: {
        archived: channel.archived,
        locked: channel.locked,
        auto_archive_duration: 1_440,
        archive_timestamp: isoStamp(world.now()),
      },
    }
  }
  return {
    ...common,
    position: 0,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: hidden ? null : (last?.id ?? null),
    permission_overwrites: channel.overwrites.map((overwrite) => ({
      id: overwrite.id,
      type: overwrite.type,
      allow: String(overwrite.allow),
      deny: String(overwrite.deny),
    })),
  }
}

export function guildPayload(world: World, guild: Guild): Payload {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: guild.ownerId,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: rolesPayload(guild),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: systemChannel(world, guild),
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
  }
}

/** GUILD_CREATE (events/gateway-events, "Guild Create"): the guild with its channels, active threads and the bot as a member. */
export function guildCreatePayload(world: World, guild: Guild): Payload {
  const channels = channelsOf(world, guild)
  return {
    ...guildPayload(world, guild),
    joined_at: isoStamp(guild.joinedAt),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [memberPayload(world, guild, world.botId)],
    channels: channels
      .filter((each) => each.type !== 'thread')
      .map((channel) => channelPayload(world, channel, 'gateway')),
    threads: channels
      .filter((each) => each.type === 'thread' && !each.archived && world.can(each, 'VIEW_CHANNEL'))
      .map((thread) => channelPayload(world, thread)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  }
}

export function channelsOf(world: World, guild: Guild): readonly Channel[] {
  return [...world.channels.values()].filter((channel) => channel.guildId === guild.id && !channel.deleted)
}

/** A message as it is read. The nonce is not among it; what others wrote comes empty without the MESSAGE_CONTENT intent (events/gateway, "Message Content Intent"). */
export function messagePayload(world: World, message: Message, intents: number = INTENTS.messageContent): Payload {
  const author = world.users.get(message.authorId)
  const channel = world.channels.get(message.channelId)
  const readable =
    message.authorId === world.botId || channel?.type === 'dm' || (intents & INTENTS.messageContent) !== 0
  let componentId = 0
  const numbered = (value: unknown): unknown => {
    if (!isObject(value)) return value
    const id = typeof value.id === 'number' ? value.id : ++componentId
    return {
      ...value,
      id,
      ...(Array.isArray(value.components) ? { components: value.components.map(numbered) } : {}),
      ...(isObject(value.accessory) ? { accessory: numbered(value.accessory) } : {}),
    }
  }
  return {
    id: message.id,
    type: message.interactionType === 2 ? 20 : 0,
    channel_id: message.channelId,
    author: author === undefined ? { id: message.authorId } : userPayload(author),
    content: readable ? message.content : '',
    timestamp: isoStamp(message.at),
    edited_timestamp: message.editedAt === undefined ? null : isoStamp(message.editedAt),
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: readable ? message.files.map((file) => attachmentPayload(message, file)) : [],
    embeds: readable
      ? listOf(message.embeds).map((embed) => ({ type: 'rich', ...(isObject(embed) ? embed : {}) }))
      : [],
    components: readable ? message.components.map(numbered) : [],
    pinned: false,
    flags: message.flags,
    ...(message.interactionId === undefined
      ? {}
      : { application_id: world.botId, webhook_id: world.botId, interaction_metadata: metadata(world, message) }),
  }
}

/** Discord's moments: microseconds and an offset. */
export function isoStamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '000+00:00')
}

function attachmentPayload(message: Message, file: Message['files'][number]): Payload {
  return {
    id: file.id,
    filename: file.name,
    size: Buffer.byteLength(file.body),
    url: `https://cdn.discordapp.com/attachments/${message.channelId}/${file.id}/${file.name}`,
    proxy_url: `https://media.discordapp.net/attachments/${message.channelId}/${file.id}/${file.name}`,
    content_type: file.type,
  }
}

function metadata(world: World, message: Message): Payload {
  const asker = message.askerId === undefined ? undefined : world.users.get(message.askerId)
  return {
    id: message.interactionId,
    type: message.interactionType ?? 2,
    ...(asker === undefined ? {} : { user: userPayload(asker) }),
    authorizing_integration_owners: {},
  }
}

function systemChannel(world: World, guild: Guild): string | null {
  return channelsOf(world, guild).find((channel) => channel.type === 'text')?.id ?? null
}
