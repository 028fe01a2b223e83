import type { ChannelId, TenantId } from '../message/channel.ts'
import { channelParts } from '../message/channel.ts'
import type { PaperId } from '../papers/paper.ts'
import type { Key } from './store.ts'

/** The one string of a key: elements percent-encoded, joined by `/`. Any Unicode is a legal element; the empty key is not. */
export function encodeKey(key: Key): string {
  return key.map((element) => encodeURIComponent(element.toWellFormed())).join('/')
}

export function decodeKey(text: string): Key {
  return text.split('/').map(decodeURIComponent)
}

/** For channels, settings and, with the subscription's id, subscriptions. */
export function channelKey(channel: ChannelId, ...rest: readonly string[]): Key {
  return [channelParts(channel).tenant, channel, ...rest]
}

export function tenantKey(tenant: TenantId, ...rest: readonly string[]): Key {
  return [tenant, ...rest]
}

export function seenKey(channel: ChannelId, paper: PaperId): Key {
  return [channel, paper]
}

export function postingKey(paper: PaperId, channel: ChannelId): Key {
  return [paper, channel]
}

export function ledgerKey(channel: ChannelId, paper: PaperId, ulid: string): Key {
  return [channel, paper, ulid]
}

/** `n` counts the digests of one slot, from 1. */
export function digestKey(digest: { readonly channel: ChannelId; readonly slot: string; readonly n: number }): Key {
  return [digest.channel, digest.slot, String(digest.n)]
}

/** Four digits, so that parts are read in their order. */
export function partKey(part: {
  readonly channel: ChannelId
  readonly slot: string
  readonly n: number
  readonly part: number
}): Key {
  return [...digestKey(part), String(part.part).padStart(4, '0')]
}

export const matchedKey: Key = ['matched']

/** In `meta`: when the last round of decisions was complete. */
export const decidedThroughKey: Key = ['decided-through']
