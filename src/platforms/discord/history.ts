import { z } from 'zod'
import type { FindResult } from '../../delivery/platform.ts'
import { type ChannelId, channelParts } from '../../message/channel.ts'
import type { Receipt } from '../../store/records.ts'
import type { DiscordApi } from './api.ts'
import { bearsKey } from './custom-id.ts'
import { COMPONENTS_V2, type Rendering } from './payload.ts'
import { missing, PERMISSIONS } from './permissions.ts'
import { type Failed, guildOf, type Places, readAs } from './places.ts'

const PAGE = 100
/** Ten thousand messages since one was sent: then the look has failed. */
const MOST_PAGES = 100
/** 2015-01-01, from which Discord's ids count milliseconds. */
const EPOCH = 1_420_070_400_000

const messagesShape = z.array(
  z.object({
    id: z.string().regex(/^\d+$/),
    author: z.object({ id: z.string() }),
    flags: z.number().optional(),
    components: z.unknown().optional(),
    embeds: z.array(z.unknown()).default([]),
  }),
)

/** The smallest id that a message of that moment may have (docs.discord.com, snowflakes). `at`: epoch ms. */
export function snowflakeAt(at: number): string {
  return String(BigInt(Math.max(0, Math.floor(at) - EPOCH)) << 22n)
}

/**
 * Looks through the channel's messages since a moment for one of our own that bears the key. Without leave to read the
 * history Discord answers with an empty list, so that is looked at first. Rejects when looking failed for now.
 */
export async function findPart(
  house: { readonly api: DiscordApi; readonly places: Places },
  channel: ChannelId,
  key: string,
  since: number,
  signal: AbortSignal,
): Promise<FindResult> {
  for await (const page of ownMessages(house, channel, since, signal)) {
    if (page.kind !== 'page') return page
    const own = page.messages.find(({ components }) => bearsKey(components, key))
    if (own !== undefined) return { kind: 'found', receipt: own.receipt }
  }
  return { kind: 'absent' }
}

export type OwnMessages =
  | {
      readonly kind: 'page'
      readonly messages: readonly { readonly components?: unknown; readonly receipt: Receipt }[]
    }
  | Exclude<FindResult, { readonly kind: 'found' }>

/** Our own messages of the channel since a moment, oldest first; ends with the reason where they can't be read. Rejects when reading failed for now. */
export async function* ownMessages(
  { api, places }: { readonly api: DiscordApi; readonly places: Places },
  channel: ChannelId,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<OwnMessages> {
  const me = await places.self(signal)
  if (me.kind !== 'known') return yield unable(me)
  const rights = await places.rights(channel, signal)
  if (rights.kind === 'rights') {
    const lacking = missing(rights.permissions, ['viewChannel', 'readMessageHistory'])
    if (lacking.length > 0) {
      const names = lacking.map((name) => PERMISSIONS[name].name).join(' and ')
      return yield { kind: 'cannot-look', why: `Paperboy lacks ${names} in the channel` }
    }
  } else if (rights.kind !== 'direct') return yield unable(rights)
  const place = await places.resolve(channel, signal)
  if (place.kind !== 'place') return yield unable(place)
  let after = snowflakeAt(since)
  for (let page = 0; page < MOST_PAGES; page++) {
    const path = `/channels/${place.id}/messages`
    const answer = await api.request('GET', `${path}?limit=${PAGE}&after=${after}`, { signal, patienceMs: 10_000 })
    if (answer.kind !== 'ok') return yield unable(answer)
    const read = readAs(answer.body, messagesShape, path)
    if (read.kind !== 'read') return yield unable(read)
    const own = read.value.filter((each) => each.author.id === me.id && hasPapers(each))
    yield {
      kind: 'page',
      messages: own.map(({ id, flags, components }) => ({
        components,
        receipt: receiptOf(channel, place.id, id, renderingOf(flags)),
      })),
    }
    const last = read.value.reduce((latest, { id }) => (BigInt(id) > latest ? BigInt(id) : latest), BigInt(after))
    if (String(last) === after) return
    after = String(last)
  }
  throw new Error(`there are more than ${MOST_PAGES * PAGE} messages to look through`)
}

/** A classic message whose embeds were left out, for want of Embed Links, is not the part. */
function hasPapers({ flags, embeds }: z.output<typeof messagesShape>[number]): boolean {
  return renderingOf(flags) === 'components' || embeds.length > 0
}

/** A message's id and address; the form is kept with the id, for a message can't change it. */
export function receiptOf(channel: ChannelId, place: string, message: string, rendering: Rendering) {
  const { tenant } = channelParts(channel)
  const guild = guildOf(tenant)
  const url = `https://discord.com/channels/${guild.startsWith('@') ? '@me' : guild}/${place}/${message}`
  return { id: rendering === 'components' ? message : `${message}/embeds`, url }
}

export function readReceipt(id: string): { readonly message: string; readonly rendering: Rendering } {
  const [message = '', form] = id.split('/', 2)
  return { message, rendering: form === 'embeds' ? 'embeds' : 'components' }
}

function renderingOf(flags = 0): Rendering {
  return (flags & COMPONENTS_V2) === 0 ? 'embeds' : 'components'
}

/** Not permitted is an answer; anything else may go better later. */
function unable(answer: Failed): Exclude<FindResult, { readonly kind: 'found' }> {
  if (answer.kind === 'error') {
    // A channel that is gone holds no part.
    if (answer.code === 10003) return { kind: 'absent' }
    if (answer.status === 401 || answer.status === 403 || answer.code === 10004 || answer.code === 10007) {
      return { kind: 'cannot-look', why: `Discord does not permit it (${answer.code}: ${answer.message})` }
    }
    throw new Error(`Discord answered ${answer.status} (${answer.code}: ${answer.message})`)
  }
  if (answer.kind === 'throttled') throw new Error(`Discord asks to wait ${Math.ceil(answer.retryAfterMs / 1000)} s`)
  throw new Error(answer.cause)
}
