import type { PostResult, RefusalReason } from '../../delivery/platform.ts'
import type { RefusedUntil } from '../../store/records.ts'
import type { Answer } from './api.ts'

interface Refusal {
  readonly reason: RefusalReason
  readonly until: RefusedUntil
  /** What it means, and what to do. */
  readonly detail: string
}

const INVITE = 'Paperboy is not in the channel: type /invite @Paperboy there'
const PERMIT = 'the workspace does not let Paperboy post there: an admin of Slack can'
const REINSTALL = 'Slack does not accept the token: reinstall the app and set SLACK_BOT_TOKEN anew'
const UNREADABLE = 'Slack does not accept how the message is built'

const refused = (reason: RefusalReason, until: RefusedUntil, detail: string): Refusal => ({ reason, until, detail })

/**
 * What Slack's errors mean for a message (docs.slack.dev, chat.postMessage, chat.update and conversations.open). What
 * is not listed leaves the outcome open: so do `fatal_error` and `internal_error`, after which it may have been posted.
 */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  not_in_channel: refused('not-in-channel', 'invited', INVITE),
  // Also said of a private channel that the bot is not in.
  channel_not_found: refused('not-in-channel', 'invited', `the channel is gone, or ${INVITE}`),
  is_archived: refused('archived', 'permitted', 'the channel is archived'),
  ...every(
    [
      'restricted_action',
      'restricted_action_read_only_channel',
      'restricted_action_thread_only_channel',
      'restricted_action_thread_locked',
      'restricted_action_non_threadable_channel',
      'cannot_reply_to_message',
      'ekm_access_denied',
      'enterprise_is_restricted',
      'team_access_not_granted',
      'access_denied',
      'no_permission',
      'missing_scope',
      'not_allowed_token_type',
      'messages_tab_disabled',
      'cannot_dm_bot',
      'user_disabled',
      'user_not_visible',
      'two_factor_setup_required',
      'org_login_required',
      'accesslimited',
      'as_user_not_supported',
      'method_not_supported_for_channel_type',
    ],
    refused('forbidden', 'permitted', PERMIT),
  ),
  ...every(
    ['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'],
    refused('unauthorized', 'permitted', REINSTALL),
  ),
  user_not_found: refused('channel-gone', 'never', 'there is no such person any more'),
  ...every(
    ['msg_too_long', 'msg_blocks_too_long', 'metadata_too_large'],
    refused('too-big', 'plainer', 'the message is too long for Slack'),
  ),
  ...every(
    [
      'invalid_blocks',
      'invalid_blocks_format',
      'invalid_arguments',
      'invalid_arg_name',
      'invalid_array_arg',
      'invalid_metadata_format',
      'invalid_metadata_schema',
      'metadata_must_be_sent_from_app',
      'no_text',
      'markdown_text_conflict',
      'too_many_attachments',
      'attachment_payload_limit_exceeded',
    ],
    refused('invalid', 'plainer', UNREADABLE),
  ),
  ...every(
    ['message_not_found', 'thread_not_found', 'invalid_thread_ts', 'duplicate_message_not_found'],
    refused('message-gone', 'never', 'the message is gone'),
  ),
  ...every(
    ['cant_update_message', 'edit_window_closed', 'update_failed', 'block_mismatch', 'is_inactive'],
    refused('forbidden', 'never', 'Slack lets the message be changed no more'),
  ),
}

/** What came of a request that was not carried out, or perhaps not. Slack counts by method and workspace (docs.slack.dev, rate limits), so that the whole one waits. */
export function outcomeOf(answer: Exclude<Answer, { readonly kind: 'ok' }>): PostResult {
  switch (answer.kind) {
    case 'throttled':
      return { kind: 'throttled', retryAfterMs: answer.retryAfterMs, scope: 'tenant' }
    case 'failed':
      return { kind: 'unknown', cause: answer.cause }
    case 'error': {
      const { error } = answer
      if (error === 'message_limit_exceeded') return { kind: 'throttled', retryAfterMs: 60_000, scope: 'tenant' }
      const refusal = Object.hasOwn(REFUSALS, error) ? REFUSALS[error] : undefined
      if (refusal === undefined) return { kind: 'unknown', cause: `Slack answered ${error}` }
      return { kind: 'refused', ...refusal, detail: `${refusal.detail} (${error})` }
    }
  }
}

function every(errors: readonly string[], refusal: Refusal): Readonly<Record<string, Refusal>> {
  return Object.fromEntries(errors.map((error) => [error, refusal]))
}
