import type { Link, PaperView, Span } from '../../message/message.ts'
import { buttonMarkup, spanMarkup } from './inline.ts'
import type { Markup } from './markup.ts'
import { html, safeUrl } from './markup.ts'

/** One paper: title, byline, where and when, the abstract, behind a word the whole of it where it is cut, why it is here, and what can be done. */
export function paperMarkup(paper: PaperView): Markup {
  const { abstract, reasons, links, buttons } = paper
  return html`<article class="paper" data-paper="${paper.id}">
<h3 class="title">${paper.withdrawn ? html`<del>${titleMarkup(paper)}</del>` : titleMarkup(paper)}${paper.withdrawn ? html` <span class="tag">withdrawn</span>` : undefined}</h3>
<p class="byline">${paper.byline.map(authorMarkup)}</p>
<p class="meta">${metaOf(paper)}</p>
${paper.note === undefined ? undefined : html`<p class="note">${paper.note}</p>`}
${abstract === undefined ? undefined : abstractMarkup(abstract, paper.wholeAbstract)}
${paper.collaborators === undefined ? undefined : html`<p class="collaborators">${paper.collaborators}</p>`}
${reasons.length === 0 ? undefined : html`<p class="reasons">${reasons.join(' · ')}</p>`}
${links.length + buttons.length === 0 ? undefined : html`<div class="doings">${links.map(chipMarkup)}${buttons.map(buttonMarkup)}</div>`}
</article>`
}

/** One of many: its title, a line with by whom, where, when and why, and behind a word at its end the abstract and what can be done. */
export function briefMarkup(paper: PaperView): Markup {
  const { abstract, wholeAbstract, links, buttons, version, withdrawn, note, category, date, reasons } = paper
  const marks = [
    version === undefined || version < 2 ? undefined : html` <span class="version">v${version}</span>`,
    withdrawn ? html` <span class="tag">withdrawn</span>` : undefined,
  ]
  const facts = [category ?? '', date, reasons.join(' · ')].filter((fact) => fact !== '')
  const text = wholeAbstract ?? abstract
  return html`<article class="paper brief" data-paper="${paper.id}">
<h3 class="title">${withdrawn ? html`<del>${titleMarkup(paper)}</del>` : titleMarkup(paper)}${marks}</h3>
<div class="second"><p class="facts"><span class="byline">${paper.byline.map(authorMarkup)}</span>${facts.map((fact) => html` <span class="fact">· ${fact}</span>`)}</p><details class="rest"><summary aria-label="More about ${paper.title}">More</summary>
${text === undefined ? undefined : html`<p class="abstract">${text}</p>`}
<p class="meta">${metaOf(paper)}</p>
${links.length + buttons.length === 0 ? undefined : html`<div class="doings">${links.map(chipMarkup)}${buttons.map(buttonMarkup)}</div>`}
</details></div>
${note === undefined ? undefined : html`<p class="note">${note}</p>`}
</article>`
}

function titleMarkup(paper: PaperView): Markup {
  const url = safeUrl(paper.links[0]?.url ?? '')
  return url === undefined
    ? html`${paper.title}`
    : html`<a href="${url}" target="_blank" rel="noopener noreferrer">${paper.title}</a>`
}

/** Followed authors, who are strong, lead to their page. */
function authorMarkup(span: Span): Markup {
  if (span.style !== 'strong' || span.url !== undefined) return spanMarkup(span)
  return html`<a class="followed" href="${authorPath(span.text)}"><strong>${span.text}</strong></a>`
}

function metaOf(paper: PaperView): Markup {
  const number = paper.id.replace(/^arxiv:/, '') + (paper.version === undefined ? '' : `v${paper.version}`)
  const id = html`<a href="${paperPath(paper.id)}" title="Why it is here, and what became of it">${number}</a>`
  const facts = [paper.date, paper.venue, paper.category].filter((fact) => fact !== undefined && fact !== '')
  return html`${facts.map((fact) => html`<span>${fact}</span> · `)}${id}`
}

/** Up to the end of a sentence; behind a word the whole of it. */
function abstractMarkup(abstract: string, whole: string | undefined): Markup {
  const shown = whole === undefined ? abstract : toSentenceEnd(abstract, whole)
  const short = html`<p class="abstract">${shown}</p>`
  if (whole === undefined || shown === whole) return short
  return html`${short}<details class="unfold"><summary><span class="closed">Whole abstract</span><span class="open">Shorter</span></summary><p class="abstract">${whole}</p></details>`
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** What was cut within a sentence, for places narrower than this one, goes on to its end. */
function toSentenceEnd(abstract: string, whole: string): string {
  if (!abstract.endsWith('…')) return abstract
  const cut = sentences.segment(whole).containing(Math.max(0, abstract.length - 2))
  return cut === undefined ? whole : whole.slice(0, cut.index + cut.segment.length).trimEnd()
}

function chipMarkup(link: Link): Markup {
  const url = safeUrl(link.url)
  if (url === undefined) return html``
  return html`<a class="chip" href="${url}" target="_blank" rel="noopener noreferrer">${link.label}</a>`
}

export function paperPath(id: string): string {
  return `/papers/${encodeURIComponent(id.toWellFormed())}`
}

export function authorPath(name: string): string {
  return `/authors/${encodeURIComponent(name.toWellFormed())}`
}
