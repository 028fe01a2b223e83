import type { Actor, Platform, PlatformHouse, PostResult } from '../../delivery/platform.ts'
import type { ChannelId } from '../../message/channel.ts'
import { channelParts, parseChannel } from '../../message/channel.ts'
import type { Message } from '../../message/message.ts'
import type { Receipt } from '../../store/records.ts'
import { slackApi } from './api.ts'
import { createDirectory } from './directory.ts'
import { findPart, PART_EVENT, partBlockId } from './history.ts'
import { createHttpReceiver } from './http-receiver.ts'
import { createIntroduction, type Identity } from './identity.ts'
import { outcomeOf } from './outcomes.ts'
import { createPace, EDITING, type Pace, POSTING } from './pace.ts'
import { checkPlace } from './place-check.ts'
import { recallParts } from './recall.ts'
import { createReception } from './reception.ts'
import { renderSlack, type SlackPayload } from './render.ts'
import type { SlackConnection } from './settings.ts'

/** One workspace of Slack: digests go out by chat.postMessage, questions come by Socket Mode or over HTTP. */
export function createSlack(
  settings: SlackConnection,
  house: Pick<PlatformHouse, 'clock' | 'fetch' | 'log' | 'store'>,
): Platform {
  const { clock, log } = house
  const call = slackApi({ ...settings, token: settings.botToken, fetch: house.fetch, clock })
  const introduce = createIntroduction(call)
  const posting = createPace(clock, POSTING)
  const editing = createPace(clock, EDITING)
  const directs = new Map<string, string>()

  /** Where a channel of ours is on Slack; or why nothing can be sent there. */
  async function placeOf(
    channel: ChannelId,
    signal?: AbortSignal,
  ): Promise<Place | Exclude<PostResult, { kind: 'posted' }>> {
    const introduction = await introduce(signal)
    if (introduction.kind !== 'known') return notSent(outcomeOf(introduction))
    const { identity } = introduction
    const { tenant, place } = channelParts(channel)
    if (tenant !== identity.tenant) {
      const detail = `SLACK_BOT_TOKEN is of ${identity.team}, and the channel of another workspace`
      return { kind: 'refused', reason: 'unauthorized', until: 'permitted', detail }
    }
    if (!place.startsWith('@')) return { kind: 'place', conversation: place, identity }
    const open = directs.get(place)
    if (open !== undefined) return { kind: 'place', conversation: open, identity }
    const answer = await call('conversations.open', { users: place.slice(1) }, signal)
    if (answer.kind !== 'ok') return notSent(outcomeOf(answer))
    const conversation = idOf(answer.data.channel)
    if (conversation === undefined) return notSent({ kind: 'unknown', cause: 'conversations.open names no channel' })
    directs.set(place, conversation)
    return { kind: 'place', conversation, identity }
  }

  /** One message, in its turn. */
  async function say(place: Place, message: SlackPayload, more: Extras, signal: AbortSignal): Promise<PostResult> {
    const held = await inTurn(posting, place.conversation, signal, 'tenant')
    if (held !== undefined) return held
    const answer = await call(
      'chat.postMessage',
      { channel: place.conversation, ...message, ...LITERAL, ...more },
      signal,
    )
    if (answer.kind === 'throttled') posting.hold(answer.retryAfterMs)
    if (answer.kind !== 'ok') return outcomeOf(answer)
    const { ts } = answer.data
    if (typeof ts !== 'string') return { kind: 'unknown', cause: 'Slack does not say which message it posted' }
    return { kind: 'posted', receipt: receiptOf(place, ts, more.thread_ts) }
  }

  /** The message and its replies, outside any digest; rejects when Slack does not take it. */
  async function sayAll(channel: ChannelId, message: Message): Promise<void> {
    const place = await placeOf(channel)
    if (place.kind !== 'place') throw new Error(`${channel} can’t be written to: ${reasonOf(place)}`)
    let parent: string | undefined
    for (const payload of renderSlack(message)) {
      const extras = parent === undefined ? {} : { thread_ts: parent }
      const result = await say(place, payload, extras, clock.timeout(SAY_MS))
      if (result.kind !== 'posted') throw new Error(`${channel} can’t be written to: ${reasonOf(result)}`)
      parent ??= result.receipt.id
    }
  }

  const { signingSecret } = settings
  const http = signingSecret === undefined ? undefined : createHttpReceiver({ signingSecret, clock, log })
  const ways = http === undefined ? {} : { http }
  const reception = createReception({
    ...ways,
    settings,
    clock,
    log,
    fetch: house.fetch,
    store: house.store,
    call,
    introduce,
    sayAll,
  })

  return {
    name: 'slack',
    ...(http === undefined ? {} : { inbound: http.inbound }),

    start: (handlers, signal) => reception.start(handlers, signal),

    async post(channel, part, signal) {
      if (signal.aborted) return GIVEN_UP
      const payload = onlyPayload(part.message)
      if (payload === undefined) return TOO_BIG
      const place = await placeOf(channel, signal)
      if (place.kind !== 'place') return place
      const thread = part.parent === undefined ? {} : { thread_ts: part.parent.id }
      return say(place, marked(payload, part.key), { ...metadataOf(part.key), ...thread }, signal)
    },

    async find(channel, part, since, signal) {
      const place = await placeOf(channel, signal)
      if (place.kind === 'refused') return { kind: 'cannot-look', why: place.detail }
      if (place.kind !== 'place') throw new Error(`${channel} can’t be looked at: ${reasonOf(place)}`)
      return findPart(call, { ...place, receiptOf: (ts, parent) => receiptOf(place, ts, parent) }, part, since, signal)
    },

    async recall(channel, since, signal) {
      const place = await placeOf(channel, signal)
      if (place.kind === 'refused') return { kind: 'cannot-look', why: place.detail }
      if (place.kind !== 'place') throw new Error(`${channel} can’t be looked at: ${reasonOf(place)}`)
      return recallParts(call, { ...place, receiptOf: (ts, parent) => receiptOf(place, ts, parent) }, since, signal)
    },

    async edit(channel, receipt, part, signal) {
      if (signal.aborted) return GIVEN_UP
      const payload = onlyPayload(part.message)
      if (payload === undefined) return { ...TOO_BIG, until: 'never' }
      const place = await placeOf(channel, signal)
      if (place.kind !== 'place') return place
      const held = await inTurn(editing, place.conversation, signal, 'channel')
      if (held !== undefined) return held
      const { text, blocks } = marked(payload, part.key)
      const target = { channel: place.conversation, ts: receipt.id }
      const answer = await call('chat.update', { ...target, text, blocks, ...LITERAL, ...metadataOf(part.key) }, signal)
      if (answer.kind === 'throttled') editing.hold(answer.retryAfterMs)
      return answer.kind === 'ok' ? { kind: 'posted', receipt } : outcomeOf(answer)
    },

    async checkPlace(actor, channel, signal) {
      const place = await placeOf(channel, signal)
      if (place.kind !== 'place')
        return { kind: 'wrong', why: `Slack says: ${reasonOf(place)}.`, next: 'Try again in a minute.' }
      const directory = createDirectory(call, place.identity, clock)
      return checkPlace(call, directory, place.identity, actor, place.conversation, signal)
    },

    async tell(actor: Actor, message) {
      const direct = parseChannel(`${actor.tenant}/@${actor.id}`)
      if (direct === undefined) throw new Error(`${actor.id} is nobody on Slack`)
      await sayAll(direct, message)
    },

    async stop() {
      await reception.stop()
    },
  }
}

interface Place {
  readonly kind: 'place'
  readonly conversation: string
  readonly identity: Identity
}

interface Extras {
  readonly thread_ts?: string
  readonly metadata?: unknown
}

const SAY_MS = 30_000

/** `text` is not parsed for markup, names or addresses; blocks carry what is shown. */
const LITERAL = { mrkdwn: false, parse: 'none', link_names: false }

const GIVEN_UP: PostResult = { kind: 'unknown', cause: 'it was given up before it was asked for' }

const TOO_BIG = {
  kind: 'refused',
  reason: 'too-big',
  until: 'plainer',
  detail: 'the message is too long for Slack',
} as const satisfies PostResult

/** A part is one message: several could not be posted at once, nor found again as one. */
function onlyPayload(message: Message): SlackPayload | undefined {
  const [payload, ...more] = renderSlack(message)
  return more.length === 0 ? payload : undefined
}

/** With the part's key in the first block, which comes back with the message. */
function marked(payload: SlackPayload, key: string): SlackPayload {
  const blocks = payload.blocks.map((block, at) => (at === 0 ? { ...block, block_id: partBlockId(key) } : block))
  return { ...payload, blocks }
}

function metadataOf(key: string) {
  return { metadata: { event_type: PART_EVENT, event_payload: { key } } }
}

/** The message's own address, as chat.getPermalink would tell it. */
function receiptOf({ conversation, identity: { url } }: Place, ts: string, parent?: string): Receipt {
  const thread = parent === undefined ? '' : `?thread_ts=${parent}&cid=${conversation}`
  return {
    id: ts,
    ...(url === undefined ? {} : { url: `${url}archives/${conversation}/p${ts.replace('.', '')}${thread}` }),
    ...(parent === undefined ? {} : { parent }),
  }
}

/** Why the request can't go now; undefined when it is its turn. */
async function inTurn(
  pace: Pace,
  lane: string,
  signal: AbortSignal,
  scope: 'channel' | 'tenant',
): Promise<PostResult | undefined> {
  try {
    const turn = await pace.turn(lane, signal)
    return turn.kind === 'go' ? undefined : { kind: 'throttled', retryAfterMs: turn.waitMs, scope }
  } catch {
    return GIVEN_UP
  }
}

const RETRY_MS = 10_000

/** A question that had to be answered first failed: nothing was posted, so that nothing has to be looked for. */
function notSent(result: PostResult): Exclude<PostResult, { kind: 'posted' }> {
  if (result.kind === 'unknown') return { kind: 'throttled', retryAfterMs: RETRY_MS, scope: 'platform' }
  if (result.kind === 'posted') throw new Error('what was not sent can’t be posted')
  return result
}

function reasonOf(result: Exclude<PostResult, { kind: 'posted' }>): string {
  switch (result.kind) {
    case 'throttled':
      return `Slack wants ${Math.ceil(result.retryAfterMs / 1000)} s of quiet`
    case 'refused':
      return result.detail
    case 'unknown':
      return result.cause
  }
}

function idOf(channel: unknown): string | undefined {
  if (typeof channel !== 'object' || channel === null || !('id' in channel)) return undefined
  return typeof channel.id === 'string' ? channel.id : undefined
}
