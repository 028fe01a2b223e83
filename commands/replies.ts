import { type Message, notice, type Tone } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'

/** Only the person who asked sees it. */
export function privately(message: Message): Reply {
  return { kind: 'message', message, to: 'asker' }
}

/** A private answer of one sentence and, where there is one, the next step. */
export function tell(tone: Tone, text: string, next?: string): Reply {
  return privately(notice(tone, text, next))
}
