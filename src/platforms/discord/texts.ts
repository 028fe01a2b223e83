import type { MessageNode, PaperView, Span, TableRow, Tone } from '../../message/message.ts'
import { codeWithin, escapeWithin, maskedLink, safeAddress, strong } from './escape.ts'

/** How long the texts of a message may be, in characters of mark-up. Abstracts shrink before anything else does. */
export interface Lengths {
  readonly abstract: number
  readonly title: number
  readonly byline: number
  /** Reasons, venue, note and collaborators, each. */
  readonly detail: number
  readonly reasons: number
  readonly links: number
  readonly line: number
  readonly cell: number
}

const FULL = { title: 400, byline: 500, detail: 250, reasons: 3, links: 4, line: 3500, cell: 250 }

export const LENGTHS: readonly Lengths[] = [
  ...[1500, 700, 500, 350, 250, 150, 0].map((abstract) => ({ ...FULL, abstract })),
  { abstract: 0, title: 240, byline: 240, detail: 120, reasons: 2, links: 3, line: 1500, cell: 120 },
  { abstract: 0, title: 160, byline: 120, detail: 60, reasons: 1, links: 1, line: 600, cell: 60 },
  { abstract: 0, title: 100, byline: 60, detail: 40, reasons: 1, links: 1, line: 250, cell: 40 },
  { abstract: 0, title: 60, byline: 30, detail: 30, reasons: 1, links: 1, line: 150, cell: 40 },
]

/** From here on it is not abstracts alone that are cut. */
export const CUT_FROM = 7

/** A longer address is left out where there is little room; the paper's id says where it is. */
const LONG_ADDRESS = 200

/** A paper without its buttons, a line a thing. */
export function paperText(paper: PaperView, lengths: Lengths): string {
  const title = titleOf(paper, lengths)
  return [title, ...paperDetails(paper, lengths, title.startsWith('['))].join('\n')
}

const BRIEF_BYLINE = 160
const SHORT_ADDRESS = 80

/** A paper of a digest of many: its title, and small below it by whom, where, when and why. */
export function briefText(paper: PaperView, lengths: Lengths): string {
  const { version, note, category, date, reasons } = paper
  const detail = (text: string) => escapeWithin(text, lengths.detail)
  const title = titleOf(paper, lengths, lengths.links > 1 ? LONG_ADDRESS : SHORT_ADDRESS)
  const facts = [
    bylineText(paper.byline, Math.min(BRIEF_BYLINE, lengths.byline)),
    escapeWithin(category ?? '', 20),
    escapeWithin(date, 20),
    ...reasons.slice(0, lengths.reasons).map(detail),
  ]
  const lines = [
    version === undefined || version < 2 ? title : `${title} v${version}`,
    small(facts.filter((fact) => fact.trim() !== '').join(' · ')),
    note === undefined ? '' : strong(detail(note)),
  ]
  return lines.filter((line) => line.trim() !== '').join('\n')
}

/** What stands under a paper's title; where that is a link, the same link is not given again. */
export function paperDetails(paper: PaperView, lengths: Lengths, titleIsLink: boolean): readonly string[] {
  const { abstract, note, collaborators } = paper
  const detail = (text: string) => escapeWithin(text, lengths.detail)
  const lines = [
    bylineText(paper.byline, lengths.byline),
    small([detail(metaOf(paper)), linksText(paper, lengths, titleIsLink)].filter((each) => each !== '').join(' · ')),
    note === undefined ? '' : strong(detail(note)),
    abstract === undefined || lengths.abstract === 0 ? '' : escapeWithin(abstract, lengths.abstract),
    collaborators === undefined || lengths.abstract === 0 ? '' : small(detail(collaborators)),
    small(paper.reasons.slice(0, lengths.reasons).map(detail).join(' · ')),
  ]
  return lines.filter((line) => line.trim() !== '')
}

/** A text with no mark-up of its own as the title of a thing, linked where that can be done. */
function titleOf(paper: PaperView, lengths: Lengths, longest = Number.POSITIVE_INFINITY): string {
  const title = escapeWithin(paper.title, lengths.title)
  const shown = strong(paper.withdrawn ? `~~${title.trim()}~~` : title)
  const address = firstAddress(paper, lengths) ?? ''
  return `${maskedLink(shown, address.length > longest ? '' : address)}${paper.withdrawn ? ' (withdrawn)' : ''}`
}

/** Where a paper is read. */
export function firstAddress(paper: PaperView, lengths: Lengths): string | undefined {
  const [first] = paper.links.flatMap(({ url }) => safeAddress(url) ?? [])
  return first !== undefined && (first.length <= LONG_ADDRESS || lengths.links > 1) ? first : undefined
}

function linksText({ links }: PaperView, lengths: Lengths, titleIsLink: boolean): string {
  return links
    .slice(titleIsLink ? 1 : 0, lengths.links)
    .filter(({ url }) => safeAddress(url) !== undefined && (url.length <= LONG_ADDRESS || lengths.links > 1))
    .map(({ label, url }) => maskedLink(escapeWithin(label, 40), url))
    .join(' · ')
}

function metaOf({ date, venue, category, id, version }: PaperView): string {
  const number = `${id.replace(/^[a-z]+:/, '')}${version === undefined ? '' : `v${version}`}`
  // The venue last: it is what may be cut.
  return [date, number, category, venue].filter((each) => each !== undefined && each !== '').join(' · ')
}

/** Strong names are kept when it has to be cut. */
function bylineText(byline: readonly Span[], most: number): string {
  const whole = spansText(byline, most)
  if (whole.length <= most) return whole
  const names = byline.filter((span) => span.style === 'strong').map((span) => span.text)
  const followed = names.length === 0 ? '' : strong(escapeWithin(names.join(', '), Math.max(10, most - 10)))
  return followed === '' ? escapeWithin(byline.map((span) => span.text).join(''), most) : `${followed}, …`
}

export function spansText(spans: readonly Span[], most: number): string {
  let text = ''
  for (const { text: plain, style, url } of spans) {
    const room = Math.max(1, most - text.length)
    const escaped = style === 'code' ? codeWithin(plain, room) : escapeWithin(plain, room)
    const shown = style === 'strong' ? strong(escaped) : escaped
    // Two runs of bold side by side would end each other.
    text += (text.endsWith('**') && shown.startsWith('**') ? '\u200b' : '') + (url ? maskedLink(shown, url) : shown)
  }
  return text
}

export function small(text: string): string {
  return text.trim() === '' ? '' : `-# ${text.trimStart()}`
}

/** The text of a node that is more or less nothing but text; buttons and selects are apart. */
export function nodeText(node: Exclude<MessageNode, { kind: 'paper' }>, lengths: Lengths): string {
  switch (node.kind) {
    case 'heading':
      return `${node.level === 1 ? '##' : '###'} ${escapeWithin(node.text, lengths.title).trim()}`
    case 'line': {
      const text = spansText(node.spans, lengths.line).trim()
      return node.quiet ? small(text) : text
    }
    case 'people': {
      const people = node.people.map(({ name, papers }) => `${escapeWithin(name, lengths.cell)} (${papers})`)
      return [strong(escapeWithin(node.title, lengths.title)), people.join(' · ')].join('\n')
    }
    case 'table':
      return node.rows.map((row) => rowText(row, lengths)).join('\n')
    case 'notice': {
      const text = `${TONES[node.tone]} ${strong(escapeWithin(node.text, lengths.line))}`
      return node.next === undefined ? text : `${text}\n${escapeWithin(node.next, lengths.line)}`
    }
    case 'mention': {
      const people = node.people.map(({ id, name }) => (isSnowflake(id) ? `<@${id}>` : escapeWithin(`@${name}`, 80)))
      return `${people.join(' ')} · ${escapeWithin(node.text, lengths.detail)}`
    }
    case 'pager':
      return small(escapeWithin(node.shown, lengths.cell))
    case 'question':
      return spansText([{ text: `${node.asks} ` }, { ...node.about, style: 'strong' }], lengths.line).trim()
    case 'buttons':
    case 'divider':
      return ''
  }
}

/** Whom a message calls: they alone may be pinged by it. */
export function mentionedIn(nodes: readonly MessageNode[]): readonly string[] {
  const people = nodes.flatMap((node) => (node.kind === 'mention' ? node.people : []))
  return [...new Set(people.map(({ id }) => id).filter(isSnowflake))]
}

function isSnowflake(id: string): boolean {
  return /^\d{5,20}$/.test(id)
}

/** A row as a line: its first cell strong, the others behind it. */
export function rowText({ cells }: TableRow, lengths: Lengths): string {
  const [first = '', ...others] = cells.map((cell) => escapeWithin(cell, lengths.cell))
  return [strong(first), ...others.filter((cell) => cell.trim() !== '')].join(' · ')
}

const TONES: Readonly<Record<Tone, string>> = { info: 'ℹ️', success: '✅', warning: '⚠️', error: '❌' }

const COLORS: Readonly<Record<Tone, number>> = {
  info: 0x5865f2,
  success: 0x2e8b57,
  warning: 0xd29922,
  error: 0xc93c37,
}

/** The colour beside a message: its notice's, and arXiv's red for papers. */
export function colorOf(nodes: readonly MessageNode[]): number {
  if (nodes.some((node) => node.kind === 'paper')) return 0xb31b1b
  const notice = nodes.find((node) => node.kind === 'notice')
  return COLORS[notice?.tone ?? 'info']
}
