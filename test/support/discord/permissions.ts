/** Permission bits (topics/permissions, "Bitwise Permission Flags"). */
export const PERMISSION_BITS = {
  CREATE_INSTANT_INVITE: 1n << 0n,
  ADMINISTRATOR: 1n << 3n,
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  ADD_REACTIONS: 1n << 6n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MENTION_EVERYONE: 1n << 17n,
  USE_EXTERNAL_EMOJIS: 1n << 18n,
  MANAGE_ROLES: 1n << 28n,
  MANAGE_WEBHOOKS: 1n << 29n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
  MANAGE_THREADS: 1n << 34n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  CREATE_PRIVATE_THREADS: 1n << 36n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
  PIN_MESSAGES: 1n << 51n,
} as const

export type PermissionName = keyof typeof PERMISSION_BITS

/** What an invite gives the bot's own role unless told. */
export const BOT_PERMISSIONS: readonly PermissionName[] = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
]

/** What people may in a guild that nobody changed. */
export const EVERYONE_PERMISSIONS: readonly PermissionName[] = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'SEND_MESSAGES_IN_THREADS',
  'CREATE_PUBLIC_THREADS',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'ADD_REACTIONS',
  'READ_MESSAGE_HISTORY',
  'USE_APPLICATION_COMMANDS',
]

/** What a channel allows and denies one role or member, whatever the guild says. */
export interface Overwrite {
  readonly id: string
  readonly type: 0 | 1
  readonly allow: bigint
  readonly deny: bigint
}

export const ALL_PERMISSIONS = Object.values(PERMISSION_BITS).reduce((all, bit) => all | bit, 0n)

/** The names as a set of bits. */
export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PERMISSION_BITS[name], 0n)
}

export function allows(permissions: bigint, name: PermissionName): boolean {
  return (permissions & PERMISSION_BITS[name]) !== 0n
}

/** What a member may do in a whole guild: the owner and administrators everything, others what @everyone and their roles give (topics/permissions, "Permission Overwrites"). */
export function guildPermissions(granted: readonly bigint[], owner: boolean): bigint {
  const bits = granted.reduce((all, role) => all | role, 0n)
  return owner || allows(bits, 'ADMINISTRATOR') ? ALL_PERMISSIONS : bits
}

/** What is left of it in a channel: @everyone's overwrite, then those of all roles together, then the member's own (same page). */
export function channelPermissions(
  base: bigint,
  overwrites: readonly Overwrite[],
  who: { readonly everyone: string; readonly roles: readonly string[]; readonly member: string },
): bigint {
  if (allows(base, 'ADMINISTRATOR')) return ALL_PERMISSIONS
  const apply = (bits: bigint, which: readonly Overwrite[]) =>
    (bits & ~which.reduce((all, each) => all | each.deny, 0n)) | which.reduce((all, each) => all | each.allow, 0n)
  const everyone = apply(
    base,
    overwrites.filter((each) => each.id === who.everyone),
  )
  const roles = apply(
    everyone,
    overwrites.filter((each) => each.id !== who.everyone && who.roles.includes(each.id)),
  )
  return apply(
    roles,
    overwrites.filter((each) => each.type === 1 && each.id === who.member),
  )
}

/** Takes away what cannot be used: nothing without VIEW_CHANNEL, no embeds or files without SEND_MESSAGES (topics/permissions, "Implicit Permissions"). */
export function usablePermissions(bits: bigint): bigint {
  if (!allows(bits, 'VIEW_CHANNEL')) return 0n
  if (allows(bits, 'SEND_MESSAGES')) return bits
  return bits & ~permissionBits(['MENTION_EVERYONE', 'ATTACH_FILES', 'EMBED_LINKS'])
}
