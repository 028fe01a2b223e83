import { type App, type Logger, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { answerOf, withRetryAfter } from './api.ts'
import { type Envelope, idsOf, isPlainlyAcknowledged, readFrame } from './envelope.ts'
import { createOnce } from './once.ts'

interface SocketOptions {
  readonly appToken: string
  readonly apiUrl: string
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly log: Log
}

const CONNECT_MS = 20_000
/** A connection that lived so long was a good one. */
const GOOD_MS = 10_000
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
const CLOSE_MS = 1000

export interface SocketReceiver extends Receiver {
  /** The first connection. */
  readonly connected: Promise<void>
  /** Told of each connection from now on, and of one that stands. */
  onConnected(tell: () => void): void
}

/**
 * Socket Mode, kept up by us: Slack ends every connection after some hours, and the library's own way of coming back
 * lets one refused request end the process.
 */
export function createSocketReceiver(options: SocketOptions): SocketReceiver {
  const { appToken, apiUrl, clock, fetch: ask, log } = options
  const stopping = new AbortController()
  const connected = Promise.withResolvers<void>()
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: loggerTo(log),
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        fetch: async (url, init) => {
          const signal = AbortSignal.any([stopping.signal, clock.timeout(CONNECT_MS)])
          return withRetryAfter(await ask(url, { ...init, signal }))
        },
      },
    },
  })
  const { client } = receiver
  const isNew = createOnce(clock)
  let app: App | undefined
  let running: Promise<void> = Promise.resolve()
  let told = () => {}
  let stands = false

  // The library's own reader takes for granted what a frame holds, and an error in it ends the process.
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown) => {
    const frame = readFrame(data)
    switch (frame.kind) {
      case 'hello':
        client.emit('connected')
        return
      case 'disconnect':
        client.websocket?.disconnect()
        return
      case 'dropped': {
        const { kind: _, ...what } = frame
        log({ event: 'slack.envelope.dropped', ...what })
        // Unacknowledged, it would come again.
        if (frame.envelopeId !== undefined) acknowledge(frame.envelopeId).catch(() => {})
        return
      }
      case 'envelope':
        void hear(frame.envelope).catch((error: unknown) => log({ event: 'slack.request.failed', error }))
    }
  })

  async function hear(envelope: Envelope): Promise<void> {
    const { id, type, payload, retryNum, retryReason } = envelope
    // Each is kept, whichever of them was seen before.
    if (idsOf(envelope).map(isNew).includes(false)) {
      log({ event: 'slack.envelope.repeated', type, envelopeId: id })
      if (isPlainlyAcknowledged(envelope)) await acknowledge(id)
      return
    }
    let answered = false
    await app?.processEvent({
      body: { ...payload },
      ack: async (answer?: unknown) => {
        if (answered) return
        answered = true
        await acknowledge(id, answer)
      },
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    })
  }

  /** Rejects when there is no connection to say it over. */
  function acknowledge(id: string, answer?: unknown): Promise<void> {
    const { websocket } = client
    if (websocket?.isActive() !== true) return Promise.reject(new Error('there is no connection to Slack now'))
    const payload = typeof answer === 'string' ? (answer === '' ? {} : { text: answer }) : (answer ?? {})
    return new Promise((resolve, reject) =>
      websocket.send(JSON.stringify({ envelope_id: id, payload }), (error) => (error ? reject(error) : resolve())),
    )
  }

  /** From the first word to the last of one connection; how long it lived, undefined when it never did. */
  async function connectOnce(): Promise<number | undefined> {
    const ended = Promise.withResolvers<void>()
    client.once('disconnected', ended.resolve)
    const limit = new AbortController()
    clock.sleep(CONNECT_MS, limit.signal).then(
      () => hangUp(client),
      () => {},
    )
    try {
      await client.start()
    } catch (error) {
      client.off('disconnected', ended.resolve)
      throw error
    } finally {
      limit.abort()
    }
    const since = clock.now()
    connected.resolve()
    log({ event: 'slack.socket.connected' })
    stands = true
    told()
    await ended.promise
    stands = false
    return clock.now() - since
  }

  async function keepUp(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      let quiet = 0
      const lived = await connectOnce().catch((error: unknown) => {
        const answer = answerOf(error)
        if (answer.kind === 'throttled') quiet = answer.retryAfterMs
        if (!stopping.signal.aborted) log({ event: 'slack.socket.failed', error: errorOf(error) })
        return undefined
      })
      failures = lived !== undefined && lived >= GOOD_MS ? 0 : failures + 1
      const wait = failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1))
      await clock.sleep(Math.max(wait, quiet), stopping.signal).catch(() => {})
    }
  }

  return {
    connected: connected.promise,
    onConnected(tell) {
      told = tell
      if (stands) tell()
    },
    init: (bolt: App) => {
      app = bolt
    },
    start: async () => {
      running = keepUp()
    },
    stop: async () => {
      stopping.abort()
      const closed = new AbortController()
      hangUp(client)
      clock.sleep(CLOSE_MS, closed.signal).then(
        // Said twice, it does not wait for Slack to agree.
        () => hangUp(client),
        () => {},
      )
      await Promise.race([running, clock.sleep(3 * CLOSE_MS, closed.signal).catch(() => {})])
      closed.abort()
    },
  }
}

function hangUp(client: SocketModeReceiver['client']): void {
  client.disconnect().catch(() => {})
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error('the connection closed before Slack said hello')
}

/** Warnings and worse, without the payloads and addresses that the library writes along. */
export function loggerTo(log: Log): Logger {
  const tell = (level: string) => (message: unknown) =>
    log({
      event: 'slack.library',
      level,
      text: String(message)
        .replace(/\b(?:wss?|https?):\/\/\S+/g, '[address]')
        .slice(0, 300),
    })
  return {
    debug: () => {},
    info: () => {},
    warn: tell('warn'),
    error: tell('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  }
}
