import { createHash } from 'node:crypto'
import type { ChannelId } from '../message/channel.ts'
import { digestKey } from '../store/keys.ts'
import type { DigestRecord } from '../store/records.ts'
import type { Store } from '../store/store.ts'

type DigestPlace = Pick<DigestRecord, 'channel' | 'slot' | 'n'>

/** A digest's name everywhere: channel, slot and number, so that deciding again gives the same. */
export function digestId({ channel, slot, n }: DigestPlace): string {
  return `${channel}/${slot}/${n}`
}

/** The place that a digest's id names; undefined when it names none. */
export function digestPlace(id: string): DigestPlace | undefined {
  const [, channel, slot, n] = /^(.+)\/([^/]+)\/([1-9]\d{0,8})$/.exec(id) ?? []
  if (slot === undefined) return undefined
  return { channel: channel as ChannelId, slot, n: Number(n) }
}

/** A digest's name within its channel: short enough for a button, and no way into another channel. */
export function digestReference({ slot, n }: Pick<DigestRecord, 'slot' | 'n'>): string {
  return `${slot}/${n}`
}

/** The digest of a channel that a reference or id names; undefined when it is no more, or another channel's. */
export async function findDigest(
  store: Store,
  channel: ChannelId,
  reference: string,
): Promise<DigestRecord | undefined> {
  const place = digestPlace(reference.startsWith(`${channel}/`) ? reference : `${channel}/${reference}`)
  return place === undefined || place.channel !== channel ? undefined : store.digests.get(digestKey(place))
}

/** What a driver writes into a part so that it can be found again: 22 characters of base64url. Parts count from 1. */
export function partTag(digest: string, part: number): string {
  return createHash('sha256').update(`${digest}#${part}`).digest('base64url').slice(0, 22)
}
