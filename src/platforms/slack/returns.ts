import { z } from 'zod'
import type { PlatformEvent } from '../../delivery/platform.ts'
import { type ChannelId, channelParts } from '../../message/channel.ts'
import { entriesOf, type Store } from '../../store/store.ts'
import type { CallSlack } from './api.ts'
import type { Identity } from './identity.ts'

interface ReturnsHouse {
  readonly store: Store
  readonly call: CallSlack
  readonly identity: Identity
  readonly signal: AbortSignal
}

/**
 * The channels of parked posts whose reason is gone. Slack tells of an invitation, a new token or a scope to nobody while
 * the program or its connection is down. Only what can be asked for is: a post that is refused again would be told of
 * again. Rejects when the store does.
 */
export async function channelsReturned(house: ReturnsHouse): Promise<readonly PlatformEvent[]> {
  const reasons = await parkedReasons(house)
  const returned: PlatformEvent[] = []
  for (const [channel, errors] of reasons) {
    if (house.signal.aborted) break
    if (await isOpenAgain(house, channel, errors)) returned.push({ kind: 'permissions-changed', channel })
  }
  return returned
}

/** Slack's errors, by channel. */
async function parkedReasons({ store, identity }: ReturnsHouse): Promise<ReadonlyMap<ChannelId, ReadonlySet<string>>> {
  const reasons = new Map<ChannelId, Set<string>>()
  for await (const { key, value } of entriesOf(store, store.outbox, [])) {
    if (value.state !== 'parked') continue
    const part = await store.parts.get(key)
    if (part?.state.kind !== 'parked' || channelParts(part.channel).tenant !== identity.tenant) continue
    const error = /\((\w+)\)$/.exec(part.state.reason)?.[1] ?? ''
    reasons.set(part.channel, (reasons.get(part.channel) ?? new Set()).add(error))
  }
  return reasons
}

const OUTSIDE = ['not_in_channel', 'channel_not_found', 'is_archived']
/** Gone once the token is accepted, as it was when we were told who we are. */
const NOT_ACCEPTED = ['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive']
const SCOPES = ['missing_scope']

async function isOpenAgain(house: ReturnsHouse, channel: ChannelId, errors: ReadonlySet<string>): Promise<boolean> {
  const { call, identity, signal } = house
  const one = (...names: readonly string[]) => names.some((name) => errors.has(name))
  if (!one(...OUTSIDE, ...NOT_ACCEPTED, ...SCOPES)) return false
  const { place } = channelParts(channel)
  // What a person's direct messages lacked was the token, or a scope.
  if (place.startsWith('@'))
    return one(...NOT_ACCEPTED) || (one(...SCOPES) && identity.scopes?.includes('im:history') === true)
  const answer = await call('conversations.info', { channel: place }, signal)
  const read = answer.kind === 'ok' ? conversation.safeParse(answer.data).data?.channel : undefined
  if (read?.is_member !== true || read.is_archived === true) return false
  if (!one(...SCOPES)) return true
  return (await call('conversations.history', { channel: place, limit: 1 }, signal)).kind === 'ok'
}

const conversation = z.object({
  channel: z.object({ is_member: z.boolean().optional(), is_archived: z.boolean().optional() }),
})
