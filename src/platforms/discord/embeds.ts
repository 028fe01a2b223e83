import type { Button as MessageButton, MessageNode } from '../../message/message.ts'
import { bearerRows, buttonsOf, pagerButtons, peopleRows, rowsOf, selectRows, tableRows } from './controls.ts'
import type { MessageIds } from './custom-id.ts'
import { escapeWithin, plainWithin } from './escape.ts'
import {
  EMBED_DESCRIPTION,
  EMBED_TITLE,
  embedCharacters,
  MOST_EMBED_CHARACTERS,
  MOST_EMBEDS,
  MOST_ROWS,
} from './limits.ts'
import type { Button, Embed, Row } from './payload.ts'
import { briefText, colorOf, firstAddress, type Lengths, nodeText, paperDetails } from './texts.ts'

export interface Embedded {
  /** Who is called stands here: what an embed says calls nobody. */
  readonly content?: string
  readonly embeds: readonly Embed[]
  readonly components: readonly Row[]
}

/** The classic form: an embed for each paper and for each run of other things, and all buttons below them. */
export function embedded(
  nodes: readonly MessageNode[],
  ids: MessageIds,
  lengths: Lengths,
  spending: { readonly buttons: number },
): Embedded {
  const color = colorOf(nodes)
  const embeds: Embed[] = []
  const buttons: Button[] = []
  const menus: Row[] = []
  const addresses = new Set<string>()
  const pressable = nodes.filter(
    (node) =>
      (node.kind === 'paper' && (node.more !== undefined || node.paper.buttons.length > 0)) || node.kind === 'question',
  )
  const opened: { button: MessageButton; about: string }[] = []
  const calls: string[] = []
  let number = 0
  let running: string[] = []
  const flush = () => {
    const description = running.join('\n')
    if (description.trim() !== '') embeds.push({ description, color })
    running = []
  }
  let group = ''
  for (const [at, node] of nodes.entries()) {
    if (node.kind === 'heading' && node.level === 2 && nodes[at + 1]?.kind === 'paper') {
      // Above the paper's own title, for embeds are few.
      group = plainWithin(node.text, Math.min(lengths.title, EMBED_TITLE))
      continue
    }
    if (node.kind === 'question') {
      const mark = pressable.length > 1 ? `${++number} · ` : ''
      running.push(`${mark}${nodeText(node, lengths)}`)
      buttons.push(
        ...buttonsOf(
          node.buttons.map((each) => ({ ...each, label: `${mark}${each.label}` })),
          ids,
        ),
      )
      continue
    }
    if (node.kind === 'mention') {
      calls.push(nodeText(node, lengths))
      continue
    }
    if (node.kind === 'paper' && node.more !== undefined) {
      const mark = `${++number} · `
      running.push(`${mark}${briefText(node.paper, lengths)}`)
      opened.push({ button: node.more, about: `${mark}${node.paper.title}` })
      continue
    }
    if (node.kind !== 'paper') {
      const text = nodeText(node, lengths)
      if (text.trim() !== '') running.push(text)
      if (node.kind === 'people') menus.push(...peopleRows(node, ids))
      if (node.kind === 'table') menus.push(...tableRows(node, ids))
      if (node.kind === 'pager') buttons.push(...pagerButtons(node, ids))
      if (node.kind === 'buttons') buttons.push(...buttonsOf(node.buttons, ids))
      continue
    }
    flush()
    const { paper } = node
    // Buttons stand below all papers: a number says whose they are.
    const mark = pressable.length > 1 && paper.buttons.length > 0 ? `${++number} · ` : ''
    const own = paper.buttons.slice(0, spending.buttons).map((each) => ({ ...each, label: `${mark}${each.label}` }))
    buttons.push(...buttonsOf(own, ids))
    const address = firstAddress(paper, lengths)
    // Of embeds with one address Discord shows only the first.
    const url = address === undefined || addresses.has(address) ? undefined : address
    if (url !== undefined) addresses.add(url)
    const [open, close] = paper.withdrawn ? ['~~', '~~ (withdrawn)'] : ['', '']
    const room = Math.min(lengths.title, EMBED_TITLE) - mark.length - open.length - close.length
    const words = escapeWithin(paper.title, room).trim()
    const title = `${mark}${words === '' ? '' : `${open}${words}${close}`}`.trim()
    const description = paperDetails(paper, lengths, url !== undefined).join('\n')
    embeds.push({
      ...(group === '' ? {} : { author: { name: group } }),
      ...(title === '' ? {} : { title }),
      ...(url === undefined ? {} : { url }),
      ...(description === '' ? {} : { description }),
      color,
    })
    group = ''
  }
  flush()
  // A menu for all of them: their buttons would be two rows more.
  const rows = [...selectRows('Abstract, PDF, Why?, Not them…', opened, ids), ...menus, ...rowsOf(buttons)]
  const components = [...rows, ...bearerRows(ids)]
  const content = calls.join('\n')
  return {
    ...(content === '' ? {} : { content }),
    embeds: embeds.length === 0 ? [{ description: '\u200b', color }] : embeds,
    components,
  }
}

/** What a message of embeds is too big in, rows of its own reserved for what an answer adds. */
export function embedExcess({ embeds, components }: Embedded, reserved: number): 'text' | 'components' | undefined {
  if (embeds.length > MOST_EMBEDS || components.length > MOST_ROWS - reserved) return 'components'
  const isLong = embeds.some(({ description = '' }) => description.length > EMBED_DESCRIPTION)
  return isLong || embedCharacters(embeds) > MOST_EMBED_CHARACTERS ? 'text' : undefined
}
