import type { Log } from '../log.ts'
import { type ChannelId, channelParts } from '../message/channel.ts'
import { channelKey, decidedThroughKey } from '../store/keys.ts'
import { recallOf } from '../store/restored.ts'
import { entriesOf, type Store } from '../store/store.ts'
import { isPaused } from './pause.ts'
import { dueSlot } from './schedule.ts'
import { settingsOf } from './settings.ts'

/** The channels that have papers waiting and a slot due at `now` (epoch ms); parked ones, and those of which it is not known what stands there, keep theirs. */
export async function dueChannels(store: Store, now: number, log?: Log): Promise<readonly ChannelId[]> {
  const due: ChannelId[] = []
  for (let after: readonly string[] | undefined; ; ) {
    const [entry] = await store.scan(store.pending, [], { limit: 1, ...(after === undefined ? {} : { after }) })
    const channel = entry?.key[0] as ChannelId | undefined
    if (channel === undefined) return due
    try {
      const parked = (await store.channels.get(channelKey(channel)))?.parked
      const recall = await recallOf(store, channel)
      const isFree = parked === undefined && (recall === undefined || recall.done !== undefined)
      if (isFree && (await slotDue(store, channel, now)) !== undefined) due.push(channel)
    } catch (error) {
      if (log === undefined) throw error
      log({ event: 'digest.failed', channel, error })
    }
    // Past all that waits for this channel: `~` is the last character that a key leaves as it is.
    after = [channel, '~']
  }
}

/**
 * The slot that is due for what waits. A slot that passed while nothing waited is over: papers that come later wait for
 * the next one. But a slot that passed while no round was run is made up.
 */
export async function slotDue(store: Store, channel: ChannelId, now: number): Promise<string | undefined> {
  const settings = await settingsOf(store, channelParts(channel).tenant, channel)
  if (isPaused(settings, now)) return undefined
  const slot = dueSlot(settings, (await store.slots.get([channel]))?.lastSlot, now)
  if (slot === undefined) return undefined
  const decidedThrough = await store.meta.get(decidedThroughKey)
  if (typeof decidedThrough !== 'string' || decidedThrough < slot) return slot
  for await (const { value } of entriesOf(store, store.pending, [channel])) if (value.at <= slot) return slot
  return undefined
}
