import { z } from 'zod'
import type { Actor, Question, Rank } from '../../delivery/platform.ts'
import type { ChannelId, TenantId } from '../../message/channel.ts'
import type { CustomId } from './custom-id.ts'
import { readCustomId } from './custom-id.ts'
import { COMPONENTS_V2, EPHEMERAL, type Rendering } from './payload.ts'
import type { OwnRights } from './permission-notice.ts'
import { PERMISSIONS } from './permissions.ts'

/** What somebody did in Discord's app, in our words. */
export interface Incoming {
  readonly id: string
  readonly token: string
  readonly applicationId: string
  readonly actor: Actor
  readonly channel: ChannelId
  readonly asked: Asked
  /** What the bot may do there; nothing in direct messages. */
  readonly rights?: OwnRights
  /** The message in which a component was used. */
  readonly message?: {
    readonly private: boolean
    readonly rendering: Rendering
    readonly components: unknown
    readonly embeds: unknown
  }
}

/** `custom`: a button, a menu or a form, by its id. */
export type Asked =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'custom'; readonly id: CustomId; readonly question: Question }
  /** Choices are wanted, but nothing is being typed. */
  | { readonly kind: 'untyped' }
  | { readonly kind: 'unreadable' }

/** What can't be answered, as far as it could be read. */
export interface Ignored {
  readonly kind: 'ignored'
  readonly id?: string
  readonly type?: number
  /** What could not be read. */
  readonly why: string
}

const userShape = z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() })

const baseOption = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
  focused: z.boolean().optional(),
})
const optionShape = baseOption.extend({ options: z.array(baseOption).optional() })

const interactionShape = z.object({
  id: z.string(),
  token: z.string(),
  application_id: z.string(),
  type: z.number(),
  guild_id: z.string().optional(),
  channel_id: z.string().optional(),
  locale: z.string().optional(),
  app_permissions: z.string().regex(/^\d+$/).optional().catch(undefined),
  channel: z.object({ type: z.number() }).optional().catch(undefined),
  member: z.object({ user: userShape, nick: z.string().nullish(), permissions: z.string().regex(/^\d+$/) }).optional(),
  user: userShape.optional(),
  data: z
    .object({
      name: z.string().optional(),
      options: z.array(optionShape).optional(),
      custom_id: z.string().optional(),
      values: z.array(z.string()).optional(),
      components: z.unknown().optional(),
    })
    .optional(),
  message: z
    .object({ flags: z.number().optional(), components: z.unknown().optional(), embeds: z.unknown().optional() })
    .optional(),
})

type Interaction = z.output<typeof interactionShape>

const COMMAND = 2
const COMPONENT = 3
const AUTOCOMPLETE = 4
const MODAL = 5

const traceShape = z.object({
  id: z.string().max(40).optional().catch(undefined),
  type: z.number().optional().catch(undefined),
})

/** Reads an interaction as the gateway sends it; `ignored` is what can't be answered, such as a ping. */
export function readInteraction(body: unknown): (Incoming & { readonly kind: 'incoming' }) | Ignored {
  const read = interactionShape.safeParse(body)
  if (!read.success) {
    const [issue] = read.error.issues
    return ignored(body, `${issue?.path.join('.') || 'the whole of it'}: ${issue?.message ?? 'unreadable'}`)
  }
  const interaction = read.data
  const user = interaction.member?.user ?? interaction.user
  const place = placeOf(interaction)
  if (user === undefined) return ignored(body, 'neither member nor user says who asks')
  if (place === undefined) return ignored(body, 'guild_id and channel_id do not say where')
  const actor: Actor = {
    platform: 'discord',
    tenant: place.tenant,
    id: user.id,
    name: interaction.member?.nick ?? user.global_name ?? user.username,
    rank: rankOf(interaction),
    ...(interaction.locale === undefined ? {} : { locale: interaction.locale }),
  }
  const asked = askedIn(interaction, { actor, channel: place.channel })
  if (asked === undefined) return ignored(body, `type: ${interaction.type} is no question`)
  const { message } = interaction
  return {
    kind: 'incoming',
    id: interaction.id,
    token: interaction.token,
    applicationId: interaction.application_id,
    actor,
    channel: place.channel,
    asked,
    ...rightsIn(interaction),
    ...(message === undefined ? {} : { message: messageOf(message) }),
  }
}

function rightsIn({ guild_id: guild, app_permissions: permissions, channel }: Interaction) {
  if (guild === undefined || permissions === undefined) return {}
  return { rights: { permissions: BigInt(permissions), channelType: channel?.type ?? 0 } }
}

function ignored(body: unknown, why: string): Ignored {
  const { id, type } = traceShape.safeParse(body).data ?? {}
  return { kind: 'ignored', ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }), why }
}

function placeOf({ guild_id: guild, channel_id: channel, user }: Interaction) {
  if (guild !== undefined && channel !== undefined) {
    return { tenant: `discord:${guild}` as TenantId, channel: `discord:${guild}/${channel}` as ChannelId }
  }
  if (guild !== undefined || user === undefined) return undefined
  return { tenant: `discord:@${user.id}` as TenantId, channel: `discord:@${user.id}` as ChannelId }
}

/** In their own direct messages everybody manages. Discord sends what the member may do in this very channel. */
function rankOf({ member }: Interaction): Rank {
  if (member === undefined) return 'manager'
  const { administrator, manageChannels, manageGuild } = PERMISSIONS
  const managing = administrator.bit | manageChannels.bit | manageGuild.bit
  return (BigInt(member.permissions) & managing) === 0n ? 'member' : 'manager'
}

function askedIn(interaction: Interaction, by: Pick<Question, 'actor' | 'channel'>): Asked | undefined {
  const { type, data } = interaction
  switch (type) {
    case COMMAND:
    case AUTOCOMPLETE: {
      const [subcommand] = data?.options ?? []
      if (subcommand === undefined) return { kind: type === AUTOCOMPLETE ? 'untyped' : 'unreadable' }
      const { name: command, options = [] } = subcommand
      if (type === AUTOCOMPLETE) {
        const typing = options.find((option) => option.focused === true)
        if (typing === undefined) return { kind: 'untyped' }
        const input = { form: 'option' as const, command, option: typing.name, value: String(typing.value ?? '') }
        return { kind: 'question', question: { ...by, kind: 'complete', input } }
      }
      const given = options.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const]))
      const input = { form: 'options' as const, command, options: Object.fromEntries(given) }
      return { kind: 'question', question: { ...by, kind: 'command', input } }
    }
    case COMPONENT: {
      const id = readCustomId(data?.values?.[0] ?? data?.custom_id ?? '')
      if (id === undefined) return { kind: 'unreadable' }
      return { kind: 'custom', id, question: { ...by, kind: 'action', ...id.action } }
    }
    case MODAL: {
      const id = readCustomId(data?.custom_id ?? '')
      if (id === undefined) return { kind: 'unreadable' }
      const values = Object.fromEntries(valuesIn(data?.components))
      return { kind: 'custom', id, question: { ...by, kind: 'form', ...id.action, values } }
    }
    default:
      return undefined
  }
}

/** The fields of a form that was sent, however deep they stand in rows and labels. */
function valuesIn(components: unknown): readonly (readonly [string, string])[] {
  if (Array.isArray(components)) return components.flatMap(valuesIn)
  if (typeof components !== 'object' || components === null) return []
  const nested = [
    ...('components' in components ? valuesIn(components.components) : []),
    ...('component' in components ? valuesIn(components.component) : []),
  ]
  if (!('custom_id' in components) || typeof components.custom_id !== 'string') return nested
  if ('value' in components && typeof components.value === 'string')
    return [...nested, [components.custom_id, components.value]]
  if ('values' in components && Array.isArray(components.values))
    return [...nested, [components.custom_id, String(components.values[0] ?? '')]]
  return nested
}

function messageOf({ flags = 0, components, embeds }: NonNullable<Interaction['message']>) {
  return {
    private: (flags & EPHEMERAL) !== 0,
    rendering: (flags & COMPONENTS_V2) === 0 ? ('embeds' as const) : ('components' as const),
    components,
    embeds,
  }
}
