import type { Action } from '../src/message/action.ts'
import { type Message, type MessageNode, notice, type Tone } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'

/** Only the person who asked sees it. */
export function privately(message: Message): Reply {
  return { kind: 'message', message, to: 'asker' }
}

/** A private answer of one sentence and, where there is one, the next step. */
export function tell(tone: Tone, text: string, next?: string): Reply {
  return privately(notice(tone, text, next))
}

/** What turns the pages; nothing where there is one page only. */
export function pager(
  shown: string,
  turns: { readonly previous?: Action; readonly next?: Action },
): readonly MessageNode[] {
  return turns.previous === undefined && turns.next === undefined ? [] : [{ kind: 'pager', shown, ...turns }]
}
