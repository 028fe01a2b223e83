import { createHmac } from 'node:crypto'
import type { Clock } from '../../../src/clock.ts'
import type { LogEvent } from '../../../src/log.ts'

export const API = 'https://slack.test/api/'
export const SECRET = 'signing-secret-of-the-test'
export const TEAM = 'T012'
export const BOT = { user_id: 'U0BOT', bot_id: 'B0BOT' }

/** Time that passes only while somebody sleeps; nobody's time-out ever comes. */
export function sleepingClock(
  start = '2026-11-24T09:00:00Z',
): Clock & { pass(ms: number): void; readonly slept: number[] } {
  let now = Date.parse(start)
  const slept: number[] = []
  return {
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      // Limits on how long something may take are not what passes the time.
      if (ms >= 2000)
        return new Promise((_, reject) =>
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true }),
        )
      slept.push(ms)
      now += Math.max(0, ms)
    },
    timeout: () => new AbortController().signal,
    pass: (ms) => {
      now += ms
    },
    slept,
  }
}

export interface Sent {
  readonly method: string
  readonly args: Readonly<Record<string, string>>
  readonly at: number
}

type Answering = (args: Readonly<Record<string, string>>) => unknown

interface Standing {
  readonly ts: string
  readonly [field: string]: unknown
}

/** As much of Slack's Web API as these tests need, in the process. */
export function slackStub(clock: Pick<Clock, 'now'>) {
  const sent: Sent[] = []
  const responses: { readonly url: string; readonly body: Readonly<Record<string, unknown>> }[] = []
  const conversations = new Map<string, Standing[]>()
  /** Taken by the next request of a method, or of any. */
  const faults: {
    readonly method?: string
    readonly act: (carryOut: () => unknown, signal?: AbortSignal) => Promise<Response>
  }[] = []
  const methods = new Map<string, Answering>()
  let count = 0

  const messagesIn = (channel: string) => {
    const found = conversations.get(channel) ?? []
    conversations.set(channel, found)
    return found
  }
  const json = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text))
  const contentOf = ({ text, blocks, metadata }: Readonly<Record<string, string>>) => ({
    text,
    blocks: json(blocks),
    metadata: json(metadata),
  })

  methods.set('auth.test', () => ({
    ok: true,
    team_id: TEAM,
    team: 'Team',
    url: 'https://team.slack.com/',
    user: 'paperboy',
    ...BOT,
  }))
  methods.set('chat.postMessage', (args) => {
    const { channel = '', thread_ts } = args
    const ts = `${Math.floor(clock.now() / 1000)}.${String(++count).padStart(6, '0')}`
    messagesIn(channel).push({
      ts,
      type: 'message',
      user: BOT.user_id,
      bot_id: BOT.bot_id,
      ...contentOf(args),
      ...(thread_ts === undefined ? {} : { thread_ts }),
    })
    return { ok: true, channel, ts }
  })
  methods.set('chat.update', (args) => {
    const { channel = '', ts } = args
    const messages = messagesIn(channel)
    const place = messages.findIndex((each) => each.ts === ts)
    const before = messages[place]
    if (before === undefined) return { ok: false, error: 'message_not_found' }
    messages[place] = { ...before, ...contentOf(args) }
    return { ok: true, channel, ts }
  })
  methods.set('conversations.history', ({ channel = '', limit = '100', cursor = '0' }) => {
    const all = messagesIn(channel)
      .filter((each) => each.thread_ts === undefined)
      .map((each) => {
        const replies = messagesIn(channel).filter((reply) => reply.thread_ts === each.ts).length
        return replies === 0 ? each : { ...each, thread_ts: each.ts, reply_count: replies }
      })
      .toReversed()
    return page(all, Number(cursor), Number(limit))
  })
  methods.set('conversations.replies', ({ channel = '', ts, limit = '100', cursor = '0' }) =>
    page(
      messagesIn(channel).filter((each) => each.ts === ts || each.thread_ts === ts),
      Number(cursor),
      Number(limit),
    ),
  )
  methods.set('conversations.open', ({ users }) => ({ ok: true, channel: { id: `D${users}` } }))
  methods.set('conversations.info', ({ channel }) => ({
    ok: true,
    channel: { id: channel, name: 'papers', creator: 'U0CREATOR', is_member: true },
  }))
  methods.set('users.info', ({ user }) => ({
    ok: true,
    user: { id: user, team_id: TEAM, name: 'ada', tz: 'Europe/London', is_admin: user === 'U0ADMIN' },
  }))
  for (const method of ['chat.postEphemeral', 'views.open', 'conversations.join', 'apps.connections.open'])
    methods.set(method, () => ({ ok: true }))

  const stubFetch: typeof fetch = async (input, init) => {
    init?.signal?.throwIfAborted()
    const url = String(input)
    const body = String(init?.body ?? '')
    if (!url.startsWith(API)) {
      responses.push({ url, body: JSON.parse(body) })
      return new Response('ok')
    }
    const method = url.slice(API.length)
    const args = Object.fromEntries(new URLSearchParams(body))
    sent.push({ method, args, at: clock.now() })
    const carryOut = () => methods.get(method)?.(args) ?? { ok: false, error: 'unknown_method' }
    const fault = faults.findIndex((each) => (each.method ?? method) === method)
    if (fault >= 0) {
      const [taken] = faults.splice(fault, 1)
      if (taken !== undefined) return taken.act(carryOut, init?.signal ?? undefined)
    }
    return Response.json(carryOut(), { headers: { 'x-oauth-scopes': 'commands,chat:write' } })
  }

  return {
    fetch: stubFetch,
    sent,
    responses,
    methods,
    messagesIn,
    /** What the next request of the method gets in place of an answer. */
    fault(method: string, act: (carryOut: () => unknown, signal?: AbortSignal) => Promise<Response>) {
      faults.push({ method, act })
    },
    answer(method: string, body: unknown) {
      faults.push({ method, act: async () => Response.json(body) })
    },
  }
}

export const loseReply = async (carryOut: () => unknown): Promise<Response> => {
  carryOut()
  throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') })
}

export const loseRequest = async (): Promise<Response> => {
  throw new TypeError('fetch failed', { cause: new Error('connect ETIMEDOUT') })
}

export const hang = (_carryOut: () => unknown, signal?: AbortSignal): Promise<Response> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }))

export const throttle = (seconds?: number) => async () =>
  new Response('', { status: 429, ...(seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } }) })

/** A request as Slack signs it. */
export function signed(
  body: string,
  {
    at,
    secret = SECRET,
    type = 'application/x-www-form-urlencoded',
    path = '/slack/events',
    headers = {},
  }: {
    readonly at: number
    readonly secret?: string
    readonly type?: string
    readonly path?: string
    readonly headers?: Readonly<Record<string, string>>
  },
): Request {
  const timestamp = String(Math.floor(at / 1000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return new Request(`https://paperboy.test${path}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
      ...headers,
    },
  })
}

export const commandBody = (text: string, over: Readonly<Record<string, string>> = {}) =>
  String(
    new URLSearchParams({
      command: '/papers',
      text,
      team_id: TEAM,
      channel_id: 'C345',
      user_id: 'U0ADA',
      user_name: 'ada',
      response_url: 'https://hooks.slack.test/commands/1',
      trigger_id: '1.2.3',
      ...over,
    }),
  )

export const interactionBody = (payload: object) =>
  String(
    new URLSearchParams({
      payload: JSON.stringify({
        team: { id: TEAM },
        user: { id: 'U0ADA', team_id: TEAM, username: 'ada' },
        response_url: 'https://hooks.slack.test/actions/1',
        trigger_id: '1.2.3',
        ...payload,
      }),
    }),
  )

/** A log that keeps what it was told. */
export function keptLog() {
  const events: LogEvent[] = []
  return { log: (event: LogEvent) => void events.push(event), events }
}

/** Lets what was started go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function page(all: readonly Standing[], from: number, limit: number) {
  const next = from + limit < all.length ? String(from + limit) : ''
  return {
    ok: true,
    messages: all.slice(from, from + limit),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  }
}
