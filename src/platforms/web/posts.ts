import type { ChannelId } from '../../message/channel.ts'
import type { Random } from '../../random.ts'
import { ulid } from '../../random.ts'
import type { WebPost } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

const DAY = 24 * 3_600_000
const PAGE = 500

/** The posts after the one of that key, oldest first. */
export async function postsAfter(
  store: Store,
  channel: ChannelId,
  after: string,
  limit: number,
): Promise<readonly WebPost[]> {
  const entries = await store.scan(store.webPosts, [channel], {
    limit,
    ...(after === '' ? {} : { after: [channel, after] }),
  })
  return entries.map((entry) => entry.value)
}

/** The last `count` posts before the one of that key (undefined: the last of all), oldest first. */
export async function postsBefore(
  store: Store,
  channel: ChannelId,
  before: string | undefined,
  count: number,
  now: number,
): Promise<readonly WebPost[]> {
  const end = before === undefined ? now : timeOfKey(before)
  // The store reads forwards only, so the window grows until it holds enough.
  for (const days of [3, 30, 365, Number.POSITIVE_INFINITY]) {
    const found = await postsFrom(store, channel, days === Number.POSITIVE_INFINITY ? 0 : end - days * DAY, before)
    if (found.length >= count || days === Number.POSITIVE_INFINITY) return found.slice(-count)
  }
  return []
}

async function postsFrom(
  store: Store,
  channel: ChannelId,
  from: number,
  before: string | undefined,
): Promise<readonly WebPost[]> {
  const found: WebPost[] = []
  let after = firstKeyAt(Math.max(0, from))
  for (;;) {
    const posts = await postsAfter(store, channel, after, PAGE)
    for (const post of posts) {
      if (before !== undefined && post.key >= before) return found
      found.push(post)
    }
    const last = posts.at(-1)
    if (last === undefined || posts.length < PAGE) return found
    after = last.key
  }
}

/** The key of the channel's last post, if it has one. */
export async function lastKey(store: Store, channel: ChannelId, now: number): Promise<string | undefined> {
  return (await postsBefore(store, channel, undefined, 1, now)).at(-1)?.key
}

/** A key that sorts after `last`, also where the clock went back or stood still. */
export function keyAfter(last: string | undefined, now: number, random: Random): string {
  return ulid(last === undefined ? now : Math.max(now, timeOfKey(last) + 1), random)
}

/** The smallest key that a post of that millisecond can have. */
export function firstKeyAt(time: number): string {
  return ulid(time, { next: () => 0, bytes: (count) => new Uint8Array(count) })
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The millisecond of a ULID; 0 for what is none. */
export function timeOfKey(key: string): number {
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(key)) return 0
  let time = 0
  for (const digit of key.slice(0, 10)) time = time * 32 + CROCKFORD.indexOf(digit)
  return time
}
