import { isPaused, pauseEnd } from '../src/digest/pause.ts'
import { settingsOf } from '../src/digest/settings.ts'
import { parseUntil } from '../src/digest/until.ts'
import { channelKey } from '../src/store/keys.ts'
import type { ChannelSettings } from '../src/store/records.ts'
import { putIf } from '../src/store/store.ts'
import { noted } from './audit.ts'
import { type Context, defineCommand } from './command.ts'
import { tell } from './replies.ts'
import { placeWords } from './words.ts'

export const pause = defineCommand({
  name: 'pause',
  summary: 'Hold this channel’s digests; new papers wait and come in one digest afterwards',
  examples: ['pause', 'pause for 2 weeks', 'pause until 2026-12-24'],
  rank: 'manager',
  options: [
    { name: 'until', summary: 'When it ends: for 2 weeks, until friday, until 2026-12-24', type: 'text', rest: true },
  ],
  async run(context, { until = '' }) {
    const settings = await settingsOf(context.store, context.scope.tenant, context.channel)
    const end = parseUntil(String(until), context.clock.now(), settings.timezone)
    if ('error' in end) return tell('warning', end.error, 'For example: /papers pause for 2 weeks')
    const paused = { by: context.actor.id, ...(end.until === undefined ? {} : { until: end.until }) }
    if (!(await changed(context, settings, { ...settings, paused }))) return meanwhile()
    await noted(context, `paused ${pauseEnd({ ...settings, paused })}`)
    return tell(
      'success',
      `No digest here ${pauseEnd({ ...settings, paused })}.`,
      'Papers wait meanwhile and come in one digest afterwards; /papers resume ends it now.',
    )
  },
})

export const resume = defineCommand({
  name: 'resume',
  summary: 'End the pause of this channel’s digests',
  examples: ['resume'],
  rank: 'manager',
  options: [],
  async run(context) {
    const settings = await settingsOf(context.store, context.scope.tenant, context.channel)
    if (!isPaused(settings, context.clock.now()))
      return tell('info', `${placeWords(context.channel).whose} digests are not paused.`)
    const { paused: _, ...rest } = settings
    if (!(await changed(context, settings, rest))) return meanwhile()
    await noted(context, 'resumed')
    return tell('success', 'Digests come again; what waited comes in the next one, within a minute.')
  },
})

/** False when someone else changed the settings meanwhile. */
async function changed(context: Context, from: ChannelSettings, to: ChannelSettings): Promise<boolean> {
  const key = channelKey(context.channel)
  const stored = await context.store.settings.get(key)
  if (stored !== undefined && JSON.stringify(stored) !== JSON.stringify(from)) return false
  return (await context.store.commit([putIf(context.store.settings, key, stored, to)])) === 'committed'
}

function meanwhile() {
  return tell('warning', 'Someone changed the settings at the same moment; please try again.')
}
