import type { types } from '@slack/bolt'
import { z } from 'zod'
import { encodeAction } from '../../message/action.ts'
import type { Choice, Field, Form } from '../../message/form.ts'
import { plain } from './elements.ts'
import { LIMITS } from './limits.ts'

/** Where a form was asked for, so that its answer finds the way back. */
export interface FormOrigin {
  readonly conversation: string
  readonly responseUrl?: string
  readonly thread?: string
}

export const FORM = 'paperboy-form'

/** The form as a modal; undefined when what it does is too long to be carried. */
export function formView(form: Form, origin: FormOrigin): types.ModalView | undefined {
  const submit = encodeAction(form.submit)
  if (submit === undefined) return undefined
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: JSON.stringify({ ...origin, submit }),
    title: plain(form.title, LIMITS.modalTitle),
    submit: plain('Send', LIMITS.modalButton),
    close: plain('Cancel', LIMITS.modalButton),
    blocks: form.fields.slice(0, LIMITS.blocksOfModal).map(inputOf),
  }
}

/** What formView kept; undefined when it is none of ours. */
export function readOrigin(
  privateMetadata: string | undefined,
): (FormOrigin & { readonly submit: string }) | undefined {
  try {
    const { conversation, submit, responseUrl, thread } = kept.parse(JSON.parse(privateMetadata ?? ''))
    return {
      conversation,
      submit,
      ...(responseUrl === undefined ? {} : { responseUrl }),
      ...(thread === undefined ? {} : { thread }),
    }
  } catch {
    return undefined
  }
}

/** A submitted form's fields by name; what was left empty is ''. */
export function readValues(state: unknown): Readonly<Record<string, string>> {
  const read = stateValues.safeParse(state)
  if (!read.success) return {}
  return Object.fromEntries(
    Object.entries(read.data.values).map(([name, elements]) => {
      const [element] = Object.values(elements)
      return [name, (element?.value ?? element?.selected_option?.value ?? '').trim()]
    }),
  )
}

/** Choices as options of a select; those too long to be carried are left out. */
export function optionsOf(choices: readonly Choice[]): types.PlainTextOption[] {
  return choices
    .filter(({ value }) => value.length <= LIMITS.optionText)
    .slice(0, LIMITS.options)
    .map(({ value, label }) => ({
      text: plain(label.trim() === '' ? value : label, LIMITS.optionText),
      // An option has to have a value; it is trimmed when it comes back.
      value: value === '' ? ' ' : value,
    }))
}

/** The command and option that a lookup completes, from its element's id. */
export function lookupOf(actionId: string): { readonly command: string; readonly option: string } | undefined {
  const [, command, option] = /^lookup ([^\s]+) ([^\s]+)$/.exec(actionId) ?? []
  return command === undefined || option === undefined ? undefined : { command, option }
}

function inputOf(field: Field): types.KnownBlock {
  const label = plain(field.label, LIMITS.label)
  const input = { type: 'input' as const, block_id: field.name, label }
  switch (field.kind) {
    case 'text':
      return {
        ...input,
        optional: field.optional === true,
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          ...(field.lines === undefined ? {} : { multiline: true }),
          ...(field.value === undefined || field.value === ''
            ? {}
            : { initial_value: field.value.slice(0, LIMITS.inputValue) }),
        },
        ...(field.hint === undefined ? {} : { hint: plain(field.hint, LIMITS.hint) }),
      }
    case 'choice': {
      const options = optionsOf(field.choices)
      const chosen = options.find((option) => option.value?.trim() === field.value)
      return {
        ...input,
        element: {
          type: 'static_select',
          action_id: 'value',
          options,
          ...(chosen === undefined ? {} : { initial_option: chosen }),
        },
      }
    }
    case 'lookup':
      return {
        ...input,
        ...(field.optional === undefined ? {} : { optional: field.optional }),
        element: { type: 'external_select', action_id: `lookup ${field.command} ${field.option}`, min_query_length: 2 },
      }
  }
}

const kept = z.object({
  conversation: z.string(),
  submit: z.string(),
  responseUrl: z.string().optional(),
  thread: z.string().optional(),
})

const stateValues = z.object({
  values: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ value: z.string().nullish(), selected_option: z.object({ value: z.string() }).nullish() }),
    ),
  ),
})
