import { type Action, encodeAction } from '../../message/action.ts'
import type { Button, Message, MessageNode, PersonView, TableRow } from '../../message/message.ts'
import { buttonMarkup, spanMarkup } from './inline.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { briefMarkup, paperMarkup } from './render-paper.ts'

/** The message as HTML: every text escaped, links only to http and https addresses, buttons with `data-action`. */
export function renderHtml(message: Message): string {
  return messageMarkup(message).toString()
}

export function messageMarkup(message: Message): Markup {
  return html`${message.nodes.map(nodeMarkup)}`
}

function nodeMarkup(node: MessageNode): Markup {
  switch (node.kind) {
    case 'heading':
      return node.level === 1 ? html`<h2>${node.text}</h2>` : html`<h3>${node.text}</h3>`
    case 'line':
      return html`<p class="${node.quiet ? 'line quiet' : 'line'}">${node.spans.map(spanMarkup)}</p>`
    case 'paper':
      return node.more === undefined ? paperMarkup(node.paper) : briefMarkup(node.paper)
    case 'mention':
      return html`<p class="line mention">${node.people.map(({ name }, at) => html`${at === 0 ? '' : ' '}<mark>@${name}</mark>`)} · ${node.text}</p>`
    case 'people':
      return html`<section class="people"><h3>${node.title}</h3><ul>${node.people.map(personMarkup)}</ul></section>`
    case 'table':
      return tableMarkup(node.columns, node.rows)
    case 'notice':
      return html`<p class="notice ${node.tone}"><span class="visually-hidden">${TONES[node.tone]}</span>${node.text}${
        node.next === undefined ? undefined : html` <span class="next">${node.next}</span>`
      }</p>`
    case 'pager':
      return html`<nav class="pager" aria-label="Pages">${pageButton('Previous', node.previous)}<span>${node.shown}</span>${pageButton('Next', node.next)}</nav>`
    case 'question':
      return html`<div class="question"><p class="line">${node.asks} ${spanMarkup(node.about)}</p><div class="buttons">${node.buttons.map(buttonMarkup)}</div></div>`
    case 'buttons':
      return html`<div class="buttons">${node.buttons.map(buttonMarkup)}</div>`
    case 'divider':
      return html`<hr>`
  }
}

const TONES = { info: '', success: 'Done: ', warning: 'Warning: ', error: 'Error: ' } as const

function pageButton(label: string, action: Button['action'] | undefined): Markup {
  const id = action === undefined ? undefined : encodeAction(action)
  if (id === undefined) return html`<button type="button" class="button plain" disabled>${label}</button>`
  return html`<button type="button" class="button plain" data-action="${id}" data-opens="page">${label}</button>`
}

function personMarkup(person: PersonView): Markup {
  const papers = person.papers === 1 ? '1 paper' : `${person.papers} papers`
  const count = html`<span class="count">${papers}</span>`
  const id = person.action === undefined ? undefined : encodeAction(person.action)
  if (id === undefined) return html`<li><span class="person">${person.name} ${count}</span></li>`
  return html`<li><button type="button" class="person" data-action="${id}" data-opens="page">${person.name} ${count}</button></li>`
}

/** Days and the like stay on one line; on a phone, where no head stands above it, a cell says what it is. */
function cellMarkup(cell: string, column: string | undefined, opens: Action | undefined): Markup {
  const id = opens === undefined ? undefined : encodeAction(opens)
  const short = cell.length <= SHORT_CELL ? html` class="short"` : undefined
  return html`<td${short}${column === undefined ? undefined : html` data-column="${column}"`}>${id === undefined ? cell : html`<button type="button" class="opens" data-action="${id}" data-opens="page">${cell}</button>`}</td>`
}

const SHORT_CELL = 16

function tableMarkup(columns: readonly string[], rows: readonly TableRow[]): Markup {
  const pressable = rows.some((row) => row.button !== undefined)
  const last = pressable ? html`<th scope="col"><span class="visually-hidden">Action</span></th>` : undefined
  return html`<div class="table" role="region" tabindex="0" aria-label="Table"><table class="${columns.length > 2 ? 'wide' : 'narrow'}"><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}${last}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.cells.map((cell, at) => cellMarkup(cell, columns[at], at === 0 ? row.opens : undefined))}${
        pressable
          ? html`<td class="press">${row.button === undefined ? undefined : buttonMarkup(row.button)}</td>`
          : undefined
      }</tr>`,
  )}</tbody></table></div>`
}
