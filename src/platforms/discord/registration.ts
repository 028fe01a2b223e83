import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { CommandShape } from '../../delivery/platform.ts'
import type { DiscordApi } from './api.ts'
import { plainWithin } from './escape.ts'
import { PERMISSIONS } from './permissions.ts'

/** Limits of commands (docs.discord.com, application commands). */
const DESCRIPTION = 100
const MOST = 25

const CHAT_INPUT = 1
const SUBCOMMAND = 1
const STRING = 3
const INTEGER = 4
const BOOLEAN = 5
const CHANNEL = 7
/** In servers and in the bot's own direct messages, for whoever invited it to a server. */
const CONTEXTS = [0, 1]
const INSTALLED = [0]

/** Settings are looked at by everybody and changed by managers, so they stand in both. */
const ALSO_MANAGING = new Set(['settings'])

export interface RegisteredOption {
  readonly type: number
  readonly name: string
  readonly description: string
  readonly required?: boolean
  readonly autocomplete?: boolean
  readonly min_value?: number
  readonly choices?: readonly { readonly name: string; readonly value: string }[]
  readonly options?: readonly RegisteredOption[]
}

export interface RegisteredCommand {
  readonly type: number
  readonly name: string
  readonly description: string
  /** A number when it is sent (Discord's OpenAPI description), a string when it is read. */
  readonly default_member_permissions: number | null
  readonly contexts: readonly number[]
  readonly integration_types: readonly number[]
  readonly options: readonly RegisteredOption[]
}

/**
 * What people can type: `/papers` with a subcommand for each command, and `/papers-admin` for those of managers, which
 * Discord shows only to them, for its permissions concern whole commands and not subcommands.
 */
export function commandsOf(shapes: readonly CommandShape[]): readonly RegisteredCommand[] {
  const admin = shapes.filter(({ name, rank }) => rank !== 'member' || ALSO_MANAGING.has(name))
  const common = { type: CHAT_INPUT, contexts: CONTEXTS, integration_types: INSTALLED }
  const commands = [
    {
      ...common,
      name: 'papers',
      description: 'Search papers, follow authors, and see why a paper came',
      default_member_permissions: null,
      options: shapes.filter(({ rank }) => rank === 'member').map(subcommandOf),
    },
    {
      ...common,
      name: 'papers-admin',
      description: 'Settings of this channel, and what could not be posted',
      default_member_permissions: Number(PERMISSIONS.manageChannels.bit),
      options: admin.map(subcommandOf),
    },
  ]
  const full = commands.find(({ options }) => options.length > MOST)
  if (full !== undefined) throw new RangeError(`/${full.name} has more than ${MOST} subcommands, which Discord refuses`)
  return commands.filter(({ options }) => options.length > 0)
}

function subcommandOf({ name, summary, options }: CommandShape): RegisteredOption {
  // Discord wants what is required first.
  const ordered = [...options].sort((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
  return {
    type: SUBCOMMAND,
    name,
    description: plainWithin(summary, DESCRIPTION),
    options: ordered.slice(0, MOST).map(optionOf),
  }
}

function optionOf(option: CommandShape['options'][number]): RegisteredOption {
  const { name, summary, type, required, choices } = option
  const base = { name, description: plainWithin(summary, DESCRIPTION), required: required ?? false }
  if (type === 'number') return { ...base, type: INTEGER, min_value: 0 }
  if (type === 'boolean') return { ...base, type: BOOLEAN }
  if (type === 'channel') return { ...base, type: CHANNEL }
  if (choices !== undefined) {
    const shown = choices.slice(0, MOST).map(({ value, label }) => ({ name: plainWithin(label, DESCRIPTION), value }))
    return { ...base, type: STRING, choices: shown }
  }
  return type === 'text' ? { ...base, type: STRING } : { ...base, type: STRING, autocomplete: true }
}

const baseOption = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().nullish(),
  autocomplete: z.boolean().nullish(),
  min_value: z.number().nullish(),
  choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).nullish(),
})
const registeredShape = z.array(
  z.object({
    type: z.number(),
    name: z.string(),
    description: z.string(),
    default_member_permissions: z.union([z.string(), z.number()]).nullish(),
    contexts: z.array(z.number()).nullish(),
    integration_types: z.array(z.number()).nullish(),
    options: z.array(baseOption.extend({ options: z.array(baseOption).nullish() })).nullish(),
  }),
)

/** Whether what Discord has is what is wanted; ids, versions and translations are its own business. */
export function sameCommands(registered: unknown, wanted: readonly RegisteredCommand[]): boolean {
  const read = registeredShape.safeParse(registered)
  return read.success && isDeepStrictEqual(ordered(read.data), ordered(registeredShape.parse(wanted)))
}

function ordered(commands: z.output<typeof registeredShape>) {
  return commands
    .map((command) => ({
      type: command.type,
      name: command.name,
      description: command.description,
      permissions: String(command.default_member_permissions ?? ''),
      contexts: [...(command.contexts ?? [])].sort(),
      installed: [...(command.integration_types ?? [])].sort(),
      options: (command.options ?? []).map((option) => ({
        ...essence(option),
        options: (option.options ?? []).map(essence),
      })),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function essence(option: z.output<typeof baseOption>) {
  const { type, name, description, required, autocomplete, min_value: least, choices } = option
  return {
    type,
    name,
    description,
    required: required ?? false,
    autocomplete: autocomplete ?? false,
    least: least ?? null,
    choices: (choices ?? []).map((choice) => ({ name: choice.name, value: choice.value })),
  }
}

/** Makes Discord's list of commands ours, for all servers; written only where it differs, for writing is rationed. */
export async function registerCommands(
  api: DiscordApi,
  application: string,
  shapes: readonly CommandShape[],
  signal: AbortSignal,
): Promise<'same' | 'written' | { readonly kind: 'failed'; readonly why: string }> {
  const wanted = commandsOf(shapes)
  const path = `/applications/${application}/commands`
  const options = { signal, patienceMs: 5000 }
  const known = await api.request('GET', path, options)
  if (known.kind === 'ok' && sameCommands(known.body, wanted)) return 'same'
  const written = known.kind === 'ok' ? await api.request('PUT', path, { ...options, body: wanted }) : known
  switch (written.kind) {
    case 'ok':
      return 'written'
    case 'error':
      return { kind: 'failed', why: `${written.code}: ${written.message}` }
    case 'throttled':
      return { kind: 'failed', why: `Discord asks to wait ${Math.ceil(written.retryAfterMs / 1000)} s` }
    case 'failed':
      return { kind: 'failed', why: written.cause }
  }
}
