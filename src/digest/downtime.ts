import { z } from 'zod'
import { isoAt } from '../clock.ts'
import { decidedThroughKey } from '../store/keys.ts'
import type { ChannelSettings } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { dayIn, nextSlots } from './schedule.ts'

/** The last time for which no round was run: `from` the last one before, `until` the first one after. ISO 8601, UTC. */
const downtimeSchema = z.object({ from: z.string(), until: z.string() })
export type Downtime = z.output<typeof downtimeSchema>

const KEY = ['downtime']
/** Rounds are run each minute; one may take its time. */
const SHORTEST_MS = 10 * 60_000

/** Notes, before a round at `now` (epoch ms), that none was run for a while, as when the program was down. Rejects when the store does. */
export async function noteDowntime(store: Store, now: number): Promise<void> {
  const from = await store.meta.get(decidedThroughKey)
  if (typeof from !== 'string' || now - Date.parse(from) < SHORTEST_MS) return
  await store.meta.set(KEY, { from, until: isoAt(now) })
}

/** The program's last downtime, if it had one. Rejects when the store does. */
export async function lastDowntime(store: Store): Promise<Downtime | undefined> {
  return downtimeSchema.safeParse(await store.meta.get(KEY)).data
}

/**
 * The first slot of an earlier day that was missed while the program was down (ISO 8601, UTC), for the digest that makes up for it: the channel's first since,
 * of a `slot` that came no later than the next one. Undefined for any other digest.
 */
export function missedFrom(
  settings: ChannelSettings,
  { from, until }: Downtime,
  slot: string,
  lastSlot: string | undefined,
): string | undefined {
  if (lastSlot !== undefined && lastSlot > from) return undefined
  const [missed] = nextSlots(settings, Date.parse(from), 1).map((text) => isoAt(Date.parse(text)))
  const [next] = nextSlots(settings, Date.parse(until), 1).map((text) => isoAt(Date.parse(text)))
  if (missed === undefined || missed > until || (next !== undefined && slot > next)) return undefined
  return dayIn(settings, missed) < dayIn(settings, slot) ? missed : undefined
}
