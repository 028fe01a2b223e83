import type { ChannelSettings } from '../store/records.ts'
import { parseCron } from './cron.ts'
import type { Minutes } from './local-time.ts'
import { minutesText, parseMinutes, zoneNamed } from './local-time.ts'

/** When a channel gets its digests: as soon as there is something, or at times that a cron expression of five fields gives on the wall of its zone. */
export type Schedule =
  | { readonly kind: 'immediate' }
  /** `text` is how it is kept and shown, `weekly monday 09:00`. */
  | { readonly kind: 'timed'; readonly text: string; readonly cron: string }

export interface Quiet {
  readonly from: Minutes
  readonly until: Minutes
}

export interface Unreadable {
  readonly error: string
}

/** The forms that `parseSchedule` reads, as hints and errors show them. */
export const scheduleForms =
  'immediate, daily 09:00, weekdays 09:00, weekly monday 09:00, every 6 hours or cron 0 9 * * 1'

/** The forms of `scheduleForms`, each with what it means. */
export const scheduleExamples = [
  { value: 'immediate', label: 'as soon as papers are found, about once a day' },
  { value: 'daily 09:00', label: 'every day at nine, by the channel’s time zone' },
  { value: 'weekdays 09:00', label: 'Monday to Friday at nine' },
  { value: 'weekly monday 09:00', label: 'once a week' },
  { value: 'every 6 hours', label: 'at midnight, six, noon and six' },
  { value: 'cron 0 9 * * 1,4', label: 'minute, hour, day, month, weekday: Mondays and Thursdays at nine' },
] as const

/** What a channel has before anyone sets anything: a digest as soon as there is news, which arXiv announces once a day; zone as an IANA name. */
export function defaultSettings(timezone = 'UTC'): ChannelSettings {
  return { schedule: 'immediate', timezone, cap: 20 }
}

/** Reads what `scheduleForms` shows; a cron expression has five fields, and means day of month or day of week where both are given. */
export function parseSchedule(text: string): Schedule | Unreadable {
  const [, kind = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/su.exec(text.toLowerCase()) ?? []
  if (kind === 'at' && rest === 'once') return { kind: 'immediate' }
  switch (kind) {
    case 'immediate':
      if (rest === '') return { kind: 'immediate' }
      break
    case 'daily':
      return timed('daily', rest, '*')
    case 'weekdays':
      return timed('weekdays', rest, '1-5')
    case 'weekly':
      return weekly(rest)
    case 'every':
      return everyHours(rest)
    case 'cron': {
      const cron = parseCron(rest)
      return 'error' in cron ? cron : { kind: 'timed', text: `cron ${cron.expression}`, cron: cron.expression }
    }
  }
  if (text.trim() === '') return { error: `A schedule is missing: write ${scheduleForms}.` }
  return { error: `“${text.trim()}” is not a schedule: write ${scheduleForms}.` }
}

/** The schedule as it is kept in the settings. */
export function scheduleText(schedule: Schedule): string {
  return schedule.kind === 'immediate' ? 'immediate' : schedule.text
}

/** Reads an IANA time zone such as `Europe/Berlin`, in any case of letters. */
export function parseTimezone(text: string): { readonly timezone: string } | Unreadable {
  const timezone = zoneNamed(text.trim())
  return timezone === undefined
    ? { error: `“${text.trim()}” is not a time zone: write a name such as Europe/Berlin, America/New_York or UTC.` }
    : { timezone }
}

/** Reads `22:00-07:00`, over midnight or not; `off`, `none` or nothing gives no quiet time. */
export function parseQuiet(text: string): { readonly quiet: string | undefined } | Unreadable {
  const trimmed = text.trim()
  if (/^(?:off|none)?$/i.test(trimmed)) return { quiet: undefined }
  const quiet = quietOf(trimmed)
  return quiet === undefined
    ? { error: `“${trimmed}” is not a quiet time: write 22:00-07:00, or off.` }
    : { quiet: `${minutesText(quiet.from)}-${minutesText(quiet.until)}` }
}

/** Reads how many papers one digest shows, from 1 to 100; the rest is listed behind a button. */
export function parseCap(text: string): { readonly cap: number } | Unreadable {
  const cap = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0
  return cap >= 1 && cap <= 100 ? { cap } : { error: `“${text.trim()}” is not a cap: write a number from 1 to 100.` }
}

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

function timed(label: string, time: string, daysOfWeek: string): Schedule | Unreadable {
  const at = parseMinutes(time)
  if (at === undefined) {
    return { error: `“${time}” is not a time of day: write ${label} 09:00, from 00:00 to 23:59.` }
  }
  return {
    kind: 'timed',
    text: `${label} ${minutesText(at)}`,
    cron: `${at % 60} ${Math.floor(at / 60)} * * ${daysOfWeek}`,
  }
}

function weekly(rest: string): Schedule | Unreadable {
  const [name = '', time = ''] = rest.split(/\s+/u)
  const day = name.length < 2 ? -1 : days.findIndex((each) => each.startsWith(name))
  if (day === -1) return { error: `“${name}” is not a day of the week: write weekly monday 09:00.` }
  return timed(`weekly ${days[day]}`, time, String(day))
}

/** Counted from midnight, so that the times are the same every day. */
function everyHours(rest: string): Schedule | Unreadable {
  const hours = Number(/^(\d{1,2})\s*(?:h|hours?)$/.exec(rest)?.[1] ?? (rest === 'hour' ? 1 : Number.NaN))
  if (!(hours >= 1 && hours <= 12 && 24 % hours === 0)) {
    return { error: `“every ${rest}” does not divide the day: write every 1, 2, 3, 4, 6, 8 or 12 hours.` }
  }
  return { kind: 'timed', text: hours === 1 ? 'every hour' : `every ${hours} hours`, cron: `0 */${hours} * * *` }
}

/** Reads a quiet time that parseQuiet has written. */
export function quietOf(text: string): Quiet | undefined {
  const [first, second, more] = text.split(/\s*[-–]\s*/u)
  const from = parseMinutes(first ?? '')
  const until = parseMinutes(second ?? '')
  if (from === undefined || until === undefined || more !== undefined || from === until) return undefined
  return { from, until }
}
