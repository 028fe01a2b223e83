import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createReplay } from '../../../src/cli/replay/replay.ts'
import { anAnnouncement, manyAnnouncements } from './announcements.ts'
import { numbersOf, texts } from './ask.ts'
import { createFakeArxiv, type FakeArxivOptions } from './fake.ts'
import { replayFetch } from './fetch.ts'

const OAI = 'https://oaipmh.arxiv.org/oai'
const API = 'https://export.arxiv.org/api/query'
const RSS = 'https://rss.arxiv.org/rss'
const LIST = `${OAI}?verb=ListRecords&metadataPrefix=arXiv&from=2025-09-08`

function aFake(given: Partial<FakeArxivOptions> & { at?: string } = {}) {
  const { at = '2025-09-09T12:00:00Z', ...options } = given
  const time = { now: Date.parse(at) }
  const sleeps: number[] = []
  const clock = {
    now: () => time.now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      sleeps.push(ms)
      time.now += ms
    },
  }
  const fake = createFakeArxiv({ events: manyAnnouncements(5), clock, ...options })
  return {
    ...fake,
    sleeps,
    setNow: (instant: string) => (time.now = Date.parse(instant)),
    wait: (ms: number) => (time.now += ms),
  }
}

async function numbersAt(fake: { fetch: typeof fetch }, url: string): Promise<readonly string[]> {
  return numbersOf(await (await fake.fetch(url)).text())
}

describe('in process', () => {
  it('answers as the replay does, whatever the host', async () => {
    const replay = createReplay({ events: manyAnnouncements(2), now: () => Date.parse('2025-09-09T12:00:00Z') })
    expect(await numbersAt({ fetch: replayFetch(replay) }, `${RSS}/cs.AI`)).toEqual(['2509.00002', '2509.00001'])
    expect(await numbersAt(aFake(), LIST)).toHaveLength(5)
  })

  it('gives 304 to whoever has the feed', async () => {
    const fake = aFake()
    const etag = (await fake.fetch(`${RSS}/cs.AI`)).headers.get('etag') ?? ''
    const again = await fake.fetch(`${RSS}/cs.AI`, { headers: { 'If-None-Match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('a request that was given up is rejected with its reason', async () => {
    const signal = AbortSignal.abort(new Error('given up'))
    await expect(aFake().fetch(LIST, { signal })).rejects.toThrow('given up')
  })
})

describe('refusals', () => {
  it('429 "Rate exceeded." as text, with Retry-After or without (lukasschwab/arxiv.py#203)', async () => {
    const fake = aFake()
    fake.faults.on('rateLimited', {})
    const bare = await fake.fetch(LIST)
    expect([bare.status, await bare.text(), bare.headers.get('retry-after')]).toEqual([429, 'Rate exceeded.', null])
    fake.faults.on('rateLimited', { retryAfter: '120' })
    expect((await fake.fetch(LIST)).headers.get('retry-after')).toBe('120')
  })

  it('503 with Retry-After', async () => {
    const fake = aFake()
    fake.faults.on('unavailable', { retryAfter: 30 })
    const answer = await fake.fetch(LIST)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
  })

  it('403 in HTML (info.arxiv.org/help/robots), and HTML with status 200', async () => {
    const fake = aFake()
    fake.faults.on('htmlPage', {})
    const page = await fake.fetch(LIST)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    fake.faults.on('forbidden', {})
    const answer = await fake.fetch(LIST)
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Access Denied')])
  })

  it('befall one service, a number of times, until switched off', async () => {
    const fake = aFake()
    fake.faults.on('rateLimited', { door: 'api', times: 2 })
    const statuses = []
    for (const url of [LIST, `${API}?search_query=x`, `${API}?search_query=x`, `${API}?search_query=x`]) {
      statuses.push((await fake.fetch(url)).status)
    }
    expect(statuses).toEqual([200, 429, 429, 200])
    fake.faults.on('unavailable', { retryAfter: 1 })
    fake.faults.off('unavailable')
    expect((await fake.fetch(LIST)).status).toBe(200)
  })
})

describe('broken answers', () => {
  it('a truncated document arrives whole as far as the transport knows', async () => {
    const fake = aFake()
    fake.faults.on('truncated', { keep: 0.9 })
    const body = await (await fake.fetch(LIST)).text()
    expect([body.startsWith('<?xml'), body.includes('</OAI-PMH>')]).toEqual([true, false])
  })

  it('a connection that drops mid-body fails the reading, in process and over HTTP', async () => {
    const fake = aFake()
    fake.faults.on('dropped', {})
    await expect((await fake.fetch(LIST)).text()).rejects.toThrow('terminated')
    const server = await fake.serve()
    const answer = await fetch(`${server.oaiUrl}?verb=Identify`)
    await expect(answer.text()).rejects.toThrow()
    await server.close()
  })

  it('a slow answer takes its time by the clock', async () => {
    const fake = aFake()
    fake.faults.on('slow', { ms: 40_000 })
    await fake.fetch(LIST)
    expect(fake.sleeps).toEqual([40_000])
  })

  it('numeric character references, decimal and hexadecimal', async () => {
    const fake = aFake({ events: [anAnnouncement({ title: 'é, 😀 and ü' })] })
    fake.faults.on('numericReferences', {})
    const body = await (await fake.fetch(LIST)).text()
    expect(texts(body, 'title')).toEqual(['&#xE9;, &#128512; and &#xFC;'])
  })

  it('combine: a truncated page after a slow 200 with other totals', async () => {
    const fake = aFake()
    fake.faults.on('slow', { ms: 5 })
    fake.faults.on('shiftingTotals', {})
    fake.faults.on('truncated', { keep: 0.5 })
    const body = await (await fake.fetch(`${API}?search_query=cat:cs.AI`)).text()
    expect([fake.sleeps, body.includes('<opensearch:totalResults>8<'), body.includes('</feed>')]).toEqual([
      [5],
      true,
      false,
    ])
    fake.faults.allOff()
    expect(await numbersAt(fake, LIST)).toHaveLength(5)
  })
})

describe('the query API misbehaving', () => {
  const page = (start: number) => `${API}?search_query=cat:cs.AI&max_results=2&start=${start}`

  it('a page inside a result is empty while the total stands (lukasschwab/arxiv.py#43, #129)', async () => {
    const fake = aFake()
    fake.faults.on('emptyPage', { times: 2 })
    expect(await numbersAt(fake, page(0))).toHaveLength(2)
    const empty = await (await fake.fetch(page(2))).text()
    expect([numbersOf(empty), texts(empty, 'opensearch:totalResults')]).toEqual([[], ['5']])
    expect(await numbersAt(fake, page(2))).toHaveLength(2)
  })

  it('totals change from page to page', async () => {
    const fake = aFake()
    fake.faults.on('shiftingTotals', {})
    const total = async (start: number) =>
      texts(await (await fake.fetch(page(start))).text(), 'opensearch:totalResults')
    expect([await total(0), await total(2)]).toEqual([['8'], ['4']])
  })

  it('the order asked for is ignored (November 2025)', async () => {
    const fake = aFake({
      events: [
        anAnnouncement({ id: '2509.00001', created: '2025-09-01' }),
        anAnnouncement({ id: '2509.00002', created: '2025-09-02' }),
      ],
    })
    const newest = `${API}?search_query=cat:cs.AI&sortBy=submittedDate&sortOrder=descending`
    expect(await numbersAt(fake, newest)).toEqual(['2509.00002', '2509.00001'])
    fake.faults.on('sortIgnored', {})
    expect(await numbersAt(fake, newest)).toEqual(['2509.00001', '2509.00002'])
  })
})

describe('announcements misbehaving', () => {
  it('are left out of the feeds alone', async () => {
    const fake = aFake()
    fake.faults.on('missingItems', { ids: ['2509.00002', '2509.00003'] })
    expect(await numbersAt(fake, `${RSS}/cs.AI`)).toEqual(['2509.00005', '2509.00004', '2509.00001'])
    expect(await numbersAt(fake, LIST)).toHaveLength(5)
  })

  it('show hours later, at one service or at all, while the answers are dated now', async () => {
    const fake = aFake({ at: '2025-09-09T04:00:00Z' })
    fake.faults.on('late', { door: 'oai', ms: 3 * 3_600_000 })
    const body = await (await fake.fetch(LIST)).text()
    expect([numbersOf(body), texts(body, 'responseDate')]).toEqual([[], ['2025-09-09T04:00:00Z']])
    expect(await numbersAt(fake, `${API}?id_list=2509.00001`)).toEqual(['2509.00001'])
    fake.setNow('2025-09-09T05:30:00Z')
    expect(await numbersAt(fake, LIST)).toHaveLength(5)
  })
})

describe('OAI misbehaving', () => {
  it('leaves out a run of numbers until the next UTC day, the datestamp staying (scirate/scirate#500)', async () => {
    const fake = aFake()
    fake.faults.on('missingRun', { ids: ['2509.00002', '2509.00003'] })
    expect(await numbersAt(fake, LIST)).toEqual(['2509.00001', '2509.00004', '2509.00005'])
    fake.setNow('2025-09-10T00:00:00Z')
    const body = await (await fake.fetch(LIST)).text()
    expect([numbersOf(body).length, new Set(texts(body, 'datestamp'))]).toEqual([5, new Set(['2025-09-09'])])
  })

  it('gives an empty answer again until 00:00 UTC (github.com/arXiv/oaipmh: errors carry Surrogate-Control)', async () => {
    const fake = aFake({ at: '2025-09-08T23:30:00Z' })
    fake.faults.on('pinnedEmpty', {})
    fake.replay.add([anAnnouncement({ id: '2509.07777' })], Date.parse('2025-09-08T23:45:00Z'))
    expect(await numbersAt(fake, LIST)).toEqual([])
    fake.setNow('2025-09-08T23:50:00Z')
    expect(await numbersAt(fake, LIST)).toEqual([])
    expect(await numbersAt(fake, `${LIST}&set=cs`)).toEqual(['2509.07777'])
    fake.setNow('2025-09-09T00:00:00Z')
    expect(await numbersAt(fake, LIST)).toEqual(['2509.07777'])
  })

  it('refuses a resumption token', async () => {
    const fake = aFake({ oaiPageSize: 2 })
    const token = texts(await (await fake.fetch(LIST)).text(), 'resumptionToken')[0] ?? ''
    const next = `${OAI}?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`
    fake.faults.on('expiredToken', { times: 1 })
    expect(await (await fake.fetch(next)).text()).toContain("<error code='badResumptionToken'>")
    expect(await numbersAt(fake, next)).toEqual(['2509.00003', '2509.00004'])
  })

  it('deletes records, as of the moment', async () => {
    const fake = aFake({ at: '2025-09-10T12:00:00Z' })
    fake.faults.on('deleted', { ids: ['2509.00002'] })
    const body = await (await fake.fetch(`${OAI}?verb=ListRecords&metadataPrefix=arXiv&from=2025-09-10`)).text()
    expect([numbersOf(body), body.includes('status="deleted"')]).toEqual([['2509.00002'], true])
  })
})

describe('feeds misbehaving', () => {
  it('one category is still that of the listing before while others are current', async () => {
    const events = [
      ...manyAnnouncements(2, { announced: '2025-09-12', categories: ['cs.AI', 'cs.CL'] }),
      ...manyAnnouncements(2, { announced: '2025-09-15', categories: ['cs.AI', 'cs.CL'] }, 11),
    ]
    const fake = aFake({ events, at: '2025-09-15T12:00:00Z' })
    fake.faults.on('staleFeed', { category: 'cs.AI' })
    expect(await numbersAt(fake, `${RSS}/cs.AI`)).toEqual(['2509.00002', '2509.00001'])
    expect(await numbersAt(fake, `${RSS}/cs.CL`)).toEqual(['2509.00012', '2509.00011'])
    expect(texts(await (await fake.fetch(`${RSS}/cs`)).text(), 'pubDate')[0]).toBe('Fri, 12 Sep 2025 00:00:00 -0400')
  })
})

// info.arxiv.org/help/api/tou: one request every three seconds, a single connection at a time, over all services.
describe('the request log', () => {
  it('has time, host, path and headers of every request', async () => {
    const fake = aFake()
    await fake.fetch(`${RSS}/cs.AI`, { headers: { 'User-Agent': 'paperboy' } })
    expect(fake.requests).toEqual([
      {
        at: Date.parse('2025-09-09T12:00:00Z'),
        method: 'GET',
        host: 'rss.arxiv.org',
        path: '/rss/cs.AI',
        headers: expect.objectContaining({ 'user-agent': 'paperboy' }),
        besides: 0,
      },
    ])
  })

  it('finds two requests too close, whatever service they go to', async () => {
    const fake = aFake()
    await fake.fetch(LIST)
    fake.wait(3000)
    await fake.fetch(`${RSS}/cs.AI`)
    expect(() => fake.assertSpacing(3000)).not.toThrow()
    fake.wait(2999)
    await fake.fetch(`${API}?search_query=x`)
    expect(() => fake.assertSpacing(3000)).toThrow('/api/query?search_query=x was asked 2999 ms after /rss/cs.AI')
  })

  it('finds two requests at once, also over HTTP', async () => {
    const fake = createFakeArxiv({ events: [], clock: { now: () => 0, sleep: (ms) => pause(ms) } })
    fake.faults.on('slow', { ms: 30 })
    const server = await fake.serve()
    await Promise.all([fetch(`${server.rssUrl}/rss/cs.AI`), fetch(`${server.rssUrl}/rss/cs.CL`)])
    await server.close()
    expect(fake.requests.map((request) => request.besides)).toEqual([0, 1])
    expect(() => fake.assertSpacing(0)).toThrow('under way')
  })

  it('over HTTP one request after the other is one at a time', async () => {
    const fake = createFakeArxiv({ events: [], clock: { now: () => 0, sleep: (ms) => pause(ms) } })
    const server = await fake.serve()
    for (let count = 0; count < 5; count++) await (await fetch(`${server.rssUrl}/rss/cs.AI`)).text()
    await server.close()
    expect(() => fake.assertSpacing(0)).not.toThrow()
  })
})
