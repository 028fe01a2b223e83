import type { PaperView } from '../../message/message.ts'
import {
  type Block,
  type Inline,
  inlines,
  lineBreak,
  linked,
  literal,
  openable,
  paragraph,
  pressable,
  rowsOf,
} from './elements.ts'
import { clean, cut } from './text.ts'

/** No author, title or reason of a real paper comes near; a made-up one shall not fill the message. */
const LONGEST_TITLE = 500
const LONGEST_LINE = 600

/** A paper: title with its address, byline, where and when, why it is here, abstract; below it the buttons. */
export function paperBlocks(paper: PaperView, abstractLength: number): readonly Block[] {
  const [page, ...more] = paper.links
  const title = cut(clean(paper.title), LONGEST_TITLE)
  const style: { bold: true; strike?: true } = paper.withdrawn === true ? { bold: true, strike: true } : { bold: true }
  const pdf = more.find((link) => link.label === 'PDF')
  const others = more.filter((link) => link !== pdf)
  const lines: readonly (readonly Inline[])[] = [
    page === undefined ? literal(title, style) : linked(title, page.url, style),
    paper.withdrawn === true ? literal('Withdrawn', { bold: true }) : [],
    inlines(paper.byline, LONGEST_LINE * 2),
    [
      ...literal(cut(clean(placeOf(paper)), LONGEST_LINE)),
      ...others.flatMap(({ label, url }) => [...literal(' · '), ...linked(label, url)]),
    ],
    italic(paper.note),
    italic(paper.reasons.join(' · ')),
    italic(paper.collaborators),
    abstractLength === 0 ? [] : literal(cut(clean(paper.abstract ?? ''), abstractLength)),
  ]
  const links = [page, pdf].flatMap((link) => (link === undefined ? [] : openable(link, title)))
  const actions = paper.buttons.flatMap((button) => pressable(button, title))
  return [
    ...paragraph(
      lines.filter((line) => line.length > 0).flatMap((line, at) => (at === 0 ? line : [lineBreak, ...line])),
    ),
    ...rowsOf([...links, ...actions]),
  ]
}

function placeOf({ date, venue, category, id, version }: PaperView): string {
  const name = `${id.replace(/^arxiv:/, '')}${version === undefined ? '' : `v${version}`}`
  return [date, venue, ...(category === undefined ? [] : [category]), name].filter((part) => part !== '').join(' · ')
}

function italic(text: string | undefined): readonly Inline[] {
  return literal(cut(clean(text ?? ''), LONGEST_LINE), { italic: true })
}
