import type { Change } from '../catalog/change.ts'
import type { Since } from '../store/records.ts'
import type { Subscription } from './subscription.ts'

/** Whether a change may concern anyone: something announced, new or newly listed in another category. */
export function isNews(change: Change): boolean {
  return change.origin === 'announced' && (change.kind === 'new' || change.kind === 'crosslisted')
}

/**
 * Whether the change came after the subscription was made: by the log's number, or in a catalogue that was rebuilt since,
 * by the source's own mark. What bears no mark is given: `seen` keeps it from coming twice, nothing would bring it back.
 * Before a source was first harvested there is no such number: then the day of the paper's listing (US Eastern) tells.
 */
export function isNewsTo(
  { since, follows, at }: Subscription,
  change: Change,
  catalogId: string,
  listed?: string,
): boolean {
  // An author's paper was theirs before it was cross-listed.
  if (change.kind === 'crosslisted' && follows.kind === 'author') return false
  if (since === undefined) return true
  if (since.catalogId === catalogId) {
    if (change.seq <= since.seq) return false
    const isEarly = since.announcedThrough[change.source] === undefined && change.kind === 'new'
    // A listing of a day is out at 20:00 Eastern of the day before, which is one o'clock UTC of that day at the latest.
    return !isEarly || listed === undefined || at === undefined || `${listed}T01:00:00.000Z` > at
  }
  return isAfterMark(since, change)
}

function isAfterMark({ announcedThrough }: Since, { mark, source }: Change): boolean {
  const through = announcedThrough[source]
  return mark === undefined || through === undefined || mark > through
}
