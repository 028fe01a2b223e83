import type { ChannelId } from '../../message/channel.ts'
import type { ChatService } from './console-options.ts'
import { guidePath } from './guide.ts'
import { channelPath } from './layout.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'

interface SetupPage {
  readonly channel: ChannelId
  readonly services: readonly ChatService[]
  readonly settings: Markup
}

/** How to begin, how each chat service stands and what it lacks, and the channel's settings. */
export function setupMarkup({ channel, services, settings }: SetupPage): Markup {
  return html`<header class="head"><p class="label">Set-up</p><h1>Bring the papers to your team</h1></header>
<div class="body"><ol class="steps">
<li><h2>Follow someone</h2><p>In <a href="${channelPath(channel)}">the channel</a>, type a name; where several people write under it, you choose.</p>
<p class="line"><code>/papers subscribe Neel Nanda</code></p><p class="line"><code>/papers subscribe cat:cs.CL</code></p></li>
${services.map(serviceMarkup)}
<li><h2>Script it</h2><p>Everything here is also plain HTTP, with the token in the data folder’s file <code>console-token</code>; <a href="${guidePath('INTERFACE.md')}">the interface</a> lists all of it.</p>
<p class="line"><code>Authorization: Bearer …</code> <code>GET /api/channels</code></p></li></ol>
<section class="body answer" data-page>${settings}</section>
<p class="thanks quiet">Thank you to arXiv for use of its open access interoperability.</p></div>`
}

function serviceMarkup(service: ChatService): Markup {
  const { title, guide, set, missing } = service
  const steps = html`<a href="${guidePath(guide)}">All steps for ${title}</a>`
  if (missing.length === 0) {
    return html`<li><h2>${title} <span class="tag good">set up</span></h2><p>Set: ${listed(set)}. Invite Paperboy to a channel; it says hello and what to type. <code>paperboy doctor</code> asks ${title} whether anything is in the way.</p><p>${steps}</p></li>`
  }
  const known = set.length === 0 ? undefined : html`Set: ${listed(set)}. `
  return html`<li><h2>${title} <span class="tag quiet">not set up</span></h2><p>${known}Missing: ${missing.map((group, at) => html`${at === 0 ? '' : ', and '}${listed(group, ' or ')}`)}. Put what is missing into the file <code>.env</code> and start Paperboy again.</p><p>${steps}, about five minutes</p></li>`
}

function listed(names: readonly string[], last = ' and '): Markup {
  return html`${names.map((name, at) => html`${at === 0 ? '' : at === names.length - 1 ? last : ', '}<code>${name}</code>`)}`
}
