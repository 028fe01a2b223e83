import type { Clock } from '../../clock.ts'

const KEPT_MS = 3_600_000
const MOST_KEPT = 20_000

/** Whether an id comes for the first time within an hour: Slack repeats for so long what it believes unheard, at once, after a minute, after five. */
export function createOnce(clock: Pick<Clock, 'now'>): (id: string) => boolean {
  const seen = new Map<string, number>()
  return (id) => {
    const now = clock.now()
    for (const [each, until] of seen) {
      if (until > now && seen.size <= MOST_KEPT) break
      seen.delete(each)
    }
    if (seen.has(id)) return false
    seen.set(id, now + KEPT_MS)
    return true
  }
}
