import type { SlotRule, Wall } from './wall-slots.ts'

type Times = Pick<SlotRule, 'text' | 'due'>

const at =
  (hour: number, minute: number, days: (wall: Wall) => boolean = () => true) =>
  (wall: Wall) =>
    wall.hour === hour && wall.minute === minute && days(wall)
const isWeekday = ({ weekday }: Wall) => weekday >= 1 && weekday <= 5

/** Every kind of schedule, with what it means on the wall, said once more and in other words than the program's. */
export const schedules: readonly Times[] = [
  { text: 'immediate' },
  { text: 'daily 09:00', due: at(9, 0) },
  { text: 'weekdays 17:30', due: at(17, 30, isWeekday) },
  { text: 'weekly monday 08:15', due: at(8, 15, ({ weekday }) => weekday === 1) },
  { text: 'weekly sunday 02:20', due: at(2, 20, ({ weekday }) => weekday === 0) },
  { text: 'every 6 hours', due: ({ hour, minute }) => minute === 0 && hour % 6 === 0 },
  { text: 'every 2 hours', due: ({ hour, minute }) => minute === 0 && hour % 2 === 0 },
  // The thirteenth, and Fridays.
  { text: 'cron 40 11 13 * 5', due: at(11, 40, ({ day, weekday }) => day === 13 || weekday === 5) },
  { text: 'cron */20 0-3 * * *', due: ({ hour, minute }) => hour <= 3 && minute % 20 === 0 },
  { text: 'cron 5 14 1,11,21 * *', due: at(14, 5, ({ day }) => [1, 11, 21].includes(day)) },
]

/** Ten zones, each with a time of day that its clocks skip in spring, or once showed twice. */
export const zones: readonly { readonly timezone: string; readonly skipped: Times }[] = [
  { timezone: 'America/New_York', skipped: { text: 'daily 02:30', due: at(2, 30) } },
  { timezone: 'Europe/London', skipped: { text: 'daily 01:30', due: at(1, 30) } },
  { timezone: 'Asia/Kolkata', skipped: { text: 'daily 05:30', due: at(5, 30) } },
  { timezone: 'Asia/Kathmandu', skipped: { text: 'daily 05:45', due: at(5, 45) } },
  { timezone: 'Australia/Lord_Howe', skipped: { text: 'daily 02:15', due: at(2, 15) } },
  { timezone: 'Pacific/Apia', skipped: { text: 'daily 03:05', due: at(3, 5) } },
  { timezone: 'Pacific/Chatham', skipped: { text: 'daily 03:10', due: at(3, 10) } },
  { timezone: 'Africa/Casablanca', skipped: { text: 'daily 02:50', due: at(2, 50) } },
  { timezone: 'America/Santiago', skipped: { text: 'daily 00:30', due: at(0, 30) } },
  { timezone: 'Asia/Tehran', skipped: { text: 'daily 00:10', due: at(0, 10) } },
]

export const quietTimes: readonly { readonly text: string; readonly quiet: NonNullable<SlotRule['quiet']> }[] = [
  { text: '22:00-07:00', quiet: { from: 22 * 60, until: 7 * 60 } },
  { text: '12:00-13:30', quiet: { from: 12 * 60, until: 13 * 60 + 30 } },
]
