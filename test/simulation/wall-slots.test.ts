import { describe, expect, it } from 'vitest'
import { nextSlots } from '../../src/digest/schedule.ts'
import { defaultSettings } from '../../src/digest/schedule-text.ts'
import { quietTimes, schedules, zones } from './slot-rules.ts'
import { type SlotRule, slotsOf } from './wall-slots.ts'

const iso = (slots: readonly number[]) => slots.map((slot) => new Date(slot).toISOString())
const day = (rule: Omit<SlotRule, 'text'>, of: string) =>
  iso(slotsOf({ text: '', ...rule }, Date.parse(`${of}T00:00:00Z`), Date.parse(`${of}T23:59:00Z`)))

describe('slots reckoned from the wall, minute by minute,', () => {
  it('come with the first minute after a gap, and once where an hour is repeated', () => {
    const due = ({ hour, minute }: { hour: number; minute: number }) => hour === 2 && minute === 30
    expect(day({ timezone: 'America/New_York', due }, '2026-03-08')).toEqual(['2026-03-08T07:00:00.000Z'])
    const again = ({ hour, minute }: { hour: number; minute: number }) => hour === 1 && minute === 30
    expect(day({ timezone: 'America/New_York', due: again }, '2025-11-02')).toEqual(['2025-11-02T05:30:00.000Z'])
  })

  it('are the program’s own, in ten zones for all kinds of schedules, with quiet times and without, wherever clocks change', () => {
    for (const [from, until] of changes) {
      for (const { timezone, skipped } of zones) {
        for (const times of [...schedules.slice(1), skipped]) {
          for (const quiet of [undefined, ...quietTimes]) {
            const rule = { ...times, timezone, ...(quiet === undefined ? {} : { quiet: quiet.quiet }) }
            const [first = 0, ...reckoned] = slotsOf(rule, Date.parse(from), Date.parse(until))
            if (reckoned.length === 0) continue
            const settings = {
              ...defaultSettings(timezone),
              schedule: times.text,
              ...(quiet === undefined ? {} : { quiet: quiet.text }),
            }
            const given = nextSlots(settings, first, reckoned.length).map((text) => Date.parse(text))
            const what = [timezone, times.text, quiet?.text]
            expect([...what, ...iso(given)]).toEqual([...what, ...iso(reckoned)])
          }
        }
      }
    }
  }, 60_000)
})

/** Days around the changes of clocks in Chatham, Lord Howe and Santiago, London, New York, and Casablanca. */
const changes = [
  ['2025-09-27', '2025-09-30'],
  ['2025-10-03', '2025-10-07'],
  ['2025-10-25', '2025-10-27'],
  ['2025-11-01', '2025-11-03'],
  ['2026-02-14', '2026-02-16'],
  ['2026-03-07', '2026-03-09'],
  ['2026-03-21', '2026-03-23'],
  ['2026-03-28', '2026-03-30'],
  ['2026-04-03', '2026-04-06'],
  ['2026-09-05', '2026-09-07'],
] as const
