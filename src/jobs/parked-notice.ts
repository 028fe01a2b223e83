import { z } from 'zod'
import { type Clock, isoAt } from '../clock.ts'
import type { AdminEvent } from '../delivery/courier.ts'
import { isoWithOffset } from '../digest/local-time.ts'
import { settingsOf } from '../digest/settings.ts'
import { channelParts } from '../message/channel.ts'
import { channelKey } from '../store/keys.ts'
import type { Store } from '../store/store.ts'

interface NoticeHouse {
  readonly store: Store
  readonly clock: Pick<Clock, 'now'>
  /** To whoever runs the program. */
  tell(text: string, next: string): Promise<void>
}

/** A part that was tried again meanwhile, and parked for the same reason, is no news. */
const QUIET_MS = 6 * 3_600_000

const toldSchema = z.object({ reason: z.string(), at: z.string() })

/**
 * Tells an admin that nothing can be posted in a channel, or that nobody knows whether a post stands there: which channel,
 * why, and the way out. Once for a channel and a reason, and again after six hours at the earliest. Rejects when it could
 * not be told or kept: a stop between the two tells again.
 */
export async function tellParked({ store, clock, tell }: NoticeHouse, event: AdminEvent): Promise<void> {
  const { channel, slot, part } = event.part
  // The first word is for the ledger.
  const reason = event.reason.replace(/^[a-z-]+: /, '')
  const place = ['parked-told', channel]
  const told = toldSchema.safeParse(await store.meta.get(place)).data
  if (told?.reason === reason && clock.now() - Date.parse(told.at) < QUIET_MS) return
  const name = (await store.channels.get(channelKey(channel)))?.name
  const where = name === undefined || channelParts(channel).place === name ? channel : `${name} (${channel})`
  const { timezone } = await settingsOf(store, channelParts(channel).tenant, channel)
  const slotText = `${isoWithOffset(Date.parse(slot), timezone).slice(0, 16).replace('T', ' ')} (${timezone})`
  const text =
    event.why === 'unknown'
      ? `Part ${part} of the digest of ${slotText} may or may not stand in ${where}: ${reason}.`
      : `A digest can’t be posted in ${where}: ${reason}.`
  const goesOn =
    event.until === 'invited' || event.until === 'permitted' ? 'It goes on by itself once that is mended; ' : ''
  await tell(text, `${goesOn}paperboy parked --channel ${channel} shows what waits, and what can be done.`)
  await store.meta.set(place, { reason, at: isoAt(clock.now()) })
}
