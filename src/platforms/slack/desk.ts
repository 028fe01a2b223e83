import type { Clock } from '../../clock.ts'
import type { Actor, Handlers, Question } from '../../delivery/platform.ts'
import type { Log } from '../../log.ts'
import type { ChannelId } from '../../message/channel.ts'
import { type Message, notice } from '../../message/message.ts'
import type { Reply } from '../../message/reply.ts'
import type { AnswerRates, AnswerWay } from './answers.ts'
import type { CallSlack } from './api.ts'
import { type Asking, admit } from './asker.ts'
import type { Directory } from './directory.ts'
import { filePayloads } from './file-payload.ts'
import type { Identity } from './identity.ts'
import { renderSlack, type SlackPayload } from './render.ts'

/** What answering needs. */
export interface Desk {
  readonly handlers: Handlers
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
  readonly call: CallSlack
  /** Rejects with a sentence when Slack does not tell who we are. */
  identity(): Promise<Identity>
  directory(identity: Identity): Directory
  isAllowed(url: string): boolean
  readonly rates: AnswerRates
  readonly stopping: AbortSignal
}

/** A question, once it is known who asks and where. */
export type Ask = (asked: { readonly actor: Actor; readonly channel: ChannelId }) => Question

const ASK_MS = 120_000

/** Asks in the name of whoever Slack vouches for. Never rejects. */
export async function askAs(desk: Desk, asking: Asking, back: AnswerWay, ask: Ask): Promise<Reply> {
  try {
    const identity = await desk.identity()
    const admission = await admit(asking, identity, desk.directory(identity))
    if (admission.kind === 'refused') return privately(notice('warning', admission.why))
    return await desk.handlers.ask(ask({ actor: admission.actor, channel: admission.channel }), {
      signal: AbortSignal.any([desk.stopping, desk.clock.timeout(ASK_MS)]),
      progress: (reply) => void back.progress(payloadsOf(reply)),
    })
  } catch (error) {
    desk.log({ event: 'slack.question.failed', error })
    return privately(
      notice('error', 'That did not work.', 'Try again in a minute; an admin finds the reason in the log.'),
    )
  }
}

/** The promise's value, or undefined when it takes longer than `ms`; the promise goes on. */
export async function soon<T>(clock: Clock, promise: Promise<T>, ms: number): Promise<T | undefined> {
  const late = new AbortController()
  const limit = clock.sleep(ms, late.signal).then(
    () => undefined,
    () => undefined,
  )
  return Promise.race([promise, limit]).finally(() => late.abort())
}

/** The reply as messages; none for what is no message. */
export function payloadsOf(reply: Reply): readonly SlackPayload[] {
  switch (reply.kind) {
    case 'message':
      return shortened(renderSlack(reply.message))
    case 'file':
      return filePayloads(reply.name, reply.body)
    case 'form':
    case 'choices':
      return []
  }
}

const MOST = 4

/** A response_url takes five messages, one of which a word in between may have used. */
function shortened(payloads: readonly SlackPayload[]): readonly SlackPayload[] {
  if (payloads.length <= MOST) return payloads
  const more = notice('info', 'There is more than Slack shows at a time.', 'Ask for less: /papers help says how.')
  return [...payloads.slice(0, MOST - 1), ...renderSlack(more)]
}

export function recipientOf(reply: Reply): 'asker' | 'channel' {
  return reply.kind === 'message' ? reply.to : 'asker'
}

function privately(message: Message): Reply {
  return { kind: 'message', message, to: 'asker' }
}
