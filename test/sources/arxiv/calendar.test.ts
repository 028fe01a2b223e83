import { expect, test } from 'vitest'
import {
  announcesOn,
  easternDay,
  easternMoment,
  feedListsOn,
  lastAnnouncementDue,
  utcDay,
} from '../../../src/sources/arxiv/calendar.ts'

const at = (text: string) => Date.parse(text)

test('arXiv announces Sunday to Thursday, but not on its holidays', () => {
  const week = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07']
  expect(week.map(announcesOn)).toEqual([true, true, true, true, true, false, false])
  expect(['2026-01-19', '2026-11-26', '2026-12-29'].map(announcesOn)).toEqual([false, false, false])
})

test('feeds list the evening before: Monday to Friday', () => {
  expect(['2026-03-01', '2026-03-02', '2026-03-06', '2026-03-07'].map(feedListsOn)).toEqual([false, true, true, false])
})

test('the evening has an hour of its own in winter and in summer', () => {
  expect(easternMoment('2026-03-07', '22:45')).toBe(at('2026-03-08T03:45:00Z'))
  expect(easternMoment('2026-03-08', '22:45')).toBe(at('2026-03-09T02:45:00Z'))
  expect(easternMoment('2026-10-31', '22:45')).toBe(at('2026-11-01T02:45:00Z'))
  expect(easternMoment('2026-11-01', '22:45')).toBe(at('2026-11-02T03:45:00Z'))
})

test('an evening in the East is a morning in UTC', () => {
  expect([easternDay(at('2026-03-03T03:50:00Z')), utcDay(at('2026-03-03T03:50:00Z'))]).toEqual([
    '2026-03-02',
    '2026-03-03',
  ])
})

test.each([
  ['2026-03-03T03:44:00Z', '2026-03-01'],
  ['2026-03-03T03:45:00Z', '2026-03-02'],
  ['2026-03-07T12:00:00Z', '2026-03-05'],
  ['2026-03-08T23:00:00Z', '2026-03-05'],
  ['2026-03-09T02:45:00Z', '2026-03-08'],
  ['2026-12-30T12:00:00Z', '2026-12-28'],
])('at %s the announcement of %s is the last that is due', (moment, day) => {
  expect(lastAnnouncementDue(at(moment))).toBe(day)
})
