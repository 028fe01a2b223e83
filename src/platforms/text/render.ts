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

const LEAST_BYLINE = 20
const LONGEST_REASON = 40

/** Two lines, and a note where there is one: the byline has what the rest leaves of the second. */
function briefOf({ id, title, version, withdrawn, byline, category, date, reasons, links, note }: PaperView): string {
  const marks = [withdrawn ? '[withdrawn]' : '', version === undefined || version < 2 ? '' : `v${version}`]
  const [before = '', after = ''] = marks
  const room = WIDTH - before.length - after.length - 2
  const first = [before, columns(title, room), after].filter((part) => part !== '').join(' ')
  const address = singleLine(links[0]?.url ?? id)
  const why = columns(reasons.join(' · '), LONGEST_REASON)
  const facts = [category ?? '', date, why, columns(address, WIDTH / 2)].filter((fact) => fact !== '').join(' · ')
  const names = columns(
    byline.map((span) => span.text).join(''),
    Math.max(LEAST_BYLINE, WIDTH - 2 - widthOf(facts) - 3),
  )
  const second = `  ${[names, facts].filter((part) => part !== '').join(' · ')}`
  return [first, second, ...(note === undefined ? [] : [wrapped(note, WIDTH, '  ')])].join('\n')
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
