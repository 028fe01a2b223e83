import type { Message, MessageNode } from '../message/message.ts'
import type { Manner } from '../store/records.ts'

/** The message as a part that is not sent as usual has it: marked, when it may stand there already, or of plain lines alone. */
export function inManner(message: Message, { plain, mayRepeat }: Manner): Message {
  const nodes = plain === true ? message.nodes.flatMap(plainNodes) : message.nodes
  if (mayRepeat !== true) return { ...message, nodes }
  const mark: MessageNode = { kind: 'line', quiet: true, spans: [{ text: '(may repeat)' }] }
  return { summary: `${message.summary} (may repeat)`, nodes: [mark, ...nodes] }
}

function plainNodes(node: MessageNode): readonly MessageNode[] {
  switch (node.kind) {
    case 'heading':
    case 'notice':
      return [{ kind: 'line', spans: [{ text: node.text }] }]
    case 'paper':
      return [{ kind: 'line', spans: [{ text: `${node.paper.title}, ${node.paper.links[0]?.url ?? node.paper.id}` }] }]
    case 'line':
      return [{ kind: 'line', spans: [{ text: node.spans.map((span) => span.text).join('') }] }]
    case 'mention':
      return [{ kind: 'line', spans: [{ text: `${node.people.map(({ name }) => name).join(', ')}: ${node.text}` }] }]
    case 'people':
      return [
        { kind: 'line', spans: [{ text: `${node.title}: ${node.people.map((person) => person.name).join(', ')}` }] },
      ]
    case 'table':
      return node.rows.map((row) => ({ kind: 'line', spans: [{ text: row.cells.join(' · ') }] }))
    case 'question':
      return [{ kind: 'line', spans: [{ text: `${node.asks} ${node.about.text}, ${node.about.url ?? ''}` }] }]
    case 'pager':
    case 'buttons':
    case 'divider':
      return []
  }
}
