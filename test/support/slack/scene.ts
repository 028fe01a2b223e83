import type { JsonObject } from '../discord/json-value.ts'
import type { FakeChannel, FakeMessage, FakeTeam, FakeUser } from './fake-types.ts'
import { deleteMessage } from './message-methods.ts'
import { viewMessage, withIds } from './message-view.ts'
import { USUAL_SCOPES } from './rules.ts'
import type { Channel, Team, User, World } from './world.ts'

/** Who and what there is, and what people write; none of it tells the app anything. */
export interface Scene {
  addTeam(options?: {
    readonly name?: string
    readonly scopes?: readonly string[]
    /** Milliseconds after which messages can't be edited; never unless told. */
    readonly editWindowMs?: number
    readonly locale?: string
    /** Whether the app is in already; `false` for one that installs it later. */
    readonly installed?: boolean
  }): FakeTeam
  /** A channel; the bot is a member unless told. */
  addChannel(
    team: FakeTeam,
    options?: {
      readonly name?: string
      readonly private?: boolean
      readonly member?: boolean
      readonly creator?: FakeUser
    },
  ): FakeChannel
  addUser(
    team: FakeTeam,
    options?: {
      readonly name?: string
      readonly admin?: boolean
      readonly owner?: boolean
      readonly bot?: boolean
      readonly deleted?: boolean
      readonly tz?: string
      readonly tzOffset?: number
      readonly locale?: string
      /** Channels they are in, beside `addChannel`'s creators. */
      readonly channels?: readonly FakeChannel[]
    },
  ): FakeUser
  directMessages(user: FakeUser): FakeChannel

  /** Everything in a channel that all see, replies too, oldest first. */
  messages(channel: FakeChannel): readonly FakeMessage[]
  /** What one person sees beside that: ephemeral messages to them. */
  ephemerals(channel: FakeChannel, user: FakeUser): readonly FakeMessage[]
  /** Somebody writes; `message` events are not subscribed to. */
  say(channel: FakeChannel, user: FakeUser, text: string, options?: { readonly threadTs?: string }): FakeMessage
  /** Another app posts, perhaps with metadata that it copied. */
  foreignPost(
    channel: FakeChannel,
    content: {
      readonly text: string
      readonly metadata?: JsonObject
      readonly blocks?: readonly JsonObject[]
      readonly threadTs?: string
    },
  ): FakeMessage
  deleteMessage(message: FakeMessage): void
  setScopes(team: FakeTeam, scopes: readonly string[]): void
  setRank(user: FakeUser, rank: { readonly admin?: boolean; readonly owner?: boolean }): void
  deactivate(user: FakeUser): void
}

/** The scene of a test: workspaces, channels, people, and their messages. */
export function createScene(world: World): Scene {
  const { teamOf, channelOf, userOf } = finders(world)
  const addUser = (team: Team, options: Parameters<Scene['addUser']>[1] = {}, id = world.id('U')): User => {
    const user: User = {
      id,
      teamId: team.id,
      name: options.name ?? `person${world.users.size}`,
      bot: options.bot ?? false,
      admin: options.admin ?? options.owner ?? false,
      owner: options.owner ?? false,
      deleted: options.deleted ?? false,
      tz: options.tz ?? 'America/New_York',
      tzOffset: options.tzOffset ?? -18_000,
      locale: options.locale ?? team.locale,
    }
    world.users.set(user.id, user)
    for (const channel of options.channels ?? []) channelOf(channel).members.add(user.id)
    return user
  }

  return {
    addTeam({
      name = `Team ${world.teams.size + 1}`,
      scopes = USUAL_SCOPES,
      editWindowMs,
      locale = 'en-US',
      installed = true,
    } = {}) {
      const id = world.id('T')
      const botUserId = world.id('U')
      const team: Team = {
        id,
        name,
        domain: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
        botUserId,
        botId: world.id('B'),
        token: `xoxb-${world.secret(6)}-${world.secret(12)}`,
        scopes,
        state: installed ? 'installed' : 'inactive',
        editWindowMs,
        locale,
      }
      world.teams.set(id, team)
      addUser(team, { name: 'paperboy', bot: true }, botUserId)
      return {
        ...{ id, domain: team.domain, botUserId, botId: team.botId },
        get name() {
          return team.name
        },
        get token() {
          return team.token
        },
      }
    },
    addChannel(
      team,
      { name = `channel-${world.channels.size + 1}`, private: hidden = false, member = true, creator } = {},
    ) {
      const { botUserId } = teamOf(team)
      const channel: Channel = {
        id: world.id('C'),
        teamId: team.id,
        kind: hidden ? 'private' : 'public',
        created: Math.floor(world.now() / 1_000),
        creator: creator?.id ?? 'USLACK',
        user: undefined,
        members: new Set([...(member ? [botUserId] : []), ...(creator === undefined ? [] : [creator.id])]),
        messages: [],
        name,
        archived: false,
        deleted: false,
      }
      world.channels.set(channel.id, channel)
      return { id: channel.id, teamId: team.id, name }
    },
    addUser(team, options) {
      const { id, name } = addUser(teamOf(team), options)
      return { id, teamId: team.id, name }
    },
    directMessages(user) {
      const { id } = world.directMessages(found(world.teams.get(user.teamId), user.teamId), userOf(user))
      return { id, teamId: user.teamId, name: `@${user.name}` }
    },
    messages: (channel) =>
      channelOf(channel)
        .messages.filter((each) => each.gone === false && each.ephemeralTo === undefined)
        .map((each) => viewMessage(world, each)),
    ephemerals: (channel, user) =>
      channelOf(channel)
        .messages.filter((each) => each.gone === false && each.ephemeralTo === user.id)
        .map((each) => viewMessage(world, each)),
    say: (channel, user, text, { threadTs } = {}) =>
      viewMessage(world, world.add(channelOf(channel), { author: user.id, text, threadTs })),
    foreignPost(channel, { text, metadata, blocks = [], threadTs }) {
      const added = world.add(channelOf(channel), {
        author: 'UFOREIGNBOT',
        botId: 'BFOREIGNBOT',
        appId: 'AFOREIGNAPP',
        text,
        metadata,
        threadTs,
        blocks: withIds(world, blocks),
      })
      return viewMessage(world, added)
    },
    deleteMessage(message) {
      const channel = found(world.channels.get(message.channelId), message.channelId)
      deleteMessage(world, channel, found(world.messageIn(channel, message.ts), message.ts))
    },
    setScopes(team, scopes) {
      teamOf(team).scopes = scopes
    },
    setRank(user, { admin, owner }) {
      const known = userOf(user)
      known.admin = admin ?? known.admin
      known.owner = owner ?? known.owner
    },
    deactivate(user) {
      userOf(user).deleted = true
    },
  }
}

/** What stands behind what a test holds. */
export function finders(world: World) {
  return {
    teamOf: (team: FakeTeam): Team => found(world.teams.get(team.id), team.name),
    channelOf: (channel: FakeChannel): Channel => found(world.channels.get(channel.id), channel.name),
    userOf: (user: FakeUser): User => found(world.users.get(user.id), user.name),
    homeOf: (place: { readonly teamId: string }): Team => found(world.teams.get(place.teamId), place.teamId),
  }
}

export function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`there is no ${name} in this world`)
  return value
}
