import { describe, expect, it } from 'vitest'
import { digestMessage } from '../../src/digest/compose.ts'
import { decideDigest } from '../../src/digest/decide.ts'
import { dueChannels } from '../../src/digest/due-channels.ts'
import { coversFrom } from '../../src/digest/schedule.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import { channelKey, seenKey } from '../../src/store/keys.ts'
import type { ChannelSettings } from '../../src/store/records.ts'
import { put } from '../../src/store/store.ts'
import { aPaper } from '../support/builders.ts'
import { aReason, demo, theBeginning } from '../support/following.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const at = (text: string) => Date.parse(text)
const paper = aPaper({ id: 'arxiv:1' })
const daily: ChannelSettings = { schedule: 'daily 09:00', timezone: 'Europe/Berlin', cap: 20 }

async function waitingSince(since: string, settings: ChannelSettings) {
  const store = openMemoryStore()
  await store.settings.set(channelKey(demo), settings)
  const follows = { kind: 'category' as const, category: 'cs.LG' }
  const by = { id: 'U1', name: 'Ada' }
  await store.subscriptions.set(channelKey(demo, 'S1'), {
    ...{ id: 'S1', channel: demo, follows, narrowing: {}, since: theBeginning, by, at: since },
  })
  const key = seenKey(demo, paper.id)
  await store.commit([
    put(store.seen, key, { state: 'pending', at: since, reasons: [aReason()] }),
    put(store.pending, key, { at: since }),
  ])
  const decide = (now: string) =>
    decideDigest(
      { store, clock: new SimulatedClock(now), random: seededRandom(1), catalog: { getMany: async () => [paper] } },
      demo,
      { now: at(now), papersPerPart: 10 },
    )
  return { store, decide }
}

describe('a pause', () => {
  const paused = { ...daily, paused: { by: 'U1', until: '2025-09-14T22:00:00.000Z' } }

  it('holds what waits until its end, and then gives it as one digest that says what it covers', async () => {
    const { store, decide } = await waitingSince('2025-09-12T04:00:00.000Z', paused)
    expect(await dueChannels(store, at('2025-09-13T12:00:00Z'))).toEqual([])
    expect(await decide('2025-09-13T12:00:00.000Z')).toBeUndefined()
    const digest = await decide('2025-09-15T07:00:00.000Z')
    expect(digest).toMatchObject({ slot: '2025-09-15T07:00:00.000Z', since: '2025-09-12T04:00:00.000Z' })
    if (digest === undefined) return
    expect(digestMessage(digest, 1, [paper], daily).summary).toContain(
      'Friday 12 September 2025 to Monday 15 September 2025',
    )
  })

  it('holds what is due at once, too', async () => {
    const { decide } = await waitingSince('2025-09-12T04:00:00.000Z', { ...defaultSettings(), paused: { by: 'U1' } })
    expect(await decide('2026-09-12T04:00:00.000Z')).toBeUndefined()
  })
})

describe('a digest', () => {
  it('is labelled with what it covers only when slots of earlier days were missed', () => {
    const friday = '2025-09-12T08:00:00.000Z'
    const weekdays = { ...daily, schedule: 'weekdays 09:00' }
    expect(coversFrom(weekdays, friday, '2025-09-15T07:00:00.000Z')).toBeUndefined()
    expect(coversFrom(weekdays, friday, '2025-09-16T07:00:00.000Z')).toBe(friday)
    const often = { ...daily, schedule: 'every 2 hours' }
    expect(coversFrom(often, friday, '2025-09-12T18:00:00.000Z')).toBeUndefined()
    expect(coversFrom({ ...daily, schedule: 'immediate' }, friday, '2025-09-14T08:00:30.000Z')).toBe(friday)
    const quiet = { ...daily, schedule: 'immediate', quiet: '09:00-08:00' }
    expect(coversFrom(quiet, friday, '2025-09-13T06:00:00.000Z')).toBeUndefined()
  })
})
