import { isObject, listOf } from '../discord/json-value.ts'
import { LIMITS } from './rules.ts'
import { countAt, lengthAt, type Problem, refusedAt } from './violation.ts'

/** A text object: its type, that it says something, and its length (types, "TextObject"). */
export function textObject(
  rule: string,
  pointer: string,
  value: unknown,
  most: number = LIMITS.textObject,
  kinds: readonly string[] = ['plain_text', 'mrkdwn'],
): readonly Problem[] {
  if (!isObject(value)) return [refusedAt(rule, pointer, 'missing required field: text object')]
  if (!kinds.includes(String(value.type)))
    return [refusedAt(rule, `${pointer}/type`, `must be one of ${kinds.join(', ')}`)]
  const misplaced = value.type === 'plain_text' ? value.verbatim : value.emoji
  return [
    ...lengthAt(rule, `${pointer}/text`, value.text, most),
    ...(misplaced === undefined ? [] : [refusedAt(rule, pointer, `no such property on ${value.type}`)]),
  ]
}

export const PLAIN: readonly string[] = ['plain_text']

/** A text object that may be left out. */
export function optionalText(
  rule: string,
  pointer: string,
  value: unknown,
  most: number,
  kinds = PLAIN,
): readonly Problem[] {
  return value === undefined ? [] : textObject(rule, pointer, value, most, kinds)
}

/** One option of a menu (types, "OptionDescriptor"). */
function optionLimits(pointer: string, value: unknown, kinds: readonly string[]): readonly Problem[] {
  if (!isObject(value)) return [refusedAt('option', pointer, 'must be an option object')]
  return [
    ...textObject('option-text', `${pointer}/text`, value.text, LIMITS.option.text, kinds),
    ...lengthAt('option-value', `${pointer}/value`, value.value, LIMITS.option.value),
    ...optionalText(
      'option-description',
      `${pointer}/description`,
      value.description,
      LIMITS.option.description,
      kinds,
    ),
    ...lengthAt('option-url', `${pointer}/url`, value.url, LIMITS.option.url, false),
  ]
}

/** A list of options. */
export function optionsLimits(
  pointer: string,
  value: unknown,
  most: number,
  least = 1,
  kinds = PLAIN,
): readonly Problem[] {
  const options = listOf(value)
  return [
    ...countAt('options', pointer, options.length, most, least),
    ...options.flatMap((option, place) => optionLimits(`${pointer}/${place}`, option, kinds)),
  ]
}

/** Groups of options. */
export function groupsLimits(pointer: string, value: unknown, least = 1): readonly Problem[] {
  const groups = listOf(value)
  return [
    ...countAt('option-groups', pointer, groups.length, LIMITS.options.groups, least),
    ...groups.flatMap((group, place) => {
      if (!isObject(group)) return [refusedAt('option-groups', `${pointer}/${place}`, 'must be an option group')]
      return [
        ...textObject('option-group-label', `${pointer}/${place}/label`, group.label, LIMITS.option.text, PLAIN),
        ...optionsLimits(`${pointer}/${place}/options`, group.options, LIMITS.options.select),
      ]
    }),
  ]
}

/** A confirmation dialog (types, "ConfirmationDialog"). */
export function confirmLimits(pointer: string, value: unknown): readonly Problem[] {
  if (value === undefined) return []
  if (!isObject(value)) return [refusedAt('confirm', pointer, 'must be a confirmation dialog')]
  return [
    ...textObject('confirm-title', `${pointer}/title`, value.title, LIMITS.confirm.title, PLAIN),
    ...textObject('confirm-text', `${pointer}/text`, value.text, LIMITS.confirm.text),
    ...optionalText('confirm-button', `${pointer}/confirm`, value.confirm, LIMITS.confirm.button),
    ...optionalText('confirm-button', `${pointer}/deny`, value.deny, LIMITS.confirm.button),
  ]
}
