import type { Actor, Rank } from '../../delivery/platform.ts'
import { type ChannelId, parseChannel } from '../../message/channel.ts'
import type { Directory, Person } from './directory.ts'
import type { Identity } from './identity.ts'
import type { Interaction } from './payloads.ts'

/** Who asks where, as Slack's payload has it. */
export interface Asking {
  /** The team, or the enterprise, whose install the payload is for. */
  readonly house: string | undefined
  readonly userId: string
  readonly userName?: string
  /** The person's own team, where the payload tells it. */
  readonly userTeam?: string
  readonly conversation: string
}

export type Admission =
  | { readonly kind: 'admitted'; readonly actor: Actor; readonly channel: ChannelId }
  | { readonly kind: 'refused'; readonly why: string }

/**
 * Whom Slack vouches for, with their rank: admins and owners of the workspace and the channel's creator are managers,
 * and everybody in their own direct messages. Nobody from another workspace is let in, though they share the channel.
 */
export async function admit(asking: Asking, identity: Identity, directory: Directory): Promise<Admission> {
  const { house, userId, userTeam, conversation } = asking
  if (house !== identity.house) return OTHER_HOUSE
  const direct = conversation.startsWith('D')
  const [person, place] = await Promise.all([
    directory.person(userId),
    direct ? undefined : directory.conversation(conversation),
  ])
  if (person === undefined ? userTeam !== undefined && userTeam !== identity.house : !person.ofHouse) return STRANGER
  const channel = parseChannel(`slack:${identity.house}/${direct ? `@${userId}` : conversation}`)
  if (channel === undefined) return OTHER_HOUSE
  const creator = place?.kind === 'seen' && place.creator === userId
  const rank: Rank = direct || creator || person?.isAdmin === true ? 'manager' : 'member'
  return { kind: 'admitted', channel, actor: actorOf(asking, identity, person, rank) }
}

/** A member of whom nothing is looked up: whoever types into a field can't wait. */
export function admitAtOnce(asking: Asking, identity: Identity): Admission {
  const { house, userId, userTeam, conversation } = asking
  if (house !== identity.house || (userTeam !== undefined && userTeam !== identity.house)) return OTHER_HOUSE
  const direct = conversation.startsWith('D')
  const channel = parseChannel(`slack:${identity.house}/${direct ? `@${userId}` : conversation}`)
  return channel === undefined
    ? OTHER_HOUSE
    : { kind: 'admitted', channel, actor: actorOf(asking, identity, undefined, 'member') }
}

function actorOf(asking: Asking, identity: Identity, person: Person | undefined, rank: Rank): Actor {
  return {
    platform: 'slack',
    tenant: identity.tenant,
    id: asking.userId,
    name: person?.name ?? asking.userName ?? asking.userId,
    rank,
    ...(person?.timeZone === undefined ? {} : { timeZone: person.timeZone }),
    ...(person?.locale === undefined ? {} : { locale: person.locale }),
  }
}

/** The asker of a button press, a form or a lookup. */
export function askingOf(payload: Interaction, conversation: string): Asking {
  const { team, enterprise, is_enterprise_install: wide, view, user } = payload
  const name = user.name ?? user.username
  const userTeam = user.team_id ?? undefined
  return {
    house: wide === true ? enterprise?.id : (view?.app_installed_team_id ?? team?.id ?? userTeam),
    userId: user.id,
    conversation,
    ...(name === undefined || name === null ? {} : { userName: name }),
    ...(userTeam === undefined ? {} : { userTeam }),
  }
}

const OTHER_HOUSE: Admission = {
  kind: 'refused',
  why: 'This Paperboy belongs to another workspace, and answers only its people.',
}

const STRANGER: Admission = {
  kind: 'refused',
  why: 'You are here as a guest of another workspace; Paperboy answers the people of the one that installed it.',
}
