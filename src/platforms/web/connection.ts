import { isoAt } from '../../clock.ts'
import type {
  Actor,
  FindResult,
  OutgoingPart,
  Platform,
  PlatformHouse,
  PostResult,
  RecalledPart,
  RecallResult,
} from '../../delivery/platform.ts'
import type { ChannelId } from '../../message/channel.ts'
import { parseChannel } from '../../message/channel.ts'
import type { Message } from '../../message/message.ts'
import type { Receipt, WebPost } from '../../store/records.ts'
import { putIf, putIfAbsent } from '../../store/store.ts'
import { ChannelEvents } from './channel-events.ts'
import { firstKeyAt, keyAfter, lastKey, postsAfter, postsBefore, timeOfKey } from './posts.ts'
import { PrivateNotes } from './private-notes.ts'

/** The console's own channels: what is posted there are rows of the store, so a part is posted exactly once. */
export interface WebPlatform extends Platform {
  /** Posts after the one of that key (empty: from the first), oldest first. */
  postsAfter(channel: ChannelId, after: string, limit: number): Promise<readonly WebPost[]>
  /** The last posts before the one of that key, or the last of all, oldest first. */
  postsBefore(channel: ChannelId, before: string | undefined, count: number): Promise<readonly WebPost[]>
  /** A command's answer to all, kept among the posts; its part is empty, for no digest posted it. */
  say(channel: ChannelId, message: Message): Promise<WebPost>
  readonly notes: PrivateNotes
  readonly events: ChannelEvents
}

const RECALLED_AT_ONCE = 500

/** The web as a platform; the console, which carries the questions, is built over it by createConsole. */
export function createWebPlatform({
  store,
  clock,
  random,
}: Pick<PlatformHouse, 'store' | 'clock' | 'random'>): WebPlatform {
  const events = new ChannelEvents()
  const notes = new PrivateNotes(store, clock, random)
  const lastKeys = new Map<ChannelId, string>()
  let turn: Promise<unknown> = Promise.resolve()

  /** One after another: a reader that has seen a key must never find a smaller one afterwards. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const mine = turn.then(task)
    turn = mine.catch(() => {})
    return mine
  }

  function append(
    channel: ChannelId,
    part: string,
    message: Message,
    papers: WebPost['papers'],
    place: Pick<WebPost, 'under'> = {},
  ): Promise<WebPost | undefined> {
    return inTurn(async () => {
      const last = lastKeys.get(channel) ?? (await lastKey(store, channel, clock.now()))
      const key = keyAfter(last, clock.now(), random)
      const post: WebPost = { key, channel, part, postedAt: isoAt(clock.now()), ...place, message, papers }
      const row = putIfAbsent(store.webPosts, [channel, key], post)
      const once = part === '' ? [] : [putIfAbsent(store.webParts, [channel, part], { post: key })]
      // After a commit of unknown outcome the last key is read anew.
      lastKeys.delete(channel)
      if ((await store.commit([row, ...once])) === 'conflict') return undefined
      lastKeys.set(channel, key)
      events.tell(channel, { kind: 'posted', post })
      return post
    })
  }

  async function receiptOf(channel: ChannelId, part: string): Promise<Receipt | undefined> {
    const found = await store.webParts.get([channel, part])
    return found === undefined ? undefined : placeOf(channel, found.post)
  }

  return {
    name: 'web',
    events,
    notes,

    // Questions come through the console, which is given the handlers when it is made.
    start: async () => {},

    async post(channel: ChannelId, part: OutgoingPart, signal: AbortSignal): Promise<PostResult> {
      if (signal.aborted) return { kind: 'unknown', cause: 'it was given up before it was asked for' }
      if (!isWebChannel(channel)) {
        return { kind: 'refused', reason: 'invalid', until: 'never', detail: `${channel} is no channel of the console` }
      }
      try {
        const under = part.aside === true && part.parent !== undefined ? { under: part.parent.id } : {}
        const post = await append(channel, part.key, part.message, part.papers, under)
        if (post !== undefined) return { kind: 'posted', receipt: placeOf(channel, post.key) }
        const receipt = await receiptOf(channel, part.key)
        if (receipt !== undefined) return { kind: 'posted', receipt }
        return {
          kind: 'unknown',
          cause: 'the store refused the post as one that is already there, and does not have it',
        }
      } catch (error) {
        return { kind: 'unknown', cause: `the store failed: ${error instanceof Error ? error.message : String(error)}` }
      }
    },

    async find(channel: ChannelId, part: OutgoingPart, since: number): Promise<FindResult> {
      try {
        const receipt = await receiptOf(channel, part.key)
        return receipt === undefined || timeOfKey(receipt.id) < since ? { kind: 'absent' } : { kind: 'found', receipt }
      } catch (error) {
        return { kind: 'cannot-look', why: error instanceof Error ? error.message : String(error) }
      }
    },

    async recall(channel: ChannelId, since: number): Promise<RecallResult> {
      const parts: RecalledPart[] = []
      for (let after = firstKeyAt(Math.max(0, since)); ; ) {
        const posts = await postsAfter(store, channel, after, RECALLED_AT_ONCE)
        for (const { key, part, papers } of posts) {
          if (part !== '') parts.push({ key: part, papers: papers.map(({ id }) => id), receipt: placeOf(channel, key) })
          after = key
        }
        if (posts.length < RECALLED_AT_ONCE) return { kind: 'recalled', parts }
      }
    },

    async edit(channel: ChannelId, receipt: Receipt, part: OutgoingPart): Promise<PostResult> {
      const key = [channel, receipt.id]
      try {
        const before = await store.webPosts.get(key)
        if (before === undefined) {
          return {
            kind: 'refused',
            reason: 'message-gone',
            until: 'never',
            detail: `no post ${receipt.id} in ${channel}`,
          }
        }
        const post: WebPost = { ...before, message: part.message, papers: part.papers, editedAt: isoAt(clock.now()) }
        if ((await store.commit([putIf(store.webPosts, key, before, post)])) === 'conflict') {
          return { kind: 'unknown', cause: 'the post was changed by someone else at the same moment' }
        }
        events.tell(channel, { kind: 'edited', post })
        return { kind: 'posted', receipt }
      } catch (error) {
        return { kind: 'unknown', cause: `the store failed: ${error instanceof Error ? error.message : String(error)}` }
      }
    },

    async checkPlace(_actor, channel) {
      if (isWebChannel(channel)) return { kind: 'fine' }
      const next = 'For example: #papers, or web:demo/papers.'
      return { kind: 'wrong', why: `${channel} is no channel of the console.`, next }
    },

    async tell(actor: Actor, message: Message): Promise<void> {
      const note = await notes.add(actor.id, message)
      events.tell(undefined, { kind: 'told', note })
    },

    async say(channel: ChannelId, message: Message): Promise<WebPost> {
      const post = await append(channel, '', message, [])
      if (post === undefined) throw new Error(`the store has a post of the same key in ${channel}`)
      return post
    },

    stop: async () => events.close(),

    postsAfter: (channel, after, limit) => postsAfter(store, channel, after, limit),
    postsBefore: (channel, before, count) => postsBefore(store, channel, before, count, clock.now()),
  }
}

/** Whether a platform is the console's own, which the console is built over. */
export function isWebPlatform(platform: Platform): platform is WebPlatform {
  return platform.name === 'web' && 'notes' in platform && 'events' in platform
}

const WEB_CHANNEL = /^web:[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}\/[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u

/** Whether it is a channel of the console: `web:HOUSE/PLACE` of letters, digits, `.`, `_` and `-`. */
export function isWebChannel(text: string): text is ChannelId {
  return WEB_CHANNEL.test(text) && parseChannel(text) !== undefined
}

/** Where a post stands in the console: its address begins with the console's own. */
function placeOf(channel: ChannelId, key: string): Receipt {
  return { id: key, url: `/channels/${encodeURIComponent(channel)}#m-${key}` }
}
