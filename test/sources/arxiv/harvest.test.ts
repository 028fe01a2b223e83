import { describe, expect, test } from 'vitest'
import { Household } from './household.ts'

// 2 March 2026 is a Monday; until 8 March Eastern time is UTC−5, so 22:45 Eastern is 03:45 UTC of the next day.
const mondayNoon = '2026-03-02T17:00:00Z'
const mondayNight = '2026-03-03T03:50:00Z'
const tuesdayMorning = '2026-03-03T14:00:00Z'
const tuesdayNight = '2026-03-04T03:50:00Z'

/** A household that has had its first harvest at Monday noon. */
async function settled(sets: readonly string[] = ['cs']): Promise<Household> {
  const house = new Household(mondayNoon, sets)
  house.arxiv.papers = [
    { id: '2602.20001', changed: '2026-02-28' },
    { id: '1901.00001', changed: '2026-03-01', created: '2019-01-01' },
    { id: 'math/0309136', changed: '2026-03-01', created: '2003-09-08' },
    { id: '2603.00001', changed: '2026-03-02' },
    { id: '2603.00002', changed: '2026-03-02' },
  ]
  house.arxiv.feedDay = '2026-03-02'
  house.arxiv.feeds.set('2026-03-02', [{ id: '2603.00002', type: 'new' }])
  await house.harvest()
  return house
}

const announceMonday = [
  { id: '2603.00003', changed: '2026-03-03' },
  { id: '2603.00004', changed: '2026-03-03' },
  { id: '2603.00005', changed: '2026-03-03' },
]

describe('what is news', () => {
  test('the first harvest of an empty catalogue is history, all of it', async () => {
    const house = await settled()
    expect([...house.learnt.keys()]).toHaveLength(5)
    expect(house.news).toEqual([])
    expect(house.source.announcedThrough(house.memory)).toBe('2603.00002')
  })

  test('numbers above all that was known are news; old papers that were edited are not', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(
      ...announceMonday,
      { id: '1706.03762', changed: '2026-03-03', created: '2017-06-12' },
      { id: 'hep-th/9711200', changed: '2026-03-03', created: '1997-11-27' },
    )
    await house.harvest()
    expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005'])
    expect(house.learnt.get('arxiv:hep-th/9711200')?.origin).toBe('history')
  })

  test('a number that OAI-PMH left out for a day is news when it comes', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday.slice(1))
    await house.harvest()
    await house.at(tuesdayNight)
    house.arxiv.papers.push({ id: '2603.00003', changed: '2026-03-04' }, { id: '2603.00006', changed: '2026-03-04' })
    await house.harvest()
    expect(house.news).toEqual(['2603.00004', '2603.00005', '2603.00003', '2603.00006'])
  })

  test('the overlap makes no news of what the first harvest brought, however often it is asked for', async () => {
    const house = await settled()
    for (const night of [mondayNight, tuesdayNight, '2026-03-05T03:50:00Z', '2026-03-06T03:50:00Z']) {
      await house.at(night)
      house.arxiv.papers = house.arxiv.papers.map((paper) => ({ ...paper, changed: night.slice(0, 10) }))
      await house.harvest()
    }
    expect(house.news).toEqual([])
  })

  test('after days without a run everything announced meanwhile is news', async () => {
    const house = await settled()
    await house.at('2026-03-13T03:50:00Z')
    house.arxiv.papers.push(
      ...announceMonday,
      { id: '2603.04000', changed: '2026-03-10' },
      { id: '2603.05000', changed: '2026-03-13' },
    )
    await house.harvest()
    expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005', '2603.04000', '2603.05000'])
  })

  test('a catalogue that is rebuilt repeats nothing and misses nothing', async () => {
    const house = new Household(tuesdayNight)
    house.announcedThrough = '2603.00002'
    house.arxiv.papers = [
      { id: '2603.00001', changed: '2026-03-02' },
      { id: '2603.00002', changed: '2026-03-02' },
      ...announceMonday,
    ]
    await house.harvest({ batches: 1 })
    house.announcedThrough = undefined
    await house.harvest()
    expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005'])
    expect(house.arxiv.asked[0]).toContain('from=2026-02-28')
  })

  test('a catalogue that is rebuilt before an id came that was left out misses it as little', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday.filter(({ id }) => id !== '2603.00004'))
    await house.harvest()
    expect(house.source.announcedThrough(house.memory)).toBe('2603.00005')
    const settledThrough = house.source.settledThrough?.(house.memory)
    expect(settledThrough).toBe('2603.00002')

    const rebuilt = new Household(tuesdayNight)
    if (settledThrough !== undefined) rebuilt.announcedThrough = settledThrough
    rebuilt.arxiv.papers = [...house.arxiv.papers, ...announceMonday.filter(({ id }) => id === '2603.00004')]
    await rebuilt.harvest()
    expect(rebuilt.news).toEqual(['2603.00003', '2603.00004', '2603.00005'])
  })

  test('a cursor of an unknown form begins anew with history, and says so', async () => {
    const house = await settled()
    house.cursor = { form: 99 }
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday)
    await house.harvest()
    expect(house.news).toEqual([])
    expect(house.events).toContain('source.cursor-unknown')
  })

  test('a number of a month to come does not hide the news below it', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push({ id: '2712.00001', changed: '2026-03-03' })
    await house.harvest()
    await house.at(tuesdayNight)
    house.arxiv.papers.push({ id: '2603.00003', changed: '2026-03-04' })
    await house.harvest()
    await house.at('2026-03-07T03:50:00Z')
    house.arxiv.papers.push({ id: '2603.00009', changed: '2026-03-07' })
    await house.harvest()
    expect(house.news).toContain('2603.00009')
  })

  test('a set whose first harvest found nothing has its first paper as news', async () => {
    const house = new Household(mondayNoon, ['hep-lat'])
    await house.harvest()
    await house.at(mondayNight)
    house.arxiv.papers = [
      { id: '2603.00003', changed: '2026-03-03', categories: 'physics hep-lat' },
      { id: '2601.00003', changed: '2026-03-03', categories: 'physics hep-lat' },
    ]
    await house.harvest()
    expect(house.news).toEqual(['2603.00003'])
  })

  test('deleted records teach nothing', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push({ id: '2603.00003', changed: '2026-03-03', deleted: true })
    await house.harvest()
    expect(house.learnt.has('arxiv:2603.00003')).toBe(false)
  })
})

describe('an interrupted harvest', () => {
  test('stopped after any batch and begun again gives the same news as one that was not', async () => {
    for (let stop = 1; stop <= 6; stop++) {
      const house = await settled()
      await house.at(mondayNight)
      house.arxiv.papers.push(...announceMonday, { id: '1706.03762', changed: '2026-03-03', created: '2017-06-12' })
      await house.harvest({ batches: stop })
      house.restart()
      await house.harvest()
      expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005'])
      expect(house.learnt.size).toBe(9)
    }
  })

  test('goes on with its token while the list is the same, and from the last day that was read whole when it is not', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday)
    await house.harvest({ batches: 1 })
    await house.harvest({ batches: 1 })
    expect(house.arxiv.asked.at(-1)).toContain('resumptionToken=2026-02-28|cs|2')
    await house.at(tuesdayNight)
    house.arxiv.papers.push({ id: '2603.00006', changed: '2026-03-04' })
    const before = house.arxiv.asked.length
    await house.harvest()
    expect(house.arxiv.asked[before]).toContain('from=2026-03-02')
    expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005', '2603.00006'])
  })

  test('an interrupted first harvest stays history when it goes on', async () => {
    const house = new Household(mondayNoon)
    house.arxiv.papers = Array.from({ length: 7 }, (_, n) => ({ id: `2603.0000${n + 1}`, changed: '2026-03-01' }))
    await house.harvest({ batches: 2 })
    await house.harvest()
    expect([house.learnt.size, house.news]).toEqual([7, []])
  })

  test('a token that has expired begins the window again, with what it knew of news', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday)
    await house.harvest({ batches: 2 })
    let expired = true
    house.arxiv.fault = (url) => {
      if (!expired || !url.searchParams.has('resumptionToken')) return undefined
      expired = false
      return new Response(
        '<OAI-PMH><responseDate>2026-03-03T03:51:00Z</responseDate><error code="badResumptionToken">expired</error></OAI-PMH>',
      )
    }
    await house.harvest()
    expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005'])
    expect(house.status.state).toBe('fresh')
  })

  test('a token that leads to itself ends with an error', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday)
    house.arxiv.fault = (url) => {
      if (!url.pathname.startsWith('/oai')) return undefined
      return new Response(
        '<OAI-PMH><responseDate>2026-03-03T03:51:00Z</responseDate><ListRecords><record><header status="deleted"><identifier>oai:arXiv.org:2603.1</identifier></header></record><resumptionToken>x</resumptionToken></ListRecords></OAI-PMH>',
      )
    }
    await expect(house.harvest()).rejects.toThrow('does not change')
  })
})

describe('when arXiv is asked', () => {
  test('an ordinary day costs a few requests, however often it is looked whether one is due', async () => {
    const house = await settled()
    house.arxiv.pageSize = 100
    const before = house.arxiv.asked.length
    house.arxiv.papers.push(...announceMonday)
    house.arxiv.feeds.set('2026-03-03', [{ id: '2603.00003', type: 'new' }])
    house.arxiv.feedDay = '2026-03-03'
    for (let hour = 0; hour < 24; hour++) {
      await house.clock.advance(3_600_000)
      await house.harvest()
    }
    expect(house.arxiv.asked.slice(before).map((url) => url.slice(0, 5))).toEqual(['/oai?', '/api?', '/rss/', '/rss/'])
  })

  test('an evening without news is asked about again, but not all night', async () => {
    const house = await settled()
    const before = house.arxiv.count('/oai?verb=ListRecords&metadataPrefix')
    for (const moment of [
      mondayNight,
      '2026-03-03T04:00:00Z',
      '2026-03-03T05:00:00Z',
      '2026-03-03T06:00:00Z',
      '2026-03-03T07:00:00Z',
    ]) {
      await house.at(moment)
      await house.harvest()
    }
    expect(house.arxiv.count('/oai?verb=ListRecords&metadataPrefix') - before).toBe(3)
    expect(house.status).toMatchObject({ state: 'waiting', completeThrough: '2026-03-01' })
    await house.at('2026-03-03T16:00:00Z')
    expect(house.status.state).toBe('stalled')
  })

  test('on Friday and Saturday nothing is awaited', async () => {
    const house = await settled()
    await house.at('2026-03-06T03:50:00Z')
    house.arxiv.papers.push({ id: '2603.00100', changed: '2026-03-06' })
    await house.harvest()
    for (const night of ['2026-03-07T03:50:00Z', '2026-03-07T05:00:00Z', '2026-03-07T18:00:00Z']) {
      await house.at(night)
      await house.harvest()
    }
    expect(house.status).toMatchObject({ state: 'quiet', completeThrough: '2026-03-05' })
  })

  test('the window begins two days before the last answer, and has no end', async () => {
    const house = await settled()
    await house.at(mondayNight)
    await house.harvest()
    const last = house.arxiv.asked.filter((url) => url.includes('metadataPrefix')).at(-1)
    expect(last).toBe('/oai?verb=ListRecords&metadataPrefix=arXiv&from=2026-02-28&set=cs')
  })

  test('an answer from a cache, older than the evening, does not complete it', async () => {
    const house = await settled()
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday)
    house.arxiv.responseDate = '2026-03-02T20:00:00Z'
    await house.harvest()
    expect(house.status.completeThrough).toBe('2026-03-01')
    house.arxiv.responseDate = undefined
    await house.at('2026-03-03T05:00:00Z')
    house.arxiv.papers.push({ id: '2603.00006', changed: '2026-03-03' })
    await house.harvest()
    expect(house.status.completeThrough).toBe('2026-03-02')
  })

  test('--since says where a first harvest begins', async () => {
    const house = new Household(mondayNoon)
    await house.harvest({ since: '2026-02-01' })
    expect(house.arxiv.asked[0]).toContain('from=2026-02-01')
  })
})

describe('the feeds', () => {
  test('bring what OAI-PMH does not have yet, with its day; replacements are no news', async () => {
    const house = await settled()
    await house.at(tuesdayMorning)
    house.arxiv.feedDay = '2026-03-03'
    house.arxiv.feeds.set('2026-03-03', [
      { id: '2603.00003', type: 'new' },
      { id: '2511.00007', type: 'cross' },
      { id: '2511.00008', type: 'replace' },
    ])
    await house.harvest()
    expect(house.news).toEqual(['2511.00007', '2603.00003'])
    expect(house.learnt.get('arxiv:2603.00003')?.paper).toMatchObject({ announced: '2026-03-03', version: 1 })
    expect(house.learnt.get('arxiv:2511.00008')).toMatchObject({ origin: 'history' })
  })

  test('of the day of the first harvest tell history', async () => {
    const house = new Household('2026-03-03T15:00:00Z')
    house.arxiv.papers = [...announceMonday]
    house.arxiv.feedDay = '2026-03-03'
    house.arxiv.feeds.set('2026-03-03', [
      { id: '2603.00003', type: 'new' },
      { id: '2511.00007', type: 'cross' },
    ])
    await house.harvest()
    expect(house.news).toEqual([])
  })

  test('after a first harvest late in the evening tell history of that evening, too', async () => {
    const house = new Household(mondayNight)
    house.arxiv.papers = [...announceMonday]
    await house.harvest()
    await house.at(tuesdayMorning)
    house.arxiv.feedDay = '2026-03-03'
    house.arxiv.feeds.set('2026-03-03', [
      { id: '2603.00003', type: 'new' },
      { id: '2511.00007', type: 'cross' },
      { id: '2603.00006', type: 'new' },
    ])
    await house.harvest()
    expect(house.news).toEqual(['2603.00006'])
  })

  test('that still show yesterday are asked for again, a few times', async () => {
    const house = await settled()
    house.arxiv.feedDay = '2026-03-02'
    house.arxiv.feeds.set('2026-03-02', [{ id: '2603.00001', type: 'new' }])
    const before = house.arxiv.count('/rss/')
    for (const hour of ['06', '07', '08', '09', '10', '11']) {
      await house.at(`2026-03-03T${hour}:10:00Z`)
      await house.harvest()
    }
    expect(house.arxiv.count('/rss/') - before).toBe(6)
    expect(house.news).toEqual([])
  })

  test('that fail do not keep OAI-PMH from being read, nor the other way round', async () => {
    const house = await settled()
    house.arxiv.feedDay = '2026-03-03'
    house.arxiv.feeds.set('2026-03-03', [{ id: '2603.00003', type: 'new' }])
    house.arxiv.fault = (url) => (url.pathname.startsWith('/oai') ? new Response('<html>busy</html>') : undefined)
    await house.at(tuesdayMorning)
    await expect(house.harvest()).rejects.toThrow('is an HTML page')
    expect(house.news).toEqual(['2603.00003'])
    expect(house.status).toMatchObject({ state: 'failed', detail: expect.stringContaining('is an HTML page') })
    house.arxiv.fault = undefined
    house.arxiv.papers.push(...announceMonday)
    await house.harvest()
    expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005'])
    expect(house.status).toMatchObject({ state: 'fresh', completeThrough: '2026-03-02' })
  })
})

describe('the chosen sets', () => {
  test('a narrower choice goes on where the wider one stood', async () => {
    const house = await settled([])
    house.restart(['cs'])
    await house.at(mondayNight)
    house.arxiv.papers.push(...announceMonday)
    await house.harvest()
    expect(house.news).toEqual(['2603.00003', '2603.00004', '2603.00005'])
  })

  test('a further set begins with history, without touching the news of the others', async () => {
    const house = await settled(['cs'])
    house.restart(['cs', 'math'])
    await house.at(mondayNight)
    house.arxiv.papers.push(
      ...announceMonday,
      { id: '2603.00001', changed: '2026-03-02', categories: 'math.PR' },
      { id: '2603.00004', changed: '2026-03-03', categories: 'math.PR' },
    )
    house.announcedThrough = '2603.00002'
    await house.harvest()
    expect(house.news.toSorted()).toEqual(['2603.00003', '2603.00004', '2603.00005'])
  })

  test('of many categories everything is asked for once, and the rest left aside', async () => {
    const house = new Household(mondayNoon, ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG', 'math.PR', 'stat.ML'])
    house.arxiv.papers = [
      { id: '2603.00001', changed: '2026-03-01', categories: 'hep-th' },
      { id: '2603.00002', changed: '2026-03-01', categories: 'hep-th cs.LG' },
    ]
    await house.harvest()
    expect([...house.learnt.keys()]).toEqual(['arxiv:2603.00002'])
    expect(house.arxiv.asked[0]).not.toContain('set=')
  })
})

test('while the first harvest is under way nothing is said to be announced but what an earlier catalogue knew', async () => {
  const house = new Household(mondayNoon)
  house.arxiv.papers = announceMonday
  expect(await house.harvest({ batches: 1 })).toBe(1)
  expect(house.source.announcedThrough(house.memory)).toBeUndefined()
  house.announcedThrough = '2603.00002'
  expect(house.source.announcedThrough(house.memory)).toBe('2603.00002')
})

test('before the first harvest nothing is said to be complete', () => {
  const house = new Household(mondayNoon)
  expect(house.status).toMatchObject({ state: 'waiting', completeThrough: null })
  expect(house.source.announcedThrough(house.memory)).toBeUndefined()
})
