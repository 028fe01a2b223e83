import { expect, it, onTestFinished } from 'vitest'
import { feedOpens } from '../../src/cli/replay/eastern.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'
import { ArxivHouse } from './arxiv-house.ts'

const HOUR = 3_600_000

/** As arXiv lists them for 2026; New Year's Day of 2027 by the federal rules. */
const holidays = '01-01 01-19 06-19 07-03 09-07 11-26 12-25 12-29 12-31'.split(' ').map((day) => `2026-${day}`)
/** Put off without notice: a Tuesday, a Sunday, the evening after a holiday. */
const putOff = ['2026-03-10', '2026-05-17', '2026-09-08']

const days = Array.from({ length: 366 }, (_, at) => later('2026-01-04', at))
const announces = (day: string) =>
  ![5, 6].includes(new Date(day).getUTCDay()) &&
  !holidays.includes(day) &&
  day !== '2027-01-01' &&
  !putOff.includes(day)

function later(day: string, by: number): string {
  return new Date(Date.parse(day) + by * 24 * HOUR).toISOString().slice(0, 10)
}

it('over a year of weekends, holidays, put-off evenings and both changes of the clock every state is right', {
  timeout: 600_000,
}, async () => {
  const house = new ArxivHouse({ start: feedOpens('2026-01-04') + 12 * HOUR, oaiPageSize: 50 })
  onTestFinished(() => house.close())
  let number = 0
  let month = ''
  for (const day of days.filter(announces)) {
    if (day.slice(0, 7) !== month) number = 0
    month = day.slice(0, 7)
    const papers = Array.from({ length: 2 }, (_, at) =>
      anAnnouncement({
        id: `${day.slice(2, 4)}${day.slice(5, 7)}.${String(number + at + 1).padStart(5, '0')}`,
        created: later(day, -1),
        announced: later(day, 1),
      }),
    )
    number += 2
    house.arxiv.replay.add(papers)
  }
  const wrong: string[] = []
  let requests = 0
  let most = { day: '', requests: 0 }
  const look = (day: string, hour: number, expected: string) => {
    const { state, detail, completeThrough, alarms } = house.status
    if (state !== expected) wrong.push(`${day} at ${hour}: ${state}, not ${expected}: ${detail}`)
    if ((alarms ?? []).length > 0) wrong.push(`${day} at ${hour}: ${JSON.stringify(alarms)}`)
    const before = days.filter((each) => each < day && each > '2026-01-04').findLast(announces)
    if (before !== undefined && (completeThrough ?? '') < before)
      wrong.push(`${day} at ${hour}: complete through ${completeThrough}`)
  }
  for (const day of days.slice(1)) {
    for (let moment = feedOpens(day) + 50 * 60_000; moment < feedOpens(later(day, 1)); moment += HOUR) {
      await house.clock.advance(moment - house.clock.now())
      await house.harvest()
      const hour = Math.floor((moment - feedOpens(day)) / HOUR)
      const isListed = announces(later(day, -1))
      if (hour === 12) look(day, hour, isListed && !holidays.includes(day) ? 'fresh' : 'quiet')
      if (moment + HOUR >= feedOpens(later(day, 1))) {
        const isFresh = announces(day) || (isListed && !holidays.includes(day))
        look(day, 23, putOff.includes(day) ? 'waiting' : isFresh ? 'fresh' : 'quiet')
      }
    }
    const count = house.arxiv.requests.length - requests
    requests = house.arxiv.requests.length
    if (count > most.requests) most = { day, requests: count }
  }
  console.log(`a year: ${requests} requests, at most ${most.requests} on one day (${most.day})`)
  expect(wrong).toEqual([])
  expect(most.requests).toBeLessThanOrEqual(24)
  house.arxiv.assertSpacing(3_000)
})
