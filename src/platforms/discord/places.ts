import { z } from 'zod'
import { type ChannelId, channelParts, type TenantId } from '../../message/channel.ts'
import type { Answer, DiscordApi } from './api.ts'
import { channelShape, guildShape, type Holder, memberShape, permissionsIn } from './permissions.ts'

export type Failed = Exclude<Answer, { readonly kind: 'ok' }>

/** Where a channel of ours is on Discord, and what the bot may do there. */
export interface Places {
  /** The bot's own id. */
  self(signal: AbortSignal): Promise<{ readonly kind: 'known'; readonly id: string } | Failed>
  /** Discord's id of the channel; a person's direct messages are opened at need. */
  resolve(channel: ChannelId, signal: AbortSignal): Promise<{ readonly kind: 'place'; readonly id: string } | Failed>
  /** Of the bot, or of another member by their id. */
  rights(channel: ChannelId, signal: AbortSignal, member?: string): Promise<Rights | Failed>
}

/** In direct messages there are no permissions: everything is permitted. */
export type Rights =
  | { readonly kind: 'direct' }
  | { readonly kind: 'rights'; readonly permissions: bigint; readonly channel: z.output<typeof channelShape> }

const idShape = z.object({ id: z.string() })
const OPENED = 10_000

export function createPlaces(api: DiscordApi): Places {
  let own: string | undefined
  const opened = new Map<string, string>()

  async function get<Shape extends z.ZodType>(path: string, shape: Shape, signal: AbortSignal) {
    const answer = await api.request('GET', path, { signal, patienceMs: 10_000 })
    return answer.kind === 'ok' ? readAs(answer.body, shape, path) : answer
  }

  async function self(signal: AbortSignal) {
    if (own !== undefined) return { kind: 'known' as const, id: own }
    const answer = await get('/users/@me', idShape, signal)
    if (answer.kind !== 'read') return answer
    own = answer.value.id
    return { kind: 'known' as const, id: own }
  }

  return {
    self,

    async resolve(channel, signal) {
      const { place } = channelParts(channel)
      if (!place.startsWith('@')) return { kind: 'place', id: place }
      const user = place.slice(1)
      const known = opened.get(user)
      if (known !== undefined) return { kind: 'place', id: known }
      const answer = await api.request('POST', '/users/@me/channels', { signal, body: { recipient_id: user } })
      if (answer.kind !== 'ok') return answer
      const read = readAs(answer.body, idShape, '/users/@me/channels')
      if (read.kind !== 'read') return read
      if (opened.size >= OPENED) opened.clear()
      opened.set(user, read.value.id)
      return { kind: 'place', id: read.value.id }
    },

    async rights(channel, signal, other) {
      const { place, tenant } = channelParts(channel)
      if (place.startsWith('@')) return { kind: 'direct' }
      const me = other === undefined ? await self(signal) : ({ kind: 'known', id: other } as const)
      if (me.kind !== 'known') return me
      const own = await get(`/channels/${place}`, channelShape, signal)
      if (own.kind !== 'read') return own
      const parent = own.value.parent_id
      // A thread has no overwrites of its own: those of its channel hold.
      const isThread = own.value.type >= 10 && own.value.type <= 12
      const holding = isThread && parent ? await get(`/channels/${parent}`, channelShape, signal) : own
      if (holding.kind !== 'read') return holding
      const server = guildOf(tenant)
      const guild = await get(`/guilds/${server}`, guildShape, signal)
      if (guild.kind !== 'read') return guild
      const member = await get(`/guilds/${server}/members/${me.id}`, memberShape, signal)
      if (member.kind !== 'read') return member
      const holder: Holder = { id: me.id, roles: member.value.roles }
      return { kind: 'rights', permissions: permissionsIn(guild.value, holding.value, holder), channel: own.value }
    },
  }
}

/** The server's id, of `discord:GUILD`. */
export function guildOf(tenant: TenantId): string {
  return tenant.slice('discord:'.length)
}

export function readAs<Shape extends z.ZodType>(
  body: unknown,
  shape: Shape,
  path: string,
): { readonly kind: 'read'; readonly value: z.output<Shape> } | Extract<Failed, { kind: 'failed' }> {
  const read = shape.safeParse(body)
  if (read.success) return { kind: 'read', value: read.data }
  return { kind: 'failed', cause: `Discord’s answer to ${path} can’t be read` }
}
