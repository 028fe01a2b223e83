import { isObject, type JsonObject, listOf } from '../discord/json-value.ts'

export interface FakeLink {
  readonly url: string
  readonly label?: string
}

/** What is alive in a message: whom it notifies, and where its texts lead. */
export interface LiveText {
  /** `channel`, `here`, `everyone`, ids of users and user groups. */
  readonly pings: readonly string[]
  readonly links: readonly FakeLink[]
  /** `<#C…>` */
  readonly channels: readonly string[]
  /** Every text there is to read, in order, with escapes undone, a line each. */
  readonly text: string
}

interface Found {
  readonly pings: string[]
  readonly links: FakeLink[]
  readonly channels: string[]
  readonly lines: string[]
}

/**
 * Reads a message as Slack's parser does (messaging/formatting-message-text): `<…>` is alive wherever mrkdwn is parsed,
 * bare addresses too unless `verbatim`; rich text carries its own elements; plain text nothing.
 */
export function readLiveText(text: string, blocks: readonly JsonObject[]): LiveText {
  const found: Found = { pings: [], links: [], channels: [], lines: [] }
  // Beside blocks the text is what the notification says; its mentions notify all the same.
  readMrkdwn(text, blocks.length === 0, blocks.length > 0, found)
  for (const block of blocks) walk(block, found)
  return { pings: found.pings, links: found.links, channels: found.channels, text: found.lines.join('\n') }
}

function walk(value: unknown, found: Found): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, found)
    return
  }
  if (!isObject(value)) return
  const text = typeof value.text === 'string' ? value.text : undefined
  if (value.type === 'mrkdwn') readMrkdwn(text ?? '', true, value.verbatim === true, found)
  else if (value.type === 'plain_text') found.lines.push(text ?? '')
  else if (value.type === 'markdown') readMarkdown(text ?? '', found)
  else if (RICH_LINES.includes(String(value.type))) readRichLine(listOf(value.elements), found)
  else for (const each of Object.values(value)) walk(each, found)
}

const RICH_LINES = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted']

function readMrkdwn(text: string, shown: boolean, verbatim: boolean, found: Found): void {
  for (const [, inner = ''] of text.matchAll(/<([^<>\n]+)>/g)) {
    const [target = '', label] = inner.split('|', 2)
    const special = /^!(?:(channel|here|everyone)|subteam\^(\w+))/.exec(target)
    const user = /^@([UW]\w+)/.exec(target)?.[1]
    if (special) found.pings.push(special[1] ?? special[2] ?? '')
    else if (user !== undefined) found.pings.push(user)
    else if (target.startsWith('#')) found.channels.push(target.slice(1))
    else if (/^(https?|mailto):/i.test(target))
      found.links.push({ url: unescaped(target), ...(label ? { label: unescaped(label) } : {}) })
  }
  const rest = text.replace(
    /<([^<>\n|]+)(?:\|([^<>\n]*))?>/g,
    (_, target: string, label?: string) => label ?? `\u0000${target}`,
  )
  if (!verbatim) {
    for (const [url] of text.replace(/<[^<>\n]+>/g, ' ').matchAll(/\bhttps?:\/\/[^\s<>]+/gi))
      found.links.push({ url: unescaped(url) })
  }
  if (shown) found.lines.push(unescaped(rest.replaceAll('\u0000', '')))
}

/** reference/block-kit/blocks/markdown-block: `[label](url)`, and mentions as everywhere. */
function readMarkdown(text: string, found: Found): void {
  for (const [, label = '', url = ''] of text.matchAll(/\[([^\]]*)\]\((https?:[^)\s]+)\)/g))
    found.links.push({ url, label })
  readMrkdwn(text.replace(/\[([^\]]*)\]\((https?:[^)\s]+)\)/g, '$1'), true, false, found)
}

function readRichLine(elements: readonly unknown[], found: Found): void {
  let line = ''
  for (const element of elements.filter(isObject)) {
    const text = typeof element.text === 'string' ? element.text : ''
    line += text
    if (element.type === 'broadcast') found.pings.push(String(element.range))
    else if (element.type === 'user') found.pings.push(String(element.user_id))
    else if (element.type === 'usergroup') found.pings.push(String(element.usergroup_id))
    else if (element.type === 'channel') found.channels.push(String(element.channel_id))
    else if (element.type === 'link') {
      found.links.push({ url: String(element.url), ...(text === '' ? {} : { label: text }) })
      if (text === '') line += String(element.url)
    }
  }
  found.lines.push(line)
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
