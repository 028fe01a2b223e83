import type { PostResult, RefusalReason } from '../../delivery/platform.ts'
import type { RefusedUntil } from '../../store/records.ts'
import type { Answer } from './api.ts'

interface Refusal {
  readonly reason: RefusalReason
  readonly until: RefusedUntil
  /** What it means, and what to do. */
  readonly detail: string
}

const refusal = (reason: RefusalReason, until: RefusedUntil, detail: string): Refusal => ({ reason, until, detail })

/** What Discord's error codes mean for a message (docs.discord.com, opcodes and status codes, JSON error codes). */
const REFUSALS: Readonly<Record<number, Refusal>> = {
  10003: refusal('channel-gone', 'never', 'the channel is gone'),
  10004: refusal('channel-gone', 'invited', 'the server is gone, or Paperboy is no longer in it'),
  10008: refusal('message-gone', 'never', 'the message is gone'),
  10013: refusal('channel-gone', 'never', 'there is no such person any more'),
  50001: refusal('not-in-channel', 'permitted', 'Paperboy may not see the channel: give it View Channel there'),
  50005: refusal('forbidden', 'never', 'the message is not Paperboy’s own'),
  50007: refusal('forbidden', 'permitted', 'the person takes no direct messages of Paperboy'),
  50008: refusal('forbidden', 'permitted', 'messages can’t be posted in this kind of channel'),
  50013: refusal('forbidden', 'permitted', 'Paperboy lacks a permission in the channel: paperboy doctor says which'),
  50024: refusal('forbidden', 'permitted', 'messages can’t be posted in this kind of channel'),
  50083: refusal('archived', 'permitted', 'the thread is archived: open it again'),
  40001: refusal('unauthorized', 'permitted', 'Discord does not accept DISCORD_TOKEN'),
  40002: refusal('unauthorized', 'permitted', 'the bot’s account has to be verified'),
  40005: refusal('too-big', 'plainer', 'the message is too long for Discord'),
  40067: refusal('forbidden', 'permitted', 'the forum wants a tag on each post: follow in a text channel'),
}

/** Too many edits of messages older than an hour, and too many messages in a channel. */
const HASTE = new Set([30046, 20028, 20029])

/** What came of a request that was not carried out, or perhaps not. */
export function outcomeOf(answer: Exclude<Answer, { readonly kind: 'ok' }>): PostResult {
  switch (answer.kind) {
    case 'throttled':
      return answer
    case 'failed':
      return { kind: 'unknown', cause: answer.cause }
    case 'error': {
      const { status, code, message } = answer
      if (HASTE.has(code)) return { kind: 'throttled', retryAfterMs: 60_000, scope: 'channel' }
      const { detail, ...known } = REFUSALS[code] ?? byStatus(status)
      return { kind: 'refused', ...known, detail: `${detail} (${code === 0 ? status : code}: ${message})` }
    }
  }
}

function byStatus(status: number): Refusal {
  switch (status) {
    case 401:
      return refusal('unauthorized', 'permitted', 'Discord does not accept DISCORD_TOKEN: reset it and set it anew')
    case 403:
      return refusal('forbidden', 'permitted', 'Discord does not permit it')
    case 404:
      return refusal('channel-gone', 'invited', 'Discord does not know the place')
    case 413:
      return refusal('too-big', 'plainer', 'the message is too long for Discord')
    default:
      return refusal('invalid', 'plainer', 'Discord does not accept how the message is built')
  }
}
