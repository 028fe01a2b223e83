import type { ChannelId } from '../../message/channel.ts'
import { channelPath } from './layout.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'

/** How to begin, and how to bring Paperboy to where the team talks. */
export function setupMarkup({ channel, settings }: { readonly channel: ChannelId; readonly settings: Markup }): Markup {
  return html`<header class="head"><p class="label">Set-up</p><h1>Bring the papers to your team</h1></header>
<div class="body"><ol class="steps">
<li><h2>Follow someone</h2><p>In <a href="${channelPath(channel)}">the channel</a>, type a name; you choose the person from candidates.</p>
<p class="line"><code>/papers subscribe Neel Nanda</code></p><p class="line"><code>/papers subscribe cat:cs.CL</code></p></li>
<li><h2>Connect Slack</h2><p>Create a Slack app with a bot, install it in your workspace, and start Paperboy again with</p>
<p class="line"><code>SLACK_BOT_TOKEN</code> and <code>SLACK_APP_TOKEN</code></p><p>Then invite it to a channel. It says hello and what to type.</p></li>
<li><h2>Connect Discord</h2><p>Create an application with a bot, add it to your server, and start Paperboy again with</p>
<p class="line"><code>DISCORD_TOKEN</code> and <code>DISCORD_APPLICATION_ID</code></p></li>
<li><h2>Script it</h2><p>Everything here is also plain HTTP with the token of the data folder’s file <code>console-token</code>:</p>
<p class="line"><code>Authorization: Bearer …</code> <code>GET /api/channels</code></p></li></ol>
<section class="body answer" data-page>${settings}</section>
<p class="thanks quiet">Thank you to arXiv for use of its open access interoperability.</p></div>`
}
