import { encodeAction } from '../../message/action.ts'
import type { Button, Span } from '../../message/message.ts'
import type { Markup } from './markup.ts'
import { html, safeUrl } from './markup.ts'

/** A run of text; a link only where its address is one that a browser may safely open. */
export function spanMarkup(span: Span): Markup {
  const text =
    span.style === 'strong'
      ? html`<strong>${span.text}</strong>`
      : span.style === 'code'
        ? html`<code>${span.text}</code>`
        : html`${span.text}`
  if (span.url !== undefined && OWN_POST.test(span.url)) return html`<a href="${span.url}">${text}</a>`
  const url = span.url === undefined ? undefined : safeUrl(span.url)
  return url === undefined ? text : html`<a href="${url}" target="_blank" rel="noopener noreferrer">${text}</a>`
}

/** A post of the console's own channels. */
const OWN_POST = /^\/channels\/[\w%.~-]+#m-[0-9A-Z]{26}$/

/** Nothing where the action is too long to be carried: a button that can't work is worse than none. */
export function buttonMarkup(button: Button): Markup {
  const id = encodeAction(button.action)
  if (id === undefined) return html``
  const { once } = button
  const use = once === undefined ? undefined : html` data-used="${once.used}" data-for="${once.forMs}"`
  return html`<button type="button" class="button ${button.style ?? 'plain'}" data-action="${id}"${use}>${button.label}</button>`
}
