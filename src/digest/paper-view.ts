import { encodeAction } from '../message/action.ts'
import type { Button, Link, PaperView, Span } from '../message/message.ts'
import type { Author, Paper } from '../papers/paper.ts'
import type { Reason } from '../store/records.ts'
import { briefReasons, companionsOf } from './brief-reasons.ts'

export { type Collaborator, collaboratorsOf } from './collaborators.ts'

export interface PaperViewOptions {
  readonly reasons?: readonly Reason[]
  /** Places in the byline whose names are strong; the authors of the reasons are, in any case. */
  readonly followed?: readonly number[]
  /** Characters; 0 leaves the abstract out. */
  readonly abstractLength: number
  /** Those whose action is too long for a button are left out. */
  readonly buttons?: readonly Button[]
  readonly note?: string
  /** Tells of the last revision, too, where papers stand in that order. */
  readonly revised?: boolean
  /** As one of many: the byline and the reasons short. */
  readonly brief?: boolean
}

/** What a line of a desktop surely holds. */
const BRIEF_COLUMNS = 100

/** A paper as messages show it: who, when, where, what, and why it is here. */
export function paperView(paper: Paper, options: PaperViewOptions): PaperView {
  const { reasons = [], followed = [], abstractLength, buttons = [], note, revised = false, brief = false } = options
  const positions = [...followed, ...reasons.flatMap(({ position }) => (position === undefined ? [] : [position]))]
  const abstract = shorten(paper.abstract, abstractLength)
  const collaborators = brief ? undefined : collaboratorsLine(reasons)
  const byline = brief ? shortByline(paper.authors, positions) : bylineOf(paper.authors, positions)
  const date = revised ? datesOf(paper) : dayForPeople(paper.published || (paper.announced ?? ''))
  const taken = [byline.map(({ text }) => text).join(''), paper.categories[0] ?? '', date].join(' · ').length
  return {
    id: paper.id,
    title: paper.title,
    byline,
    date,
    venue: paper.journalRef === undefined ? paper.venue : `${paper.venue} · ${paper.journalRef}`,
    links: linksOf(paper),
    reasons: brief ? briefReasons(reasons, BRIEF_COLUMNS - taken - ' · '.length) : reasons.map(reasonLine),
    buttons: buttons.filter((button) => encodeAction(button.action) !== undefined),
    ...(paper.version === undefined ? {} : { version: paper.version }),
    ...(paper.categories[0] === undefined ? {} : { category: paper.categories[0] }),
    ...(abstract === '' ? {} : { abstract }),
    ...(abstract === '' || abstract === paper.abstract ? {} : { wholeAbstract: paper.abstract }),
    ...(collaborators === undefined ? {} : { collaborators }),
    ...(note === undefined ? {} : { note }),
    ...(paper.withdrawn === true ? { withdrawn: true } : {}),
  }
}

/** @example 'revised 3 Mar 2026 · first 12 Dec 2022' */
function datesOf({ published, updated }: Paper): string {
  const first = dayForPeople(published)
  const last = dayForPeople(updated)
  if (first === '' || last === '') return last === '' ? first : `revised ${last}`
  return first === last ? first : `revised ${last} · first ${first}`
}

const SHOWN_WHOLE = 6
const MOST_FOLLOWED = 6

/**
 * A long byline around the followed authors, who are strong: first author, followed ones, last author, and how many more.
 * @example 'Ryan Greenblatt, … **Jared Kaplan**, … Evan Hubinger +17'
 */
export function bylineOf(authors: readonly Author[], followed: readonly number[]): readonly Span[] {
  const last = authors.length - 1
  const there = followed.filter((position) => authors[position] !== undefined).slice(0, MOST_FOLLOWED)
  return spansOf(authors, there, SHOWN_WHOLE, there.length === 0 ? [0, 1, 2, last] : [0, last])
}

/** So that a reason finds room beside it. */
const SHORT_BYLINE = 52

/** First author, followed ones, and how many more: as many as there is room for. @example 'Ryan Greenblatt, … **Jared Kaplan** +18' */
function shortByline(authors: readonly Author[], followed: readonly number[]): readonly Span[] {
  const there = followed.filter((position) => authors[position] !== undefined)
  const forms = [
    spansOf(authors, there.slice(0, 2), 3, [0]),
    spansOf(authors, there.slice(0, 2), 0, [0]),
    spansOf(authors, there.slice(0, 1), 0, [0]),
  ]
  const isShort = (spans: readonly Span[]) => spans.map(({ text }) => text).join('').length <= SHORT_BYLINE
  return forms.find(isShort) ?? spansOf(authors, there.slice(0, 1), 0, there.length === 0 ? [0] : [])
}

/** The byline whole where it has at most so many names, else its ends and the followed ones. */
function spansOf(
  authors: readonly Author[],
  followed: readonly number[],
  whole: number,
  ends: readonly number[],
): readonly Span[] {
  const strong = new Set(followed)
  const shown =
    authors.length <= whole
      ? authors.map((_, position) => position)
      : [...new Set([...ends, ...strong])].sort((a, b) => a - b)
  const spans = shown.flatMap((position, at): Span[] => {
    const before = shown[at - 1]
    const gap = before === undefined ? [] : [{ text: before === position - 1 ? ', ' : ', … ' }]
    const name = { text: authors[position]?.name ?? '' }
    return [...gap, strong.has(position) ? { ...name, style: 'strong' } : name]
  })
  const hidden = authors.length - shown.length
  return joined(hidden === 0 ? spans : [...spans, { text: ` +${hidden}` }])
}

/** One short sentence that says why a paper is here. */
export function reasonLine(reason: Reason): string {
  if (reason.kind === 'query') return `Matches ${reason.label}`
  if (reason.kind === 'category') return `In ${reason.label}`
  if (reason.confidence === 'possible') return `Perhaps by ${reason.label}`
  const byNameAlone = reason.confidence === 'likely' && companionsOf(reason).length === 0
  return `By ${reason.label}${byNameAlone ? ', going by the name' : ''}`
}

/** Whom a followed author has written with before, and does here again. */
function collaboratorsLine(reasons: readonly Reason[]): string | undefined {
  const names = [...new Set(reasons.flatMap(companionsOf))]
  return names.length === 0 ? undefined : `Again with ${new Intl.ListFormat('en-GB').format(names)}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A month, day or ISO instant, for people. @example dayForPeople('2025-09-12T17:59:00Z') // '12 Sep 2025' */
export function dayForPeople(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(day) ?? []
  if (year === undefined) return day
  const name = months[Number(month) - 1] ?? month
  return date === undefined ? `${name} ${year}` : `${Number(date)} ${name} ${year}`
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })
const words = new Intl.Segmenter('en', { granularity: 'word' })

/** At most so many characters: whole sentences where they fill a fair part of it, else whole words and `…`. */
export function shorten(text: string, length: number): string {
  if (length <= 0) return ''
  if (text.length <= length) return text
  const whole = within(sentences, text, length).trimEnd()
  if (whole.length >= length * 0.4) return whole
  const cut = within(words, text, length - 1).replace(/[\s,;:(–—-]+$/u, '')
  return `${cut === '' ? text.slice(0, length - 1).toWellFormed() : cut}…`
}

function within(segmenter: Intl.Segmenter, text: string, length: number): string {
  let end = 0
  // Segments far behind the cut are not looked at: an abstract may be a book.
  for (const { index, segment } of segmenter.segment(text.slice(0, length * 4 + 200))) {
    if (index + segment.trimEnd().length > length) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

/** Of a version that was withdrawn arXiv has neither PDF nor HTML. */
function linksOf({ links, withdrawn }: Paper): readonly Link[] {
  return [
    { label: 'Abstract', url: links.abstract },
    ...(links.pdf === undefined || withdrawn ? [] : [{ label: 'PDF', url: links.pdf }]),
    ...(links.html === undefined || withdrawn ? [] : [{ label: 'HTML', url: links.html }]),
    ...(links.doi === undefined ? [] : [{ label: 'DOI', url: doiAddress(links.doi) }]),
  ]
}

// arXiv's field holds an address, a bare DOI, or several of them.
function doiAddress(field: string): string {
  const doi = field.trim().split(/[\s,;]+/u)[0] ?? field
  return /^https:\/\//i.test(doi) ? doi : `https://doi.org/${encodeURI(doi.replace(/^doi:/i, ''))}`
}

function joined(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans) {
    const before = merged.at(-1)
    if (before !== undefined && before.style === span.style) {
      merged[merged.length - 1] = { ...before, text: before.text + span.text }
    } else merged.push(span)
  }
  return merged
}
