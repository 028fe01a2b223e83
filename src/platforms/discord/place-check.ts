import type { Actor, PlaceCheck } from '../../delivery/platform.ts'
import { type ChannelId, channelParts } from '../../message/channel.ts'
import { missing, neededIn, PERMISSIONS, permits } from './permissions.ts'
import { guildOf, type Places } from './places.ts'

/** Whether the bot may post in a channel of the person's own server, and the person manages that channel or the server. */
export async function checkPlace(
  places: Places,
  actor: Actor,
  channel: ChannelId,
  signal: AbortSignal,
): Promise<PlaceCheck> {
  const rights = await places.rights(channel, signal)
  if (rights.kind !== 'rights') return UNSEEN
  // A channel's id says nothing of whose it is.
  if (rights.channel.guild_id !== guildOf(channelParts(channel).tenant)) return UNSEEN
  const lacking = missing(rights.permissions, neededIn(rights.channel.type))
  if (lacking.length > 0) {
    const names = lacking.map((name) => PERMISSIONS[name].name).join(', ')
    return {
      kind: 'wrong',
      why: `Paperboy lacks ${names} in that channel.`,
      next: 'Grant that to its role there first.',
    }
  }
  const theirs = await places.rights(channel, signal, actor.id)
  const manages =
    actor.rank === 'admin' ||
    (theirs.kind === 'rights' &&
      (permits(theirs.permissions, 'manageChannels') || permits(theirs.permissions, 'manageGuild')))
  return manages
    ? { kind: 'fine' }
    : { kind: 'wrong', why: 'That needs a manager of the other channel, too.', next: 'Ask one of them to move it.' }
}

const UNSEEN: PlaceCheck = {
  kind: 'wrong',
  why: 'Paperboy can’t see that channel, or it is none of this server.',
  next: 'Let its role see the channel, then try again.',
}
