import { type Clock, isoAt } from './clock.ts'
import type { Courier } from './delivery/courier.ts'
import type { PlatformEvent } from './delivery/platform.ts'
import { defaultSettings, parseTimezone } from './digest/schedule-text.ts'
import { settingsOf } from './digest/settings.ts'
import { tenantIsHere, tenantLeft } from './jobs/departures.ts'
import type { Log } from './log.ts'
import { type ChannelId, channelParts } from './message/channel.ts'
import type { Message } from './message/message.ts'
import { channelKey } from './store/keys.ts'
import type { ChannelSettings } from './store/records.ts'
import { putIfAbsent, type Store } from './store/store.ts'

interface ChannelHouse {
  readonly store: Store
  readonly clock: Clock
  readonly courier: Pick<Courier, 'resumeChannel' | 'loseChannel'>
  readonly log: Log
  /** What to say in a channel that the bot came into. */
  hello(settings: ChannelSettings, zoneIsGuessed: boolean): Message
}

/** What the platforms tell of channels: kept in the store; what was parked goes out again once the cause is gone. Answers with what to say there. */
export async function channelEvents(
  { store, clock, courier, log, hello }: ChannelHouse,
  event: PlatformEvent,
): Promise<Message | undefined> {
  log({ ...event, event: `channel.${event.kind}` })
  if (event.kind === 'bot-added' || event.kind === 'permissions-changed')
    await tenantIsHere(store, channelParts(event.channel).tenant)
  switch (event.kind) {
    case 'bot-added': {
      const key = channelKey(event.channel)
      const known = await store.channels.get(key)
      const { tenant } = channelParts(event.channel)
      const fresh = { channel: event.channel, tenant, name: event.name, addedAt: isoAt(clock.now()) }
      await store.channels.set(key, known === undefined ? fresh : { ...known, name: event.name })
      await courier.resumeChannel(event.channel)
      const guessed = await guessZone(store, event.channel, event.by?.timeZone)
      return hello(await settingsOf(store, tenant, event.channel), guessed)
    }
    case 'permissions-changed': {
      // Said of all of a server's channels, also of those that are no more; only people come back.
      const lost = (await store.channels.get(channelKey(event.channel)))?.parked?.until === 'never'
      const person = channelParts(event.channel).place.startsWith('@')
      if (person || !lost) await courier.resumeChannel(event.channel)
      return undefined
    }
    case 'channel-renamed': {
      const known = await store.channels.get(channelKey(event.channel))
      if (known !== undefined) await store.channels.set(channelKey(event.channel), { ...known, name: event.name })
      return undefined
    }
    case 'tenant-gone':
      await tenantLeft({ store, clock }, event.tenant)
      return undefined
    case 'channel-gone':
      await courier.loseChannel(event.channel, 'the channel was deleted')
      return undefined
    case 'bot-removed':
      // The next post is refused with the reason, and the courier parks the channel; what is kept stays for a return.
      return undefined
  }
}

/** Whoever invites the bot is mostly where the channel's people are; whether that was taken for the zone of a channel without settings. */
async function guessZone(store: Store, channel: ChannelId, timeZone: string | undefined): Promise<boolean> {
  const read = timeZone === undefined ? undefined : parseTimezone(timeZone)
  if (read === undefined || 'error' in read) return false
  const settings = defaultSettings(read.timezone)
  return (await store.commit([putIfAbsent(store.settings, channelKey(channel), settings)])) === 'committed'
}
