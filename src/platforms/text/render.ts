import type { Message, MessageNode, PaperView, Span, TableRow, Tone } from '../../message/message.ts'
import { padded, singleLine, widthOf, wrapped } from './columns.ts'

const WIDTH = 100

/** The message as it reads in a terminal, at most 100 columns wide; buttons, which need a hand, are left out. */
export function renderText(message: Message): string {
  const blocks = message.nodes.map(blockOf).filter((block) => block !== '')
  return `${blocks.join('\n\n')}\n`
}

function blockOf(node: MessageNode): string {
  switch (node.kind) {
    case 'heading':
      return headingOf(node.text, node.level)
    case 'line':
      return wrapped(spansOf(node.spans), WIDTH)
    case 'paper':
      return paperOf(node.paper)
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
