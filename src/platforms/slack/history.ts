import { z } from 'zod'
import type { FindResult, SoughtPart } from '../../delivery/platform.ts'
import type { Receipt } from '../../store/records.ts'
import type { Answer, CallSlack } from './api.ts'
import type { Identity } from './identity.ts'

export const PART_EVENT = 'paperboy_part'

/** The first block's id: found even where metadata is not shown to us. */
export const partBlockId = (key: string) => `part-${key}`

export interface HistoryPlace {
  /** Slack's id of the conversation. */
  readonly conversation: string
  readonly identity: Identity
  receiptOf(ts: string, parent?: string): Receipt
}

const PAGE = 200
/** 20,000 messages since the request; a busier channel is looked through again later. */
const PAGES = 100

/**
 * Looks for the part among our own messages not older than `since` (epoch ms): in the history, or in the thread of its
 * parent, for history leaves replies out. Rejects when looking failed for now.
 */
export async function findPart(
  call: CallSlack,
  { conversation, identity, receiptOf }: HistoryPlace,
  part: SoughtPart,
  since: number,
  signal: AbortSignal,
): Promise<FindResult> {
  const { parent } = part
  const method = parent === undefined ? 'conversations.history' : 'conversations.replies'
  const asked = {
    channel: conversation,
    oldest: tsOf(since),
    inclusive: true,
    include_all_metadata: true,
    limit: PAGE,
    ...(parent === undefined ? {} : { ts: parent.id }),
  }
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const answer = await call(method, { ...asked, ...(cursor === undefined ? {} : { cursor }) }, signal)
    if (answer.kind === 'error' && parent !== undefined && THREAD_GONE.has(answer.error)) return { kind: 'absent' }
    if (answer.kind !== 'ok') return noLook(method, answer)
    const read = historyPage.safeParse(answer.data)
    if (!read.success) throw new Error(`Slack’s answer to ${method} can’t be read`)
    const found = read.data.messages.find(
      (message) => isOurs(message, identity) && holdsPart(message, part.key) && Number(message.ts) * 1000 >= since,
    )
    if (found !== undefined) {
      const reply = parent !== undefined && found.ts !== parent.id
      return { kind: 'found', receipt: reply ? receiptOf(found.ts, parent.id) : receiptOf(found.ts) }
    }
    cursor = read.data.response_metadata?.next_cursor || undefined
    if (cursor === undefined) {
      if (read.data.has_more === true) throw new Error(`Slack does not say how ${method} goes on`)
      return { kind: 'absent' }
    }
  }
  throw new Error(`${conversation} has had more than ${PAGE * PAGES} messages since then`)
}

/** Seconds with six decimals, as Slack counts. */
export function tsOf(epochMs: number): string {
  return `${(Math.max(0, epochMs) / 1000).toFixed(3)}000`
}

const THREAD_GONE = new Set(['thread_not_found', 'message_not_found'])

/** Errors that say that we may not look. */
const NOT_PERMITTED: Readonly<Record<string, string>> = {
  missing_scope: 'the app lacks a history scope: take the manifest of `paperboy slack manifest` and reinstall the app',
  not_in_channel: 'Paperboy is not in the channel: type /invite @Paperboy there',
  channel_not_found: 'the channel is gone, or Paperboy is not in it: type /invite @Paperboy there',
  no_permission: 'Slack does not permit it',
  access_denied: 'Slack does not permit it',
  ekm_access_denied: 'the workspace’s own encryption keys do not permit it',
  team_access_not_granted: 'the app is not let into that workspace',
  not_allowed_token_type: 'the token is not a bot’s',
  invalid_auth: 'Slack does not accept the token',
  not_authed: 'Slack does not accept the token',
  token_revoked: 'Slack does not accept the token any more',
  token_expired: 'Slack does not accept the token any more',
  account_inactive: 'Slack does not accept the token any more',
}

/** Not permitted is an answer; throws where it may go better later. */
export function noLook(
  method: string,
  answer: Exclude<Answer, { readonly kind: 'ok' }>,
): Extract<FindResult, { readonly kind: 'cannot-look' }> {
  if (answer.kind === 'error') {
    const why = Object.hasOwn(NOT_PERMITTED, answer.error) ? NOT_PERMITTED[answer.error] : undefined
    if (why !== undefined) return { kind: 'cannot-look', why: `${why} (${answer.error})` }
    throw new Error(`Slack answered ${method} with ${answer.error}`)
  }
  if (answer.kind === 'throttled') throw new Error(`Slack answers ${method} again in ${answer.retryAfterMs / 1000} s`)
  throw new Error(`${method} failed: ${answer.cause}`)
}

/** Any app can copy our metadata; nobody else writes as our bot. */
export function isOurs({ user, bot_id }: Pick<Found, 'user' | 'bot_id'>, { userId, botId }: Identity): boolean {
  return user === userId || (bot_id !== undefined && bot_id === botId)
}

function holdsPart({ metadata, blocks }: Found, key: string): boolean {
  if (metadata?.event_type === PART_EVENT && metadata.event_payload?.key === key) return true
  return blocks?.some((block) => block.block_id === partBlockId(key)) ?? false
}

/** The key of the part that a message of ours is; undefined for any other message. */
export function keyOf({ metadata, blocks }: Pick<Found, 'metadata' | 'blocks'>): string | undefined {
  const told = metadata?.event_type === PART_EVENT ? metadata.event_payload?.key : undefined
  if (typeof told === 'string') return told
  const [mark = ''] =
    blocks?.flatMap(({ block_id = '' }) => (block_id.startsWith(partBlockId('')) ? block_id : [])) ?? []
  return mark === '' ? undefined : mark.slice(partBlockId('').length)
}

const foundMessage = z.object({
  ts: z.string().regex(/^\d+\.\d+$/),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_type: z.string().optional(), event_payload: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  blocks: z.array(z.object({ block_id: z.string().optional() })).optional(),
})

type Found = z.output<typeof foundMessage>

const historyPage = z.object({
  messages: z.array(foundMessage),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})
