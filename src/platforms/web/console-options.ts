import type { Clock } from '../../clock.ts'
import type { Actor, Handlers, Question } from '../../delivery/platform.ts'
import type { Log } from '../../log.ts'
import type { ChannelId, TenantId } from '../../message/channel.ts'
import type { Reply } from '../../message/reply.ts'
import type { Random } from '../../random.ts'
import type { Json } from '../../store/json.ts'
import type { WebPlatform } from './connection.ts'
import type { Guard } from './security.ts'

/** What the console needs of the house. */
export interface ConsoleOptions extends Guard {
  readonly web: WebPlatform
  readonly handlers: Handlers
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** The channel that `/` shows, and that pages speak for when no other is named. */
  readonly home: ChannelId
  /** Signs in whoever opens the login page; for the demo, on loopback. */
  readonly demo?: boolean
  health(): Promise<{ readonly ok: boolean; readonly body: Json }>
  /** In the text format of Prometheus. */
  metrics(): Promise<string>
  channels(): Promise<readonly ChannelListing[]>
  /** The chat services there are, as far as they are set up. */
  readonly services: readonly ChatService[]
  /** Runs a verb of the command line inside this process; undefined for a name that is none. */
  verbs?(name: string, args: readonly string[], signal: AbortSignal): Promise<VerbResult | undefined>
}

/** A chat service by its variables; their values are nobody's business here. */
export interface ChatService {
  readonly title: string
  /** The page of the documentation that tells how it is set up, `SLACK.md`. */
  readonly guide: string
  readonly set: readonly string[]
  /** One of each group is needed. */
  readonly missing: readonly (readonly string[])[]
}

export interface ChannelListing {
  readonly channel: ChannelId
  readonly name: string
}

export interface VerbResult {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

/** Who asks from the console's own pages. */
export const READER = 'you'

/** The longest that a person waits for an answer. */
const ANSWER_MS = 60_000

type WithoutAsker<Q> = Q extends unknown ? Omit<Q, 'actor' | 'channel'> : never

export interface Asking {
  readonly channel: ChannelId
  readonly user: string
  readonly timeZone?: string
  readonly signal: AbortSignal
  /** The number that the page gave its question, to be told of progress under. */
  readonly ask?: string
}

/** Asks for one person; whoever holds the console's token is an admin. */
export function ask(options: ConsoleOptions, asking: Asking, question: WithoutAsker<Question>): Promise<Reply> {
  const { channel, user, ask: number } = asking
  const signal = AbortSignal.any([asking.signal, options.clock.timeout(ANSWER_MS)])
  const actor: Actor = {
    platform: 'web',
    tenant: 'web' as TenantId,
    id: user,
    name: user,
    rank: 'admin',
    ...(asking.timeZone === undefined ? {} : { timeZone: asking.timeZone }),
  }
  const progress = (reply: Reply) => {
    if (number === undefined || reply.kind !== 'message') return
    options.web.events.tell(channel, { kind: 'progress', user, ask: number, message: reply.message })
  }
  return options.handlers.ask({ ...question, actor, channel }, { signal, progress })
}

/** A line as it is asked, without the command's own name; the lines of a pasted list stay. */
export function commandText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+|(?!\n)\p{Cc}+/gu, ' ')
    .trim()
    .replace(/^\/papers(?:-admin)?(?: |$)/, '')
}
