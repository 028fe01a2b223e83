import { isoAt } from '../clock.ts'
import type { ChannelSettings } from '../store/records.ts'
import { cronWalls } from './cron.ts'
import type { WallTime } from './local-time.ts'
import { instantOf, isoWithOffset, wallAt, wallOn } from './local-time.ts'
import { parseSchedule, parseTimezone, type Quiet, quietOf, type Schedule } from './schedule-text.ts'

/**
 * The latest slot that fell due by `now` (epoch ms) and comes after `lastSlot` (ISO): several that were missed come
 * to one. A slot in the quiet time falls due at its end, and nothing is due while it lasts. `immediate` is due at once.
 * Throws when the settings can't be read.
 */
export function dueSlot(settings: ChannelSettings, lastSlot: string | undefined, now: number): string | undefined {
  const plan = planOf(settings)
  const after = lastSlot === undefined ? Number.NEGATIVE_INFINITY : Date.parse(lastSlot)
  if (now <= after || quietEnd(plan, now) !== undefined) return undefined
  const slot = plan.schedule.kind === 'immediate' ? now : latestSlot(plan, now)
  return slot === undefined || slot <= after ? undefined : isoAt(slot)
}

/** When a channel posts, in words; undefined where it has set times, which `nextSlots` tells. */
export function postingInWords(settings: ChannelSettings, now: number): string | undefined {
  if (planOf(settings).schedule.kind !== 'immediate') return undefined
  const quiet = quietUntil(settings, now)
  return quiet === undefined ? AT_ONCE : `${AT_ONCE}, after the quiet hours`
}

const AT_ONCE = 'as soon as papers are found'

/**
 * The next slots after `now` (epoch ms), ISO 8601 with the channel's offset. For `immediate` they are the next full minutes,
 * at which the program looks for what waits, or those from the end of the quiet time on.
 */
export function nextSlots(settings: ChannelSettings, now: number, count: number): readonly string[] {
  const plan = planOf(settings)
  const found: number[] = []
  if (count <= 0) return []
  if (plan.schedule.kind === 'immediate') {
    for (let minute = nextMinute(now); found.length < count; minute = nextMinute(found.at(-1) ?? minute)) {
      found.push(quietEnd(plan, minute) ?? minute)
    }
    return found.map((slot) => isoWithOffset(slot, plan.timezone))
  }
  for (const wall of wallsAfter(plan, now)) {
    const slot = slotOf(plan, wall)
    if (slot > now && slot > (found.at(-1) ?? now)) found.push(slot)
    if (found.length === count) break
  }
  return found.map((slot) => isoWithOffset(slot, plan.timezone))
}

/**
 * From when on a digest of `slot` is to be labelled (ISO 8601, UTC), when what waits for it `since` an instant should have come with an earlier
 * slot of an earlier day, as after a pause or while the program was down; undefined for an ordinary digest.
 */
export function coversFrom(settings: ChannelSettings, since: string, slot: string): string | undefined {
  const plan = planOf(settings)
  const dayOf = (instant: number) => wallAt(instant, plan.timezone).toPlainDate().toString()
  const [first] = nextSlots(settings, Date.parse(since), 1).map((text) => Date.parse(text))
  if (first === undefined || first >= Date.parse(slot) || dayOf(first) >= dayOf(Date.parse(slot))) return undefined
  return isoAt(Date.parse(since))
}

/** The day of an instant (ISO 8601) on the channel's wall. @example '2025-09-12' */
export function dayIn({ timezone }: Pick<ChannelSettings, 'timezone'>, instant: string): string {
  return wallAt(Date.parse(instant), timezone).toPlainDate().toString()
}

/** When the quiet time that lasts at `now` (epoch ms) ends, ISO 8601 with the channel's offset; undefined outside of it. */
export function quietUntil(settings: ChannelSettings, now: number): string | undefined {
  const plan = planOf(settings)
  const end = quietEnd(plan, now)
  return end === undefined ? undefined : isoWithOffset(end, plan.timezone)
}

function nextMinute(moment: number): number {
  return (Math.floor(moment / 60_000) + 1) * 60_000
}

interface Plan {
  readonly schedule: Schedule
  readonly timezone: string
  readonly quiet: Quiet | undefined
}

function planOf(settings: ChannelSettings): Plan {
  const schedule = parseSchedule(settings.schedule)
  if ('error' in schedule) throw new Error(schedule.error)
  const zone = parseTimezone(settings.timezone)
  if ('error' in zone) throw new Error(zone.error)
  return {
    schedule,
    timezone: zone.timezone,
    quiet: settings.quiet === undefined ? undefined : quietOf(settings.quiet),
  }
}

function latestSlot(plan: Plan, now: number): number | undefined {
  for (const wall of wallsBefore(plan, now)) {
    const slot = slotOf(plan, wall)
    if (slot <= now) return slot
  }
  return undefined
}

/** The instant at which a time on the wall falls due. */
function slotOf(plan: Plan, wall: WallTime): number {
  const instant = instantOf(wall, plan.timezone)
  return quietEnd(plan, instant) ?? instant
}

/** When the quiet time around an instant ends; undefined outside of it. */
function quietEnd({ quiet, timezone }: Plan, instant: number): number | undefined {
  if (quiet === undefined) return undefined
  const wall = wallAt(instant, timezone)
  const minutes = wall.hour * 60 + wall.minute
  const overMidnight = quiet.from > quiet.until
  const within = overMidnight
    ? minutes >= quiet.from || minutes < quiet.until
    : minutes >= quiet.from && minutes < quiet.until
  if (!within) return undefined
  const today = wall.toPlainDate()
  const end = instantOf(
    wallOn(overMidnight && minutes >= quiet.from ? today.add({ days: 1 }) : today, quiet.until),
    timezone,
  )
  // The end's own hour may be skipped or repeated, which can put it behind us.
  return end > instant ? end : undefined
}

/** Times on the wall that can have fallen due by `now`, latest first. */
function wallsBefore({ schedule, timezone }: Plan, now: number): Iterable<WallTime> {
  if (schedule.kind === 'immediate') return []
  const wall = wallAt(now, timezone)
  // While an hour is repeated, what the wall will show again has been due already.
  const latest = instantOf(wall, timezone) === now ? wall : wall.add({ hours: 3 })
  return cronWalls(schedule.cron, latest.add({ minutes: 1 }), 'before')
}

/** Times on the wall from a little before `now` on, earliest first, endless but for an expression that ends. */
function wallsAfter({ schedule, timezone }: Plan, now: number): Iterable<WallTime> {
  if (schedule.kind === 'immediate') return []
  // A quiet time moves a slot by less than a day, a change of clocks by an hour or two.
  return cronWalls(schedule.cron, wallAt(now, timezone).subtract({ hours: 26 }), 'after')
}
