import type { ChannelId } from '../../message/channel.ts'
import { channelParts } from '../../message/channel.ts'
import { completeMarkup } from './completeness.ts'
import type { ChannelListing } from './console-options.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { echoMarkup, privateMarkup } from './post-markup.ts'

export interface Page {
  readonly title: string
  /** What the page is, in the list of places at the side. */
  readonly place: 'channel' | 'following' | 'status' | 'setup' | 'search' | 'other'
  /** The channel for which the page speaks. */
  readonly channel: ChannelId
  readonly channels: readonly ChannelListing[]
  /** The day through which every source is complete, `YYYY-MM-DD`. */
  readonly complete?: string
  readonly query?: string
  readonly body: Markup
}

/** In this order: later ones win. */
const SHEETS = ['base', 'frame', 'channel', 'message', 'brief', 'controls', 'guide', 'phone']

/** A whole page around its body: masthead, search, channels and places. */
export function layout(page: Page): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark"><title>${page.title} · Paperboy</title>
${SHEETS.map((sheet) => html`<link rel="stylesheet" href="/assets/${sheet}.css">`)}<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script type="module" src="/assets/console.js"></script></head>
<body data-channel="${page.channel}"><a class="skip" href="#main">Skip to the papers</a>
<header class="side"><a class="masthead" href="/"><img src="/assets/icon.svg" alt="" width="30" height="30"><span class="wordmark">Paperboy</span></a>
<form class="search" role="search" action="/search" method="get"><input type="hidden" name="channel" value="${page.channel}"><input type="search" name="q" value="${page.query ?? ''}" placeholder="Search papers" aria-label="Search papers" maxlength="500" autocomplete="off" required><kbd aria-hidden="true">/</kbd></form>
<nav class="places" aria-label="Places"><p class="label" id="channels-label">Channels</p><ul class="channels" aria-labelledby="channels-label">${page.channels.map((each) => channelMarkup(each, page))}</ul>
<ul>${placeMarkup('following', 'Following', page)}${placeMarkup('status', 'Status', page)}${placeMarkup('setup', 'Set-up', page)}</ul></nav>
<footer>${completeMarkup(page.complete)}<p>Thank you to arXiv for use of its open access interoperability.</p></footer></header>
<main id="main" tabindex="-1" class="${page.place === 'channel' ? 'chat' : 'sheet'}">${page.body}</main>
<template id="private">${privateMarkup(html`<div class="body"></div>`)}</template><template id="echo">${echoMarkup()}</template>
<p id="announcer" class="visually-hidden" aria-live="polite"></p></body></html>`
}

function channelMarkup({ channel, name }: ChannelListing, page: Page): Markup {
  const { platform } = channelParts(channel)
  if (platform !== 'web')
    return html`<li><span class="elsewhere">${hashed(name)} <small>${platform}</small></span></li>`
  const here = page.place === 'channel' && channel === page.channel
  return html`<li><a href="${channelPath(channel)}"${here ? html` aria-current="page"` : undefined}>${hashed(name)}</a></li>`
}

function placeMarkup(place: 'following' | 'status' | 'setup', label: string, page: Page): Markup {
  const current = page.place === place ? html` aria-current="page"` : undefined
  return html`<li><a href="/${place}?channel=${encodeURIComponent(page.channel)}"${current}>${label}</a></li>`
}

/** `#papers`, whether or not the name came with its mark. */
export function hashed(name: string): string {
  return `#${name.replace(/^#/, '')}`
}

export function channelPath(channel: ChannelId): string {
  return `/channels/${encodeURIComponent(channel)}`
}
