import type { FakeChannel, FakeDiscord, FakeGuild, FakeOverwrite, FakeUser } from './fake-types.ts'
import { viewMessage } from './message-view.ts'
import { writeMessage } from './message-writing.ts'
import { channelPayload, guildCreatePayload, memberPayload, rolePayload } from './payloads.ts'
import { BOT_PERMISSIONS, EVERYONE_PERMISSIONS, type PermissionName, permissionBits } from './permissions.ts'
import { directChannel } from './resource-routes.ts'
import { INTENTS } from './rules.ts'
import type { Servers } from './servers.ts'
import type { Channel, Guild, User } from './world.ts'

export type WorldChanges = Pick<
  FakeDiscord,
  | 'addGuild'
  | 'addChannel'
  | 'addRole'
  | 'addUser'
  | 'directMessages'
  | 'takeDms'
  | 'messages'
  | 'say'
  | 'deleteMessage'
  | 'forge'
  | 'invite'
  | 'kick'
  | 'deleteGuild'
  | 'outage'
  | 'outageOver'
  | 'renameChannel'
  | 'deleteChannel'
  | 'archiveThread'
  | 'setPermissions'
  | 'setRolePermissions'
  | 'setRoles'
>

/** What happens in the world besides what the bot does, told to it over the gateway (events/gateway-events). */
export function createWorldChanges(servers: Servers): WorldChanges {
  const { world } = servers

  const tell = (guild: Guild, event: string, data: unknown): void => {
    if (guild.present && guild.available) servers.gateway.dispatch(event, data, guild.id, INTENTS.guilds)
  }
  const tellChannel = (event: string, channel: Channel): void => {
    const guild = world.guildOf(channel)
    if (guild !== undefined) tell(guild, event, channelPayload(world, channel, 'gateway'))
  }
  const guildOf = ({ id }: FakeGuild): Guild => known(world.guilds.get(id), 'guild')
  const channelOf = ({ id }: FakeChannel): Channel => known(world.channels.get(id), 'channel')
  const userOf = ({ id }: FakeUser): User => known(world.users.get(id), 'user')

  const role = (guild: Guild, name: string, permissions: readonly PermissionName[], managed = false): string => {
    const id = world.snowflake()
    const made = { id, name, permissions: permissionBits(permissions), managed }
    guild.roles.set(id, made)
    tell(guild, 'GUILD_ROLE_CREATE', { guild_id: guild.id, role: rolePayload(made, guild.roles.size - 1) })
    return id
  }

  const overwriteOf = (channel: Channel, { of, allow = [], deny = [] }: FakeOverwrite) => {
    const id = of === 'bot' ? world.botId : of === 'everyone' ? (channel.guildId ?? '') : of
    const type: 0 | 1 = world.users.has(id) ? 1 : 0
    return { id, type, allow: permissionBits(allow), deny: permissionBits(deny) }
  }

  const setOverwrite = (channel: Channel, overwrite: FakeOverwrite): void => {
    const made = overwriteOf(channel, overwrite)
    channel.overwrites = [...channel.overwrites.filter((each) => each.id !== made.id), made]
  }

  const changes: WorldChanges = {
    addGuild({
      name = 'Optics group',
      locale = 'en-US',
      bot = BOT_PERMISSIONS,
      everyone = EVERYONE_PERMISSIONS,
      invited = true,
    } = {}) {
      const id = world.snowflake()
      const botRoleId = world.snowflake()
      const owner = changes.addUser({ name: `owner of ${name}` })
      const guild: Guild = {
        id,
        name,
        ownerId: owner.id,
        locale,
        roles: new Map([
          [id, { id, name: '@everyone', permissions: permissionBits(everyone), managed: false }],
          [botRoleId, { id: botRoleId, name: 'Paperboy', permissions: permissionBits(bot), managed: true }],
        ]),
        members: new Map([[owner.id, []]]),
        botRoleId,
        present: false,
        available: true,
        deleted: false,
        joinedAt: world.now(),
      }
      world.guilds.set(id, guild)
      if (invited) changes.invite(guild, bot)
      return { id, name }
    },

    addChannel(inGuild, { name = 'papers', type = 'text', overwrites = [], parent, requireTag = false } = {}) {
      const guild = guildOf(inGuild)
      const channel: Channel = {
        id: world.snowflake(),
        guildId: guild.id,
        recipientId: undefined,
        parentId: parent?.id,
        type,
        name,
        overwrites: [],
        messages: [],
        requireTag,
        archived: false,
        locked: false,
        deleted: false,
      }
      for (const overwrite of overwrites) setOverwrite(channel, overwrite)
      world.channels.set(channel.id, channel)
      tellChannel(type === 'thread' ? 'THREAD_CREATE' : 'CHANNEL_CREATE', channel)
      return { id: channel.id, guildId: guild.id, name }
    },

    addRole: (guild, name, permissions = []) => role(guildOf(guild), name, permissions),

    addUser({ name = 'ada', guild, permissions = [], roles = [], locale = 'en-US', dms = true } = {}) {
      const id = world.snowflake()
      world.users.set(id, { id, name, bot: false, locale, dms })
      if (guild !== undefined) {
        const joined = guildOf(guild)
        const own = permissions.length === 0 ? [] : [role(joined, `role of ${name}`, permissions)]
        joined.members.set(id, [...roles, ...own])
      }
      return { id, name }
    },

    directMessages(user) {
      const { id } = directChannel(world, userOf(user))
      return { id, guildId: undefined, name: user.name }
    },

    // Nobody is told of it.
    takeDms(user, taken) {
      userOf(user).dms = taken
    },

    messages: (channel) =>
      channelOf(channel)
        .messages.filter((message) => !message.deleted && message.ephemeralTo === undefined)
        .map((message) => viewMessage(world, message)),

    say(channel, user, content) {
      return viewMessage(world, writeMessage(world, channelOf(channel), { authorId: user.id, body: { content } }))
    },

    deleteMessage(message) {
      const found = world.channels.get(message.channelId)?.messages.find((each) => each.id === message.id)
      known(found, 'message').deleted = true
    },

    forge(message, from, to) {
      const found = world.channels.get(message.channelId)?.messages.find((each) => each.id === message.id)
      const forged = known(found, 'message')
      forged.components = JSON.parse(
        JSON.stringify(forged.components).replaceAll(JSON.stringify(from), JSON.stringify(to)),
      )
    },

    invite(toGuild, bot) {
      const guild = guildOf(toGuild)
      const own = known(guild.roles.get(guild.botRoleId), 'role')
      if (bot !== undefined) own.permissions = permissionBits(bot)
      guild.members.set(world.botId, [guild.botRoleId])
      guild.present = true
      guild.joinedAt = world.now()
      tell(guild, 'GUILD_CREATE', guildCreatePayload(world, guild))
    },

    // Without `unavailable` it says that the bot is no longer in it ("Guild Delete").
    kick(fromGuild) {
      const guild = guildOf(fromGuild)
      tell(guild, 'GUILD_DELETE', { id: guild.id })
      guild.members.delete(world.botId)
      guild.present = false
    },

    deleteGuild(gone) {
      changes.kick(gone)
      guildOf(gone).deleted = true
    },

    outage(at) {
      const guild = guildOf(at)
      tell(guild, 'GUILD_DELETE', { id: guild.id, unavailable: true })
      guild.available = false
    },

    outageOver(at) {
      const guild = guildOf(at)
      guild.available = true
      tell(guild, 'GUILD_CREATE', guildCreatePayload(world, guild))
    },

    renameChannel(renamed, name) {
      const channel = channelOf(renamed)
      channel.name = name
      tellChannel('CHANNEL_UPDATE', channel)
    },

    deleteChannel(gone) {
      const channel = channelOf(gone)
      tellChannel(channel.type === 'thread' ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channel)
      channel.deleted = true
    },

    archiveThread(thread, { locked = false } = {}) {
      const channel = channelOf(thread)
      channel.archived = true
      channel.locked = locked
      tellChannel('THREAD_UPDATE', channel)
    },

    setPermissions(of, overwrite) {
      const channel = channelOf(of)
      setOverwrite(channel, overwrite)
      tellChannel('CHANNEL_UPDATE', channel)
    },

    setRolePermissions(ofGuild, which, permissions) {
      const guild = guildOf(ofGuild)
      const id = which === 'everyone' ? guild.id : which === 'bot' ? guild.botRoleId : which
      const changed = known(guild.roles.get(id), 'role')
      changed.permissions = permissionBits(permissions)
      const position = [...guild.roles.keys()].indexOf(id)
      tell(guild, 'GUILD_ROLE_UPDATE', { guild_id: guild.id, role: rolePayload(changed, position) })
    },

    // Sent for the bot itself whatever its intents, for others with GUILD_MEMBERS only ("Guild Member Update").
    setRoles(ofGuild, member, roles) {
      const guild = guildOf(ofGuild)
      const id = member === 'bot' ? world.botId : member.id
      guild.members.set(id, member === 'bot' ? [guild.botRoleId, ...roles] : [...roles])
      const data = { guild_id: guild.id, ...memberPayload(world, guild, id) }
      const intent = member === 'bot' ? undefined : INTENTS.guildMembers
      if (guild.present) servers.gateway.dispatch('GUILD_MEMBER_UPDATE', data, guild.id, intent)
    },
  }
  return changes
}

function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`no such ${what} in this world`)
  return found
}
