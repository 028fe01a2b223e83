import { describe, expect, it } from 'vitest'
import { defaultSettings, scheduleExamples } from '../../src/digest/schedule-text.ts'
import { changeSettings, settingsOf } from '../../src/digest/settings.ts'
import type { TenantId } from '../../src/message/channel.ts'
import { demo } from '../support/following.ts'
import { openMemoryStore } from '../support/memory-store.ts'

describe('the settings of a channel', () => {
  it('are the default ones until someone sets others', async () => {
    const store = openMemoryStore()
    expect(await settingsOf(store, 'web' as TenantId, demo)).toEqual(defaultSettings())
    await store.settings.set(['web', demo], { schedule: 'immediate', timezone: 'UTC', cap: 3 })
    expect((await settingsOf(store, 'web' as TenantId, demo)).cap).toBe(3)
  })

  it('change as people write them', () => {
    const changes = { Schedule: 'weekdays 8:30', timezone: 'europe/berlin', quiet: '22:00-7:00', cap: '5' }
    const changed = changeSettings(defaultSettings(), changes)
    const settings = { schedule: 'weekdays 08:30', timezone: 'Europe/Berlin', quiet: '22:00-07:00', cap: 5 }
    expect(changed).toEqual({ kind: 'changed', settings })
    expect(changeSettings(settings, { quiet: 'off' })).toEqual({
      kind: 'changed',
      settings: { schedule: 'weekdays 08:30', timezone: 'Europe/Berlin', cap: 5 },
    })
  })

  it('change all or not at all, and the reason is said', () => {
    const wrong = changeSettings(defaultSettings(), { cap: '5', timezone: 'Mars' })
    expect(wrong).toMatchObject({
      kind: 'wrong',
      faults: [{ field: 'timezone', text: expect.stringMatching(/Mars.*Europe/) }],
    })
    expect(changeSettings(defaultSettings(), { colour: 'blue' })).toHaveProperty('kind', 'wrong')
  })

  it('take each example of a schedule', () => {
    for (const { value } of scheduleExamples)
      expect(changeSettings(defaultSettings(), { schedule: value })).toMatchObject({ settings: { schedule: value } })
  })

  it('are all looked at when some of them are wrong, and each has a sentence of its own', () => {
    const changed = changeSettings(defaultSettings(), {
      timezone: 'Mars',
      quiet: '22:00-07:00',
      cap: 'many',
      colour: 'blue',
    })
    const faults = [
      { field: 'timezone', text: expect.stringContaining('Mars') },
      { field: 'cap', text: expect.stringContaining('many') },
      { field: 'colour', text: expect.stringContaining('colour') },
    ]
    expect(changed).toEqual({ kind: 'wrong', faults })
  })

  it('say where it is told that a posted paper changed, and are as before when that is off', () => {
    const plain = { schedule: 'immediate', timezone: 'UTC', cap: 20 }
    const told = changeSettings(plain, { updates: 'Thread' })
    expect(told).toEqual({ kind: 'changed', settings: { ...plain, updates: 'thread' } })
    expect(changeSettings({ ...plain, updates: 'thread' }, { updates: 'off' })).toEqual({
      kind: 'changed',
      settings: plain,
    })
    expect(changeSettings(plain, { updates: 'mail' })).toMatchObject({ kind: 'wrong', faults: [{ field: 'updates' }] })
  })
})
