import type { MessageNode } from '../../message/message.ts'
import type { CallSlack } from './api.ts'
import type { Directory } from './directory.ts'
import type { Identity } from './identity.ts'

interface MembershipHouse {
  readonly call: CallSlack
  identity(): Promise<Identity>
  directory(identity: Identity): Directory
}

/**
 * Whoever follows something here wants it posted here: the bot joins a public channel by itself, and says how it is
 * invited into a private one. Nothing when it is in, or when Slack can't be asked now.
 */
export async function inviteNotice(house: MembershipHouse, conversation: string): Promise<MessageNode | undefined> {
  if (conversation.startsWith('D')) return undefined
  try {
    const identity = await house.identity()
    const place = await house.directory(identity).conversation(conversation)
    if (place === undefined || (place.kind === 'seen' && place.isMember)) return undefined
    if (place.kind === 'seen') {
      const joined = await house.call('conversations.join', { channel: conversation })
      house.directory(identity).forget(conversation)
      if (joined.kind === 'ok') return undefined
    }
    return {
      kind: 'notice',
      tone: 'warning',
      text: 'Paperboy is not in this channel, so nothing can be posted here yet.',
      next: `Type /invite @${identity.userName} here.`,
    }
  } catch {
    return undefined
  }
}
