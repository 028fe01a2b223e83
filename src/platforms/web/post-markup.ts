import type { WebPost } from '../../store/records.ts'
import type { PrivateNote } from './channel-events.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { messageMarkup } from './render.ts'

/** One post in its channel: whose, when, and the message. */
export function postMarkup(post: WebPost): Markup {
  const edited =
    post.editedAt === undefined ? undefined : html` <span class="edited">edited ${timeMarkup(post.editedAt)}</span>`
  if (post.under !== undefined) return asideMarkup(post, post.under)
  return html`<article class="message" id="m-${post.key}" data-key="${post.key}" data-at="${post.postedAt}" aria-label="${post.message.summary}">
${avatar()}<div class="said"><p class="who"><b>Paperboy</b> <a href="#m-${post.key}">${timeMarkup(post.postedAt)}</a>${edited}</p>
<div class="body">${messageMarkup(post.message)}</div></div></article>`
}

/** A line in another post's thread: below it where that is on the page, and leading to it elsewhere. */
function asideMarkup(post: WebPost, under: string): Markup {
  return html`<article class="message aside" id="m-${post.key}" data-key="${post.key}" data-at="${post.postedAt}" data-under="m-${under}" aria-label="${post.message.summary}">
<div class="said"><p class="who"><a href="#m-${under}">About the digest</a> <a href="#m-${post.key}">${timeMarkup(post.postedAt)}</a></p><div class="body">${messageMarkup(post.message)}</div></div></article>`
}

/** What only the reader can see. */
export function noteMarkup(note: PrivateNote): Markup {
  return privateMarkup(html`<div class="body">${messageMarkup(note.message)}</div>`, note.at)
}

/** The frame of a private answer; the page's script fills one for each answer that it gets. */
export function privateMarkup(body: Markup, at?: string): Markup {
  return html`<article class="message private"${at === undefined ? undefined : html` data-at="${at}"`}>
${avatar()}<div class="said"><p class="who"><b>Paperboy</b> ${at === undefined ? undefined : timeMarkup(at)} <span class="only-you">Only you can see this</span><button type="button" class="dismiss" data-dismiss>Dismiss</button></p>
${body}</div></article>`
}

/** A person's own command, as it is echoed. */
export function echoMarkup(): Markup {
  return html`<article class="message echo"><span class="avatar you" aria-hidden="true">You</span><div class="said"><p class="who"><b>You</b></p><p class="asked"><code></code></p></div></article>`
}

export function dayMarkup(iso: string): Markup {
  return html`<h2 class="day"><time datetime="${iso.slice(0, 10)}">${dayOf(iso)}</time></h2>`
}

/** The day in UTC for people, e.g. `Tuesday, 24 November 2026`; the page's script puts it into the reader's own zone. */
export function dayOf(iso: string): string {
  return DAY.format(new Date(iso)).replace(/^(\w+) /, '$1, ')
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

function timeMarkup(iso: string): Markup {
  return html`<time datetime="${iso}">${iso.slice(11, 16)} UTC</time>`
}

function avatar(): Markup {
  return html`<img class="avatar" src="/assets/icon.svg" alt="" width="36" height="36">`
}
