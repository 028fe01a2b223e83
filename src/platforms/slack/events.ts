import type { Actor, PlatformEvent } from '../../delivery/platform.ts'
import { type ChannelId, parseChannel } from '../../message/channel.ts'
import type { Directory } from './directory.ts'
import { type Identity, tenantOf } from './identity.ts'
import type { SlackEvent } from './payloads.ts'

/** What Slack's events mean for our channels; the manifest subscribes to exactly these. */
export const BOT_EVENTS = [
  'member_joined_channel',
  'member_left_channel',
  'channel_left',
  'group_left',
  'channel_archive',
  'group_archive',
  'channel_unarchive',
  'group_unarchive',
  'channel_deleted',
  'group_deleted',
  'channel_rename',
  'group_rename',
  'app_uninstalled',
  'tokens_revoked',
] as const

/** The event in our words; undefined when it concerns neither us nor a channel of our workspace. */
export async function platformEvent(
  payload: SlackEvent,
  identity: Identity,
  directory: Directory,
): Promise<PlatformEvent | undefined> {
  if (houseOf(payload) !== identity.house) return undefined
  const { event } = payload
  switch (event.type) {
    case 'app_uninstalled':
      return { kind: 'tenant-gone', tenant: tenantOf(identity.house) }
    case 'tokens_revoked':
      return (event.tokens?.bot ?? []).length === 0
        ? undefined
        : { kind: 'tenant-gone', tenant: tenantOf(identity.house) }
  }
  const { id, name } = typeof event.channel === 'object' ? event.channel : { id: event.channel, name: undefined }
  if (id === undefined) return undefined
  const channel = parseChannel(`slack:${identity.house}/${id}`)
  if (channel === undefined) return undefined
  directory.forget(id)
  switch (event.type) {
    case 'member_joined_channel':
      return event.user === identity.userId ? added(channel, id, event.inviter, identity, directory) : undefined
    case 'member_left_channel':
      return event.user === identity.userId ? { kind: 'bot-removed', channel } : undefined
    case 'channel_left':
    case 'group_left':
    // An archived channel may come back, a deleted one does not.
    case 'channel_archive':
    case 'group_archive':
      return { kind: 'bot-removed', channel }
    case 'channel_deleted':
    case 'group_deleted':
      return { kind: 'channel-gone', channel }
    case 'channel_unarchive':
    case 'group_unarchive':
      return { kind: 'permissions-changed', channel }
    case 'channel_rename':
    case 'group_rename':
      return name === undefined ? undefined : { kind: 'channel-renamed', channel, name }
    default:
      return undefined
  }
}

async function added(
  channel: ChannelId,
  id: string,
  inviter: string | undefined,
  { tenant }: Identity,
  directory: Directory,
): Promise<PlatformEvent> {
  const [place, person] = await Promise.all([
    directory.conversation(id),
    inviter === undefined ? undefined : directory.person(inviter),
  ])
  const name = place?.kind === 'seen' ? place.name : undefined
  const by: Actor | undefined =
    inviter === undefined
      ? undefined
      : {
          platform: 'slack',
          tenant,
          id: inviter,
          name: person?.name ?? inviter,
          rank: person?.isAdmin === true ? 'manager' : 'member',
          ...(person?.timeZone === undefined ? {} : { timeZone: person.timeZone }),
        }
  return { kind: 'bot-added', channel, name: name ?? id, ...(by === undefined ? {} : { by }) }
}

/** The install that the event is for; in a channel shared by two, not the team where it happened. */
function houseOf({ authorizations, team_id }: SlackEvent): string | undefined {
  const [first] = authorizations ?? []
  if (first === undefined) return team_id ?? undefined
  return (first.is_enterprise_install === true ? first.enterprise_id : first.team_id) ?? team_id ?? undefined
}
