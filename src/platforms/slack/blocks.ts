import type { MessageNode, PersonView, TableRow, Tone } from '../../message/message.ts'
import { briefBlocks } from './brief-blocks.ts'
import {
  type Block,
  type Inline,
  inlines,
  lineBreak,
  literal,
  paragraph,
  plain,
  pressable,
  rowsOf,
  TURNS,
} from './elements.ts'
import { LIMITS } from './limits.ts'
import { paperBlocks } from './paper-blocks.ts'
import { clean, cut } from './text.ts'

/** One node as blocks. Text that may come from a paper stands in plain or rich text only, for mrkdwn has no escape for `*_~`. */
export function nodeBlocks(node: MessageNode, abstractLength: number): readonly Block[] {
  switch (node.kind) {
    case 'heading':
      if (node.text.trim() === '') return []
      return node.level === 1
        ? [{ type: 'header', text: plain(node.text, LIMITS.header) }]
        : paragraph(literal(cut(clean(node.text), LIMITS.section), { bold: true }))
    case 'line':
      return lineBlocks(node)
    case 'paper':
      return node.more === undefined
        ? paperBlocks(node.paper, abstractLength)
        : briefBlocks(node.paper, node.more, abstractLength === 0)
    case 'mention':
      return paragraph([
        ...node.people.flatMap(({ id, name }, at) => [...(at === 0 ? [] : literal(', ')), ...mentioned(id, name)]),
        ...literal(` · ${node.text}`),
      ])
    case 'people':
      return peopleBlocks(node.title, node.people)
    case 'table':
      return tableBlocks(node.columns, node.rows)
    case 'notice':
      return paragraph([
        ...TONES[node.tone],
        ...literal(cut(clean(node.text), LIMITS.section), { bold: true }),
        ...(node.next === undefined ? [] : [lineBreak, ...literal(cut(clean(node.next), LIMITS.section))]),
      ])
    case 'pager':
      return pagerBlocks(node)
    case 'question':
      return [
        ...paragraph([...literal(`${node.asks} `), ...inlines([{ ...node.about, style: 'strong' }], LONGEST_ROW)]),
        ...rowsOf(node.buttons.flatMap((button) => pressable(button, node.about.text))),
      ]
    case 'buttons':
      return rowsOf(node.buttons.flatMap((button) => pressable(button)))
    case 'divider':
      return [{ type: 'divider' }]
  }
}

/** Only who is called by a name of Slack's own making is; anything else stays a text. */
function mentioned(id: string, name: string): readonly Inline[] {
  return /^[UW][A-Z0-9]{2,}$/.test(id) ? [{ type: 'user', user_id: id }] : literal(`@${name}`)
}

const TONES = {
  info: [],
  success: [{ type: 'emoji', name: 'white_check_mark' }, ...literal(' ')],
  warning: [{ type: 'emoji', name: 'warning' }, ...literal(' ')],
  error: [{ type: 'emoji', name: 'x' }, ...literal(' ')],
} as const satisfies Record<Tone, readonly unknown[]>

function lineBlocks({ spans, quiet }: Extract<MessageNode, { kind: 'line' }>): readonly Block[] {
  if (spans.some((span) => span.style !== undefined || span.url !== undefined))
    return paragraph(inlines(spans, LIMITS.section))
  const text = spans.map((span) => span.text).join('')
  if (text.trim() === '') return []
  return quiet === true ? quietBlocks(text) : [{ type: 'section', text: plain(text, LIMITS.section) }]
}

function quietBlocks(text: string): readonly Block[] {
  return text.trim() === '' ? [] : [{ type: 'context', elements: [plain(text, LIMITS.contextText)] }]
}

function peopleBlocks(title: string, people: readonly PersonView[]): readonly Block[] {
  const named = people.map((person) => ({
    person,
    label: cut(clean(`${person.name} · ${papers(person.papers)}`), LIMITS.buttonText),
  }))
  const buttons = named.map(({ person, label }) =>
    person.action === undefined ? [] : pressable({ label, action: person.action }),
  )
  const silent = named
    .filter((_, at) => buttons[at]?.length === 0)
    .flatMap(({ label }) => [lineBreak, ...literal(label)])
  return [...paragraph([...literal(title, { bold: true }), ...silent]), ...rowsOf(buttons.flat())]
}

function papers(n: number): string {
  return `${n} ${n === 1 ? 'paper' : 'papers'}`
}

/** So that a table of twenty rows fits into a message. */
const LONGEST_ROW = 280

/** A line a row: Slack's own table takes no buttons, and only one of it stands in a message. */
function tableBlocks(columns: readonly string[], rows: readonly TableRow[]): readonly Block[] {
  const head = quietBlocks(columns.join(' · '))
  if (rows.every((row) => row.button === undefined)) {
    const lines = rows.map(({ cells: [first = '', ...rest] }) => [
      ...literal(cut(clean(first), LONGEST_ROW), { bold: true }),
      ...literal(cut(clean(rest.flatMap((cell) => (cell === '' ? [] : [` · ${cell}`])).join('')), LONGEST_ROW)),
    ])
    return [...head, ...paragraph(lines.flatMap((line, at) => (at === 0 ? line : [lineBreak, ...line])))]
  }
  return [...head, ...rows.flatMap(rowBlocks)]
}

function rowBlocks({ cells, button }: TableRow): readonly Block[] {
  const text = cut(clean(cells.filter((cell) => cell !== '').join(' · ')), LONGEST_ROW)
  const [accessory] = button === undefined ? [] : pressable(button, cells[0])
  if (text.trim() === '') return rowsOf(accessory === undefined ? [] : [accessory])
  return [{ type: 'section', text: plain(text, LIMITS.section), ...(accessory === undefined ? {} : { accessory }) }]
}

function pagerBlocks({ shown, previous, next }: Extract<MessageNode, { kind: 'pager' }>): readonly Block[] {
  const buttons = [
    ...(previous === undefined ? [] : pressable({ label: 'Previous', action: previous })),
    ...(next === undefined ? [] : pressable({ label: 'Next', action: next })),
  ]
  return [...quietBlocks(shown), ...rowsOf(buttons.map((button) => ({ ...button, action_id: TURNS })))]
}
