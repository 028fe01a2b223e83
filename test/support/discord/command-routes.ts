import { checkForm } from './form-check.ts'
import { isGiven, type JsonObject, listOf, numberOf, objectOf, textOf } from './json-value.ts'
import type { Payload } from './payloads.ts'
import { refuse } from './refusal.ts'
import { presentGuild } from './resource-routes.ts'
import { RULES } from './rules.ts'
import { type Answer, type DiscordRequest, type Handler, type Handlers, NO_CONTENT, type Servers } from './servers.ts'

type CommandRoute = Extract<
  import('./routes.ts').RouteName,
  `${string} /applications/:application/commands${string}` | `${string} /applications/:application/guilds/${string}`
>

/** A command as it is registered: what was sent, with what the servers add. */
export type RegisteredCommand = Payload & { readonly id: string; readonly name: string }

export interface CommandRegister {
  readonly handlers: Handlers<CommandRoute>
  /** The commands a person finds in a guild, or in direct messages: the guild's own win over global ones of the same name. */
  find(name: string, guildId: string | undefined): RegisteredCommand | undefined
  all(guildId?: string): readonly RegisteredCommand[]
}

/** interactions/application-commands, "Endpoints": by name, replaced where the name is known, counted where it is new. */
export function createCommandRegister(servers: Servers): CommandRegister {
  const { world } = servers
  const registered = new Map<string, RegisteredCommand[]>()
  const creates = new Map<string, number[]>()
  const commandsOf = (guildId: string | undefined) => registered.get(guildId ?? 'global') ?? []

  const scopeOf = ({ params }: DiscordRequest): string | undefined => {
    if (params.application !== world.botId) refuse('missingAccess')
    return params.guild === undefined ? undefined : presentGuild(world, params.guild).id
  }

  const countCreates = (scope: string | undefined, fresh: number): void => {
    const now = world.now()
    const recent = (creates.get(scope ?? 'global') ?? []).filter((at) => at > now - RULES.commandCreatesWindowMs)
    if (recent.length + fresh > RULES.commandCreates) refuse('commandCreates')
    creates.set(scope ?? 'global', [...recent, ...Array.from({ length: fresh }, () => now)])
  }

  const replace = (scope: string | undefined, commands: readonly RegisteredCommand[]): void => {
    registered.set(scope ?? 'global', [...commands])
  }

  const named = (scope: string | undefined, body: JsonObject) =>
    commandsOf(scope).find((each) => each.name === body.name && each.type === (numberOf(body.type) ?? 1))

  const list: Handler = (request) => ({ status: 200, body: commandsOf(scopeOf(request)) })

  const put: Handler = (request) => {
    const scope = scopeOf(request)
    checkForm(servers, request, 'commands')
    const bodies = listOf(request.body).map(objectOf)
    countCreates(scope, bodies.filter((body) => named(scope, body) === undefined).length)
    const commands = bodies.map((body) => stored(servers, body, scope, named(scope, body)))
    replace(scope, commands)
    return { status: 200, body: commands }
  }

  const post: Handler = (request) => {
    const scope = scopeOf(request)
    checkForm(servers, request, 'command')
    const body = objectOf(request.body)
    const known = named(scope, body)
    if (known === undefined) countCreates(scope, 1)
    const command = stored(servers, body, scope, known)
    replace(scope, [...commandsOf(scope).filter((each) => each.id !== command.id), command])
    return { status: known === undefined ? 201 : 200, body: command }
  }

  const patch: Handler = (request) => {
    const scope = scopeOf(request)
    const known = knownCommand(commandsOf(scope), request)
    const merged: JsonObject = { ...known, ...objectOf(request.body) }
    checkForm(servers, request, 'command', { payload: merged })
    const command = stored(servers, merged, scope, known)
    replace(
      scope,
      commandsOf(scope).map((each) => (each.id === command.id ? command : each)),
    )
    return { status: 200, body: command }
  }

  const remove: Handler = (request): Answer => {
    const scope = scopeOf(request)
    const known = knownCommand(commandsOf(scope), request)
    replace(
      scope,
      commandsOf(scope).filter((each) => each.id !== known.id),
    )
    return NO_CONTENT
  }

  return {
    handlers: {
      'GET /applications/:application/commands': list,
      'PUT /applications/:application/commands': put,
      'POST /applications/:application/commands': post,
      'PATCH /applications/:application/commands/:command': patch,
      'DELETE /applications/:application/commands/:command': remove,
      'GET /applications/:application/guilds/:guild/commands': list,
      'PUT /applications/:application/guilds/:guild/commands': put,
      'POST /applications/:application/guilds/:guild/commands': post,
      'PATCH /applications/:application/guilds/:guild/commands/:command': patch,
      'DELETE /applications/:application/guilds/:guild/commands/:command': remove,
    },
    find: (name, guildId) =>
      [...(guildId === undefined ? [] : commandsOf(guildId)), ...commandsOf(undefined)].find(
        (command) => command.name === name && command.type === 1,
      ),
    all: commandsOf,
  }
}

function knownCommand(commands: readonly RegisteredCommand[], { params }: DiscordRequest): RegisteredCommand {
  const found = commands.find((each) => each.id === params.command)
  if (found === undefined) refuse('unknownCommand')
  return found
}

/** What is read back differs from what was written: defaults are filled in, absent localisations are null, a version is given. */
function stored(
  { world }: Servers,
  body: JsonObject,
  guildId: string | undefined,
  known: RegisteredCommand | undefined,
): RegisteredCommand {
  const options = listOf(body.options)
  return {
    id: known?.id ?? world.snowflake(),
    application_id: world.botId,
    version: world.snowflake(),
    type: numberOf(body.type) ?? 1,
    name: textOf(body.name) ?? '',
    name_localizations: body.name_localizations ?? null,
    description: textOf(body.description) ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: isGiven(body.default_member_permissions)
      ? String(body.default_member_permissions)
      : null,
    nsfw: body.nsfw === true,
    ...(options.length === 0 ? {} : { options: options.map(storedOption) }),
    ...(guildId === undefined
      ? {
          dm_permission: body.dm_permission ?? true,
          contexts: body.contexts ?? null,
          integration_types: body.integration_types ?? [0],
        }
      : { guild_id: guildId }),
  }
}

/** False and empty settings of an option are left out of what is read back. */
function storedOption(value: unknown): Payload {
  const { options, choices, required, autocomplete, ...rest } = objectOf(value)
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, each]) => isGiven(each))),
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...(listOf(choices).length === 0 ? {} : { choices }),
    ...(listOf(options).length === 0 ? {} : { options: listOf(options).map(storedOption) }),
  }
}
