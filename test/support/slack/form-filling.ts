import type { JsonObject } from '../discord/json-value.ts'
import { listOf, textOf } from '../discord/json-value.ts'
import { labelOf, optionsOf, placedElements } from './message-view.ts'

/** What somebody put into a field: a text, a value of a menu, several, or an option that an external menu offered. */
export type Filled = string | readonly string[] | { readonly label: string; readonly value: string }

/** Where the value of each kind of element stands in a state (reference/interaction-payloads/view-interactions-payload). */
const PLAIN_VALUES: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  number_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
}
const INITIAL: Readonly<Record<string, string>> = {
  value: 'initial_value',
  selected_user: 'initial_user',
  selected_users: 'initial_users',
  selected_conversation: 'initial_conversation',
  selected_conversations: 'initial_conversations',
  selected_channel: 'initial_channel',
  selected_channels: 'initial_channels',
  selected_date: 'initial_date',
  selected_time: 'initial_time',
  selected_date_time: 'initial_date_time',
}

/** The state of every element, by block_id and action_id, with what was filled in by either of them. */
export function stateOf(blocks: readonly JsonObject[], values: Readonly<Record<string, Filled>> = {}): JsonObject {
  const state: Record<string, Record<string, JsonObject>> = {}
  for (const { element, blockId } of placedElements(blocks)) {
    const actionId = textOf(element.action_id) ?? ''
    const value = filledValue(element, values[actionId] ?? values[blockId])
    if (value === undefined) continue
    state[blockId] = { ...state[blockId], [actionId]: { type: element.type, ...value } }
  }
  const known = placedElements(blocks).flatMap(({ element, blockId }) => [textOf(element.action_id), blockId])
  const strange = Object.keys(values).find((name) => !known.includes(name))
  if (strange !== undefined) throw new Error(`there is no field "${strange}"`)
  return state
}

/** What Slack's client would not send: required fields left empty, texts that are too short or too long. */
export function missingIn(blocks: readonly JsonObject[], state: JsonObject): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.type !== 'input') return []
    const [placed] = placedElements([block])
    if (placed === undefined) return []
    const { element, blockId } = placed
    const values = Object.values((state[blockId] as JsonObject | undefined) ?? {})
    const filled = values.some((value) => isFilled(value as JsonObject))
    if (!filled) return block.optional === true ? [] : [`${labelOf(block.label)} is required`]
    const text = textOf((values[0] as JsonObject | undefined)?.value) ?? ''
    const [least, most] = [Number(element.min_length ?? 0), Number(element.max_length ?? 3_000)]
    return element.type === 'plain_text_input' && (text.length < least || text.length > most)
      ? [`${labelOf(block.label)} has ${text.length} characters, ${least} to ${most} are asked for`]
      : []
  })
}

function isFilled(value: JsonObject): boolean {
  return Object.entries(value).some(
    ([key, each]) => key !== 'type' && each !== null && each !== '' && !(Array.isArray(each) && each.length === 0),
  )
}

/** One element's value, as states and actions carry it; undefined for buttons. */
export function filledValue(element: JsonObject, filled: Filled | undefined): JsonObject | undefined {
  const kind = String(element.type)
  if (kind === 'button' || kind === 'image') return undefined
  const plain = PLAIN_VALUES[kind]
  if (plain !== undefined) {
    const initial = element[INITIAL[plain] ?? ''] ?? (plain.endsWith('s') ? [] : null)
    const given = plain.endsWith('s') && typeof filled === 'string' ? [filled] : filled
    return { [plain]: given ?? initial }
  }
  if (kind === 'checkboxes' || kind.startsWith('multi_')) {
    if (filled === undefined) return { selected_options: listOf(element.initial_options) }
    return { selected_options: (Array.isArray(filled) ? filled : [filled]).map((each) => optionFor(element, each)) }
  }
  return { selected_option: filled === undefined ? (element.initial_option ?? null) : optionFor(element, filled) }
}

function optionFor(element: JsonObject, filled: unknown): JsonObject {
  if (typeof filled === 'object' && filled !== null && 'label' in filled && 'value' in filled) {
    return { text: { type: 'plain_text', text: String(filled.label), emoji: true }, value: filled.value }
  }
  const option = optionsOf(element).find((each) => each.value === filled)
  if (option === undefined) throw new Error(`the menu "${element.action_id}" does not offer "${filled}"`)
  return option
}
