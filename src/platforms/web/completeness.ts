import type { Json } from '../../store/json.ts'
import type { Markup } from './markup.ts'
import { html } from './markup.ts'

/** The day that `/health` says every source is complete through; undefined while none is. */
export function completeThrough(health: Json): string | undefined {
  const through =
    typeof health === 'object' && health !== null && 'completeThrough' in health ? health.completeThrough : undefined
  return typeof through === 'string' ? through : undefined
}

/** How far the catalogue is complete, for the side of every page; the page's script replaces it as days complete. */
export function completeMarkup(through: string | undefined): Markup {
  if (through === undefined)
    return html`<p class="complete none" data-through=""><a href="/status">No day is complete yet</a></p>`
  return html`<p class="complete" data-through="${through}"><a href="/status" title="${EVENINGS}">Complete through the announcement of ${eveningOf(through)}</a></p>`
}

const EVENINGS = 'Announcements come out at 20:00 US Eastern, Sunday to Thursday, and are listed under the day after.'

/** @example eveningOf('2025-09-14') // 'Sunday evening, 14 Sep' */
function eveningOf(day: string): string {
  const at = new Date(day)
  return `${WEEKDAY.format(at)} evening, ${SHORT_DAY.format(at).replace('Sept', 'Sep')}`
}

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' })
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })
