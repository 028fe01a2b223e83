import type { Action } from '../../message/action.ts'
import { encodeAction } from '../../message/action.ts'
import type { Field, FieldFault, Form } from '../../message/form.ts'
import type { Message } from '../../message/message.ts'
import type { Reply } from '../../message/reply.ts'
import { renderText } from '../text/render.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'
import { messageMarkup, renderHtml } from './render.ts'
import { timeZones } from './time-zones.ts'

/** What a command, button or form is answered over HTTP. */
export interface Answer {
  readonly to: 'asker' | 'channel'
  readonly messages: readonly { readonly html: string; readonly text: string }[]
  readonly actions: readonly { readonly id: string; readonly label: string }[]
  readonly form?: Form & { readonly id: string }
  readonly file?: { readonly name: string; readonly type: string; readonly body: string }
  readonly choices?: readonly { readonly value: string; readonly label: string }[]
  /** What was asked for could not be done; of a form, the fields that are to be mended. */
  readonly fault?: Fault
}

export interface Fault {
  readonly text: string
  /** The first of `fields`. */
  readonly field?: string
  readonly fields?: readonly FieldFault[]
}

export function answerOf(reply: Reply): Answer {
  const nothing = { to: 'asker', messages: [], actions: [] } as const
  switch (reply.kind) {
    case 'message': {
      const fault = faultOf(reply)
      return {
        to: reply.to,
        messages: [{ html: renderHtml(reply.message), text: renderText(reply.message) }],
        actions: actionsOf(reply.message),
        ...(fault === undefined ? {} : { fault }),
      }
    }
    case 'form': {
      const id = encodeAction(reply.form.submit) ?? ''
      const messages = [{ html: formMarkup(reply.form).toString(), text: `${reply.form.title}\n` }]
      return { ...nothing, messages, actions: [{ id, label: 'Send' }], form: { ...reply.form, id } }
    }
    case 'file':
      return { ...nothing, file: { name: reply.name, type: reply.type, body: reply.body } }
    case 'choices':
      return { ...nothing, choices: reply.choices }
  }
}

/** An answer that begins with a warning has not done what was asked. */
function faultOf({ message, faults = [] }: Extract<Reply, { kind: 'message' }>): Fault | undefined {
  const [first] = message.nodes
  if (first?.kind !== 'notice' || (first.tone !== 'warning' && first.tone !== 'error')) return undefined
  const [named] = faults
  return { text: first.text, ...(named === undefined ? {} : { field: named.field, fields: faults }) }
}

/** A reply where a page is made of it. */
export function replyMarkup(reply: Reply): Markup {
  switch (reply.kind) {
    case 'message':
      return messageMarkup(reply.message)
    case 'form':
      return formMarkup(reply.form)
    case 'file':
      return html`<pre class="file">${reply.body}</pre>`
    case 'choices':
      return html`<ul>${reply.choices.map((choice) => html`<li>${choice.label}</li>`)}</ul>`
  }
}

/** Every button of a message, in its order. */
export function actionsOf(message: Message): readonly { readonly id: string; readonly label: string }[] {
  type Found = { readonly action: Action | undefined; readonly label: string }
  const found = message.nodes.flatMap((node): readonly Found[] => {
    switch (node.kind) {
      case 'paper':
        return node.paper.buttons
      case 'buttons':
      case 'question':
        return node.buttons
      case 'people':
        return node.people.map((person) => ({ label: person.name, action: person.action }))
      case 'table':
        return node.rows.flatMap(({ cells: [label = ''], opens, button }) => [
          ...(opens === undefined ? [] : [{ label, action: opens }]),
          ...(button === undefined ? [] : [button]),
        ])
      case 'pager':
        return [
          { label: 'Previous', action: node.previous },
          { label: 'Next', action: node.next },
        ]
      default:
        return []
    }
  })
  return found.flatMap(({ action, label }) => {
    const id = action === undefined ? undefined : encodeAction(action)
    return id === undefined ? [] : [{ id, label }]
  })
}

type TextField = Extract<Field, { kind: 'text' }>

/** One list for all forms of a page. */
const ZONES = 'time-zones'

export function formMarkup(form: Form): Markup {
  return html`<form class="form" data-action="${encodeAction(form.submit) ?? ''}"><h3>${form.title}</h3>${form.fields.map(fieldMarkup)}<div class="buttons"><button type="submit" class="button primary">Send</button></div></form>`
}

/** A form's first field and its button in one line, which stays where it is for the next. */
export function lineMarkup({ submit, fields: [first] }: Form, label: string): Markup {
  if (first === undefined) return html``
  const field = first.kind === 'choice' ? first : { ...first, optional: false }
  return html`<form class="form one-line" data-action="${encodeAction(submit) ?? ''}" data-stays>${fieldMarkup(field)}<button type="submit" class="button primary">${label}</button></form>`
}

/** What a field asks for is read out with it, and not as a part of its name. */
function fieldMarkup(field: Field): Markup {
  return html`<div class="field"><label><span>${field.label}</span>${inputMarkup(field)}</label>${
    field.kind === 'text' ? helpMarkup(field) : undefined
  }</div>`
}

function helpMarkup({ hint, examples, takes }: TextField): Markup {
  const zones = html`<datalist id="${ZONES}">${timeZones.map((zone) => html`<option value="${zone}"></option>`)}</datalist>`
  const shown =
    examples === undefined
      ? html`<small aria-hidden="true">${hint}</small>`
      : html`<ul class="examples">${examples.map(({ value, label }) => html`<li><code>${value}</code> ${label}</li>`)}</ul>`
  return html`${hint === undefined && examples === undefined ? undefined : shown}${takes === undefined ? undefined : zones}`
}

function inputMarkup(field: Field): Markup {
  switch (field.kind) {
    case 'text':
      if (field.lines !== undefined)
        return html`<textarea name="${field.name}" rows="${String(field.lines)}"${field.optional ? undefined : html` required`} autocomplete="off" maxlength="4000">${field.value ?? ''}</textarea>`
      return html`<input type="text" name="${field.name}" value="${field.value ?? ''}"${field.optional ? undefined : html` required`}${
        field.hint === undefined ? undefined : html` aria-description="${field.hint}"`
      }${field.takes === undefined ? undefined : html` list="${ZONES}"`} autocomplete="off" maxlength="2000">`
    case 'choice':
      return html`<select name="${field.name}">${field.choices.map(
        (choice) =>
          html`<option value="${choice.value}"${choice.value === field.value ? html` selected` : undefined}>${choice.label}</option>`,
      )}</select>`
    case 'lookup':
      return html`<input type="text" name="${field.name}"${field.optional ? undefined : html` required`} autocomplete="off" maxlength="500" data-command="${field.command}" data-option="${field.option}">`
  }
}
