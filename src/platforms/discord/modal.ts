import { encodeAction } from '../../message/action.ts'
import type { Field, Form } from '../../message/form.ts'
import { plainWithin } from './escape.ts'
import { OPTION_LABEL, SELECT_OPTIONS } from './limits.ts'

/** Limits of a modal (docs.discord.com, components reference and interaction callbacks). */
const TITLE = 45
const FIELD_LABEL = 45
const DESCRIPTION = 100
const PLACEHOLDER = 100
const FIELDS = 5
const VALUE = 4000

/**
 * A form as Discord's modal: labelled text fields and menus, at most five. Nothing in a modal can be completed while it is
 * typed, so a lookup is a text field; who is meant is asked afterwards. Throws a RangeError for more than five fields.
 */
export function modalOf(form: Form) {
  if (form.fields.length > FIELDS) throw new RangeError(`the form “${form.title}” has more than ${FIELDS} fields`)
  return {
    custom_id: encodeAction(form.submit) ?? form.submit.name,
    title: plainWithin(form.title, TITLE),
    components: form.fields.map((field) => ({
      type: 18,
      label: plainWithin(field.label, FIELD_LABEL) || field.name,
      ...(describes(field) === undefined ? {} : { description: plainWithin(describes(field) ?? '', DESCRIPTION) }),
      component: fieldOf(field),
    })),
  }
}

function describes(field: Field): string | undefined {
  if (field.kind === 'lookup') return 'Type it; where several are meant, you choose in the next step.'
  return field.kind === 'text' && field.hint !== '' ? field.hint : undefined
}

function fieldOf(field: Field) {
  switch (field.kind) {
    case 'text':
      return {
        type: 4,
        custom_id: field.name,
        style: field.lines === undefined ? 1 : 2,
        required: field.optional !== true,
        ...(field.value === undefined || field.value === '' ? {} : { value: field.value.slice(0, VALUE) }),
        ...(field.hint === undefined ? {} : { placeholder: plainWithin(field.hint, PLACEHOLDER) }),
      }
    case 'lookup':
      return { type: 4, custom_id: field.name, style: 1, required: field.optional !== true }
    case 'choice':
      return {
        type: 3,
        custom_id: field.name,
        required: true,
        options: field.choices.slice(0, SELECT_OPTIONS).map(({ value, label }) => ({
          label: plainWithin(label, OPTION_LABEL) || value,
          value,
          ...(value === field.value ? { default: true } : {}),
        })),
      }
  }
}
