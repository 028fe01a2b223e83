import type { JsonObject } from '../discord/json-value.ts'
import { isMember } from './access.ts'
import { channelPayload } from './conversation-methods.ts'
import type { FakeChannel, FakeMessage, FakeTeam, FakeUser, Outcome } from './fake-types.ts'
import { deleteMessage } from './message-methods.ts'
import { viewMessage, withIds } from './message-view.ts'
import { USUAL_SCOPES } from './rules.ts'
import type { Channel, Team, User, World } from './world.ts'

/**
 * Every change is there at once. A promise tells what became of the event that it caused: acknowledged, or given up after
 * three more attempts over six minutes; nobody has to wait for it.
 */
export interface WorldChanges {
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
  joinChannel(channel: FakeChannel, user: FakeUser): Promise<Outcome | undefined>
  leaveChannel(channel: FakeChannel, user: FakeUser): Promise<Outcome | undefined>

  /** Somebody mentions the bot. */
  mention(channel: FakeChannel, user: FakeUser, text: string): Promise<Outcome | undefined>
  openHome(user: FakeUser): Promise<Outcome | undefined>
  /** The bot is invited, for the first time or again. */
  invite(channel: FakeChannel, by: FakeUser): Promise<Outcome | undefined>
  kick(channel: FakeChannel, by: FakeUser): Promise<Outcome | undefined>
  archive(channel: FakeChannel, by: FakeUser): Promise<Outcome | undefined>
  unarchive(channel: FakeChannel, by: FakeUser): Promise<Outcome | undefined>
  deleteChannel(channel: FakeChannel, by: FakeUser): Promise<Outcome | undefined>
  renameChannel(channel: FakeChannel, name: string): Promise<Outcome | undefined>
  /** The app is removed from the workspace: calls get account_inactive. */
  uninstall(team: FakeTeam): Promise<Outcome | undefined>
  /** Its token is revoked: calls get token_revoked. */
  revokeToken(team: FakeTeam): Promise<Outcome | undefined>
  setScopes(team: FakeTeam, scopes: readonly string[]): void
  setRank(user: FakeUser, rank: { readonly admin?: boolean; readonly owner?: boolean }): void
  deactivate(user: FakeUser): void
  /** Any event, as it is. */
  event(team: FakeTeam, event: JsonObject): Promise<Outcome | undefined>
}

/** What happens in the workspaces beside what the app does; each tells the app by the event that Slack has for it. */
export function createWorldChanges(
  world: World,
  tell: (team: Team, event: JsonObject) => Promise<Outcome | undefined>,
): WorldChanges {
  const teamOf = (team: FakeTeam): Team => found(world.teams.get(team.id), team.name)
  const channelOf = (channel: FakeChannel): Channel => found(world.channels.get(channel.id), channel.name)
  const userOf = (user: FakeUser): User => found(world.users.get(user.id), user.name)
  const homeOf = (channel: Channel): Team => found(world.teams.get(channel.teamId), channel.teamId)

  /** Events of a channel reach the bot while it is in it, and of public channels with `channels:read` always. */
  const tellOf = (channel: Channel, name: string, rest: JsonObject = {}): Promise<Outcome | undefined> => {
    const team = homeOf(channel)
    if (channel.kind !== 'public' && !isMember(team, channel)) return Promise.resolve(undefined)
    return tell(team, {
      type: `${channel.kind === 'private' ? 'group' : 'channel'}_${name}`,
      channel: channel.id,
      ...rest,
    })
  }
  const membership = (channel: Channel, type: string, user: string, rest: JsonObject = {}) =>
    tell(homeOf(channel), {
      type,
      user,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: channel.teamId,
      ...rest,
    })
  const addUser = (team: Team, options: Parameters<WorldChanges['addUser']>[1] = {}, id = world.id('U')): User => {
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
    joinChannel(channel, user) {
      channelOf(channel).members.add(user.id)
      return membership(channelOf(channel), 'member_joined_channel', user.id)
    },
    leaveChannel(channel, user) {
      channelOf(channel).members.delete(user.id)
      return membership(channelOf(channel), 'member_left_channel', user.id)
    },
    mention(channel, user, text) {
      const place = channelOf(channel)
      const team = homeOf(place)
      const said = world.add(place, { author: user.id, text: `<@${team.botUserId}> ${text}` })
      const event = { user: user.id, text: said.text, ts: said.ts, event_ts: said.ts, team: team.id }
      return tell(team, { type: 'app_mention', ...event, channel: place.id })
    },
    openHome(user) {
      const team = found(world.teams.get(user.teamId), user.teamId)
      const channel = world.directMessages(team, userOf(user))
      return tell(team, { type: 'app_home_opened', user: user.id, channel: channel.id, tab: 'home' })
    },
    invite(channel, by) {
      const place = channelOf(channel)
      place.members.add(homeOf(place).botUserId)
      return membership(place, 'member_joined_channel', homeOf(place).botUserId, { inviter: by.id })
    },
    kick(channel, by) {
      const place = channelOf(channel)
      const event = tellOf(place, 'left', { actor_id: by.id })
      place.members.delete(homeOf(place).botUserId)
      return event
    },
    archive(channel, by) {
      channelOf(channel).archived = true
      return tellOf(channelOf(channel), 'archive', { user: by.id, is_moved: 0 })
    },
    unarchive(channel, by) {
      channelOf(channel).archived = false
      return tellOf(channelOf(channel), 'unarchive', { user: by.id })
    },
    deleteChannel(channel, by) {
      channelOf(channel).deleted = true
      return tellOf(channelOf(channel), 'deleted', { actor_id: by.id })
    },
    renameChannel(channel, name) {
      const place = channelOf(channel)
      place.name = name
      const { id, created } = channelPayload(homeOf(place), place)
      return tellOf(place, 'rename', { channel: { id, name, created } })
    },
    uninstall(team) {
      const { botUserId } = teamOf(team)
      teamOf(team).state = 'inactive'
      // The bot leaves every channel with the app.
      for (const channel of world.channels.values()) if (channel.kind !== 'im') channel.members.delete(botUserId)
      // Both come, in no order that can be counted on (reference/events/app_uninstalled).
      void tell(teamOf(team), { type: 'tokens_revoked', tokens: { oauth: [], bot: [botUserId] } })
      return tell(teamOf(team), { type: 'app_uninstalled' })
    },
    revokeToken(team) {
      teamOf(team).state = 'revoked'
      return tell(teamOf(team), { type: 'tokens_revoked', tokens: { oauth: [], bot: [teamOf(team).botUserId] } })
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
    event: (team, event) => tell(teamOf(team), event),
  }
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`there is no ${name} in this world`)
  return value
}
