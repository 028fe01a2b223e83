import { Client, Events, GatewayIntentBits, Options } from 'discord.js'
import { z } from 'zod'
import type { Log } from '../../log.ts'
import type { DiscordSettings } from './settings.ts'

/** The connections by which Discord tells of questions and changes. */
export interface Gateway {
  /** Resolves once all of them are ready; rejects when they can't be made. */
  open(): Promise<void>
  /** Resolves once one of them has ended for good, such as when there are too many servers for so few, or when it is closed. */
  readonly lost: Promise<void>
  close(): Promise<void>
}

interface GatewayOptions extends Pick<DiscordSettings, 'apiUrl' | 'shards'> {
  readonly token: string
  readonly log: Log
  /** Each dispatch as it comes, by its name, e.g. `INTERACTION_CREATE`. */
  on(name: string, data: unknown): void
}

const TIMEOUT_MS = 15_000
/**
 * What the client itself has to see to know that it is ready. The rest is kept from it: it would build structures that
 * nobody needs, and an interaction that lacks a field ends the process there (tried with discord.js 14.28.1).
 */
const NEEDED_BY_CLIENT = new Set(['READY', 'RESUMED', 'GUILD_CREATE', 'GUILD_DELETE'])
const packetShape = z.object({ t: z.string(), d: z.unknown() })

/** discord.js keeps the connections: heartbeats, resuming, sharding. What they say is read as it comes, and little is cached. */
export function createGateway({ apiUrl, shards, token, log, on }: GatewayOptions): Gateway {
  const lost = Promise.withResolvers<void>()
  const client = new Client({
    // Servers, their channels and roles: nothing in it is privileged.
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    ...(shards === 'auto' ? { shards } : { shardCount: shards }),
    rest: { api: apiUrl, retries: 0, timeout: TIMEOUT_MS, rejectOnRateLimit: () => true },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ApplicationCommandManager: 0,
      AutoModerationRuleManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      StageInstanceManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
      VoiceStateManager: 0,
    }),
  })
  client.on(Events.Raw, (packet: unknown) => {
    const read = packetShape.safeParse(packet)
    if (!read.success) return
    const { t: name, d: data } = read.data
    if (typeof packet === 'object' && packet !== null) {
      if (!NEEDED_BY_CLIENT.has(name)) Object.assign(packet, { t: 'WITHHELD' })
      // One channel that the client can't read would end the process in it, too.
      else if (name === 'GUILD_CREATE' && typeof data === 'object')
        Object.assign(packet, { d: { ...data, channels: [], threads: [] } })
    }
    on(name, data)
  })
  client.on(Events.Error, (error) => log({ event: 'discord.gateway-failed', error }))
  client.on(Events.ShardError, (error, shard) => log({ event: 'discord.shard-failed', shard, error }))
  // discord.js takes up what can be taken up, and says this of the rest alone.
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log({ event: 'discord.disconnected', shard, code })
    lost.resolve()
  })
  client.on(Events.ShardResume, (shard, replayed) => log({ event: 'discord.resumed', shard, replayed }))
  client.on(Events.Invalidated, () => log({ event: 'discord.session-refused' }))

  return {
    open: async () => {
      await client.login(token)
    },
    lost: lost.promise,
    close: () => {
      lost.resolve()
      return client.destroy()
    },
  }
}
