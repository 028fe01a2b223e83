import { describe, expect, it } from 'vitest'
import { ask, numbersOf, replayAt, texts } from './ask.ts'
import { daysOfShared, haveSharedDays } from './days.ts'

describe.skipIf(!haveSharedDays)('recorded days (skipped where ../shared is missing)', () => {
  it('are 59 listings; a record is one event a day', () => {
    const events = daysOfShared()
    expect(new Set(events.map((event) => event.announced)).size).toBe(59)
    expect(new Set(events.map((event) => event.id)).size).toBe(11_089)
    expect(new Set(events.map((event) => `${event.id} ${event.announced}`)).size).toBe(events.length)
  })

  it('a record with another text on a later day is a replacement, the next version', () => {
    const replaced = daysOfShared().filter((event) => event.announce === 'replace')
    expect(replaced.length).toBeGreaterThan(0)
    expect(replaced.every((event) => event.version > 1)).toBe(true)
  })

  it('are served well formed, and each listing whole in OAI and in the joined feed', () => {
    const events = daysOfShared(['2025-09-03', '2025-09-04'])
    const wednesday = events.filter((event) => event.announced === '2025-09-03')
    const numbers = wednesday.map((event) => event.id)
    // A few were recorded with the categories that moderators gave them later.
    const inFeed = wednesday.filter((event) => event.categories.some((category) => /^cs\.(AI|CL|CV)$/.test(category)))
    const replay = replayAt('2025-09-03T12:00:00Z', events)
    const oai = numbersOf(ask(replay, '/oai?verb=ListRecords&metadataPrefix=arXiv&from=2025-09-03').body)
    const feed = ask(replay, '/rss/cs.AI+cs.CL+cs.CV').body
    expect([...oai].sort()).toEqual([...numbers].sort())
    expect([...numbersOf(feed)].sort()).toEqual(inFeed.map((event) => event.id).sort())
    expect(new Set(texts(feed, 'arxiv:announce_type'))).toEqual(new Set(['new', 'cross']))
    expect(numbersOf(ask(replay, '/api/query?search_query=cat:cs.*&max_results=2000').body).length).toBeGreaterThan(400)
  })
})
