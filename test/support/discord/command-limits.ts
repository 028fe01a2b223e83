import { isGiven, type JsonObject, listOf, numberOf, objectOf, textOf } from './json-value.ts'
import { LIMITS, RULES } from './rules.ts'
import { countOf, type LimitViolation, lengthOf, type Path, refused } from './violation.ts'

const CHAT_INPUT = 1
const SUBCOMMAND = 1
const GROUP = 2

/** interactions/application-commands: one command as it is registered. */
export function commandLimits(command: JsonObject, path: Path = []): readonly LimitViolation[] {
  const chatInput = (numberOf(command.type) ?? CHAT_INPUT) === CHAT_INPUT
  const text = commandText(command)
  return [
    ...(chatInput ? naming(command, path) : []),
    ...(chatInput ? optionsLimits(command, path) : []),
    ...(text > LIMITS.commandText
      ? [
          refused(
            'command-text',
            path,
            'APPLICATION_COMMAND_TOO_LARGE',
            `Command exceeds maximum size (${LIMITS.commandText})`,
          ),
        ]
      : []),
    ...permissionsLimits(command, path),
  ]
}

/** The same for all that are put at once: names are unique within a type, and a hundred of them may be typed. */
export function commandListLimits(commands: readonly unknown[]): readonly LimitViolation[] {
  const all = commands.map(objectOf)
  const keys = all.map((command) => `${numberOf(command.type) ?? CHAT_INPUT}/${textOf(command.name)}`)
  const typed = all.filter((command) => (numberOf(command.type) ?? CHAT_INPUT) === CHAT_INPUT)
  return [
    ...all.flatMap((command, at) => commandLimits(command, [at])),
    ...keys.flatMap((key, at) =>
      keys.indexOf(key) < at
        ? [
            refused(
              'command-twice',
              [at, 'name'],
              'APPLICATION_COMMANDS_DUPLICATE_NAME',
              'Application command names must be unique',
            ),
          ]
        : [],
    ),
    ...countOf('commands', [], typed.length, RULES.chatInputCommands),
  ]
}

function naming(command: JsonObject, path: Path): readonly LimitViolation[] {
  return [
    ...nameLimits(command.name, [...path, 'name']),
    ...lengthOf(
      'command-description',
      [...path, 'description'],
      command.description,
      LIMITS.commandDescription,
      1,
      true,
    ),
  ]
}

/** "Application Command Naming": the pattern, and lower case wherever a letter has one. */
function nameLimits(name: unknown, path: Path): readonly LimitViolation[] {
  const text = textOf(name) ?? ''
  return LIMITS.commandName.test(text) && text === text.toLowerCase()
    ? []
    : [refused('command-name', path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')]
}

function optionsLimits(command: JsonObject, path: Path): readonly LimitViolation[] {
  const options = listOf(command.options).map(objectOf)
  const within = [...path, 'options']
  const names = options.map((option) => option.name)
  const nested = options.filter((option) => option.type === SUBCOMMAND || option.type === GROUP)
  return [
    ...countOf('command-options', within, options.length, LIMITS.commandOptions),
    ...options.flatMap((option, at) => oneOption(option, [...within, at])),
    ...names.flatMap((name, at) =>
      names.indexOf(name) < at
        ? [
            refused(
              'option-twice',
              [...within, at, 'name'],
              'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE',
              'Option names must be unique',
            ),
          ]
        : [],
    ),
    ...(nested.length > 0 && nested.length < options.length
      ? [refused('option-kinds', within, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Subcommands stand by themselves')]
      : []),
    ...options.flatMap((option, at) =>
      option.required === true && options.slice(0, at).some((earlier) => earlier.required !== true)
        ? [
            refused(
              'option-order',
              [...within, at],
              'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
              'Required options must be placed before non-required options',
            ),
          ]
        : [],
    ),
  ]
}

function oneOption(option: JsonObject, path: Path): readonly LimitViolation[] {
  const choices = listOf(option.choices).map(objectOf)
  return [
    ...naming(option, path),
    ...countOf('option-choices', [...path, 'choices'], choices.length, LIMITS.choices),
    ...choices.flatMap((choice, at) => [
      ...lengthOf('choice-name', [...path, 'choices', at, 'name'], choice.name, LIMITS.choiceText, 1, true),
      ...(typeof choice.value === 'number'
        ? []
        : lengthOf('choice-value', [...path, 'choices', at, 'value'], choice.value, LIMITS.choiceText, 0, true)),
    ]),
    ...(option.autocomplete === true && choices.length > 0
      ? [
          refused(
            'option-autocomplete',
            path,
            'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
            'Choices and autocomplete exclude each other',
          ),
        ]
      : []),
    ...(option.type === SUBCOMMAND || option.type === GROUP ? optionsLimits(option, path) : []),
  ]
}

/**
 * "default_member_permissions" is a set of bits: a string in the documentation and discord.js, a number in the published
 * schema, discord.py and Pycord. The servers take both and answer with a string.
 */
function permissionsLimits(command: JsonObject, path: Path): readonly LimitViolation[] {
  const bits = command.default_member_permissions
  return isGiven(bits) && !/^\d+$/.test(textOf(bits) ?? String(numberOf(bits) ?? ''))
    ? [refused('member-permissions', [...path, 'default_member_permissions'], 'BITFIELD_TYPE', 'Not a set of bits.')]
    : []
}

/** Names, descriptions and values summed, the longest localisation of each counted ("Slash Commands": 8,000 characters). */
function commandText(value: JsonObject): number {
  return (
    longest(value.name, value.name_localizations) +
    longest(value.description, value.description_localizations) +
    listOf(value.choices).reduce<number>((sum, choice) => {
      const { name, name_localizations, value: text } = objectOf(choice)
      return sum + longest(name, name_localizations) + (textOf(text)?.length ?? 0)
    }, 0) +
    listOf(value.options).reduce<number>((sum, option) => sum + commandText(objectOf(option)), 0)
  )
}

function longest(text: unknown, localised: unknown): number {
  return Math.max(
    textOf(text)?.length ?? 0,
    ...Object.values(objectOf(localised)).map((each) => textOf(each)?.length ?? 0),
  )
}
