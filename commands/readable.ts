import { settingsOf } from '../src/digest/settings.ts'
import type { ChannelId } from '../src/message/channel.ts'
import { channelParts, parseChannel } from '../src/message/channel.ts'
import { channelKey } from '../src/store/keys.ts'
import type { Context } from './command.ts'
import { timeFor } from './standing.ts'

type Place = Pick<Context, 'store' | 'scope' | 'channel'>

/** A digest's id, `slack:T1/C2/2025-09-12T07:00:00.000Z/1`, or a channel's alone. */
const IDS = /\b((?:slack|discord|web):[^\s/:,;]+\/[^\s/:,;]+)(?:\/(\d{4}-\d\d-\d\dT[\d:.]+Z)\/\d+)?/gu

/**
 * What the ledger keeps, as people read it: a digest by its time on the channel's wall, another channel of the tenant by its name.
 * A channel of another tenant, or one whose name is not known, stays as it is.
 */
export async function readable(context: Place, text: string): Promise<string> {
  const settings = await settingsOf(context.store, context.scope.tenant, context.channel)
  const names = new Map<string, string>()
  for (const [, place = ''] of text.matchAll(IDS)) names.set(place, await nameOf(context, place as ChannelId))
  return text.replace(IDS, (_id, place: string, slot: string | undefined) => {
    const name = names.get(place) ?? place
    if (slot === undefined) return name
    const digest = `the digest of ${timeFor(settings, slot)}`
    return place === context.channel ? digest : `${digest} in ${name}`
  })
}

async function nameOf({ store, scope }: Place, channel: ChannelId): Promise<string> {
  if (parseChannel(channel) === undefined || channelParts(channel).tenant !== scope.tenant) return channel
  const name = (await store.channels.get(channelKey(channel)))?.name
  return name === undefined || name === channelParts(channel).place ? channel : `#${name.replace(/^#/, '')}`
}
