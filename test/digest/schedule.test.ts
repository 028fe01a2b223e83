import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueSlot, nextSlots } from '../../src/digest/schedule.ts'
import {
  defaultSettings,
  parseCap,
  parseQuiet,
  parseSchedule,
  parseTimezone,
  scheduleText,
} from '../../src/digest/schedule-text.ts'
import type { ChannelSettings } from '../../src/store/records.ts'

const at = (text: string) => Date.parse(text)
const settings = (over: Partial<ChannelSettings>): ChannelSettings => ({ ...defaultSettings(), ...over })

describe('a schedule', () => {
  it.each([
    ['immediate', 'immediate'],
    ['At once', 'immediate'],
    ['Daily 9:05', 'daily 09:05'],
    ['weekdays 23:59', 'weekdays 23:59'],
    ['Weekly Mon 9:00', 'weekly monday 09:00'],
    ['every 6h', 'every 6 hours'],
    ['every hour', 'every hour'],
    ['cron  0 9 * *  1', 'cron 0 9 * * 1'],
  ])('reads %s', (text, kept) => {
    const schedule = parseSchedule(text)
    expect('error' in schedule ? schedule.error : scheduleText(schedule)).toBe(kept)
  })

  it.each([
    '',
    'hourly',
    'daily',
    'daily 24:00',
    'daily 9',
    'immediate 09:00',
    'weekly',
    'weekly someday 09:00',
    'weekly monday',
    'every 5 hours',
    'every 0 hours',
    'every 24 hours',
    'cron 0 9 * *',
    'cron 61 9 * * *',
    'cron @daily',
    'cron 0 9 30 2 *',
  ])('refuses %j with one sentence', (text) => {
    expect(parseSchedule(text)).toEqual({ error: expect.stringMatching(/^['“].+\.$|^A schedule is missing: .+\.$/) })
  })

  it('reads time zones, quiet times and caps, and says what is wrong with others', () => {
    expect(parseTimezone('europe/berlin')).toEqual({ timezone: 'Europe/Berlin' })
    for (const wrong of ['Mars/Base', '+02:00', '']) expect(parseTimezone(wrong)).toHaveProperty('error')
    expect(parseQuiet('22:00-7:00')).toEqual({ quiet: '22:00-07:00' })
    expect(parseQuiet('off')).toEqual({ quiet: undefined })
    for (const wrong of ['22:00', '22:00-22:00', '25:00-07:00', '1:00-2:00-3:00']) {
      expect(parseQuiet(wrong)).toHaveProperty('error')
    }
    expect(parseCap('20')).toEqual({ cap: 20 })
    for (const wrong of ['0', '-1', '101', 'many', '1e1', '']) expect(parseCap(wrong)).toHaveProperty('error')
  })
})

describe('a slot', () => {
  const berlin = settings({ schedule: 'daily 09:00', timezone: 'Europe/Berlin' })

  it('falls due at its time of day in the zone of the channel', () => {
    expect(dueSlot(berlin, '2025-09-11T07:00:00.000Z', at('2025-09-12T06:59:59Z'))).toBeUndefined()
    expect(dueSlot(berlin, '2025-09-11T07:00:00.000Z', at('2025-09-12T07:00:00Z'))).toBe('2025-09-12T07:00:00.000Z')
    expect(dueSlot(berlin, '2025-12-11T08:00:00.000Z', at('2025-12-12T08:00:00Z'))).toBe('2025-12-12T08:00:00.000Z')
  })

  it('comes once for several that were missed, the latest', () => {
    expect(dueSlot(berlin, '2025-09-01T07:00:00.000Z', at('2025-09-12T12:00:00Z'))).toBe('2025-09-12T07:00:00.000Z')
    expect(dueSlot(berlin, undefined, at('2025-09-12T12:00:00Z'))).toBe('2025-09-12T07:00:00.000Z')
  })

  it('waits over the weekend', () => {
    const weekdays = settings({ schedule: 'weekdays 09:00', timezone: 'America/New_York' })
    expect(dueSlot(weekdays, '2025-09-12T13:00:00.000Z', at('2025-09-14T20:00:00Z'))).toBeUndefined()
    expect(dueSlot(weekdays, '2025-09-12T13:00:00.000Z', at('2025-09-15T13:00:00Z'))).toBe('2025-09-15T13:00:00.000Z')
    expect(nextSlots(weekdays, at('2025-09-12T13:00:00Z'), 0)).toEqual([])
    expect(nextSlots(weekdays, at('2025-09-12T13:00:00Z'), 2)).toEqual([
      '2025-09-15T09:00:00-04:00',
      '2025-09-16T09:00:00-04:00',
    ])
  })

  it('that daylight saving skips falls on the first instant after the gap', () => {
    const early = settings({ schedule: 'daily 02:30', timezone: 'America/New_York' })
    expect(nextSlots(early, at('2026-03-07T12:00:00Z'), 2)).toEqual([
      '2026-03-08T03:00:00-04:00',
      '2026-03-09T02:30:00-04:00',
    ])
  })

  it('that daylight saving repeats comes the first time only', () => {
    const early = settings({ schedule: 'daily 01:30', timezone: 'America/New_York' })
    const first = '2025-11-02T05:30:00.000Z'
    expect(dueSlot(early, '2025-11-01T05:30:00.000Z', at(first))).toBe(first)
    expect(dueSlot(early, first, at('2025-11-02T06:30:00Z'))).toBeUndefined()
    expect(dueSlot(early, '2025-11-01T05:30:00.000Z', at('2025-11-02T06:10:00Z'))).toBe(first)
  })

  it('follows a cron expression on the wall of the zone', () => {
    const mondays = settings({ schedule: 'cron 0 9 * * 1', timezone: 'Europe/Berlin' })
    expect(nextSlots(mondays, at('2025-10-20T07:00:00Z'), 3)).toEqual([
      '2025-10-27T09:00:00+01:00',
      '2025-11-03T09:00:00+01:00',
      '2025-11-10T09:00:00+01:00',
    ])
    expect(dueSlot(mondays, '2025-10-20T07:00:00.000Z', at('2025-10-30T00:00:00Z'))).toBe('2025-10-27T08:00:00.000Z')
    const often = settings({ schedule: 'cron */15 * * * *', timezone: 'America/New_York' })
    expect(dueSlot(often, undefined, at('2025-11-02T06:20:00Z'))).toBe('2025-11-02T05:45:00.000Z')
    expect(dueSlot(often, '2026-03-08T06:45:00.000Z', at('2026-03-08T07:05:00Z'))).toBe('2026-03-08T07:00:00.000Z')
  })

  it('comes on its day of the week, or so many times a day from midnight on', () => {
    const weekly = settings({ schedule: 'weekly friday 17:00', timezone: 'Asia/Kathmandu' })
    expect(nextSlots(weekly, at('2026-01-01T00:00:00Z'), 2)).toEqual([
      '2026-01-02T17:00:00+05:45',
      '2026-01-09T17:00:00+05:45',
    ])
    const often = settings({ schedule: 'every 8 hours', timezone: 'Australia/Lord_Howe' })
    expect(nextSlots(often, at('2026-04-04T12:00:00Z'), 4)).toEqual([
      '2026-04-05T00:00:00+11:00',
      '2026-04-05T08:00:00+10:30',
      '2026-04-05T16:00:00+10:30',
      '2026-04-06T00:00:00+10:30',
    ])
  })

  it('waits for the end of the quiet time', () => {
    const late = settings({ schedule: 'daily 23:00', timezone: 'Europe/Berlin', quiet: '22:00-07:00' })
    expect(dueSlot(late, undefined, at('2025-09-12T21:00:00Z'))).toBeUndefined()
    expect(dueSlot(late, undefined, at('2025-09-13T05:00:00Z'))).toBe('2025-09-13T05:00:00.000Z')
    expect(nextSlots(late, at('2025-09-12T12:00:00Z'), 1)).toEqual(['2025-09-13T07:00:00+02:00'])
  })

  it('is due at once where everything is immediate, but never in the quiet time', () => {
    const now = settings({ schedule: 'immediate', quiet: '12:00-13:00' })
    expect(dueSlot(now, '2025-09-12T10:00:00.000Z', at('2025-09-12T11:00:00Z'))).toBe('2025-09-12T11:00:00.000Z')
    expect(dueSlot(now, '2025-09-12T11:00:00.000Z', at('2025-09-12T11:00:00Z'))).toBeUndefined()
    expect(dueSlot(now, undefined, at('2025-09-12T12:30:00Z'))).toBeUndefined()
    expect(dueSlot(now, undefined, at('2025-09-12T13:00:00Z'))).toBe('2025-09-12T13:00:00.000Z')
    expect(nextSlots(now, at('2025-09-12T11:58:30Z'), 3)).toEqual([
      '2025-09-12T11:59:00+00:00',
      '2025-09-12T13:00:00+00:00',
      '2025-09-12T13:01:00+00:00',
    ])
  })

  it('is never before the last one nor after now, comes once, and only moves on', () => {
    fc.assert(
      fc.property(anySettings, anyInstant, fc.integer({ min: 0, max: 40 * 24 * 3600 }), (chosen, start, seconds) => {
        const first = dueSlot(chosen, undefined, start)
        const now = start + seconds * 1000
        const second = dueSlot(chosen, first, now)
        if (first !== undefined) {
          expect(at(first)).toBeLessThanOrEqual(start)
          expect(dueSlot(chosen, first, start)).toBeUndefined()
        }
        if (second !== undefined) {
          expect(at(second)).toBeLessThanOrEqual(now)
          if (first !== undefined) expect(at(second)).toBeGreaterThan(at(first))
          expect(dueSlot(chosen, second, now)).toBeUndefined()
        }
      }),
      { numRuns: 400 },
    )
  })

  it('that is announced as next falls due then, and none between', () => {
    fc.assert(
      fc.property(anySettings, anyInstant, (chosen, now) => {
        fc.pre(chosen.schedule !== 'immediate')
        const [next] = nextSlots(chosen, now, 1).map(at)
        if (next === undefined) return
        expect(next).toBeGreaterThan(now)
        const before = new Date(now).toISOString()
        expect(dueSlot(chosen, before, next)).toBe(new Date(next).toISOString())
        expect(dueSlot(chosen, before, next - 1)).toBeUndefined()
      }),
      { numRuns: 400 },
    )
  })
})

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)

const anySettings: fc.Arbitrary<ChannelSettings> = fc
  .record({
    schedule: fc.oneof(
      fc.constant('immediate'),
      clock.map((time) => `daily ${time}`),
      clock.map((time) => `weekdays ${time}`),
      fc.constantFrom('weekly sunday 02:30', 'every 2 hours', 'every hour'),
      fc.constantFrom('cron 0 9 * * 1', 'cron 30 2 * * *', 'cron */20 0-3 * * *', 'cron 0 12 1 * *', 'cron 15 1 * * 0'),
    ),
    timezone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
      'America/Havana',
      'Asia/Kathmandu',
    ),
    quiet: fc.option(
      fc
        .tuple(clock, clock)
        .filter(([from, until]) => from !== until)
        .map(([from, until]) => `${from}-${until}`),
      { nil: undefined },
    ),
  })
  .map(({ schedule, timezone, quiet }) => ({
    schedule,
    timezone,
    cap: 20,
    ...(quiet === undefined ? {} : { quiet }),
  }))

const anyInstant = fc
  .integer({ min: at('2011-12-01T00:00:00Z') / 1000, max: at('2027-12-31T00:00:00Z') / 1000 })
  .map((seconds) => seconds * 1000)
