import type { JsonObject } from '../discord/json-value.ts'
import { isMember } from './access.ts'
import { channelPayload } from './conversation-methods.ts'
import type { FakeChannel, FakeTeam, FakeUser, Outcome } from './fake-types.ts'
import { EVENT_SCOPES } from './rules.ts'
import { finders } from './scene.ts'
import type { Channel, Team, World } from './world.ts'

/**
 * Every change is there at once. A promise tells what became of the event that it caused: acknowledged, or given up after
 * three more attempts over six minutes; undefined where Slack tells the app nothing. Nobody has to wait for it.
 */
export interface WorldChanges {
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
  /** Any event, as it is. */
  event(team: FakeTeam, event: JsonObject): Promise<Outcome | undefined>
}

/** What happens in the workspaces beside what the app does; each tells the app by the event that Slack has for it. */
export function createWorldChanges(
  world: World,
  send: (team: Team, event: JsonObject) => Promise<Outcome | undefined>,
): WorldChanges {
  const { teamOf, channelOf, userOf, homeOf } = finders(world)

  /** An app hears what its scopes let it hear, and after its removal of the removal only. */
  const tell = (team: Team, event: JsonObject): Promise<Outcome | undefined> => {
    const type = String(event.type)
    const scopes = EVENT_SCOPES[type] ?? EVENT_SCOPES[type.split('_')[0] ?? ''] ?? []
    const allowed = scopes.length === 0 || scopes.some((scope) => team.scopes.includes(scope))
    const gone = team.state === 'inactive' && type !== 'tokens_revoked' && type !== 'app_uninstalled'
    return allowed && !gone ? send(team, event) : Promise.resolve(undefined)
  }
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
  /** Who comes and goes is told of channels that the bot is in (reference/events/member_joined_channel). */
  const membership = (channel: Channel, type: string, user: string, rest: JsonObject = {}) => {
    if (!isMember(homeOf(channel), channel)) return Promise.resolve(undefined)
    return tell(homeOf(channel), {
      type,
      user,
      channel: channel.id,
      channel_type: channel.kind === 'private' ? 'G' : 'C',
      team: channel.teamId,
      ...rest,
    })
  }
  return {
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
      const team = homeOf(user)
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
    event: (team, event) => send(teamOf(team), event),
  }
}
