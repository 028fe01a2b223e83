import { z } from 'zod'

/** Permissions as Discord numbers them (docs.discord.com, permissions), with the names its app shows. */
export const PERMISSIONS = {
  administrator: { bit: 1n << 3n, name: 'Administrator' },
  manageChannels: { bit: 1n << 4n, name: 'Manage Channels' },
  manageGuild: { bit: 1n << 5n, name: 'Manage Server' },
  viewChannel: { bit: 1n << 10n, name: 'View Channel' },
  sendMessages: { bit: 1n << 11n, name: 'Send Messages' },
  embedLinks: { bit: 1n << 14n, name: 'Embed Links' },
  readMessageHistory: { bit: 1n << 16n, name: 'Read Message History' },
  sendMessagesInThreads: { bit: 1n << 38n, name: 'Send Messages in Threads' },
} as const

export type PermissionName = keyof typeof PERMISSIONS

/** What the bot is invited with, and nothing else. */
export const NEEDED: readonly PermissionName[] = [
  'viewChannel',
  'sendMessages',
  'sendMessagesInThreads',
  'embedLinks',
  'readMessageHistory',
]

const bits = z.string().regex(/^\d+$/)

export const overwriteShape = z.object({ id: z.string(), type: z.number(), allow: bits, deny: bits })
export const roleShape = z.object({ id: z.string(), name: z.string().optional(), permissions: bits })
export const channelShape = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string().nullish(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  position: z.number().optional(),
  thread_metadata: z.object({ archived: z.boolean(), locked: z.boolean().optional() }).optional(),
  permission_overwrites: z.array(overwriteShape).optional(),
})
export const guildShape = z.object({ id: z.string(), owner_id: z.string().optional(), roles: z.array(roleShape) })
export const memberShape = z.object({ roles: z.array(z.string()) })

export type ChannelShape = z.output<typeof channelShape>
export type GuildShape = z.output<typeof guildShape>

/** Whose permissions are asked for. */
export interface Holder {
  readonly id: string
  readonly roles: readonly string[]
}

const ALL = (1n << 64n) - 1n
const MEMBER_OVERWRITE = 1
const THREADS = new Set([10, 11, 12])

export function isThread(type: number): boolean {
  return THREADS.has(type)
}

/** What the holder may do in the channel (for a thread: its parent), as Discord computes it: roles, then overwrites. */
export function permissionsIn(guild: GuildShape, channel: ChannelShape, holder: Holder): bigint {
  if (guild.owner_id === holder.id) return ALL
  const own = new Set([guild.id, ...holder.roles])
  const base = guild.roles.reduce((sum, role) => (own.has(role.id) ? sum | BigInt(role.permissions) : sum), 0n)
  if ((base & PERMISSIONS.administrator.bit) !== 0n) return ALL
  const overwrites = channel.permission_overwrites ?? []
  const ofRoles = overwrites.filter(({ id }) => own.has(id) && id !== guild.id)
  const apply = (before: bigint, deny: bigint, allow: bigint) => (before & ~deny) | allow
  const total = (some: readonly (typeof overwrites)[number][], side: 'allow' | 'deny') =>
    some.reduce((sum, each) => sum | BigInt(each[side]), 0n)
  const everyone = overwrites.filter(({ id }) => id === guild.id)
  const person = overwrites.filter(({ id, type }) => id === holder.id && type === MEMBER_OVERWRITE)
  return [everyone, ofRoles, person].reduce(
    (before, some) => apply(before, total(some, 'deny'), total(some, 'allow')),
    base,
  )
}

/** Whether all of them are among the permissions. Who can't see a channel can do nothing there. */
export function permits(permissions: bigint, ...wanted: readonly PermissionName[]): boolean {
  const needed = wanted.reduce((sum, name) => sum | PERMISSIONS[name].bit, PERMISSIONS.viewChannel.bit)
  return (permissions & needed) === needed
}

export function missing(permissions: bigint, wanted: readonly PermissionName[]): readonly PermissionName[] {
  return wanted.filter((name) => (permissions & PERMISSIONS[name].bit) === 0n)
}

/** What posting and looking need in a channel of this type. */
export function neededIn(type: number): readonly PermissionName[] {
  return NEEDED.filter((name) => name !== (isThread(type) ? 'sendMessages' : 'sendMessagesInThreads'))
}
