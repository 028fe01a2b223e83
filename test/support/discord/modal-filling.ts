import { type JsonObject, listOf, numberOf, objectOf, textOf } from './json-value.ts'
import type { Payload } from './payloads.ts'
import { COMPONENT } from './rules.ts'

/** Throws where a select would not take these values. */
export function allowed(component: JsonObject, values: readonly string[]): void {
  const options = listOf(component.options).map((option) => objectOf(option).value)
  const strange = component.type === COMPONENT.stringSelect && values.find((value) => !options.includes(value))
  if (strange) throw new Error(`the select has no option ${strange}`)
  const [least, most] = [numberOf(component.min_values) ?? 1, numberOf(component.max_values) ?? 1]
  if (values.length < least || values.length > most) throw new Error(`the select takes ${least} to ${most} values`)
}

/** "Modal Submit Data": rows and labels with what was filled in. */
export function filledRow(
  row: JsonObject,
  values: Readonly<Record<string, string | readonly string[]>>,
  at: number,
): Payload {
  const filled = (value: unknown): Payload => {
    const component = objectOf(value)
    const customId = textOf(component.custom_id) ?? ''
    const given = values[customId]
    const base = { id: at + 2, type: component.type, custom_id: customId }
    if (component.type === COMPONENT.textInput) {
      const text = typeof given === 'string' ? given : (textOf(component.value) ?? '')
      if (component.required !== false && text === '') throw new Error(`field ${customId} is required`)
      const [least, most] = [numberOf(component.min_length) ?? 0, numberOf(component.max_length) ?? 4_000]
      if (text !== '' && (text.length < least || text.length > most)) {
        throw new Error(`field ${customId} takes ${least} to ${most} characters`)
      }
      return { ...base, value: text }
    }
    const preset = listOf(component.options)
      .map(objectOf)
      .flatMap((option) => (option.default === true ? (textOf(option.value) ?? []) : []))
    const chosen = given === undefined ? preset : typeof given === 'string' ? [given] : given
    if (component.required !== false || chosen.length > 0) allowed(component, chosen)
    return { ...base, values: chosen }
  }
  if (row.type === COMPONENT.labelled) return { id: at + 1, type: row.type, component: filled(row.component) }
  if (row.type === COMPONENT.text) return { id: at + 1, type: row.type }
  return { id: at + 1, type: row.type, components: listOf(row.components).map(filled) }
}
