import type { Question } from '../../delivery/platform.ts'
import type { MessageNode } from '../../message/message.ts'
import type { Reply } from '../../message/reply.ts'
import type { Rendering } from './payload.ts'
import { missing, neededIn, PERMISSIONS } from './permissions.ts'

/** What the bot may do in the channel of an interaction, as Discord says with it. */
export interface OwnRights {
  readonly permissions: bigint
  readonly channelType: number
}

/** Whoever follows something wants it posted: the reply, and what is in the way of that here, with the remedy. */
export function withPermissionNotice(
  reply: Reply,
  question: Question,
  rights: OwnRights | undefined,
  rendering: Rendering,
): Reply {
  if (reply.kind !== 'message' || rights === undefined || !follows(question)) return reply
  const notice = permissionNotice(rights, rendering)
  return notice === undefined
    ? reply
    : { ...reply, message: { ...reply.message, nodes: [...reply.message.nodes, notice] } }
}

function permissionNotice({ permissions, channelType }: OwnRights, rendering: Rendering): MessageNode | undefined {
  const needed = neededIn(channelType).filter((name) => name !== 'embedLinks' || rendering === 'embeds')
  const lacking = missing(permissions, needed)
  if (lacking.length === 0 || missing(permissions, ['administrator']).length === 0) return undefined
  const names = lacking.map((name) => PERMISSIONS[name].name).join(', ')
  const onlyLooking = lacking.every((name) => name === 'readMessageHistory')
  return {
    kind: 'notice',
    tone: 'warning',
    text: onlyLooking
      ? `Paperboy lacks ${names} in this channel, so a post whose answer was lost can’t be looked for.`
      : `Paperboy lacks ${names} in this channel, so nothing can be posted here yet.`,
    next: 'In Edit Channel, Permissions, allow it to Paperboy; what waits then comes by itself.',
  }
}

function follows(question: Question): boolean {
  if (question.kind === 'command') {
    const { input } = question
    return input.form === 'options' && (input.command === 'subscribe' || input.command === 'propose')
  }
  return question.kind !== 'complete' && /^(?:follow|subscribe)/.test(question.name)
}
