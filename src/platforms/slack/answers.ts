import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { createAllowance } from './allowance.ts'
import type { CallSlack } from './api.ts'
import type { SlackPayload } from './render.ts'
import { respond } from './response-url.ts'

/** The way back to whoever asked: the response_url, used at most five times in half an hour, else the Web API. */
export interface AnswerWay {
  /** Private to the asker, or to the channel; never rejects, what is lost is logged. */
  send(payloads: readonly SlackPayload[], to: 'asker' | 'channel'): Promise<void>
  /** One word in between, private; a second one is left out. */
  progress(payloads: readonly SlackPayload[]): Promise<void>
}

/** What all answers share: how many may go. */
export type AnswerRates = ReturnType<typeof createAnswerRates>

export function createAnswerRates(clock: Pick<Clock, 'now'>) {
  return {
    /** A message a second and channel, "short bursts of more than 1" let through (docs.slack.dev, rate limits). */
    inChannel: createAllowance(clock, { atOnce: 3, everyMs: 1020 }),
    /** chat.postEphemeral is of tier 4: 100 a minute and more. */
    ephemeral: createAllowance(clock, { atOnce: 20, everyMs: 780 }),
  }
}

interface AnswerOptions {
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
  readonly call: CallSlack
  isAllowed(url: string): boolean
  readonly rates: AnswerRates
  readonly stopping: AbortSignal
}

interface AnswerTarget {
  readonly responseUrl?: string
  readonly conversation: string
  readonly userId: string
  readonly thread?: string
  /** What was pressed is private to the asker, and the answer takes its place. */
  readonly inPlace?: boolean
}

/** docs.slack.dev, handling user interaction. */
const USES = 5
const USABLE_MS = 29 * 60_000
/** Webhooks take one message a second (docs.slack.dev, rate limits). */
const APART_MS = 1000
/** Nobody waits for an answer longer than that. */
const PATIENCE_MS = 5 * 60_000

/** Errors that say that the bot is not in the conversation (docs.slack.dev, chat.postEphemeral). */
const NOT_THERE: readonly string[] = ['channel_not_found', 'not_in_channel', 'user_not_in_channel']

export function answerWay(options: AnswerOptions, target: AnswerTarget): AnswerWay {
  const { clock, log, rates, stopping } = options
  const { responseUrl, inPlace = false, conversation } = target
  const until = clock.now() + USABLE_MS
  let uses = 0
  let spoken = false
  /** The Web API does not take what is for this place or person: only the response_url is left. */
  let shut = false

  const usable = () => responseUrl !== undefined && options.isAllowed(responseUrl) && uses < USES && clock.now() < until
  const apiLane = (to: 'asker' | 'channel') =>
    to === 'asker' ? ([rates.ephemeral, ''] as const) : ([rates.inChannel, conversation] as const)

  /** By the one way where it is its turn, else by the other, else by the first that it is its turn on. */
  async function sendOne(payload: SlackPayload, to: 'asker' | 'channel', replaces: boolean): Promise<void> {
    const [api, lane] = apiLane(to)
    let turn: 'url' | 'api' | undefined
    for (const end = clock.now() + PATIENCE_MS; usable() || !shut; ) {
      if (turn !== 'api' && usable() && (turn === 'url' || rates.inChannel.take(conversation))) {
        if ((await byUrl(payload, to, replaces)) !== 'refused') return
      }
      if (!shut && (turn === 'api' || api.take(lane))) {
        if (await byApi(payload, to)) return
      }
      turn = usable() ? 'url' : 'api'
      const wait = turn === 'url' ? rates.inChannel.reserve(conversation) : api.reserve(lane)
      if (clock.now() + wait > end) break
      await clock.sleep(wait, stopping)
    }
    log({ event: 'slack.answer.failed', answer: 'not taken' })
  }

  async function byUrl(payload: SlackPayload, to: 'asker' | 'channel', replaces: boolean) {
    uses++
    const sent = await respond(options, responseUrl ?? '', {
      ...payload,
      response_type: to === 'asker' ? 'ephemeral' : 'in_channel',
      replace_original: replaces,
      ...threaded,
    })
    if (typeof sent === 'string') return sent
    uses--
    rates.inChannel.heed(conversation, sent.retryAfterMs)
    return 'refused'
  }

  const threaded = target.thread === undefined ? {} : { thread_ts: target.thread }

  /** False when it was not taken. */
  async function byApi(payload: SlackPayload, to: 'asker' | 'channel'): Promise<boolean> {
    const place = { channel: conversation, ...threaded }
    const answer =
      to === 'channel'
        ? await options.call('chat.postMessage', { ...place, ...payload })
        : await options.call('chat.postEphemeral', { ...place, user: target.userId, ...payload })
    if (answer.kind === 'ok') return true
    const [api, lane] = apiLane(to)
    if (answer.kind === 'throttled') {
      api.heed(lane, answer.retryAfterMs)
      return false
    }
    // Where the bot is not, the response_url is the way, and nothing is amiss; an answer that finds none is told of at its end.
    const elsewhere = answer.kind === 'error' && NOT_THERE.includes(answer.error)
    log({
      event: elsewhere ? 'slack.answer.elsewhere' : 'slack.answer.failed',
      answer: answer.kind === 'error' ? answer.error : answer.kind,
    })
    shut = answer.kind === 'error'
    return !shut
  }

  return {
    async send(payloads, to) {
      try {
        for (const [at, payload] of payloads.entries()) {
          if (at > 0 || spoken) await clock.sleep(APART_MS, stopping)
          spoken = true
          await sendOne(payload, to, inPlace && to === 'asker' && at === 0)
        }
      } catch (error) {
        log({ event: 'slack.answer.failed', error })
      }
    },
    async progress(payloads) {
      const [payload] = payloads
      if (spoken || payload === undefined) return
      spoken = true
      await sendOne(payload, 'asker', false).catch((error: unknown) => log({ event: 'slack.answer.failed', error }))
    },
  }
}
