import { commandLimits, commandListLimits } from './command-limits.ts'
import { componentLimits } from './component-limits.ts'
import { embedLimits } from './embed-limits.ts'
import { isGiven, type JsonObject, listOf, numberOf, objectOf, textOf } from './json-value.ts'
import { modalLimits } from './modal-limits.ts'
import { FLAGS, LIMITS, RULES } from './rules.ts'
import { type LimitViolation, lengthOf, refused, unwanted } from './violation.ts'

/** What a payload is meant for. `reply` is the data of an interaction's answer or a message of its webhook. */
export type PayloadKind = 'message' | 'edit' | 'reply' | 'modal' | 'choices' | 'command' | 'commands'

export interface LimitOptions {
  /** The message edited has IS_COMPONENTS_V2 already: the flag stays on whatever the edit says. */
  readonly componentsV2?: boolean
  /** Files go with it. */
  readonly files?: boolean
}

/** The limits of Discord that a payload breaks, each by name and place; an empty list when it would be taken as it is. Pure. */
export function discordLimits(
  payload: unknown,
  kind: PayloadKind = 'message',
  options: LimitOptions = {},
): readonly LimitViolation[] {
  switch (kind) {
    case 'modal':
      return modalLimits(objectOf(payload))
    case 'choices':
      return choiceLimits(objectOf(payload))
    case 'command':
      return commandLimits(objectOf(payload))
    case 'commands':
      return commandListLimits(listOf(payload))
    case 'message':
    case 'edit':
    case 'reply':
      return messageLimits(objectOf(payload), kind, options)
  }
}

function messageLimits(
  payload: JsonObject,
  kind: 'message' | 'edit' | 'reply',
  options: LimitOptions,
): readonly LimitViolation[] {
  const v2 = options.componentsV2 === true || ((numberOf(payload.flags) ?? 0) & FLAGS.componentsV2) !== 0
  return [
    ...lengthOf('content', ['content'], payload.content, LIMITS.content),
    ...embedLimits(listOf(payload.embeds)),
    ...componentLimits(listOf(payload.components), v2),
    ...(v2 ? legacyFields(payload) : []),
    ...nonceLimits(payload, kind),
    ...emptiness(payload, kind, options.files === true),
    ...allowedMentions(payload),
  ]
}

/** components/reference: with IS_COMPONENTS_V2 content, embeds, poll and stickers are refused. */
function legacyFields(payload: JsonObject): readonly LimitViolation[] {
  return ['content', 'embeds', 'poll', 'sticker_ids']
    .filter((field) => isGiven(payload[field]) && payload[field] !== '' && !isEmptyList(payload[field]))
    .map((field) =>
      refused(
        'legacy-field',
        [field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
      ),
    )
}

function nonceLimits({ nonce, enforce_nonce }: JsonObject, kind: string): readonly LimitViolation[] {
  if (kind !== 'message') {
    return isGiven(nonce) ? [unwanted('nonce-place', ['nonce'], 'A nonce counts on Create Message only.')] : []
  }
  return [
    ...(typeof nonce === 'number' ? [] : lengthOf('nonce', ['nonce'], nonce, RULES.nonceLength)),
    ...(isGiven(nonce) && enforce_nonce !== true
      ? [unwanted('nonce-not-enforced', ['enforce_nonce'], 'A nonce without enforce_nonce prevents nothing.')]
      : []),
  ]
}

/** resources/message, "Create Message": at least one of content, embeds, stickers, components, files and poll. */
function emptiness(payload: JsonObject, kind: string, files: boolean): readonly LimitViolation[] {
  const said =
    files ||
    (textOf(payload.content) ?? '').trim() !== '' ||
    ['embeds', 'components', 'sticker_ids', 'attachments'].some((field) => listOf(payload[field]).length > 0) ||
    isGiven(payload.poll)
  if (said || kind === 'edit') return []
  return [refused('empty', [], 'EMPTY_MESSAGE', 'Cannot send an empty message')]
}

/**
 * resources/message, "Allowed Mentions Object": left out, everything in the text is parsed; an empty parse list is ours, always. Beside it
 * only people may be named, each by an id that stands in the list: those who asked to be mentioned.
 */
function allowedMentions(payload: JsonObject): readonly LimitViolation[] {
  const speaks = ['content', 'embeds', 'components'].some((field) => isGiven(payload[field]))
  if (!speaks) return []
  const { parse, roles, replied_user } = objectOf(payload.allowed_mentions)
  const silent = isEmptyList(parse) && listOf(roles).length === 0 && replied_user !== true
  return silent ? [] : [unwanted('allowed-mentions', ['allowed_mentions'], 'Must be present with an empty parse list.')]
}

function choiceLimits({ choices }: JsonObject): readonly LimitViolation[] {
  const all = listOf(choices)
  return [
    ...(all.length > LIMITS.choices
      ? [refused('choices', ['choices'], 'BASE_TYPE_MAX_LENGTH', `Must be ${LIMITS.choices} or fewer in length.`)]
      : []),
    ...all.flatMap((choice, at) => {
      const { name, value } = objectOf(choice)
      return [
        ...lengthOf('choice-name', ['choices', at, 'name'], name, LIMITS.choiceText, 1, true),
        ...(typeof value === 'number'
          ? []
          : lengthOf('choice-value', ['choices', at, 'value'], value, LIMITS.choiceText, 0, true)),
      ]
    }),
  ]
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
