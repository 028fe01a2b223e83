import type { types } from '@slack/bolt'
import { encodeAction } from '../../message/action.ts'
import type { Button, Link, Span } from '../../message/message.ts'
import { LIMITS } from './limits.ts'
import { clean, cut, webAddress } from './text.ts'

export type Block = types.KnownBlock
export type Inline = types.RichTextElement

/** What a page turner's action_id begins with: the private message in which it was pressed is replaced. */
export const TURNS = 'turn'

/** The value of a menu's option that opens an address: Slack wants one, and no action reads so. */
export const OPENS = '-'

/** Text in which nothing formats, links or mentions. */
export function plain(text: string, length: number): types.PlainTextElement {
  return { type: 'plain_text', text: cut(clean(text), length), emoji: false }
}

/** Literal text: rich text is never parsed, so that `*`, `_` and `<!here>` stay what they are. */
export function literal(
  text: string,
  style?: { bold?: true; italic?: true; strike?: true; code?: true },
): readonly Inline[] {
  const cleaned = clean(text)
  return cleaned === '' ? [] : [{ type: 'text', text: cleaned, ...(style === undefined ? {} : { style }) }]
}

export const lineBreak: Inline = { type: 'text', text: '\n' }

export function linked(text: string, url: string, style?: { bold?: true; strike?: true }): readonly Inline[] {
  const address = webAddress(url)
  const cleaned = clean(text).trim()
  if (address === undefined || cleaned === '') return literal(text, style)
  return [{ type: 'link', url: address, text: cleaned, ...(style === undefined ? {} : { style }) }]
}

/** Spans as they stand, cut where the whole grows beyond `length`. */
export function inlines(spans: readonly Span[], length: number): readonly Inline[] {
  let left = length
  return spans.flatMap(({ text: whole, style, url }) => {
    const text = left <= 0 ? '' : cut(clean(whole), left)
    left -= text.length
    if (url !== undefined) return linked(text, url, style === 'strong' ? { bold: true } : undefined)
    return literal(text, style === 'strong' ? { bold: true } : style === 'code' ? { code: true } : undefined)
  })
}

/** A paragraph of rich text; nothing when there is nothing in it. */
export function paragraph(elements: readonly Inline[]): readonly Block[] {
  if (elements.length === 0) return []
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [...elements] }] }]
}

/** Buttons whose action is too long to be carried are left out. `about` tells a screen reader what it is that they press. */
export function pressable({ label, action, style }: Button, about?: string): readonly types.Button[] {
  const value = encodeAction(action)
  if (value === undefined) return []
  return [
    {
      type: 'button',
      text: plain(label, LIMITS.buttonText),
      value,
      ...(style === undefined ? {} : { style }),
      ...spoken(label, about),
    },
  ]
}

/** A button that opens an address of ours or a paper's own. */
export function openable({ label, url }: Link, about?: string): readonly types.Button[] {
  const address = webAddress(url)
  if (address === undefined) return []
  return [{ type: 'button', text: plain(label, LIMITS.buttonText), url: address, ...spoken(label, about) }]
}

function spoken(label: string, about: string | undefined): { accessibility_label?: string } {
  return about === undefined
    ? {}
    : { accessibility_label: cut(clean(`${label.replace(/[?:]$/, '')}: ${about}`), LIMITS.accessibilityLabel) }
}

/** What can be done with one thing, behind three dots beside it; undefined where nothing can. At most five fit, the first ones. */
export function menu(entries: readonly (Button | Link)[]): types.Overflow | undefined {
  const options = entries.flatMap((entry) => {
    const text = plain(entry.label, LIMITS.optionText)
    if ('action' in entry) {
      const value = encodeAction(entry.action)
      return value === undefined ? [] : [{ text, value }]
    }
    const url = webAddress(entry.url)
    return url === undefined ? [] : [{ text, value: OPENS, url }]
  })
  return options.length === 0 ? undefined : { type: 'overflow', options: options.slice(0, LIMITS.optionsOfMenu) }
}

/** Rows of buttons, as many as there have to be. */
export function rowsOf(buttons: readonly types.Button[]): readonly Block[] {
  const rows: Block[] = []
  for (let at = 0; at < buttons.length; at += LIMITS.buttonsOfBlock)
    rows.push({ type: 'actions', elements: buttons.slice(at, at + LIMITS.buttonsOfBlock) })
  return rows
}
