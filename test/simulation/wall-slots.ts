const MINUTE = 60_000
const DAY_MINUTES = 1440

/** What a clock on the wall shows. Months count from 1, Sunday is 0. */
export interface Wall {
  readonly minute: number
  readonly hour: number
  readonly day: number
  readonly month: number
  readonly weekday: number
}

/** When a channel gets its digests, as a test knows it: `text` as people type it, and what that means on the wall. */
export interface SlotRule {
  readonly text: string
  /** Missing where there is no time to wait for. */
  readonly due?: (wall: Wall) => boolean
  readonly timezone: string
  /** Minutes after midnight. */
  readonly quiet?: { readonly from: number; readonly until: number }
}

/**
 * The slots of a rule in a span (epoch ms), by walking through its minutes with an eye on the wall: a time is due the first time
 * that the wall shows it or has gone past it, so what is skipped comes with the minute after the gap, and what is repeated is
 * due once. A slot in the quiet time comes with the first minute after it.
 */
export function slotsOf(rule: SlotRule, from: number, until: number): readonly number[] {
  const slots: number[] = []
  const { due } = rule
  if (due === undefined) return slots
  let reached: number | undefined
  let waits = false
  eachMinute(rule.timezone, from, until, (minute, wall) => {
    for (let shown = reached === undefined ? wall : reached + 1; shown <= wall; shown++)
      if (due(wallOf(shown))) waits = true
    reached = Math.max(reached ?? wall, wall)
    if (!waits || isWithin(rule.quiet, wall)) return
    slots.push(minute * MINUTE)
    waits = false
  })
  return slots
}

/** Whether the wall shows a time of the rule's quiet time at a moment (epoch ms). */
export function isQuiet(rule: SlotRule, at: number): boolean {
  return isWithin(rule.quiet, wallMinute(rule.timezone, Math.floor(at / MINUTE)))
}

function isWithin(quiet: SlotRule['quiet'], wall: number): boolean {
  if (quiet === undefined) return false
  const minute = wall % DAY_MINUTES
  const { from, until } = quiet
  return from < until ? minute >= from && minute < until : minute >= from || minute < until
}

/** The minutes from `from` (epoch ms) on, with what the wall has counted by then. */
function eachMinute(timezone: string, from: number, until: number, see: (minute: number, wall: number) => void): void {
  const end = Math.floor(until / MINUTE)
  for (let minute = Math.floor(from / MINUTE); minute <= end; ) {
    const day = Math.floor(minute / DAY_MINUTES)
    const [before, after, change] = offsetsOn(timezone, day)
    for (const last = Math.min(end, (day + 1) * DAY_MINUTES - 1); minute <= last; minute++)
      see(minute, minute + (minute < change ? before : after))
  }
}

/** Minutes that the wall counts from 1970 on. */
function wallMinute(timezone: string, minute: number): number {
  const day = Math.floor(minute / DAY_MINUTES)
  const [before, after, change] = offsetsOn(timezone, day)
  return minute + (minute < change ? before : after)
}

/** By zone and UTC day: the offset at its beginning and at its end, and the minute of the change. */
const known = new Map<string, readonly [number, number, number]>()

function offsetsOn(timezone: string, day: number): readonly [number, number, number] {
  const name = `${timezone} ${day}`
  const found = known.get(name)
  if (found !== undefined) return found
  const first = day * DAY_MINUTES
  const [before, after] = [offsetAt(timezone, first), offsetAt(timezone, first + DAY_MINUTES)]
  let [low, high] = [first, first + DAY_MINUTES]
  while (before !== after && high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(timezone, middle) === before) low = middle
    else high = middle
  }
  const offsets = [before, after, high] as const
  known.set(name, offsets)
  return offsets
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** In minutes, as the platform's own calendar says it. */
function offsetAt(timezone: string, minute: number): number {
  const format =
    formats.get(timezone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  formats.set(timezone, format)
  const shown = new Map(format.formatToParts(minute * MINUTE).map(({ type, value }) => [type, Number(value)]))
  const of = (part: Intl.DateTimeFormatPartTypes) => shown.get(part) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) / MINUTE - minute
}

const dates = new Map<number, { readonly day: number; readonly month: number }>()

function wallOf(wall: number): Wall {
  const date = Math.floor(wall / DAY_MINUTES)
  const minutes = wall - date * DAY_MINUTES
  const shown = dates.get(date) ?? dateOf(date)
  dates.set(date, shown)
  // The first of January 1970 was a Thursday.
  return { minute: minutes % 60, hour: Math.floor(minutes / 60), ...shown, weekday: (date + 4) % 7 }
}

function dateOf(date: number) {
  const day = new Date(date * DAY_MINUTES * MINUTE)
  return { day: day.getUTCDate(), month: day.getUTCMonth() + 1 }
}
