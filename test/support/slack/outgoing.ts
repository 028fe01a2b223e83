import type { JsonObject } from '../discord/json-value.ts'
import type { Note } from './message-limits.ts'
import type { LimitedCall } from './rate-limits.ts'

export type Outgoing =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  /** The connection ends without an answer. */
  | { readonly kind: 'dropped' }

/** apis/web-api/rate-limits: 429 with Retry-After in seconds. */
export function tooEarly(limited: LimitedCall, bare: boolean, note: Note): Outgoing {
  if (limited.unheeded) {
    note([{ rule: 'retry-after', pointer: '', message: 'called again before Retry-After was over', refused: true }])
  }
  const seconds = String(limited.retryAfterMs / 1_000)
  return json({ ok: false, error: 'ratelimited' }, 429, bare ? {} : { 'retry-after': seconds })
}

export function failure(status = 500): Outgoing {
  return plainly(status, 'Server Error')
}

export function plainly(status: number, body: string, type = 'text/plain'): Outgoing {
  return { kind: 'answer', status, headers: { 'content-type': type }, body }
}

export function json(
  body: Readonly<Record<string, unknown>>,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Outgoing {
  return {
    kind: 'answer',
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  }
}

export function answerOf(body: string): JsonObject {
  return body.startsWith('{') ? JSON.parse(body) : {}
}
