import type { Clock } from '../../../src/clock.ts'
import type { JsonObject } from './json-value.ts'
import {
  allows,
  channelPermissions,
  guildPermissions,
  type Overwrite,
  type PermissionName,
  usablePermissions,
} from './permissions.ts'
import { RULES } from './rules.ts'

export const CHANNEL_TYPE = { text: 0, dm: 1, category: 4, announcement: 5, thread: 11, forum: 15 } as const
export type ChannelType = keyof typeof CHANNEL_TYPE

export interface User {
  readonly id: string
  readonly name: string
  readonly bot: boolean
  readonly locale: string
  /** Whether an app may write to them. */
  dms: boolean
}

export interface Role {
  readonly id: string
  name: string
  permissions: bigint
  readonly managed: boolean
}

export interface Guild {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly locale: string
  readonly roles: Map<string, Role>
  /** Role ids by member. */
  readonly members: Map<string, string[]>
  readonly botRoleId: string
  /** Whether the bot is in it. */
  present: boolean
  available: boolean
  deleted: boolean
  joinedAt: number
}

export interface Channel {
  readonly id: string
  readonly guildId: string | undefined
  readonly recipientId: string | undefined
  readonly parentId: string | undefined
  readonly type: ChannelType
  name: string
  overwrites: Overwrite[]
  readonly messages: Message[]
  readonly requireTag: boolean
  archived: boolean
  locked: boolean
  deleted: boolean
}

export interface SentFile {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly body: string
}

/** A message as the servers hold it. The nonce is what it was sent with; nothing that is read shows it. */
export interface Message {
  readonly id: string
  readonly channelId: string
  readonly authorId: string
  readonly at: number
  content: string
  embeds: readonly unknown[]
  components: readonly unknown[]
  allowedMentions: JsonObject | undefined
  flags: number
  files: readonly SentFile[]
  editedAt: number | undefined
  deleted: boolean
  readonly nonce: string | undefined
  /** Who asked for it, where it answers an interaction. */
  readonly askerId: string | undefined
  /** Only this person sees it. */
  readonly ephemeralTo: string | undefined
  readonly interactionId: string | undefined
  readonly interactionType: number | undefined
}

export interface World {
  readonly now: () => number
  readonly botId: string
  readonly users: Map<string, User>
  readonly guilds: Map<string, Guild>
  readonly channels: Map<string, Channel>
  /** An id that is later than all before, made of the time (reference, "Snowflakes"). */
  snowflake(): string
  /** What a member may do in a guild. */
  permissionsIn(guild: Guild, userId: string): bigint
  /** The same in a channel, with what cannot be used taken away; in direct messages all of it. */
  permissionsAt(channel: Channel, userId: string): bigint
  can(channel: Channel, name: PermissionName, userId?: string): boolean
  messageIn(channel: Channel, id: string): Message | undefined
  guildOf(channel: Channel): Guild | undefined
}

/** An empty world with nobody in it but the bot. */
export function createWorld(clock: Pick<Clock, 'now'>): World {
  const now = () => clock.now()
  const users = new Map<string, User>()
  const guilds = new Map<string, Guild>()
  const channels = new Map<string, Channel>()
  let last = 0n

  const snowflake = (): string => {
    const fresh = BigInt(now() - RULES.epoch) << 22n
    last = fresh > last ? fresh : last + 1n
    return String(last)
  }
  const botId = snowflake()
  users.set(botId, { id: botId, name: 'paperboy', bot: true, locale: 'en-US', dms: false })

  const world: World = {
    now,
    botId,
    users,
    guilds,
    channels,
    snowflake,
    permissionsIn(guild, userId) {
      const roles = guild.members.get(userId)
      if (roles === undefined) return 0n
      const granted = [guild.id, ...roles].map((id) => guild.roles.get(id)?.permissions ?? 0n)
      return guildPermissions(granted, guild.ownerId === userId)
    },
    permissionsAt(channel, userId) {
      const guild = world.guildOf(channel)
      if (guild === undefined) return (1n << 53n) - 1n
      // Threads inherit what their channel says (topics/permissions, "Inherited Permissions").
      const { overwrites } = (channel.parentId && channels.get(channel.parentId)) || channel
      return usablePermissions(
        channelPermissions(world.permissionsIn(guild, userId), overwrites, {
          everyone: guild.id,
          roles: guild.members.get(userId) ?? [],
          member: userId,
        }),
      )
    },
    can: (channel, name, userId = botId) => allows(world.permissionsAt(channel, userId), name),
    messageIn: (channel, id) => channel.messages.findLast((message) => message.id === id && !message.deleted),
    guildOf: (channel) => (channel.guildId === undefined ? undefined : guilds.get(channel.guildId)),
  }
  return world
}
