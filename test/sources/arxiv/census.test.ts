import { describe, expect, test } from 'vitest'
import { Household } from './household.ts'

// 2 March 2026 is a Monday; 22:45 Eastern is 03:45 UTC of the next day until 8 March.
const mondayNight = '2026-03-03T03:50:00Z'
const tuesdayMorning = '2026-03-03T14:00:00Z'
const tuesdayNight = '2026-03-04T03:50:00Z'

const id = (number: number) => `2603.${String(number).padStart(5, '0')}`
const run = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => id(first + at))
const changed = (ids: readonly string[], day: string) => ids.map((each) => ({ id: each, changed: day }))

/** A household that has had its first harvest at Monday noon: Sunday evening brought 1 to 9. */
async function settled(sets: readonly string[] = ['cs']): Promise<Household> {
  const house = new Household('2026-03-02T17:00:00Z', sets)
  house.arxiv.pageSize = 100
  house.arxiv.papers = [{ id: '2602.20001', changed: '2026-02-27' }, ...changed(run(1, 9), '2026-03-02')]
  house.arxiv.feedDay = '2026-03-02'
  house.arxiv.feeds.set('2026-03-02', [{ id: id(9), type: 'new' }])
  await house.harvest()
  return house
}

function dayOf(house: Household, day: string) {
  return house.status.days?.find((each) => each.day === day)
}

describe('numbers that a witness leaves out', () => {
  test('in the middle of OAI-PMH’s answer are asked for at once, and are news', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...changed([...run(10, 12), ...run(15, 20)], '2026-03-03'))
    house.arxiv.apiOnly = run(13, 14)
    await house.harvest()
    expect(house.news.toSorted()).toEqual(run(10, 20))
    expect(house.status).toMatchObject({ state: 'fresh', completeThrough: '2026-03-02' })
    expect(dayOf(house, '2026-03-02')).toMatchObject({
      assigned: 11,
      announced: 11,
      withheld: 0,
      pending: 0,
      isComplete: true,
    })
  })

  test('at the end of it are found by asking for what comes after the highest', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...changed(run(10, 12), '2026-03-03'))
    house.arxiv.apiOnly = run(13, 150)
    await house.harvest()
    expect(house.news.toSorted()).toEqual(run(10, 150))
    expect(dayOf(house, '2026-03-02')).toMatchObject({ assigned: 141, announced: 141 })
  })

  test('are withheld when the query API has none, while it has those beside them', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...changed([...run(10, 12), ...run(14, 15)], '2026-03-03'))
    await house.harvest()
    expect(house.status.completeThrough).toBe('2026-03-02')
    expect(dayOf(house, '2026-03-02')).toMatchObject({ assigned: 6, announced: 5, withheld: 1, pending: 0 })
    await house.at(tuesdayNight)
    house.arxiv.papers.push(...changed([id(13), ...run(16, 17)], '2026-03-04'))
    await house.harvest()
    expect(house.news.toSorted()).toEqual(run(10, 17))
    expect(dayOf(house, '2026-03-02')).toMatchObject({ assigned: 6, announced: 6, withheld: 0 })
  })

  test('stay pending while the query API leaves out papers that exist, and their day is not complete', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...changed([...run(10, 12), ...run(14, 15)], '2026-03-03'))
    house.arxiv.apiOnly = [id(13)]
    const empty = '<feed><title>arXiv</title><opensearch:totalResults>7</opensearch:totalResults></feed>'
    house.arxiv.fault = (url) => (url.pathname === '/api' ? new Response(empty) : undefined)
    await expect(house.harvest()).rejects.toThrow('left out papers that are known to exist')
    expect(house.status.completeThrough).toBe('2026-03-01')
    expect(house.status.detail).toContain('Its query API could not be asked')
    expect(house.status.sets).toContainEqual(expect.objectContaining({ set: 'query API', state: 'failed' }))
    expect(dayOf(house, '2026-03-02')).toMatchObject({ pending: 1, missing: [id(13)], isComplete: false })
    expect(house.status.alarms).toEqual([])
    await house.at('2026-03-04T04:00:00Z')
    expect(house.status.alarms).toEqual([
      expect.objectContaining({ key: 'hole 2026-03-02', text: expect.stringContaining(id(13)) }),
    ])
    house.arxiv.fault = undefined
    await house.harvest().catch(() => 0)
    expect(house.status.alarms).toEqual([])
    expect(house.news).toContain(id(13))
  })

  test('are not given up because the query API answers as of yesterday', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...changed([id(10)], '2026-03-03'))
    const older = (number: number) =>
      `<entry><id>http://arxiv.org/abs/${id(number)}v1</id><title>On it</title><summary>.</summary><published>2026-03-01</published><category term="cs.LG"/></entry>`
    house.arxiv.fault = (url) =>
      url.pathname === '/api'
        ? new Response(
            `<feed><title>arXiv</title><opensearch:totalResults>2</opensearch:totalResults>${older(8)}${older(9)}</feed>`,
          )
        : undefined
    await house.harvest().catch(() => 0)
    expect(house.status.completeThrough).toBe('2026-03-01')
    house.arxiv.fault = undefined
    house.arxiv.apiOnly = run(11, 13)
    await house.at('2026-03-03T05:00:00Z')
    await house.harvest().catch(() => 0)
    expect(house.news.toSorted()).toEqual(run(10, 13))
    expect(house.status.completeThrough).toBe('2026-03-02')
  })

  test('and that the feeds told of are had from the query API with all they say', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...changed(run(10, 12), '2026-03-03'))
    await house.harvest()
    await house.at(tuesdayMorning)
    house.arxiv.feedDay = '2026-03-03'
    house.arxiv.feeds.set(
      '2026-03-03',
      run(10, 14).map((each) => ({ id: each, type: 'new' })),
    )
    const before = house.arxiv.count('/api?')
    await house.harvest()
    expect(house.news.toSorted()).toEqual(run(10, 14))
    expect(house.arxiv.count('/api?') - before).toBe(1)
    expect(house.learnt.get(`arxiv:${id(14)}`)).toMatchObject({ rank: 3 })
  })
})

describe('of chosen sets only', () => {
  test('the others’ numbers are asked for once, and count as announced', async () => {
    const house = await settled(['cs'])
    await house.at(mondayNight)
    const maths = run(10, 60).filter((_, at) => at % 2 === 1)
    house.arxiv.papers.push(
      ...changed(
        run(10, 60).filter((_, at) => at % 2 === 0),
        '2026-03-03',
      ),
    )
    house.arxiv.papers.push(...maths.map((each) => ({ id: each, changed: '2026-03-03', categories: 'math.PR' })))
    await house.harvest()
    expect(house.news).toHaveLength(26)
    expect(dayOf(house, '2026-03-02')).toMatchObject({ assigned: 51, announced: 51, pending: 0, isComplete: true })
    const before = house.arxiv.count('/api?')
    await house.at('2026-03-03T10:50:00Z')
    await house.harvest()
    expect(house.arxiv.count('/api?')).toBe(before)
  })
})

test('an evening on which all three witnesses have nothing is over: arXiv announced nothing', async () => {
  const house = await settled()
  house.arxiv.feedDay = '2026-03-03'
  for (let hour = 0; hour < 20; hour++) {
    await house.clock.advance(3_600_000)
    await house.harvest()
  }
  expect(house.status).toMatchObject({ state: 'quiet', completeThrough: '2026-03-02' })
  expect(house.status.detail).toContain('announced nothing this time')
  expect(dayOf(house, '2026-03-02')).toMatchObject({ kind: 'silent', assigned: 0, isComplete: true })
  await house.at('2026-03-04T03:50:00Z')
  house.arxiv.papers.push(...changed(run(10, 12), '2026-03-04'))
  await house.harvest()
  expect(house.status).toMatchObject({ state: 'fresh', completeThrough: '2026-03-03' })
})

test('an empty feed alone does not make an evening silent', async () => {
  const house = await settled()
  house.arxiv.feedDay = '2026-03-03'
  house.arxiv.fault = (url) => (url.pathname === '/api' ? new Response('Rate exceeded.') : undefined)
  for (let hour = 0; hour < 20; hour++) {
    await house.clock.advance(3_600_000)
    await house.harvest().catch(() => 0)
  }
  expect(house.status).toMatchObject({ state: 'stalled', completeThrough: '2026-03-01' })
})

test('a feed that serves one category as the day before is stale, and asked again', async () => {
  const house = await settled(['cs.AI', 'cs.CL'])
  const item = (number: number, categories: string) => ({ id: id(number), type: 'new', categories }) as const
  const tell = async (moment: string, ...items: readonly ReturnType<typeof item>[]) => {
    await house.at(moment)
    house.arxiv.feedDay = moment.slice(0, 10)
    house.arxiv.feeds.set(house.arxiv.feedDay, items)
    await house.harvest().catch(() => 0)
  }
  house.arxiv.papers.push(...changed(run(10, 13), '2026-03-03').map((each) => ({ ...each, categories: 'cs.AI' })))
  await tell('2026-03-03T06:00:00Z', item(10, 'cs.AI'), item(11, 'cs.CL'))
  await tell('2026-03-04T06:00:00Z', item(10, 'cs.AI'), item(12, 'cs.CL'))
  expect(house.status.sets).toContainEqual(expect.objectContaining({ set: 'feed of cs.AI', state: 'stalled' }))
  expect(house.events).toContain('source.feed-stale')
  const before = house.arxiv.count('/rss/')
  await tell('2026-03-04T07:00:00Z', item(13, 'cs.AI'), item(12, 'cs.CL'))
  expect(house.arxiv.count('/rss/') - before).toBe(1)
  expect(house.status.sets.filter(({ set }) => set === 'feed of cs.AI')).toEqual([])
  await house.at('2026-03-04T08:00:00Z')
  await house.harvest().catch(() => 0)
  expect(house.arxiv.count('/rss/') - before).toBe(1)
})

test('a month’s last numbers and the next month’s first are both counted', async () => {
  const house = new Household('2026-03-30T17:00:00Z')
  house.arxiv.pageSize = 100
  house.arxiv.papers = changed(run(1, 9), '2026-03-30')
  await house.harvest()
  await house.at('2026-04-01T02:50:00Z')
  house.arxiv.papers.push(...changed(run(10, 12), '2026-03-31'))
  house.arxiv.apiOnly = [id(13), id(14)]
  await house.harvest()
  await house.at('2026-04-02T02:50:00Z')
  house.arxiv.papers.push(...changed(['2604.00002', '2604.00004'], '2026-04-02'))
  house.arxiv.apiOnly.push('2604.00001', '2604.00005')
  await house.harvest()
  expect(house.news.toSorted()).toEqual([...run(10, 14), '2604.00001', '2604.00002', '2604.00004', '2604.00005'])
  expect(dayOf(house, '2026-04-01')).toMatchObject({ assigned: 5, announced: 4, withheld: 1 })
  expect(house.status.completeThrough).toBe('2026-04-01')
})

test('the count is small to keep, whatever was seen', async () => {
  const house = await settled()
  for (let night = 0; night < 4; night++) {
    await house.at(`2026-03-0${night + 3}T03:50:00Z`)
    const first = 10 + night * 1000
    house.arxiv.papers.push(...changed(run(first, first + 999), `2026-03-0${night + 3}`))
    house.arxiv.pageSize = 2500
    await house.harvest()
  }
  expect(house.status.completeThrough).toBe('2026-03-05')
  expect(JSON.stringify(house.cursor).length).toBeLessThan(4_000)
})
