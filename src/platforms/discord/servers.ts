import { z } from 'zod'
import { isoAt } from '../../clock.ts'
import type { Handlers, PlatformEvent, PlatformHouse } from '../../delivery/platform.ts'
import { type ChannelId, channelParts, parseChannel, type TenantId } from '../../message/channel.ts'
import type { Message } from '../../message/message.ts'
import type { Json } from '../../store/json.ts'
import { entriesOf, remove } from '../../store/store.ts'
import {
  type ChannelShape,
  channelShape,
  guildShape,
  memberShape,
  permissionsIn,
  permits,
  roleShape,
} from './permissions.ts'

/** What the gateway tells of servers and channels, made into our events. */
export interface Servers {
  /** One after another, in the order in which they came; never rejects. */
  tell(name: string, data: unknown): Promise<void>
}

interface ServersHouse extends Pick<PlatformHouse, 'store' | 'clock' | 'log'> {
  readonly handlers: Handlers
  /** The bot's own id. */
  self(): string
  say(channel: ChannelId, message: Message): Promise<void>
}

const memberWithUser = memberShape.extend({ user: z.object({ id: z.string() }).optional() })
const guildCreate = guildShape.extend({
  system_channel_id: z.string().nullish(),
  channels: z.array(z.unknown()).default([]),
  threads: z.array(z.unknown()).default([]),
  members: z.array(memberWithUser).default([]),
})
/** A server that Discord can't tell of during an outage has nothing but these (docs.discord.com, unavailable guild object). */
const guildOutage = z.object({ id: z.string(), unavailable: z.boolean().optional() })
const channelId = z.object({ id: z.string() })
const roleEvent = z.object({ guild_id: z.string(), role: roleShape })
const memberEvent = memberWithUser.extend({ guild_id: z.string() })
const ready = z.object({
  guilds: z.array(z.object({ id: z.string() })).default([]),
  shard: z.tuple([z.number(), z.number()]).default([0, 1]),
})

type Guild = Omit<z.output<typeof guildCreate>, 'channels' | 'threads'> & {
  readonly channels: readonly ChannelShape[]
  readonly threads: readonly ChannelShape[]
}
type GreetedGuild = Pick<Guild, 'id' | 'owner_id' | 'roles' | 'channels' | 'system_channel_id'>

const TEXT = 0
const ANNOUNCEMENTS = 5

/** Under `meta`: the servers that were greeted, so that coming back from an outage is not taken for an invitation. */
const greetedKey = (guild: string) => ['discord-server', guild]

export function createServers({ store, clock, log, handlers, self, say }: ServersHouse): Servers {
  /** What was last seen, to tell what a change is about: by channel, permissions by role, own roles by server. */
  const channels = new Map<string, ReturnType<typeof seen>>()
  const roles = new Map<string, string>()
  const ownRoles = new Map<string, string>()
  let last: Promise<void> = Promise.resolve()

  const emit = (event: PlatformEvent) => handlers.on(event)

  async function followed(guild: string): Promise<readonly ChannelId[]> {
    const found = new Set<ChannelId>()
    for (const namespace of [store.channels, store.subscriptions])
      for await (const { value } of entriesOf<{ readonly channel: ChannelId }>(store, namespace, [tenantOf(guild)]))
        found.add(value.channel)
    return [...found]
  }

  async function permissionsChanged(guild: string): Promise<void> {
    for (const channel of await followed(guild)) await emit({ kind: 'permissions-changed', channel })
  }

  async function joined(guild: Guild): Promise<void> {
    for (const channel of [...guild.channels, ...guild.threads]) channels.set(channel.id, seen(channel))
    for (const role of guild.roles) roles.set(role.id, role.permissions)
    const me = guild.members.find(({ user }) => user?.id === self())
    if (me !== undefined) ownRoles.set(guild.id, me.roles.toSorted().join())
    const known = await store.meta.get(greetedKey(guild.id))
    if (known !== undefined && !isWaiting(known)) return
    const place = greetingPlace(guild, me?.roles ?? [], self())
    log({ event: 'discord.joined', server: guild.id, greeted: place?.id ?? null })
    await greet(guild.id, place)
    if (known !== undefined) return
    // Invited again: what was parked in its channels can go out.
    await permissionsChanged(guild.id)
  }

  /** Where there is no place to say hello yet, it waits for one. */
  async function greet(guild: string, place: ChannelShape | undefined): Promise<void> {
    const at = isoAt(clock.now())
    await store.meta.set(greetedKey(guild), place === undefined ? { at, waits: true } : { at })
    const channel = place === undefined ? undefined : channelOf(guild, place.id)
    if (channel === undefined) return
    const hello = await emit({ kind: 'bot-added', channel, name: `#${place?.name ?? ''}` })
    // What was parked goes out though hello can't be said.
    if (hello !== undefined)
      await say(channel, hello).catch((error: unknown) => log({ event: 'discord.hello-failed', channel, error }))
  }

  /** A channel was opened to the bot, or made, in a server that has not heard it say hello. */
  async function greetLate(channel: ChannelShape): Promise<void> {
    const { guild_id: id = '' } = channel
    if (!isWaiting(await store.meta.get(greetedKey(id)))) return
    const own = ownRoles.get(id)?.split(',') ?? []
    const held = [id, ...own].flatMap((role) => ({ id: role, permissions: roles.get(role) ?? '0' }))
    const place = greetingPlace({ id, roles: held, channels: [channel] }, own, self())
    if (place !== undefined) await greet(id, place)
  }

  async function left(guild: string): Promise<void> {
    await store.commit([remove(store.meta, greetedKey(guild))])
    await emit({ kind: 'tenant-gone', tenant: tenantOf(guild) })
  }

  /** Servers that the bot was removed from while it was away. */
  async function connected({ guilds, shard: [own, of] }: z.output<typeof ready>): Promise<void> {
    const present = new Set(guilds.map(({ id }) => id))
    const known: string[] = []
    for await (const { key } of entriesOf(store, store.meta, ['discord-server'])) known.push(key[1] ?? '')
    for (const guild of known) {
      if (/^\d+$/.test(guild) && !present.has(guild) && Number((BigInt(guild) >> 22n) % BigInt(of)) === own)
        await left(guild)
    }
  }

  /** What a channel permits holds in its threads. Of those that were archived when we connected nobody told whose they are. */
  function mayStandIn(channel: ChannelId, parent: string): boolean {
    const known = channels.get(channelParts(channel).place)
    return known === undefined || known.parent === parent
  }

  async function channelChanged(data: ChannelShape): Promise<void> {
    const channel = data.guild_id === undefined ? undefined : channelOf(data.guild_id, data.id)
    if (channel === undefined) return
    const before = channels.get(data.id)
    const after = seen(data)
    channels.set(data.id, after)
    if (before !== undefined && before.name !== after.name)
      await emit({ kind: 'channel-renamed', channel, name: `#${after.name}` })
    if (before?.access === after.access) return
    await greetLate(data)
    for (const each of await followed(data.guild_id ?? ''))
      if (each === channel || mayStandIn(each, data.id)) await emit({ kind: 'permissions-changed', channel: each })
  }

  const readers: Readonly<Record<string, (data: unknown) => Promise<unknown>>> = {
    READY: (data) => connected(ready.parse(data)),
    GUILD_CREATE: async (data) => {
      // It comes again, whole, once the outage is over.
      if (guildOutage.safeParse(data).data?.unavailable === true) return
      const guild = guildCreate.parse(data)
      const read = (some: readonly unknown[]) => some.flatMap((each) => channelIn(guild.id, each))
      await joined({ ...guild, channels: read(guild.channels), threads: read(guild.threads) })
    },
    GUILD_DELETE: async (data) => {
      const { id, unavailable } = guildOutage.parse(data)
      // An outage of Discord's: the server comes back.
      if (unavailable !== true) await left(id)
    },
    CHANNEL_CREATE: async (data) => {
      const channel = channelShape.parse(data)
      channels.set(channel.id, seen(channel))
      await greetLate(channel)
    },
    CHANNEL_UPDATE: (data) => channelChanged(channelShape.parse(data)),
    THREAD_UPDATE: (data) => channelChanged(channelShape.parse(data)),
    CHANNEL_DELETE: gone,
    THREAD_DELETE: gone,
    GUILD_ROLE_CREATE: roleChanged,
    GUILD_ROLE_UPDATE: roleChanged,
    GUILD_MEMBER_UPDATE: async (data) => {
      const member = memberEvent.parse(data)
      if (member.user?.id !== self()) return
      const now = member.roles.toSorted().join()
      if (ownRoles.get(member.guild_id) === now) return
      ownRoles.set(member.guild_id, now)
      await permissionsChanged(member.guild_id)
    },
  }

  /** One channel that can't be read takes none of the others with it. */
  function channelIn(server: string, data: unknown): readonly ChannelShape[] {
    const read = channelShape.safeParse(data)
    if (read.success) return [read.data]
    const id = channelId.safeParse(data).data?.id ?? null
    const [issue] = read.error.issues
    const why = `${issue?.path.join('.') || 'the whole of it'}: ${issue?.message ?? 'unreadable'}`
    log({ event: 'discord.channel-unreadable', server, channel: id, why })
    return []
  }

  async function gone(data: unknown): Promise<void> {
    const { id, guild_id: guild } = channelShape.parse(data)
    channels.delete(id)
    const channel = guild === undefined ? undefined : channelOf(guild, id)
    if (channel !== undefined) await emit({ kind: 'channel-gone', channel })
  }

  /** Roles are repainted all the time; only what they permit matters. */
  async function roleChanged(data: unknown): Promise<void> {
    const { guild_id: guild, role } = roleEvent.parse(data)
    const before = roles.get(role.id)
    roles.set(role.id, role.permissions)
    if (before !== undefined && before !== role.permissions) await permissionsChanged(guild)
  }

  return {
    tell(name, data) {
      const read = Object.hasOwn(readers, name) ? readers[name] : undefined
      if (read === undefined) return Promise.resolve()
      const mine = last
        .then(() => read(data))
        .then(
          () => {},
          (error: unknown) => log({ event: 'discord.event-failed', what: name, error }),
        )
      last = mine
      return mine
    },
  }
}

/** Where to say hello: the server's own channel for such things, else the first text channel in which the bot may write. */
export function greetingPlace(guild: GreetedGuild, own: readonly string[], self: string): ChannelShape | undefined {
  const rank = (channel: ChannelShape) => (channel.id === guild.system_channel_id ? -1 : (channel.position ?? 0))
  return guild.channels
    .filter(({ type }) => type === TEXT || type === ANNOUNCEMENTS)
    .filter((channel) => permits(permissionsIn(guild, channel, { id: self, roles: own }), 'sendMessages'))
    .toSorted((a, b) => rank(a) - rank(b))[0]
}

function isWaiting(greeted: Json | undefined): boolean {
  return typeof greeted === 'object' && greeted !== null && 'waits' in greeted
}

/** `access`: what decides whether can be posted there. */
function seen({ name, parent_id: parent, permission_overwrites: overwrites, thread_metadata: thread }: ChannelShape) {
  return {
    name: name ?? '',
    parent: parent ?? '',
    access: JSON.stringify([parent ?? '', overwrites ?? [], thread?.archived ?? false, thread?.locked ?? false]),
  }
}

function tenantOf(guild: string): TenantId {
  return `discord:${guild}` as TenantId
}

function channelOf(guild: string, channel: string): ChannelId | undefined {
  return parseChannel(`discord:${guild}/${channel}`)
}
