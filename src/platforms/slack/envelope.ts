import { z } from 'zod'

/** What Slack sends over Socket Mode, once it is known to be something (docs.slack.dev, using Socket Mode). */
export type Frame =
  | { readonly kind: 'hello' }
  | { readonly kind: 'disconnect'; readonly reason: string }
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'dropped'; readonly why: string; readonly type?: string; readonly envelopeId?: string }

export interface Envelope {
  readonly id: string
  readonly type: 'events_api' | 'slash_commands' | 'interactive'
  readonly payload: Readonly<Record<string, unknown>>
  readonly retryNum?: number
  readonly retryReason?: string
}

/** A frame of the socket as one of ours, whatever it holds; never throws. `dropped` says why nothing is done about it. */
export function readFrame(data: unknown): Frame {
  if (typeof data !== 'string') return { kind: 'dropped', why: 'it is not text' }
  const parsed = parsedJson(data)
  if (parsed === undefined) return { kind: 'dropped', why: 'it is no JSON' }
  if (!isFields(parsed)) return { kind: 'dropped', why: 'it is no JSON object' }
  const { type, envelope_id: id, payload } = parsed
  if (type === 'hello') return { kind: 'hello' }
  if (type === 'disconnect') return { kind: 'disconnect', reason: told(parsed.reason) ?? 'not told' }
  const named = {
    ...(told(type) === undefined ? {} : { type: String(told(type)) }),
    ...(told(id) === undefined ? {} : { envelopeId: String(told(id)) }),
  }
  if (type !== 'events_api' && type !== 'slash_commands' && type !== 'interactive')
    return { kind: 'dropped', why: 'envelopes of that type are not known', ...named }
  if (typeof id !== 'string' || id === '') return { kind: 'dropped', why: 'it has no envelope_id', ...named }
  const why = !isFields(payload) ? 'it has no payload' : whyUnread(type, payload)
  if (why !== undefined || !isFields(payload)) return { kind: 'dropped', why: why ?? 'it has no payload', ...named }
  const retry = retries.parse(parsed)
  return {
    kind: 'envelope',
    envelope: {
      id,
      type,
      payload,
      ...(retry.retry_attempt === undefined ? {} : { retryNum: retry.retry_attempt }),
      ...(retry.retry_reason === undefined ? {} : { retryReason: retry.retry_reason }),
    },
  }
}

/** Why a payload is nothing that can be answered, however it came; undefined when it may be. */
export function whyUnread(
  type: Envelope['type'] | undefined,
  payload: Readonly<Record<string, unknown>>,
): string | undefined {
  // Said in place of events that are held back; there is nothing in it to be done (docs.slack.dev, app_rate_limited).
  if (payload.type === 'app_rate_limited') return 'Slack holds events back: too many came within an hour'
  if (type === 'slash_commands') return typeof payload.command === 'string' ? undefined : 'its payload names no command'
  if (type === 'interactive') return typeof payload.type === 'string' ? undefined : 'its payload has no type'
  if (type === undefined && !('event' in payload) && payload.type !== 'event_callback') return undefined
  const { event } = payload
  if (!isFields(event)) return 'its payload has no event'
  return typeof event.type === 'string' ? undefined : 'its event has no type'
}

/** Under which ids an envelope may come again. */
export function idsOf({ id, type, payload }: Envelope): readonly string[] {
  const { trigger_id: trigger, event_id: event } = payload
  return [
    `envelope ${id}`,
    ...(typeof event === 'string' ? [`event ${event}`] : []),
    ...(typeof trigger === 'string' ? [`${type} ${String(told(payload.type))} ${trigger}`] : []),
  ]
}

/** Whether the acknowledgement brings nothing back, so that it may be given again. */
export function isPlainlyAcknowledged({ type, payload }: Envelope): boolean {
  return type !== 'interactive' || (payload.type !== 'view_submission' && payload.type !== 'block_suggestion')
}

const retries = z.object({
  retry_attempt: z.number().optional().catch(undefined),
  retry_reason: z.string().optional().catch(undefined),
})

const TOLD = 80

function told(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, TOLD) : undefined
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
