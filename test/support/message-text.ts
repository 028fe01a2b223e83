import type { Message, MessageNode } from '../../src/message/message.ts'

/** All that a reader sees of a message, a line a thing. */
export function messageText(message: Message): string {
  return message.nodes.flatMap(nodeText).join('\n')
}

function nodeText(node: MessageNode): readonly string[] {
  switch (node.kind) {
    case 'heading':
      return [node.text]
    case 'line':
      return [node.spans.map((span) => span.text).join('')]
    case 'paper': {
      const { paper } = node
      const byline = paper.byline.map((span) => span.text).join('')
      const rest = [paper.abstract, ...paper.reasons, paper.collaborators, paper.note]
      return [paper.title, byline, paper.venue, paper.date, ...rest.filter((text) => text !== undefined)]
    }
    case 'mention':
      return [`${node.people.map(({ name }) => name).join(', ')} · ${node.text}`]
    case 'people':
      return [node.title, ...node.people.map((person) => `${person.name} (${person.papers})`)]
    case 'table':
      return [node.columns.join(' '), ...node.rows.map((row) => row.cells.join(' '))]
    case 'notice':
      return [node.text, ...(node.next === undefined ? [] : [node.next])]
    case 'pager':
      return [node.shown]
    case 'question':
      return [`${node.asks} ${node.about.text}`, node.buttons.map((button) => button.label).join(' ')]
    case 'buttons':
      return [node.buttons.map((button) => button.label).join(' ')]
    case 'divider':
      return []
  }
}
