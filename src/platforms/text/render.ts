import type { Message, MessageNode, PaperView, Span, TableRow, Tone } from '../../message/message.ts'
import { columns, padded, singleLine, widthOf, wrapped } from './columns.ts'

const WIDTH = 100

/** The message as it reads in a terminal, at most 100 columns wide; buttons, which need a hand, are left out. */
export function renderText(message: Message): string {
  let text = ''
  let before: MessageNode | undefined
  for (const node of message.nodes) {
    const block = blockOf(node)
    if (block === '') continue
    // Many papers stand close.
    const close = isBrief(node) && (isBrief(before) || before?.kind === 'heading')
    text += `${before === undefined ? '' : close ? '\n' : '\n\n'}${block}`
    before = node
  }
  return `${text}\n`
}

function isBrief(node: MessageNode | undefined): boolean {
  return node?.kind === 'paper' && node.more !== undefined
}

function blockOf(node: MessageNode): string {
  switch (node.kind) {
    case 'heading':
      return headingOf(node.text, node.level)
    case 'line':
      return wrapped(spansOf(node.spans), WIDTH)
    case 'paper':
      return node.more === undefined ? paperOf(node.paper) : briefOf(node.paper)
    case 'mention':
      return wrapped(`${node.people.map(({ name }) => `@${name}`).join(', ')} · ${node.text}`, WIDTH)
    case 'people':
      return peopleOf(node)
    case 'table':
      return tableOf(node.columns, node.rows)
    case 'notice':
      return wrapped([MARKS[node.tone], node.text, node.next ?? ''].filter(Boolean).join(' '), WIDTH)
    case 'pager':
      return singleLine(node.shown)
    case 'question':
      return wrapped(`${node.asks} ${spansOf([node.about])}`, WIDTH)
    case 'buttons':
      return ''
    case 'divider':
      return '─'.repeat(WIDTH)
  }
}

const MARKS: Readonly<Record<Tone, string>> = { info: '', success: '✓', warning: '!', error: '✗' }

function headingOf(text: string, level: 1 | 2): string {
  const heading = wrapped(text, WIDTH)
  const widest = Math.max(...heading.split('\n').map(widthOf))
  return level === 1 ? `${heading}\n${'─'.repeat(widest)}` : heading
}

/** Where a link says something else than its address, the address follows it. */
function spansOf(spans: readonly Span[]): string {
  return spans
    .map((span) => (span.url === undefined || span.url === span.text ? span.text : `${span.text} <${span.url}>`))
    .join('')
}

function paperOf(paper: PaperView): string {
  const id = paper.version === undefined ? paper.id : `${paper.id}v${paper.version}`
  const meta = [paper.date, paper.venue, paper.category ?? '', id].filter(Boolean).join(' · ')
  const [first = { label: '', url: '' }] = paper.links
  const below = [
    paper.byline.map((span) => span.text).join(''),
    meta,
    paper.note ?? '',
    paper.abstract ?? '',
    paper.collaborators ?? '',
    paper.reasons.join(' · '),
    first.url,
  ]
  const title = wrapped(paper.withdrawn ? `[withdrawn] ${paper.title}` : paper.title, WIDTH)
  return [title, ...below.filter(Boolean).map((text) => wrapped(text, WIDTH, '  '))].join('\n')
}

/** So that a third of the line is left for who wrote it and why it is here, and what is longest in either is all there. */
const CATEGORY = 18
const ADDRESS = 40
const INDENT = '  '
const BETWEEN = ' · '

/** Two lines, and a note where there is one: byline and reason share what the rest leaves of the second. */
function briefOf({ id, title, version, withdrawn, byline, category, date, reasons, links, note }: PaperView): string {
  const before = withdrawn ? '[withdrawn] ' : ''
  const after = version === undefined || version < 2 ? '' : ` v${version}`
  const first = `${before}${columns(title, WIDTH - before.length - after.length)}${after}`
  const place = columns(category ?? '', CATEGORY)
  const address = columns(links[0]?.url ?? id, ADDRESS)
  const rest = [place, date, address].filter((fact) => fact !== '').join(BETWEEN)
  const room = WIDTH - widthOf(INDENT) - widthOf(rest) - 2 * BETWEEN.length
  const why = reasons.join(BETWEEN)
  const whole = singleLine(byline.map((span) => span.text).join(''))
  const names = columns(whole, Math.max(room - widthOf(singleLine(why)), Math.floor(room / 2)))
  const facts = [names, place, date, columns(why, room - widthOf(names)), address]
  const second = `${INDENT}${facts.filter((fact) => fact !== '').join(BETWEEN)}`
  return [first, second, ...(note === undefined ? [] : [wrapped(note, WIDTH, INDENT)])].join('\n')
}

function peopleOf(node: MessageNode & { kind: 'people' }): string {
  const widest = Math.max(0, ...node.people.map((person) => widthOf(singleLine(person.name))))
  const rows = node.people.map((person) => `  ${padded(singleLine(person.name), widest)}  ${papers(person.papers)}`)
  return [wrapped(node.title, WIDTH), ...rows].join('\n')
}

function papers(count: number): string {
  return count === 1 ? '1 paper' : `${count} papers`
}

function tableOf(columns: readonly string[], rows: readonly TableRow[]): string {
  const lines = [columns, ...rows.map((row) => row.cells)].map((cells) => cells.map(singleLine))
  const widths = columns.map((_, place) => Math.max(...lines.map((cells) => widthOf(cells[place] ?? ''))))
  const [head = '', ...body] = lines.map((cells) =>
    cells
      .map((cell, place) => padded(cell, widths[place] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [head, widths.map((width) => '─'.repeat(width)).join('  '), ...body].join('\n')
}
