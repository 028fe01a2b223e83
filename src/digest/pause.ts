import type { ChannelSettings } from '../store/records.ts'
import { wallAt } from './local-time.ts'

/** Whether a channel's digests wait at that moment (epoch ms): nothing is lost, what came meanwhile is one digest afterwards. */
export function isPaused({ paused }: Pick<ChannelSettings, 'paused'>, now: number): boolean {
  return paused !== undefined && (paused.until === undefined || now < Date.parse(paused.until))
}

/** `until Friday 4 December 2026 00:00`, in the channel's zone; `until someone resumes it` where no end was given. */
export function pauseEnd({ paused, timezone }: Pick<ChannelSettings, 'paused' | 'timezone'>): string {
  if (paused?.until === undefined) return 'until someone resumes it'
  const wall = wallAt(Date.parse(paused.until), timezone)
  const text = wall.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  return `until ${text.replace(',', '')} ${wall.toPlainTime().toString({ smallestUnit: 'minute' })}`
}
