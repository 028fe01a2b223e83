import { isObject, type JsonObject, listOf } from '../discord/json-value.ts'
import { LIMITS } from './rules.ts'
import { confirmLimits, groupsLimits, optionalText, optionsLimits, PLAIN, textObject } from './text-limits.ts'
import { lengthAt, type Problem, refusedAt, unwantedAt } from './violation.ts'

type Check = (pointer: string, element: JsonObject) => readonly Problem[]

const nothing: Check = () => []
const MARKED = ['plain_text', 'mrkdwn']

/** What each kind of element must keep to, beside its action_id, placeholder and confirmation (types, "block-elements"). */
const ELEMENTS: Readonly<Record<string, Check>> = {
  button: (pointer, element) => [
    ...textObject('button-text', `${pointer}/text`, element.text, LIMITS.button.text, PLAIN),
    ...lengthAt('button-value', `${pointer}/value`, element.value, LIMITS.button.value, false),
    ...urlLimits('button-url', `${pointer}/url`, element.url, LIMITS.button.url),
    ...lengthAt(
      'button-label',
      `${pointer}/accessibility_label`,
      element.accessibility_label,
      LIMITS.button.label,
      false,
    ),
    ...(element.style === undefined || element.style === 'primary' || element.style === 'danger'
      ? []
      : [refusedAt('button-style', `${pointer}/style`, 'must be primary or danger')]),
  ],
  static_select: menu,
  multi_static_select: menu,
  external_select: nothing,
  multi_external_select: nothing,
  users_select: nothing,
  multi_users_select: nothing,
  conversations_select: nothing,
  multi_conversations_select: nothing,
  channels_select: nothing,
  multi_channels_select: nothing,
  overflow: (pointer, element) => optionsLimits(`${pointer}/options`, element.options, LIMITS.options.overflow),
  checkboxes: (pointer, element) =>
    optionsLimits(`${pointer}/options`, element.options, LIMITS.options.choice, 1, MARKED),
  radio_buttons: (pointer, element) =>
    optionsLimits(`${pointer}/options`, element.options, LIMITS.options.choice, 1, MARKED),
  datepicker: (pointer, { initial_date: date }) =>
    date === undefined || (typeof date === 'string' && /^\d{4}-\d\d-\d\d$/.test(date))
      ? []
      : [refusedAt('initial-date', `${pointer}/initial_date`, 'must be YYYY-MM-DD')],
  timepicker: (pointer, { initial_time: time }) =>
    time === undefined || (typeof time === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(time))
      ? []
      : [refusedAt('initial-time', `${pointer}/initial_time`, 'must be HH:mm')],
  datetimepicker: nothing,
  image: (pointer, element) => [
    ...lengthAt(
      'image-url',
      `${pointer}/image_url`,
      element.image_url,
      LIMITS.image.url,
      element.slack_file === undefined,
    ),
    ...lengthAt('image-alt', `${pointer}/alt_text`, element.alt_text, LIMITS.image.alt),
  ],
  plain_text_input: (pointer, element) => [
    ...lengthAt('input-initial', `${pointer}/initial_value`, element.initial_value, LIMITS.inputLength, false),
    ...(Number(element.max_length ?? 1) > LIMITS.inputLength || Number(element.min_length ?? 0) > LIMITS.inputLength
      ? [refusedAt('input-length', pointer, `must be less than ${LIMITS.inputLength + 1}`)]
      : []),
  ],
  email_text_input: nothing,
  url_text_input: nothing,
  number_input: (pointer, element) =>
    typeof element.is_decimal_allowed === 'boolean'
      ? []
      : [refusedAt('number-input', `${pointer}/is_decimal_allowed`, 'missing required field')],
  rich_text_input: nothing,
}

/** Kinds of elements by where they may stand (reference/block-kit/block-elements). */
const MENUS = Object.keys(ELEMENTS).filter((kind) => kind.endsWith('_select'))
const CHOICES = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker']
export const STANDS_IN: Readonly<Record<'section' | 'actions' | 'context' | 'input', readonly string[]>> = {
  section: ['button', 'overflow', 'image', ...MENUS, ...CHOICES],
  actions: ['button', 'overflow', 'datetimepicker', ...MENUS.filter((kind) => !kind.startsWith('multi_')), ...CHOICES],
  context: ['image'],
  input: [
    ...['plain_text_input', 'email_text_input', 'url_text_input', 'number_input', 'rich_text_input', 'datetimepicker'],
    ...MENUS,
    ...CHOICES,
  ],
}

/** One element in its place. */
export function elementLimits(pointer: string, value: unknown, place: keyof typeof STANDS_IN): readonly Problem[] {
  if (!isObject(value)) return [refusedAt('element', pointer, 'must be an element')]
  const kind = String(value.type)
  const check = STANDS_IN[place].includes(kind) ? ELEMENTS[kind] : undefined
  if (check === undefined) return [refusedAt('element-type', `${pointer}/type`, `unsupported type: ${kind}`)]
  return [
    ...lengthAt('action-id', `${pointer}/action_id`, value.action_id, LIMITS.actionId, false),
    ...(value.action_id === undefined && kind !== 'image' && value.url === undefined
      ? [unwantedAt('action-id-missing', `${pointer}/action_id`, 'a generated action_id is not the same twice')]
      : []),
    ...optionalText('placeholder', `${pointer}/placeholder`, value.placeholder, LIMITS.placeholder),
    ...confirmLimits(`${pointer}/confirm`, value.confirm),
    ...check(pointer, value),
  ]
}

function menu(pointer: string, element: JsonObject): readonly Problem[] {
  if (element.options !== undefined && element.option_groups !== undefined) {
    return [refusedAt('options', pointer, 'must define either options or option_groups')]
  }
  const limits =
    element.option_groups === undefined
      ? optionsLimits(`${pointer}/options`, element.options, LIMITS.options.select)
      : groupsLimits(`${pointer}/option_groups`, element.option_groups)
  const offered = JSON.stringify([...listOf(element.options), ...listOf(element.option_groups).flatMap(optionsOf)])
  const initial = element.initial_option === undefined ? listOf(element.initial_options) : [element.initial_option]
  // types, "StaticSelect": an initial option exactly matches one of the options.
  const strange = initial.filter((option) => !offered.includes(JSON.stringify(option)))
  return [
    ...limits,
    ...strange.map(() => refusedAt('initial-option', `${pointer}/initial_option`, 'must be one of the options')),
  ]
}

function optionsOf(group: unknown): readonly unknown[] {
  return isObject(group) ? listOf(group.options) : []
}

/** An address: http or https, and not too long. */
function urlLimits(rule: string, pointer: string, value: unknown, most: number): readonly Problem[] {
  if (value === undefined) return []
  if (typeof value === 'string' && !/^(https?|mailto|slack):/i.test(value))
    return [refusedAt(rule, pointer, 'invalid url')]
  return lengthAt(rule, pointer, value, most)
}
