import { expect, it, onTestFinished } from 'vitest'
import { feedOpens } from '../../src/cli/replay/eastern.ts'
import { manyAnnouncements } from '../support/arxiv/announcements.ts'
import { ArxivHouse } from './arxiv-house.ts'

const HOUR = 3_600_000

it('arXiv that cannot be reached for a day is asked little meanwhile, and everything is there within an hour of its return', async () => {
  const house = new ArxivHouse({ start: feedOpens('2025-09-08') + 12 * HOUR, oaiPageSize: 50 })
  onTestFinished(() => house.close())
  house.arxiv.replay.add(manyAnnouncements(10, { announced: '2025-09-08' }))
  house.arxiv.replay.add(manyAnnouncements(10, { announced: '2025-09-09' }, 11))
  house.arxiv.replay.add(manyAnnouncements(10, { announced: '2025-09-10' }, 21))
  await house.harvest()
  expect(house.status.state).toBe('fresh')
  house.arxiv.faults.on('dropped', { keep: 0 })
  const before = house.arxiv.requests.length
  for (let hour = 0; hour < 24; hour++) {
    await house.clock.advance(HOUR)
    await house.harvest()
  }
  expect(house.status).toMatchObject({ state: 'failed', completeThrough: null })
  expect(house.arxiv.requests.length - before).toBeLessThan(60)
  house.arxiv.faults.allOff()
  await house.clock.advance(HOUR)
  await house.harvest()
  expect(house.news).toHaveLength(10)
  expect(house.status).toMatchObject({ state: 'fresh', completeThrough: '2025-09-08' })
  house.arxiv.assertSpacing(3_000)
})

it('a first start with an empty catalogue is complete through the last evening within a minute, and nothing of it is news', async () => {
  const house = new ArxivHouse({ start: feedOpens('2025-09-09') + 12 * HOUR, oaiPageSize: 50 })
  onTestFinished(() => house.close())
  house.arxiv.replay.add(manyAnnouncements(100, { announced: '2025-09-08' }))
  house.arxiv.replay.add(manyAnnouncements(100, { announced: '2025-09-09' }, 101))
  const begun = house.clock.now()
  expect(house.status).toMatchObject({ state: 'waiting', completeThrough: null })
  await house.harvest()
  expect(house.clock.now() - begun).toBeLessThan(60_000)
  expect([house.learnt.size, house.news]).toEqual([200, []])
  expect(house.status).toMatchObject({ state: 'fresh', completeThrough: '2025-09-08' })
})
