import type { Clock } from '../../../src/clock.ts'
import type { Random } from '../../../src/random.ts'
import type { JsonObject } from '../discord/json-value.ts'
import { keepSecret } from '../suite-output.ts'

export interface Team {
  readonly id: string
  name: string
  readonly domain: string
  readonly botUserId: string
  readonly botId: string
  token: string
  scopes: readonly string[]
  /** token_revoked and account_inactive (auth.test) are what calls get in the other two. */
  state: 'installed' | 'revoked' | 'inactive'
  /** After this age messages cannot be edited: the workspace's own setting (chat.update, `edit_window_closed`). */
  editWindowMs: number | undefined
  /** Messages that apps may see of this workspace's people; locale of its people unless told. */
  readonly locale: string
}

export interface User {
  readonly id: string
  readonly teamId: string
  readonly name: string
  readonly bot: boolean
  admin: boolean
  owner: boolean
  deleted: boolean
  tz: string
  tzOffset: number
  locale: string
}

export type ChannelKind = 'public' | 'private' | 'im'

export interface Channel {
  readonly id: string
  readonly teamId: string
  readonly kind: ChannelKind
  readonly created: number
  readonly creator: string
  /** Whose direct messages these are. */
  readonly user: string | undefined
  readonly members: Set<string>
  readonly messages: Message[]
  name: string
  archived: boolean
  deleted: boolean
}

export interface SentFile {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly text: string
}

export interface Message {
  readonly ts: string
  readonly channelId: string
  /** When it took effect. */
  readonly at: number
  readonly author: string
  readonly botId: string | undefined
  readonly appId: string | undefined
  /** Only this person sees it; no method reads or edits it. */
  readonly ephemeralTo: string | undefined
  readonly threadTs: string | undefined
  readonly broadcast: boolean
  readonly unfurls: { readonly links: boolean; readonly media: boolean }
  readonly files: readonly SentFile[]
  text: string
  blocks: readonly JsonObject[]
  metadata: JsonObject | undefined
  editedAt: number | undefined
  editedTs: string | undefined
  /** `tombstone`: gone, but its thread is not. */
  gone: boolean | 'tombstone'
}

export interface View {
  readonly id: string
  readonly teamId: string
  readonly userId: string
  readonly kind: 'modal' | 'home'
  readonly rootId: string
  readonly previousId: string | undefined
  payload: JsonObject
  hash: string
  open: boolean
}

export interface AppIdentity {
  readonly id: string
  readonly clientId: string
  readonly clientSecret: string
  readonly signingSecret: string
  readonly appToken: string
  readonly verificationToken: string
}

export interface World {
  readonly app: AppIdentity
  readonly teams: Map<string, Team>
  readonly users: Map<string, User>
  readonly channels: Map<string, Channel>
  readonly views: Map<string, View>
  now(): number
  /** A fresh id as Slack makes them: a letter and ten more. */
  id(prefix: string): string
  secret(bytes: number): string
  /** A fresh ts: seconds and microseconds, later than every one before. */
  ts(): string
  user(team: Team, id: string): User | undefined
  channel(team: Team, id: string): Channel | undefined
  /** The direct messages of a person with the bot, opened when they were not. */
  directMessages(team: Team, user: User): Channel
  /** Puts a message into its channel. */
  add(channel: Channel, message: Partial<Message> & Pick<Message, 'author' | 'text'>): Message
  messageIn(channel: Channel, ts: string): Message | undefined
  /** Called after anything changed. */
  changed(): void
  watch(look: () => void): () => void
}

/** Shorter ones only name something. */
const SECRET_BYTES = 12

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The state of every workspace that the app is in. */
export function createWorld(clock: Pick<Clock, 'now'>, random: Random): World {
  const watchers = new Set<() => void>()
  const ids = new Set<string>()
  let lastMicros = 0

  const secret = (bytes: number) => {
    const made = Buffer.from(random.bytes(bytes)).toString('hex')
    return bytes < SECRET_BYTES ? made : keepSecret(made)
  }
  const id = (prefix: string): string => {
    const fresh = prefix + [...random.bytes(10)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
    if (ids.has(fresh)) return id(prefix)
    ids.add(fresh)
    return fresh
  }
  const ts = (): string => {
    lastMicros = Math.max(lastMicros + 1, clock.now() * 1_000 + (random.bytes(1)[0] ?? 0))
    return tsOfMicros(lastMicros)
  }
  const changed = () => {
    for (const look of [...watchers]) look()
  }

  const world: World = {
    app: {
      id: id('A'),
      clientId: `${Date.UTC(2026, 0, 1)}.${Date.UTC(2026, 1, 1)}`,
      clientSecret: secret(16),
      signingSecret: secret(16),
      appToken: `xapp-1-${secret(6)}-${secret(20)}`,
      verificationToken: secret(12),
    },
    teams: new Map(),
    users: new Map(),
    channels: new Map(),
    views: new Map(),
    now: () => clock.now(),
    id,
    secret,
    ts,
    user(team, userId) {
      const user = world.users.get(userId)
      return user?.teamId === team.id ? user : undefined
    },
    channel(team, channelId) {
      const channel = world.channels.get(channelId)
      return channel?.teamId === team.id && !channel.deleted ? channel : undefined
    },
    directMessages(team, user) {
      const open = [...world.channels.values()].find((each) => each.teamId === team.id && each.user === user.id)
      if (open !== undefined) return open
      const channel: Channel = {
        id: id('D'),
        teamId: team.id,
        kind: 'im',
        created: Math.floor(clock.now() / 1_000),
        creator: team.botUserId,
        user: user.id,
        members: new Set([team.botUserId, user.id]),
        messages: [],
        name: '',
        archived: false,
        deleted: false,
      }
      world.channels.set(channel.id, channel)
      return channel
    },
    add(channel, message) {
      const added: Message = {
        ts: ts(),
        channelId: channel.id,
        at: clock.now(),
        botId: undefined,
        appId: undefined,
        ephemeralTo: undefined,
        threadTs: undefined,
        broadcast: false,
        unfurls: { links: true, media: true },
        blocks: [],
        files: [],
        metadata: undefined,
        editedAt: undefined,
        editedTs: undefined,
        gone: false,
        ...message,
      }
      channel.messages.push(added)
      changed()
      return added
    },
    messageIn: (channel, wanted) => channel.messages.find((each) => each.ts === wanted && each.gone !== true),
    changed,
    watch(look) {
      watchers.add(look)
      return () => void watchers.delete(look)
    },
  }
  return world
}

/** Slack's ts: epoch seconds, a point, microseconds. */
export function tsOfMicros(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`
}
