import type { Message, MessageNode } from '../../message/message.ts'
import { container, excessOf, SPENDINGS } from './components.ts'
import type { MessageIds } from './custom-id.ts'
import { messageIds } from './custom-id.ts'
import { embedded, embedExcess } from './embeds.ts'
import { type AllowedMentions, COMPONENTS_V2, NO_MENTIONS, type Payload, type Rendering } from './payload.ts'
import { CUT_FROM, LENGTHS, type Lengths, mentionedIn } from './texts.ts'

export interface RenderOptions {
  readonly rendering?: Rendering
  /** The part's key, borne by the first button that has room for it. */
  readonly key?: string
  /** Whether a row stays free for a button that an answer adds. */
  readonly withRoom?: boolean
}

/**
 * The message as Discord is sent it. One that is too big becomes smaller first: abstracts shrink, then buttons that can
 * be spared go. Then it is split between two things that are said; what can't be split, and a part, is cut.
 */
export function renderMessage(message: Message, options: RenderOptions = {}): readonly Payload[] {
  return renderNodes(message.nodes, options)
}

/** A part as one message; undefined when it can't be one. */
export function renderPart(message: Message, key: string, rendering: Rendering): Payload | undefined {
  return fitted(message.nodes, { key, rendering }, LENGTHS)
}

function renderNodes(nodes: readonly MessageNode[], options: RenderOptions): readonly Payload[] {
  const whole = fitted(nodes, options, LENGTHS.slice(0, CUT_FROM))
  if (whole !== undefined) return [whole]
  const parts = halves(nodes)
  if (parts === undefined) {
    const cut = fitted(nodes, options, LENGTHS)
    if (cut === undefined) throw new RangeError(`a ${nodes[0]?.kind} does not fit into a message of Discord`)
    return [cut]
  }
  const { key: _, ...others } = options
  return [...renderNodes(parts[0], options), ...renderNodes(parts[1], others)]
}

/** One payload that Discord takes, or undefined. */
function fitted(
  nodes: readonly MessageNode[],
  options: RenderOptions,
  allowed: readonly Lengths[],
): Payload | undefined {
  const { rendering = 'components', key, withRoom = false } = options
  const draw = rendering === 'components' ? asComponents : asEmbeds
  let length = 0
  let spent = 0
  for (;;) {
    const lengths = allowed[length]
    const spending = SPENDINGS[spent]
    if (lengths === undefined || spending === undefined) return undefined
    const { payload, excess } = draw(nodes, messageIds(key), lengths, spending, withRoom)
    if (excess === undefined) return payload
    if (excess === 'text') length++
    else spent++
  }
}

interface Drawn {
  readonly payload: Payload
  readonly excess: 'text' | 'components' | undefined
}

type Draw = (
  nodes: readonly MessageNode[],
  ids: MessageIds,
  lengths: Lengths,
  spending: (typeof SPENDINGS)[number],
  withRoom: boolean,
) => Drawn

const asComponents: Draw = (nodes, ids, lengths, spending, withRoom) => {
  const block = container(nodes, ids, lengths, spending)
  const payload = { flags: COMPONENTS_V2, components: [block], allowed_mentions: allowed(nodes) }
  // A row, its button, and the line that says who shared it.
  return { payload, excess: excessOf(block, withRoom ? 3 : 0) }
}

const asEmbeds: Draw = (nodes, ids, lengths, spending, withRoom) => {
  const drawn = embedded(nodes, ids, lengths, spending)
  return { payload: { ...drawn, allowed_mentions: allowed(nodes) }, excess: embedExcess(drawn, withRoom ? 1 : 0) }
}

function allowed(nodes: readonly MessageNode[]): AllowedMentions {
  const users = mentionedIn(nodes)
  return users.length === 0 ? NO_MENTIONS : { ...NO_MENTIONS, users }
}

/** Two parts of what is said, neither empty; undefined when it can't be parted. A single table is cut between its rows, people and buttons likewise. */
function halves(nodes: readonly MessageNode[]): readonly [readonly MessageNode[], readonly MessageNode[]] | undefined {
  const middle = Math.ceil(nodes.length / 2)
  if (nodes.length > 1) return [nodes.slice(0, middle), nodes.slice(middle)]
  const [node] = nodes
  if (node?.kind === 'table' && node.rows.length > 1) {
    const half = Math.ceil(node.rows.length / 2)
    return [[{ ...node, rows: node.rows.slice(0, half) }], [{ ...node, rows: node.rows.slice(half) }]]
  }
  if (node?.kind === 'people' && node.people.length > 1) {
    const half = Math.ceil(node.people.length / 2)
    return [[{ ...node, people: node.people.slice(0, half) }], [{ ...node, people: node.people.slice(half) }]]
  }
  if (node?.kind === 'buttons' && node.buttons.length > 1) {
    const half = Math.ceil(node.buttons.length / 2)
    return [[{ ...node, buttons: node.buttons.slice(0, half) }], [{ ...node, buttons: node.buttons.slice(half) }]]
  }
  return undefined
}
