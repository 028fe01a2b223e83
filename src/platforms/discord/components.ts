import type { Button as MessageButton, MessageNode, PaperView, TableRow } from '../../message/message.ts'
import { bearerRows, buttonOf, buttonsOf, pagerButtons, peopleRows, rowsOf, tableRows } from './controls.ts'
import type { MessageIds } from './custom-id.ts'
import { isText, MOST_BYTES, MOST_CHARACTERS, MOST_COMPONENTS, ROW_BUTTONS, sizeOf } from './limits.ts'
import type { Block, Container } from './payload.ts'
import { briefText, colorOf, type Lengths, nodeText, paperText, rowText } from './texts.ts'

/** How many components a message may spend. */
export interface Spending {
  readonly separators: boolean
  /** Buttons of one paper, the one beside it included. */
  readonly buttons: number
  /** Table rows that have their button beside them; in longer tables a menu does it for all. */
  readonly tableButtons: number
}

export const SPENDINGS: readonly Spending[] = [
  { separators: true, buttons: 1 + ROW_BUTTONS, tableButtons: 10 },
  { separators: false, buttons: 1 + ROW_BUTTONS, tableButtons: 5 },
  { separators: false, buttons: 3, tableButtons: 0 },
  { separators: false, buttons: 2, tableButtons: 0 },
  { separators: false, buttons: 1, tableButtons: 0 },
]

/** One container with everything in it: texts, a section for each paper, rows of buttons. */
export function container(
  nodes: readonly MessageNode[],
  ids: MessageIds,
  lengths: Lengths,
  spending: Spending,
): Container {
  const blocks: Block[] = []
  const text = (content: string) => {
    if (content.trim() === '') return
    const last = blocks.at(-1)
    // Texts in a row are one component.
    if (isText(last)) blocks[blocks.length - 1] = { type: 10, content: `${last.content}\n${content}` }
    else blocks.push({ type: 10, content })
  }
  nodes.forEach((node, at) => {
    switch (node.kind) {
      case 'paper':
        if (node.more !== undefined) {
          briefBlocks(node.paper, node.more, ids, lengths, text, blocks)
          break
        }
        if (spending.separators && nodes[at - 1]?.kind === 'paper') blocks.push(SEPARATOR)
        paperBlocks(node.paper, ids, lengths, spending, text, blocks)
        break
      case 'table': {
        const pressable = node.rows.filter((row) => row.button !== undefined).length
        if (pressable === 0 || pressable > spending.tableButtons) {
          text(nodeText(node, lengths))
          blocks.push(...tableRows(node, ids))
        } else for (const row of node.rows) tableRowBlocks(row, ids, lengths, text, blocks)
        break
      }
      case 'people':
        text(nodeText(node, lengths))
        blocks.push(...peopleRows(node, ids))
        break
      case 'pager':
        text(nodeText(node, lengths))
        blocks.push(...rowsOf(pagerButtons(node, ids)))
        break
      case 'question':
        text(nodeText(node, lengths))
        blocks.push(...rowsOf(buttonsOf(node.buttons, ids)))
        break
      case 'buttons':
        blocks.push(...rowsOf(buttonsOf(node.buttons, ids)))
        break
      case 'divider':
        if (spending.separators) blocks.push(SEPARATOR)
        break
      default:
        text(nodeText(node, lengths))
    }
  })
  blocks.push(...bearerRows(ids))
  if (blocks.length === 0) blocks.push({ type: 10, content: '\u200b' })
  return { type: 17, accent_color: colorOf(nodes), components: blocks }
}

/** What a container is too big in, a row of its own reserved for what an answer adds. */
export function excessOf(block: Container, reserved: number): 'text' | 'components' | undefined {
  const { components, characters, bytes } = sizeOf([block])
  if (components > MOST_COMPONENTS - reserved) return 'components'
  return characters > MOST_CHARACTERS || bytes > MOST_BYTES - 12 * reserved ? 'text' : undefined
}

const SEPARATOR: Block = { type: 14, divider: true, spacing: 1 }

function paperBlocks(
  paper: PaperView,
  ids: MessageIds,
  lengths: Lengths,
  spending: Spending,
  text: (content: string) => void,
  blocks: Block[],
): void {
  const content = paperText(paper, lengths)
  const [beside, ...below] = buttonsOf(paper.buttons.slice(0, spending.buttons), ids)
  if (beside === undefined) text(content)
  else blocks.push({ type: 9, components: [{ type: 10, content }], accessory: beside }, ...rowsOf(below))
}

/** Beside its two lines the button that opens the rest of it, to whoever presses it alone. */
function briefBlocks(
  paper: PaperView,
  more: MessageButton,
  ids: MessageIds,
  lengths: Lengths,
  text: (content: string) => void,
  blocks: Block[],
): void {
  const content = briefText(paper, lengths)
  const accessory = buttonOf(more, ids)
  if (accessory === undefined || content.trim() === '') text(content)
  else blocks.push({ type: 9, components: [{ type: 10, content }], accessory })
}

function tableRowBlocks(
  row: TableRow,
  ids: MessageIds,
  lengths: Lengths,
  text: (content: string) => void,
  blocks: Block[],
): void {
  const content = rowText(row, lengths)
  const accessory = row.button === undefined ? undefined : buttonOf(row.button, ids)
  if (accessory === undefined || content.trim() === '') text(content)
  else blocks.push({ type: 9, components: [{ type: 10, content }], accessory })
}
