import type { Button, PaperView, Span } from '../../message/message.ts'
import { type Block, menu } from './elements.ts'
import { literalMarkup, markupLink } from './text.ts'

/** So that forty of them fit into a message where they are short, and twenty in any case. */
const LENGTHS = { title: 300, address: 500, byline: 200, fact: 120 }
const SHORT_LENGTHS = { title: 140, address: 100, byline: 80, fact: 40 }

/**
 * A paper of a digest of many: its title, below it by whom, where, when and why, and behind three dots all that can be done. A menu
 * stands beside mark-up only, not beside rich text.
 */
export function briefBlocks(paper: PaperView, more: Button, short: boolean): readonly Block[] {
  const most = short ? SHORT_LENGTHS : LENGTHS
  const pdf = paper.links.find(({ label }) => label === 'PDF')
  const accessory = menu([{ ...more, label: 'Abstract' }, ...(pdf === undefined ? [] : [pdf]), ...paper.buttons])
  const facts = [paper.category ?? '', paper.date, paper.reasons.join(' · ')].map((fact) =>
    literalMarkup(fact, most.fact),
  )
  const lines = [
    titleOf(paper, most),
    [bylineOf(paper.byline, most.byline), ...facts].filter((fact) => fact.trim() !== '').join(' · '),
    literalMarkup(paper.note ?? '', most.fact),
  ]
  const text = lines.filter((line) => line.trim() !== '').join('\n')
  return [
    {
      type: 'section',
      text: { type: 'mrkdwn', text, verbatim: true },
      ...(accessory === undefined ? {} : { accessory }),
    },
  ]
}

function titleOf({ id, title, version, withdrawn, links }: PaperView, most: typeof LENGTHS): string {
  const words = literalMarkup(title, most.title).trim()
  const linked = `*${markupLink(words === '' ? literalMarkup(id, most.title) : words, links[0]?.url ?? '', most.address)}*`
  const mark = version === undefined || version < 2 ? '' : ` v${version}`
  return withdrawn === true ? `~${linked}~${mark} · *Withdrawn*` : `${linked}${mark}`
}

function bylineOf(byline: readonly Span[], most: number): string {
  let left = most
  return byline
    .map(({ text, style }) => {
      const shown = left <= 0 ? '' : literalMarkup(text, left)
      left -= shown.length
      return style === 'strong' && shown.trim() !== '' ? `*${shown.trim()}*` : shown
    })
    .join('')
}
