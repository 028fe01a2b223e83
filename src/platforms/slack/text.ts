import { LIMITS } from './limits.ts'

// Turn or hide text: the bidirectional controls, and what has no width. The joiners of emoji and Persian stay.
const UNSEEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]/gu

/** One line of plain text: nothing unseen in it, white space folded, no half characters. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/gu, ' ')
}

/** At most `length` UTF-16 units, cut between characters as people see them, with `…` where something is gone. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  // In plain ASCII every unit is a character.
  if (ASCII.test(text.slice(0, length + 1))) return `${text.slice(0, length - 1).trimEnd()}…`
  let kept = ''
  for (const { segment } of characters.segment(text.slice(0, length + 50))) {
    if (kept.length + segment.length > length - 1) break
    kept += segment
  }
  return `${kept === '' ? text.slice(0, length - 1).toWellFormed() : kept.trimEnd()}…`
}

const ASCII = /^[ -~]*$/
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Slack's three entities, and nothing else (docs.slack.dev, formatting message text). */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'))
}

/**
 * One line in mark-up in which nothing formats, links or mentions, at most `length` UTF-16 units long. Slack has no escape for its
 * marks, so signs that look like them stand in their place; `<`, `>` and `&` are escaped.
 */
export function literalMarkup(text: string, length: number): string {
  const shown = clean(text)
    .replace(/[*_~`|]/g, (sign) => LOOKALIKES[sign] ?? '')
    .replace(/:(?=[\w+-]+:)/g, '\u2236')
    .replace(/^(\s*)>/, '$1\u203a')
  for (let most = length; ; most = Math.floor(most * 0.8)) {
    const escaped = escapeMarkup(cut(shown, most))
    if (escaped.length <= length) return escaped
  }
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  '*': '\u2217',
  _: '\u02cd',
  '~': '\u223c',
  '`': '\u2018',
  '|': '\u2223',
}

/** A link in mark-up; `label` is mark-up already. */
export function markupLink(label: string, url: string, longest: number): string {
  const address = webAddress(url)?.replace(/[|<>]/g, encodeURIComponent).replaceAll('&', '&amp;')
  if (address === undefined || address.length > longest || label.trim() === '') return label
  return `<${address}|${label.trim()}>`
}

/** The `text` beside blocks, for notifications and screen readers: escaped, and never cut within an entity. */
export function fallbackText(summary: string): string {
  const plain = clean(summary).trim()
  const text = plain === '' ? 'Paperboy' : plain
  for (let length: number = LIMITS.fallback; ; length = Math.floor(length / 2)) {
    const escaped = escapeMarkup(cut(text, length))
    if (escaped.length <= LIMITS.fallback) return escaped
  }
}

/** The address, when it is one of the web that Slack takes. */
export function webAddress(url: string): string | undefined {
  if (!/^https?:\/\//i.test(url) || url.length > LIMITS.url || !URL.canParse(url)) return undefined
  return new URL(url).href.length > LIMITS.url ? undefined : new URL(url).href
}
