import { App, type Receiver } from '@slack/bolt'
import type { Clock } from '../../clock.ts'
import type { Handlers } from '../../delivery/platform.ts'
import type { Log } from '../../log.ts'
import type { ChannelId } from '../../message/channel.ts'
import type { Message } from '../../message/message.ts'
import type { Store } from '../../store/store.ts'
import { createAnswerRates } from './answers.ts'
import type { CallSlack } from './api.ts'
import type { Desk } from './desk.ts'
import { createDirectory, type Directory } from './directory.ts'
import { platformEvent } from './events.ts'
import { answerForm, answerLookup } from './forms.ts'
import type { Identity, Introduction } from './identity.ts'
import { createOnce } from './once.ts'
import { eventPayload } from './payloads.ts'
import { answerCommand, answerPress } from './questions.ts'
import { channelsReturned } from './returns.ts'
import { isSlacks, type SlackConnection } from './settings.ts'
import { createSocketReceiver, loggerTo } from './socket-receiver.ts'

/** Where Slack's questions and events come in. */
export interface Reception {
  /** Resolves once questions are answered, or after 10 s with Slack still out of reach: then it goes on trying. */
  start(handlers: Handlers, signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}

interface ReceptionOptions {
  readonly settings: SlackConnection
  /** Slack's requests over HTTP, where they are taken. */
  readonly http?: Receiver
  readonly clock: Clock
  readonly log: Log
  readonly fetch: typeof fetch
  readonly store: Store
  readonly call: CallSlack
  introduce(signal?: AbortSignal): Promise<Introduction>
  sayAll(channel: ChannelId, message: Message): Promise<void>
}

const CONNECT_MS = 10_000
const FINISH_MS = 2000

export function createReception(options: ReceptionOptions): Reception {
  const { settings, http, clock, log } = options
  const { appToken, apiUrl } = settings
  const socket =
    appToken === undefined ? undefined : createSocketReceiver({ appToken, apiUrl, clock, fetch: options.fetch, log })
  const receivers: readonly Receiver[] = [http, socket].filter((each) => each !== undefined)
  const receiver: Receiver = {
    init: (app) => {
      for (const each of receivers) each.init(app)
    },
    start: () => Promise.all(receivers.map((each) => each.start())),
    stop: () => Promise.all(receivers.map((each) => each.stop())),
  }
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()
  let directory: Directory | undefined

  async function identity(): Promise<Identity> {
    const introduction = await options.introduce()
    if (introduction.kind === 'known') return introduction.identity
    throw new Error(`Slack does not say who we are: ${introductionTrouble(introduction)}`)
  }

  /** What people wait for no longer keeps the acknowledgement waiting; what goes wrong is logged. */
  async function tracked(task: Promise<unknown>): Promise<void> {
    const quiet = task.catch((error: unknown) => log({ event: 'slack.question.failed', error }))
    running.add(quiet)
    await quiet.finally(() => running.delete(quiet))
  }

  async function start(handlers: Handlers, signal: AbortSignal): Promise<void> {
    const desk: Desk = {
      ...options,
      handlers,
      identity,
      directory: (known) => {
        directory ??= createDirectory(options.call, known, clock)
        return directory
      },
      isAllowed: (url) => URL.canParse(url) && (isSlacks(url) || !isSlacks(apiUrl)),
      rates: createAnswerRates(clock),
      stopping: AbortSignal.any([stopping.signal, signal]),
    }
    const app = new App({
      receiver,
      convoStore: false,
      logger: loggerTo(log),
      clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
      // Nothing is asked of Slack before the acknowledgement; the library needs our ids only to leave out our own events.
      authorize: async () => ({}),
    })
    listen(app, desk)
    await receiver.start()
    await introduceAtStart()
    // Over Socket Mode what happened while there was no connection is told by nobody.
    if (socket === undefined) void tracked(lookForReturns(desk))
    else socket.onConnected(() => void tracked(lookForReturns(desk)))
    if (socket !== undefined) {
      const waiting = new AbortController()
      await Promise.race([
        socket.connected,
        clock.sleep(CONNECT_MS, AbortSignal.any([waiting.signal, signal])).catch(() => {}),
      ])
      waiting.abort()
    }
  }

  /** What was parked goes on where its reason is gone. */
  async function lookForReturns({ handlers, stopping }: Desk): Promise<void> {
    const introduction = await options.introduce()
    if (introduction.kind !== 'known') return
    const { identity } = introduction
    const events = await channelsReturned({ ...options, identity, signal: stopping })
    for (const event of events) await handlers.on(event)
  }

  /** A wrong token is told at once; the program goes on, for other platforms have nothing to do with it. */
  async function introduceAtStart(): Promise<void> {
    const introduction = await options.introduce()
    if (introduction.kind === 'known') {
      const { team, userName } = introduction.identity
      log({ event: 'slack.introduced', team, bot: userName })
    } else log({ event: 'slack.introduction.failed', why: introductionTrouble(introduction) })
  }

  function listen(app: App, desk: Desk): void {
    const isNew = createOnce(clock)
    app.command(/^\//, async ({ ack, body }) => {
      await acknowledge(ack())
      await tracked(answerCommand(desk, body))
    })
    app.action(/^/, async ({ ack, body }) => {
      await acknowledge(ack())
      await tracked(answerPress(desk, body))
    })
    app.view(/^/, async ({ ack, body }) => {
      const answer = await answerForm(desk, body).catch((error: unknown) => {
        log({ event: 'slack.question.failed', error })
        return undefined
      })
      await acknowledge(ack(answer))
    })
    app.view({ callback_id: /^/, type: 'view_closed' }, ({ ack }) => acknowledge(ack()))
    app.options(/^/, async ({ ack, body }) => {
      const answer = await answerLookup(desk, body).catch((error: unknown) => {
        log({ event: 'slack.question.failed', error })
        return { options: [] }
      })
      await acknowledge(ack(answer))
    })
    app.shortcut(/^/, ({ ack }) => acknowledge(ack()))
    app.event(/^/, async ({ body }) => {
      const payload = eventPayload.safeParse(body)
      if (!payload.success || (payload.data.event_id !== undefined && !isNew(payload.data.event_id))) return
      await tracked(happened(desk, payload.data))
    })
    app.error(async (error) => log({ event: 'slack.request.failed', error }))
  }

  async function happened(desk: Desk, payload: Parameters<typeof platformEvent>[0]): Promise<void> {
    const known = await identity()
    const event = await platformEvent(payload, known, desk.directory(known))
    if (event === undefined) return
    const message = await desk.handlers.on(event)
    if (message !== undefined && 'channel' in event) await options.sayAll(event.channel, message)
  }

  /** A connection that breaks meanwhile takes the acknowledgement with it, but not the question. */
  async function acknowledge(acknowledging: Promise<unknown>): Promise<void> {
    await acknowledging.catch((error: unknown) => log({ event: 'slack.acknowledgement.failed', error }))
  }

  return {
    start,
    async stop() {
      stopping.abort(new DOMException('The program stops.', 'AbortError'))
      await receiver.stop()
      const limit = new AbortController()
      await Promise.race([Promise.all(running), clock.sleep(FINISH_MS, limit.signal).catch(() => {})])
      limit.abort()
    },
  }
}

function introductionTrouble(introduction: Exclude<Introduction, { kind: 'known' }>): string {
  switch (introduction.kind) {
    case 'error':
      return `${introduction.error}; \`paperboy doctor\` says what to do`
    case 'throttled':
      return 'it wants quiet'
    case 'failed':
      return introduction.cause
  }
}
