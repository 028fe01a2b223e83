import type { ChannelId, TenantId } from '../message/channel.ts'
import type { FieldFault } from '../message/form.ts'
import { tenantKey } from '../store/keys.ts'
import type { ChannelSettings } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { defaultSettings, parseCap, parseQuiet, parseSchedule, parseTimezone, scheduleText } from './schedule-text.ts'

/** A channel's settings; the default ones where nobody has set any. */
export async function settingsOf(store: Store, tenant: TenantId, channel: ChannelId): Promise<ChannelSettings> {
  return (await store.settings.get(tenantKey(tenant, channel))) ?? defaultSettings()
}

/** `wrong`: a sentence for each value that can't be taken, its field the key as it was written; nothing of the change is. */
export type ChangedSettings =
  | { readonly kind: 'changed'; readonly settings: ChannelSettings }
  | { readonly kind: 'wrong'; readonly faults: readonly FieldFault[] }

/** Settings with `schedule`, `timezone`, `quiet`, `cap` or `updates` changed, each as people write it: all of them or none. */
export function changeSettings(current: ChannelSettings, changes: Readonly<Record<string, string>>): ChangedSettings {
  let settings = current
  const faults: FieldFault[] = []
  for (const [key, value] of Object.entries(changes)) {
    const changed = changeOne(settings, key.trim().toLowerCase(), value)
    if ('error' in changed) faults.push({ field: key, text: changed.error })
    else settings = changed
  }
  if (faults.length > 0) return { kind: 'wrong', faults }
  return { kind: 'changed', settings }
}

function changeOne(
  settings: ChannelSettings,
  key: string,
  value: string,
): ChannelSettings | { readonly error: string } {
  switch (key) {
    case 'schedule': {
      const schedule = parseSchedule(value)
      return 'error' in schedule ? schedule : { ...settings, schedule: scheduleText(schedule) }
    }
    case 'timezone': {
      const zone = parseTimezone(value)
      return 'error' in zone ? zone : { ...settings, timezone: zone.timezone }
    }
    case 'quiet': {
      const { quiet: _, ...rest } = settings
      const read = parseQuiet(value)
      if ('error' in read) return read
      return read.quiet === undefined ? rest : { ...rest, quiet: read.quiet }
    }
    case 'cap': {
      const cap = parseCap(value)
      return 'error' in cap ? cap : { ...settings, cap: cap.cap }
    }
    case 'updates': {
      const { updates: _, ...rest } = settings
      const word = value.trim().toLowerCase()
      if (word === 'thread') return { ...rest, updates: 'thread' }
      if (/^(?:off|none|no)?$/.test(word)) return rest
      return { error: `“${value.trim()}” is no place for updates: write thread, or off.` }
    }
    default:
      return { error: `“${key}” is not a setting: there are schedule, timezone, quiet, cap and updates.` }
  }
}
