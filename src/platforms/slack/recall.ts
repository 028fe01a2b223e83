import { z } from 'zod'
import type { RecalledPart, RecallResult } from '../../delivery/platform.ts'
import { decodeAction } from '../../message/action.ts'
import { isShownBrief, papersShown } from '../../message/shown-papers.ts'
import type { CallSlack } from './api.ts'
import { type HistoryPlace, isOurs, keyOf, noLook, tsOf } from './history.ts'

const PAGE = 200
/** 20,000 messages in a channel or thread; more are looked through again later. */
const PAGES = 100

/**
 * Every part among our own messages not older than `since` (epoch ms), those in threads of messages since then included.
 * Rejects when looking failed for now.
 */
export async function recallParts(
  call: CallSlack,
  place: HistoryPlace,
  since: number,
  signal: AbortSignal,
): Promise<RecallResult> {
  const asked = { channel: place.conversation, oldest: tsOf(since), inclusive: true, include_all_metadata: true }
  const top = await readAll(call, 'conversations.history', asked, signal)
  if (top.kind === 'cannot-look') return top
  const found = [...top.messages]
  for (const { ts, reply_count: replies = 0, user, ...message } of top.messages) {
    // Of a deleted message with replies Slack leaves a stand-in of its own.
    if (replies === 0 || !(isOurs({ ...message, user }, place.identity) || user === 'USLACKBOT')) continue
    const thread = await readAll(call, 'conversations.replies', { ...asked, ts }, signal)
    if (thread.kind === 'cannot-look') return thread
    found.push(...thread.messages.filter((reply) => reply.ts !== ts))
  }
  const parts: RecalledPart[] = []
  for (const message of found) {
    const isMeant = isOurs(message, place.identity) && Number(message.ts) * 1000 >= since
    const key = isMeant ? keyOf(message) : undefined
    if (key === undefined) continue
    const actions = valuesIn(message.blocks).flatMap((value) => decodeAction(value) ?? [])
    if (actions.length === 0) return { kind: 'cannot-look', why: 'a message there does not say which papers it shows' }
    const parent = message.thread_ts === message.ts ? undefined : message.thread_ts
    const receipt = place.receiptOf(message.ts, parent)
    parts.push({ key, papers: papersShown(actions), ...(isShownBrief(actions) ? { brief: true } : {}), receipt })
  }
  return { kind: 'recalled', parts }
}

type Read = { readonly kind: 'read'; readonly messages: readonly Told[] } | { kind: 'cannot-look'; why: string }

async function readAll(
  call: CallSlack,
  method: string,
  asked: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<Read> {
  const messages: Told[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page++) {
    const answer = await call(method, { ...asked, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }, signal)
    if (answer.kind !== 'ok') return noLook(method, answer)
    const read = toldPage.safeParse(answer.data)
    if (!read.success) throw new Error(`Slack’s answer to ${method} can’t be read`)
    messages.push(...read.data.messages)
    cursor = read.data.response_metadata?.next_cursor || undefined
    if (cursor === undefined) {
      if (read.data.has_more === true) throw new Error(`Slack does not say how ${method} goes on`)
      return { kind: 'read', messages }
    }
  }
  throw new Error(`${method} has more than ${PAGE * PAGES} messages since then`)
}

/** What the buttons and menus of a message carry. */
function valuesIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(valuesIn)
  if (typeof part !== 'object' || part === null) return []
  const own = 'value' in part && typeof part.value === 'string'
  return [...(own ? [String(part.value)] : []), ...Object.values(part).flatMap(valuesIn)]
}

const toldMessage = z.object({
  ts: z.string().regex(/^\d+\.\d+$/),
  thread_ts: z.string().optional(),
  reply_count: z.number().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  metadata: z
    .object({ event_type: z.string().optional(), event_payload: z.record(z.string(), z.unknown()).optional() })
    .optional(),
  blocks: z.array(z.looseObject({ block_id: z.string().optional() })).optional(),
})

type Told = z.output<typeof toldMessage>

const toldPage = z.object({
  messages: z.array(toldMessage),
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})
