import type { App, Receiver, ReceiverEvent } from '@slack/bolt'
import type { Clock } from '../../clock.ts'
import type { Inbound } from '../../delivery/platform.ts'
import type { Log } from '../../log.ts'
import { whyUnread } from './envelope.ts'
import { createSignatureCheck } from './signature.ts'

/** Slack waits 3 s for its 200; the rest of the way is left to the network. */
const ANSWER_MS = 2500
const BODY_BYTES = 1024 * 1024

interface HttpOptions {
  readonly signingSecret: string
  readonly clock: Clock
  readonly log: Log
}

/** Slack's requests on the public listener, handed to Bolt once they are proved to be Slack's. */
export function createHttpReceiver({
  signingSecret,
  clock,
  log,
}: HttpOptions): Receiver & { readonly inbound: Inbound } {
  const isSlacks = createSignatureCheck(signingSecret, clock)
  let app: App | undefined

  /** What Bolt's listener acknowledges with; nothing when none does in time. */
  async function acknowledged(body: Readonly<Record<string, unknown>>, headers: Headers): Promise<unknown> {
    const bolt = app
    if (bolt === undefined) return undefined
    const done = new AbortController()
    try {
      return await new Promise<unknown>((resolve) => {
        const retryNum = headers.get('x-slack-retry-num')
        const event: ReceiverEvent = {
          body: { ...body },
          ack: async (answer?: unknown) => resolve(answer),
          ...(retryNum === null ? {} : { retryNum: Number(retryNum) }),
        }
        bolt.processEvent(event).then(
          () => resolve(undefined),
          (error: unknown) => {
            log({ event: 'slack.request.failed', error })
            resolve(undefined)
          },
        )
        clock.sleep(ANSWER_MS, done.signal).then(
          () => resolve(undefined),
          () => {},
        )
      })
    } finally {
      done.abort()
    }
  }

  async function handle(request: Request): Promise<Response> {
    if (new URL(request.url).pathname !== '/slack/events') return status(404)
    if (request.method !== 'POST') return status(405)
    const type = mediaType(request)
    if (type === undefined) return status(415)
    const body = await bodyOf(request)
    if (body === undefined) return status(413)
    if (!isSlacks(request.headers, body)) {
      log({ event: 'slack.request.refused' })
      return status(401)
    }
    const read = readBody(type, body)
    if (read === undefined) return status(400)
    if (read.type === 'url_verification') {
      return typeof read.challenge === 'string' ? Response.json({ challenge: read.challenge }) : status(400)
    }
    if (read.ssl_check !== undefined) return status(200)
    const why = whyUnread(undefined, read)
    if (why !== undefined) {
      log({ event: 'slack.request.dropped', why })
      return status(200)
    }
    // Slack tries an event again later; what people typed is better told to have failed.
    if (app === undefined) return status(503)
    const answer = await acknowledged(read, request.headers)
    if (answer === undefined || answer === '') return status(200)
    return typeof answer === 'string' ? new Response(answer) : Response.json(answer)
  }

  return {
    inbound: { prefix: '/slack/', handle },
    init: (bolt) => {
      app = bolt
    },
    start: async () => {},
    stop: async () => {
      app = undefined
    },
  }
}

function status(code: number): Response {
  return new Response(null, { status: code })
}

function mediaType(request: Request): 'json' | 'form' | undefined {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json') return 'json'
  return type === 'application/x-www-form-urlencoded' ? 'form' : undefined
}

/** The raw bytes, or undefined when they are too many. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES) return undefined
  if (request.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body) {
    length += chunk.byteLength
    if (length > BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Events are JSON; commands are form fields, interactions JSON in the field `payload`. */
function readBody(type: 'json' | 'form', bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = Buffer.from(bytes).toString('utf8')
  if (type === 'json') return objectIn(text)
  const fields = new URLSearchParams(text)
  const payload = fields.get('payload')
  return payload === null ? Object.fromEntries(fields) : objectIn(payload)
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : undefined
  } catch {
    return undefined
  }
}
