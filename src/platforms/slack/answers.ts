import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { CallSlack } from './api.ts'
import type { SlackPayload } from './render.ts'

/** The way back to whoever asked: the response_url, used at most five times in half an hour, else the Web API. */
export interface AnswerWay {
  /** Private to the asker, or to the channel; never rejects, what is lost is logged. */
  send(payloads: readonly SlackPayload[], to: 'asker' | 'channel'): Promise<void>
  /** One word in between, private; a second one is left out. */
  progress(payloads: readonly SlackPayload[]): Promise<void>
}

interface AnswerOptions {
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
  readonly call: CallSlack
  isAllowed(url: string): boolean
}

interface AnswerTarget {
  readonly responseUrl?: string
  readonly conversation: string
  readonly userId: string
  readonly thread?: string
  /** What was pressed is private to the asker, so that the answer may stand in its place. */
  readonly inPlace?: boolean
}

/** docs.slack.dev, handling user interaction. */
const USES = 5
const USABLE_MS = 29 * 60_000
const SEND_MS = 10_000
/** Webhooks take one message a second (docs.slack.dev, rate limits). */
const APART_MS = 1000

export function answerWay(options: AnswerOptions, target: AnswerTarget): AnswerWay {
  const { clock, log } = options
  const { responseUrl, inPlace = false } = target
  const until = clock.now() + USABLE_MS
  let uses = 0
  let spoken = false

  async function sendOne(payload: SlackPayload, to: 'asker' | 'channel', replaces: boolean): Promise<void> {
    if (responseUrl !== undefined && options.isAllowed(responseUrl) && uses < USES && clock.now() < until) {
      uses++
      const sent = await respond(options, responseUrl, {
        ...payload,
        response_type: to === 'asker' ? 'ephemeral' : 'in_channel',
        replace_original: replaces,
        ...(target.thread === undefined ? {} : { thread_ts: target.thread }),
      })
      if (sent !== 'refused') return
    }
    const place = { channel: target.conversation, ...(target.thread === undefined ? {} : { thread_ts: target.thread }) }
    const answer =
      to === 'channel'
        ? await options.call('chat.postMessage', { ...place, ...payload })
        : await options.call('chat.postEphemeral', { ...place, user: target.userId, ...payload })
    if (answer.kind !== 'ok')
      log({ event: 'slack.answer.failed', answer: answer.kind === 'error' ? answer.error : answer.kind })
  }

  return {
    async send(payloads, to) {
      for (const [at, payload] of payloads.entries()) {
        if (at > 0 || spoken) await clock.sleep(APART_MS)
        spoken = true
        await sendOne(payload, to, inPlace && to === 'asker' && at === 0)
      }
    },
    async progress(payloads) {
      const [payload] = payloads
      if (spoken || payload === undefined) return
      spoken = true
      await sendOne(payload, 'asker', false)
    },
  }
}

/** `refused` when it certainly was not taken; `lost` when that can't be told, for a second answer is no better. */
async function respond(
  { clock, log, fetch: ask }: AnswerOptions,
  url: string,
  body: Readonly<Record<string, unknown>>,
): Promise<'sent' | 'refused' | 'lost'> {
  try {
    const response = await ask(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: clock.timeout(SEND_MS),
    })
    await response.body?.cancel()
    if (response.ok) return 'sent'
    log({ event: 'slack.answer.refused', status: response.status })
    return response.status < 500 ? 'refused' : 'lost'
  } catch (error) {
    log({ event: 'slack.answer.failed', error })
    return 'lost'
  }
}
