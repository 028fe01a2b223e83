import type { Context } from 'hono'
import type { SSEStreamingApi } from 'hono/streaming'
import { streamSSE } from 'hono/streaming'
import type { ChannelId } from '../../message/channel.ts'
import type { WebPost } from '../../store/records.ts'
import { postView } from './api.ts'
import type { ChannelEvent } from './channel-events.ts'
import { completeMarkup, completeThrough } from './completeness.ts'
import { isWebChannel } from './connection.ts'
import type { ConsoleOptions } from './console-options.ts'
import { READER } from './console-options.ts'
import { noteMarkup, postMarkup } from './post-markup.ts'
import { timeOfKey } from './posts.ts'
import { renderHtml } from './render.ts'

/** Proxies close a stream that is silent for a minute. */
const HEARTBEAT_MS = 25_000

/** How many posts back a page that returns is told of edits. */
const EDITS = 100

/**
 * `GET /api/events?channel=…`: `posted` and `edited` as they happen. A page that comes back with Last-Event-ID, or says
 * `after=KEY` at first, gets what it missed. `complete` says how far the catalogue is, where it is not as far as the page
 * says it shows, `through=YYYY-MM-DD`, and whenever that changes.
 */
export function streamEvents(context: Context, options: ConsoleOptions): Response {
  const channel = context.req.query('channel') ?? ''
  if (!isWebChannel(channel)) {
    return context.json(
      { error: `'${channel.slice(0, 80)}' is no channel of the console, such as web:demo/papers.` },
      404,
    )
  }
  const after = context.req.header('last-event-id') ?? context.req.query('after')
  context.header('x-accel-buffering', 'no')
  return streamSSE(
    context,
    (stream) => follow(stream, channel, { after, shown: context.req.query('through') }, options),
    async (error) => options.log({ event: 'console.stream-failed', channel, error }),
  )
}

async function follow(
  stream: SSEStreamingApi,
  channel: ChannelId,
  { after, shown }: { readonly after: string | undefined; readonly shown: string | undefined },
  options: ConsoleOptions,
): Promise<void> {
  const { web, clock, health } = options
  // Listening begins before the posts are read, so that none falls between the two.
  const listening = web.events.listen(channel)
  stream.onAbort(() => listening.close())
  let last = after ?? ''
  try {
    if (after !== undefined) {
      for (const post of await editedSince(after, channel, options)) await send(stream, { kind: 'edited', post })
      for (const post of await web.postsAfter(channel, after, 500)) {
        await send(stream, { kind: 'posted', post })
        last = post.key
      }
    }
    if (shown !== undefined) {
      const through = completeThrough((await health()).body)
      if ((through ?? '') !== shown) await send(stream, { kind: 'complete', through })
    }
    await stream.write(': here\n\n')
    while (!stream.aborted) {
      const beat = new AbortController()
      const heart = clock.sleep(HEARTBEAT_MS, beat.signal).then(
        () => beat.abort(),
        () => {},
      )
      const events = await listening.take(beat.signal)
      beat.abort()
      await heart
      if (events === undefined) return
      if (events.length === 0) await stream.write(': still here\n\n')
      for (const event of events) {
        if (event.kind === 'posted' && event.post.key <= last) continue
        if (event.kind === 'posted') last = event.post.key
        await send(stream, event)
      }
    }
  } finally {
    listening.close()
  }
}

async function editedSince(key: string, channel: ChannelId, { web }: ConsoleOptions): Promise<readonly WebPost[]> {
  const since = timeOfKey(key)
  const posts = await web.postsBefore(channel, undefined, EDITS)
  return posts.filter((post) => post.editedAt !== undefined && post.key <= key && Date.parse(post.editedAt) >= since)
}

async function send(stream: SSEStreamingApi, event: ChannelEvent): Promise<void> {
  switch (event.kind) {
    case 'posted':
    case 'edited': {
      const { post, kind } = event
      const data = JSON.stringify({ ...postView(post), card: postMarkup(post).toString() })
      // Only a post moves the place from which a page goes on; an edit may be of an old one.
      return stream.writeSSE({ event: kind, data, ...(kind === 'posted' ? { id: post.key } : {}) })
    }
    case 'told': {
      if (event.note.user !== READER) return
      return stream.writeSSE({ event: 'told', data: JSON.stringify({ card: noteMarkup(event.note).toString() }) })
    }
    case 'complete':
      return stream.writeSSE({
        event: 'complete',
        data: JSON.stringify({ through: event.through ?? null, html: completeMarkup(event.through).toString() }),
      })
    case 'progress': {
      const { user, ask, message } = event
      return stream.writeSSE({ event: 'progress', data: JSON.stringify({ user, ask, html: renderHtml(message) }) })
    }
  }
}
