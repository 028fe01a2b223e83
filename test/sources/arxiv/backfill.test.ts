import { expect, test } from 'vitest'
import { Household } from './household.ts'

/** A paper a week for two years, and the number that its month gives it. */
const papers = Array.from({ length: 100 }, (_, at) => {
  const changed = new Date(Date.parse('2024-04-05') + at * 7 * 86_400_000).toISOString().slice(0, 10)
  return {
    id: `${changed.slice(2, 4)}${changed.slice(5, 7)}.${changed.slice(8)}${String(at).padStart(3, '0')}`,
    changed,
  }
})
const inLastYear = papers.filter(({ changed }) => changed >= '2025-03-02').map(({ id }) => `arxiv:${id}`)

async function household(since: 'year' | 'all' | 'none' | string): Promise<Household> {
  const house = new Household('2026-03-02T17:00:00Z', ['cs'], since)
  house.arxiv.papers = [...papers, { id: '2603.00001', changed: '2026-03-02' }]
  house.arxiv.feedDay = '2026-03-02'
  await house.harvest()
  return house
}

test('the catalogue fills backwards by a year, all of it history', async () => {
  const house = await household('year')
  expect(house.status.reach).toEqual({ since: '2025-03-02', isDone: false, records: 0 })
  await house.fill()
  expect([...house.learnt.keys()]).toEqual(expect.arrayContaining(inLastYear))
  expect(house.learnt.size).toBe(inLastYear.length + 1)
  expect(house.news).toEqual([])
  expect(house.status.reach).toMatchObject({ back: '2025-03-02', since: '2025-03-02', isDone: true })
  const before = house.arxiv.asked.length
  await house.at('2026-03-20T17:00:00Z')
  expect(await house.fill()).toBe(0)
  expect(house.arxiv.asked.length).toBe(before)
})

test('stopped after any page it goes on from there, and asks for none twice', async () => {
  const house = await household('2025-09-01')
  const before = house.arxiv.asked.length
  while ((await house.fill(1)) > 0) house.restart()
  const asked = house.arxiv.asked.slice(before)
  expect(new Set(asked).size).toBe(asked.length)
  expect(house.learnt.size).toBe(papers.filter(({ changed }) => changed >= '2025-09-01').length + 1)
  expect(house.status.reach).toMatchObject({ back: '2025-09-01', isDone: true })
})

test('a token that has expired costs the day that was not read whole, no more', async () => {
  const house = await household('2025-12-01')
  await house.fill(2)
  await house.clock.advance(3 * 3_600_000)
  const before = house.arxiv.asked.length
  await house.fill()
  expect(house.arxiv.asked[before]).toContain('from=2026-02-20&until=2026-03-02')
  expect(house.learnt.size).toBe(papers.filter(({ changed }) => changed >= '2025-12-01').length + 1)
})

test('an earlier day that is chosen later is filled up to; none fills nothing', async () => {
  const house = await household('2026-01-01')
  await house.fill()
  const earlier = new Household('2026-03-03T17:00:00Z', ['cs'], 'all')
  earlier.arxiv.papers = house.arxiv.papers
  earlier.backfill = house.backfill
  await earlier.fill()
  expect(earlier.arxiv.asked[0]).toContain('until=2026-01-01')
  expect(earlier.learnt.size).toBe(papers.filter(({ changed }) => changed <= '2026-01-01').length)
  const none = await household('none')
  expect(await none.fill()).toBe(0)
  expect(none.status.reach).toBeUndefined()
})
