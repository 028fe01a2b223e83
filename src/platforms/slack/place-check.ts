import type { Actor, PlaceCheck } from '../../delivery/platform.ts'
import type { CallSlack } from './api.ts'
import type { Directory } from './directory.ts'
import type { Identity } from './identity.ts'

/** Whether the bot is in a conversation or can join it, and the person is an admin of the workspace or made it. */
export async function checkPlace(
  call: CallSlack,
  directory: Directory,
  identity: Identity,
  actor: Actor,
  conversation: string,
  signal: AbortSignal,
): Promise<PlaceCheck> {
  const [place, person] = await Promise.all([directory.conversation(conversation), directory.person(actor.id)])
  if (place === undefined)
    return { kind: 'wrong', why: 'Slack can’t be asked about that channel now.', next: 'Try again in a minute.' }
  const invite = `Type /invite @${identity.userName} there, then try again.`
  if (place.kind === 'hidden')
    return { kind: 'wrong', why: 'Paperboy is not in that channel, or there is none.', next: invite }
  if (actor.rank !== 'admin' && person?.isAdmin !== true && place.creator !== actor.id) {
    return {
      kind: 'wrong',
      why: 'That needs a manager of the other channel, too.',
      next: 'Ask one of them to move it.',
    }
  }
  if (place.isMember) return { kind: 'fine' }
  const joined = await call('conversations.join', { channel: conversation }, signal)
  directory.forget(conversation)
  return joined.kind === 'ok'
    ? { kind: 'fine' }
    : { kind: 'wrong', why: 'Paperboy is not in that channel.', next: invite }
}
