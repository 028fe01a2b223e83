import type { CommandInput, OptionValue } from './fake-types.ts'
import { type JsonObject, listOf, numberOf, objectOf, textOf } from './json-value.ts'
import { channelPayload, type Payload, userPayload } from './payloads.ts'
import type { Servers } from './servers.ts'

/** interactions/application-commands, "Application Command Option Type". */
const OPTION = { subcommand: 1, group: 2, string: 3, integer: 4, boolean: 5, user: 6, channel: 7, number: 10 } as const

/** What a person filled in, as the options of the interaction: typed by the registered command, nested in group and subcommand. Throws where the client would not take it. */
export function nestedOptions(
  servers: Servers,
  command: JsonObject,
  input: CommandInput,
  focused: string | undefined,
  resolved: Record<string, Payload>,
): readonly Payload[] {
  const into = (parent: JsonObject, type: number, name: string): JsonObject => {
    const found = listOf(parent.options)
      .map(objectOf)
      .find((each) => each.type === type && each.name === name)
    if (found === undefined) throw new Error(`/${textOf(command.name)} has no ${name}`)
    return found
  }
  const group = input.group === undefined ? command : into(command, OPTION.group, input.group)
  const leaf = input.subcommand === undefined ? group : into(group, OPTION.subcommand, input.subcommand)
  const definitions = listOf(leaf.options).map(objectOf)
  if (definitions.some((each) => each.type === OPTION.subcommand || each.type === OPTION.group)) {
    throw new Error(`/${textOf(command.name)} needs a subcommand`)
  }
  const values = filledOptions(servers, definitions, input.options ?? {}, focused, resolved)
  const sub = input.subcommand === undefined ? values : [{ name: input.subcommand, type: 1, options: values }]
  return input.group === undefined ? sub : [{ name: input.group, type: 2, options: sub }]
}

function filledOptions(
  servers: Servers,
  definitions: readonly JsonObject[],
  given: Readonly<Record<string, OptionValue>>,
  focused: string | undefined,
  resolved: Record<string, Payload>,
): readonly Payload[] {
  const unknown = Object.keys(given).find((name) => !definitions.some((each) => each.name === name))
  if (unknown !== undefined) throw new Error(`there is no option ${unknown}`)
  return definitions.flatMap((definition) => {
    const name = textOf(definition.name) ?? ''
    const value = given[name]
    if (focused === name) {
      if (definition.autocomplete !== true) throw new Error(`option ${name} is not completed`)
      return [{ name, type: definition.type, value: String(value ?? ''), focused: true }]
    }
    if (value === undefined) {
      // What is required need not be there yet while another option is typed.
      if (definition.required === true && focused === undefined) throw new Error(`option ${name} is required`)
      return []
    }
    return [{ name, type: definition.type, value: optionValue(servers, definition, name, value, resolved) }]
  })
}

function optionValue(
  { world }: Servers,
  definition: JsonObject,
  name: string,
  value: OptionValue,
  resolved: Record<string, Payload>,
): string | number | boolean {
  const wrong = () => new Error(`option ${name} does not take ${JSON.stringify(value)}`)
  const choices = listOf(definition.choices).map(objectOf)
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) throw wrong()
  if (typeof value === 'object') {
    const user = definition.type === OPTION.user ? world.users.get(value.id) : undefined
    const channel = definition.type === OPTION.channel ? world.channels.get(value.id) : undefined
    if (user !== undefined) resolved.users = { ...resolved.users, [user.id]: userPayload(user) }
    else if (channel !== undefined) {
      const { permission_overwrites: _, ...partial } = channelPayload(world, channel)
      const app = String(world.permissionsAt(channel, world.botId))
      resolved.channels = {
        ...resolved.channels,
        [channel.id]: { ...partial, permissions: app, app_permissions: app },
      }
    } else throw wrong()
    return value.id
  }
  const type = definition.type
  const fits =
    (type === OPTION.string && typeof value === 'string' && within(definition, 'length', value.length)) ||
    (type === OPTION.integer && Number.isInteger(value) && within(definition, 'value', Number(value))) ||
    (type === OPTION.number && typeof value === 'number' && within(definition, 'value', value)) ||
    (type === OPTION.boolean && typeof value === 'boolean')
  if (!fits) throw wrong()
  return value
}

function within(definition: JsonObject, what: 'length' | 'value', size: number): boolean {
  const most = numberOf(definition[`max_${what}`]) ?? (what === 'length' ? 6_000 : Number.MAX_SAFE_INTEGER)
  return size >= (numberOf(definition[`min_${what}`]) ?? Number.MIN_SAFE_INTEGER) && size <= most
}
