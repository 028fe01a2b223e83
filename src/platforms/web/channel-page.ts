import type { Context } from 'hono'
import type { ChannelId } from '../../message/channel.ts'
import { channelParts } from '../../message/channel.ts'
import type { WebPost } from '../../store/records.ts'
import type { PrivateNote } from './channel-events.ts'
import type { ConsoleOptions } from './console-options.ts'
import { READER } from './console-options.ts'
import type { Page } from './layout.ts'
import { channelPath, hashed } from './layout.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { dayMarkup, noteMarkup, postMarkup } from './post-markup.ts'

/** Posts on one page of a channel. */
const PAGE = 40

/** A channel as a conversation: its posts by day, the composer below; `?before=KEY` goes back. */
export async function channelPage(
  context: Context,
  { web, channels }: ConsoleOptions,
  channel: ChannelId,
  frame: (page: Omit<Page, 'channels' | 'complete'>) => Promise<Markup>,
): Promise<Response> {
  const before = context.req.query('before')
  const found = await web.postsBefore(channel, before, PAGE + 1)
  const posts = found.slice(-PAGE)
  const notes = before === undefined ? await web.notes.of(READER) : []
  const known = (await channels()).find((each) => each.channel === channel)
  const name = hashed(known?.name ?? channelParts(channel).place)
  const oldest = found.length > PAGE ? posts[0]?.key : undefined
  const earlier =
    oldest === undefined
      ? undefined
      : html`<p class="turn"><a class="button plain" href="${channelPath(channel)}?before=${oldest}">Earlier posts</a></p>`
  const later =
    before === undefined
      ? undefined
      : html`<p class="turn"><a class="button plain" href="${channelPath(channel)}">To the newest</a></p>`
  const body = html`<header class="head bar"><h1>${name}</h1><a class="quiet" href="/following?channel=${encodeURIComponent(channel)}">Following</a></header>
<div class="scroll" tabindex="0" role="region" aria-label="Posts"><div id="log" data-newest="${before === undefined ? (posts.at(-1)?.key ?? '') : ''}"${before === undefined ? html` data-live` : undefined}>${earlier}${
    posts.length + notes.length === 0 ? emptyMarkup() : byDay(posts, notes)
  }${later}</div></div>
<p class="fresh" hidden><button type="button" class="button primary" data-to-newest>New posts</button></p>
${composerMarkup(name)}`
  const page = await frame({ title: name, place: 'channel', channel, body })
  return context.html(page.toString())
}

function byDay(posts: readonly WebPost[], notes: readonly PrivateNote[]): readonly Markup[] {
  const entries = [
    ...threaded(posts).map(({ at, post }) => ({ at, shown: postMarkup(post) })),
    ...notes.map((note) => ({ at: note.at, shown: noteMarkup(note) })),
  ].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
  return entries.map(({ at, shown }, place) => {
    const sameDay = entries[place - 1]?.at.slice(0, 10) === at.slice(0, 10)
    return sameDay ? shown : html`${dayMarkup(at)}${shown}`
  })
}

/** The lines of a thread come right after the post under which they stand, where that is on the page. */
function threaded(posts: readonly WebPost[]): readonly { readonly at: string; readonly post: WebPost }[] {
  const shown = new Map(posts.map((post) => [post.key, post]))
  const isBelow = ({ under }: WebPost) => under !== undefined && shown.has(under)
  return posts
    .filter((post) => !isBelow(post))
    .flatMap((post) =>
      [post, ...posts.filter((each) => each.under === post.key)].map((each) => ({ at: post.postedAt, post: each })),
    )
}

function emptyMarkup(): Markup {
  return html`<section class="empty"><h2>No papers yet</h2><p>Follow someone, and what they publish next is delivered here.</p>
<p><button type="button" class="button primary" data-type="subscribe ">Follow an author</button> <button type="button" class="button plain" data-type="search ">Search papers</button></p></section>`
}

function composerMarkup(name: string): Markup {
  return html`<form id="composer" autocomplete="off"><ul id="choices" role="listbox" aria-label="Suggestions" hidden></ul>
<label for="line"><span aria-hidden="true">/papers</span><span class="visually-hidden">A command for ${name}</span></label>
<input id="line" name="text" type="text" role="combobox" aria-expanded="false" aria-controls="choices" aria-autocomplete="list" placeholder="search, author, subscribe, why, help …" maxlength="2000" autocapitalize="none" spellcheck="false" enterkeyhint="send" autocomplete="off">
<button type="submit" class="send" aria-label="Send"><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M4 12h14M12 5l7 7-7 7" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg></button></form>`
}
