import type { types } from '@slack/bolt'
import type { Message, MessageNode } from '../../message/message.ts'
import { nodeBlocks } from './blocks.ts'
import type { Block } from './elements.ts'
import { LIMITS } from './limits.ts'
import { fallbackText } from './text.ts'

/** What chat.postMessage is given besides the channel. */
export interface SlackPayload {
  readonly text: string
  readonly blocks: readonly Block[]
  readonly unfurl_links: false
  readonly unfurl_media: false
}

/** Abstracts as long as the message has them, then ever shorter ones, then none. */
const ABSTRACTS = [3000, 600, 450, 300, 200, 120, 0]

/**
 * The message as Slack has it: one payload, or the first and its replies. Abstracts shrink before anything splits, and
 * a paper is never cut in two.
 */
export function renderSlack(message: Message): readonly SlackPayload[] {
  const nodes = message.nodes.flatMap(inPieces)
  const whole = fitting(nodes)
  const messages = whole === undefined ? chunksOf(nodes).map(fittingOrCut) : [whole]
  return messages.map((blocks, at) => {
    const place = messages.length === 1 ? '' : ` (${at + 1} of ${messages.length})`
    return {
      text: fallbackText(`${message.summary}${place}`),
      blocks: numbered(blocks),
      unfurl_links: false,
      unfurl_media: false,
    }
  })
}

/** The blocks with the longest abstracts with which they fit into one message; undefined when they don't without any. */
function fitting(nodes: readonly MessageNode[]): readonly Block[] | undefined {
  for (const length of ABSTRACTS) {
    const blocks = nodes.flatMap((node) => nodeBlocks(node, length))
    if (fits(blocks)) return blocks
  }
  return undefined
}

function fittingOrCut(nodes: readonly MessageNode[]): readonly Block[] {
  return fitting(nodes) ?? nodes.flatMap((node) => nodeBlocks(node, 0)).slice(0, LIMITS.blocksOfMessage)
}

function fits(blocks: readonly Block[]): boolean {
  return isWithin(blocks.length, textLength(blocks))
}

function isWithin(blocks: number, text: number): boolean {
  return blocks <= LIMITS.blocksOfMessage && text <= LIMITS.textOfMessage
}

/** As few messages as hold all nodes when no abstract is shown. */
function chunksOf(nodes: readonly MessageNode[]): readonly (readonly MessageNode[])[] {
  const chunks: MessageNode[][] = []
  let [count, length] = [0, 0]
  for (const node of nodes) {
    const blocks = nodeBlocks(node, 0)
    const text = textLength(blocks)
    const last = chunks.at(-1)
    if (last !== undefined && isWithin(count + blocks.length, length + text)) {
      last.push(node)
      count += blocks.length
      length += text
    } else {
      chunks.push([node])
      ;[count, length] = [blocks.length, text]
    }
  }
  return chunks.length === 0 ? [[]] : chunks
}

const ROWS = 20
const PEOPLE = 100

/** Long tables and lists as several, so that each surely fits into a message. */
function inPieces(node: MessageNode): readonly MessageNode[] {
  if (node.kind === 'table' && node.rows.length > ROWS) {
    return pieces(node.rows, ROWS).map((rows, at) => ({ ...node, columns: at === 0 ? node.columns : [], rows }))
  }
  if (node.kind === 'people' && node.people.length > PEOPLE) {
    return pieces(node.people, PEOPLE).map((people) => ({ ...node, people }))
  }
  return [node]
}

function pieces<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}

/** Every button and menu with an action_id of its own in the message. */
function numbered(blocks: readonly Block[]): readonly Block[] {
  let count = 0
  const mark = <Element extends types.Button | types.Overflow>(button: Element): Element => ({
    ...button,
    action_id: `${button.action_id ?? ('url' in button ? 'open' : 'press')}-${count++}`,
  })
  return blocks.map((block) => {
    if (block.type === 'actions')
      return { ...block, elements: block.elements.map((each) => (each.type === 'button' ? mark(each) : each)) }
    if (block.type === 'section' && (block.accessory?.type === 'button' || block.accessory?.type === 'overflow'))
      return { ...block, accessory: mark(block.accessory) }
    return block
  })
}

/** UTF-16 units of all text that is shown. */
export function textLength(part: unknown): number {
  if (Array.isArray(part)) return part.reduce((sum: number, each) => sum + textLength(each), 0)
  if (typeof part !== 'object' || part === null) return 0
  return Object.entries(part).reduce(
    (sum, [name, value]) => sum + (name === 'text' && typeof value === 'string' ? value.length : textLength(value)),
    0,
  )
}
