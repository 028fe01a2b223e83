import { isoAt } from '../clock.ts'
import type { ChannelSettings } from '../store/records.ts'
import { cronWalls, parseCron } from './cron.ts'
import type { Minutes, WallTime } from './local-time.ts'
import { instantOf, isoWithOffset, minutesText, parseMinutes, wallAt, wallOn, zoneNamed } from './local-time.ts'

/** When a channel gets its digests. A new kind is one more line here, in parseSchedule and in wallsAround. */
export type Schedule =
  | { readonly kind: 'immediate' }
  | { readonly kind: 'daily'; readonly at: Minutes }
  | { readonly kind: 'weekdays'; readonly at: Minutes }
  | { readonly kind: 'cron'; readonly expression: string }

export interface Quiet {
  readonly from: Minutes
  readonly until: Minutes
}

export interface Unreadable {
  readonly error: string
}

/** What a channel has before anyone sets anything: a digest as soon as there is news, which arXiv announces once a day; zone as an IANA name. */
export function defaultSettings(timezone = 'UTC'): ChannelSettings {
  return { schedule: 'immediate', timezone, cap: 20 }
}

/** Reads `immediate`, `daily 09:00`, `weekdays 09:00` or `cron 0 9 * * 1` (five fields; day of month or day of week). */
export function parseSchedule(text: string): Schedule | Unreadable {
  const [, kind = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/su.exec(text) ?? []
  switch (kind.toLowerCase()) {
    case 'immediate':
      if (rest === '') return { kind: 'immediate' }
      break
    case 'daily':
    case 'weekdays': {
      const at = parseMinutes(rest)
      if (at !== undefined) return { kind: kind.toLowerCase() === 'daily' ? 'daily' : 'weekdays', at }
      return { error: `'${rest}' is not a time of day: write ${kind.toLowerCase()} 09:00, from 00:00 to 23:59.` }
    }
    case 'cron': {
      const cron = parseCron(rest)
      return 'error' in cron ? cron : { kind: 'cron', expression: cron.expression }
    }
  }
  return {
    error: `'${text.trim()}' is not a schedule: write immediate, daily 09:00, weekdays 09:00 or cron 0 9 * * 1.`,
  }
}

/** The schedule as it is kept in the settings. */
export function scheduleText(schedule: Schedule): string {
  if (schedule.kind === 'immediate') return 'immediate'
  if (schedule.kind === 'cron') return `cron ${schedule.expression}`
  return `${schedule.kind} ${minutesText(schedule.at)}`
}

/** Reads an IANA time zone such as `Europe/Berlin`, in any case of letters. */
export function parseTimezone(text: string): { readonly timezone: string } | Unreadable {
  const timezone = zoneNamed(text.trim())
  return timezone === undefined
    ? { error: `'${text.trim()}' is not a time zone: write a name such as Europe/Berlin, America/New_York or UTC.` }
    : { timezone }
}

/** Reads `22:00-07:00`, over midnight or not; `off` or nothing gives no quiet time. */
export function parseQuiet(text: string): { readonly quiet: string | undefined } | Unreadable {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.toLowerCase() === 'off') return { quiet: undefined }
  const quiet = quietOf(trimmed)
  return quiet === undefined
    ? { error: `'${trimmed}' is not a quiet time: write 22:00-07:00, or off.` }
    : { quiet: `${minutesText(quiet.from)}-${minutesText(quiet.until)}` }
}

/** Reads how many papers one digest shows, from 1 to 100; the rest is listed behind a button. */
export function parseCap(text: string): { readonly cap: number } | Unreadable {
  const cap = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0
  return cap >= 1 && cap <= 100 ? { cap } : { error: `'${text.trim()}' is not a cap: write a number from 1 to 100.` }
}

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

/**
 * The next slots after `now` (epoch ms), ISO 8601 with the channel's offset. For `immediate` they are the next full minutes,
 * at which the program looks for what waits, or those from the end of the quiet time on.
 */
export function nextSlots(settings: ChannelSettings, now: number, count: number): readonly string[] {
  const plan = planOf(settings)
  const found: number[] = []
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

// A quiet time moves a slot by less than a day, a change of clocks by an hour or two, a weekend by two days.
const daysAround = 5

/** Times on the wall that can have fallen due by `now`, latest first. */
function* wallsBefore(plan: Plan, now: number): Generator<WallTime> {
  const { schedule, timezone } = plan
  const wall = wallAt(now, timezone)
  // While an hour is repeated, what the wall will show again has been due already.
  const latest = instantOf(wall, timezone) === now ? wall : wall.add({ hours: 3 })
  if (schedule.kind === 'cron') {
    yield* cronWalls(schedule.expression, latest.add({ minutes: 1 }), 'before')
  } else if (schedule.kind !== 'immediate') {
    for (let back = 0; back <= daysAround; back++) {
      const day = latest.toPlainDate().subtract({ days: back })
      if (schedule.kind === 'daily' || day.dayOfWeek <= 5) yield wallOn(day, schedule.at)
    }
  }
}

/** Times on the wall from a little before `now` on, earliest first, endless but for a cron expression that ends. */
function* wallsAfter(plan: Plan, now: number): Generator<WallTime> {
  const { schedule, timezone } = plan
  const earliest = wallAt(now, timezone).subtract({ hours: 26 })
  if (schedule.kind === 'cron') {
    yield* cronWalls(schedule.expression, earliest, 'after')
  } else if (schedule.kind !== 'immediate') {
    for (let day = earliest.toPlainDate(); ; day = day.add({ days: 1 })) {
      if (schedule.kind === 'daily' || day.dayOfWeek <= 5) yield wallOn(day, schedule.at)
    }
  }
}

function quietOf(text: string): Quiet | undefined {
  const [first, second, more] = text.split(/\s*[-–]\s*/u)
  const from = parseMinutes(first ?? '')
  const until = parseMinutes(second ?? '')
  if (from === undefined || until === undefined || more !== undefined || from === until) return undefined
  return { from, until }
}
