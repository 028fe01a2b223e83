import type { Action } from '../src/message/action.ts'
import type { ChannelId } from '../src/message/channel.ts'
import { type Message, type MessageNode, notice, type Tone } from '../src/message/message.ts'
import type { Reply } from '../src/message/reply.ts'
import { placeWords } from './words.ts'

/** Only the person who asked sees it. */
export function privately(message: Message): Reply {
  return { kind: 'message', message, to: 'asker' }
}

/** A private answer of one sentence and, where there is one, the next step. */
export function tell(tone: Tone, text: string, next?: string): Reply {
  return privately(notice(tone, text, next))
}

/** That somebody or something is not followed in the place where it was asked. */
export function notFollowed(channel: ChannelId, what: string): Reply {
  const { who, does, them } = placeWords(channel)
  const next = `/papers subscriptions lists what ${them === 'you' ? 'you follow' : 'it follows'}.`
  return tell('warning', `${who} ${does} not follow ${what}.`, next)
}

/** What turns the pages; nothing where there is one page only. */
export function pager(
  shown: string,
  turns: { readonly previous?: Action; readonly next?: Action },
): readonly MessageNode[] {
  return turns.previous === undefined && turns.next === undefined ? [] : [{ kind: 'pager', shown, ...turns }]
}
