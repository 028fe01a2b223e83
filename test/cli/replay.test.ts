import { describe, expect, it } from 'vitest'
import { parseAnnouncements } from '../../src/cli/replay/event.ts'
import { createReplay } from '../../src/cli/replay/replay.ts'
import { serveReplay } from '../../src/cli/replay/serve.ts'
import { anAnnouncement } from '../support/arxiv/announcements.ts'
import { ask, numbersOf, replayAt, texts } from '../support/arxiv/ask.ts'

const listed = anAnnouncement()
const { announced: _, ...known } = anAnnouncement({ id: '2401.00001', created: '2024-01-01' })
const records = '/oai?verb=ListRecords&metadataPrefix=arXiv&from=2024-01-01'

// info.arxiv.org/help/availability, help/oa: announced 20:00, metadata about 22:30 of the evening before the listing date.
describe('when a listing shows', () => {
  it('OAI has it at 22:30 US Eastern of the evening before, not a minute earlier', () => {
    expect(numbersOf(ask(replayAt('2025-09-09T02:29:00Z', [known, listed]), records).body)).toEqual(['2401.00001'])
    const after = ask(replayAt('2025-09-09T02:30:00Z', [known, listed]), records).body
    expect(numbersOf(after)).toEqual(['2401.00001', '2509.06001'])
    expect(texts(after, 'datestamp')).toEqual(['2024-01-01', '2025-09-09'])
  })

  it('in winter 22:30 Eastern is 03:30 UTC', () => {
    const winter = anAnnouncement({ announced: '2025-11-12' })
    expect(numbersOf(ask(replayAt('2025-11-12T03:29:59Z', [winter]), records).body)).toEqual([])
    expect(numbersOf(ask(replayAt('2025-11-12T03:30:00Z', [winter]), records).body)).toEqual(['2509.06001'])
  })

  it('the feeds have it from midnight to midnight Eastern of the listing date', () => {
    const at = (instant: string) => numbersOf(ask(replayAt(instant, [listed]), '/rss/cs.AI').body)
    expect(at('2025-09-09T03:59:59Z')).toEqual([])
    expect(at('2025-09-09T04:00:00Z')).toEqual(['2509.06001'])
    expect(at('2025-09-10T03:59:59Z')).toEqual(['2509.06001'])
    expect(at('2025-09-10T04:00:00Z')).toEqual([])
  })

  it('follows a clock that jumps, and papers that are added', () => {
    let now = Date.parse('2025-09-08T12:00:00Z')
    const replay = createReplay({ events: [listed], now: () => now })
    expect(numbersOf(ask(replay, records).body)).toEqual([])
    now = Date.parse('2025-09-09T12:00:00Z')
    replay.add([anAnnouncement({ id: '2509.06002' })], now)
    expect(numbersOf(ask(replay, records).body)).toEqual(['2509.06001', '2509.06002'])
    expect(replay.days()).toEqual(['2025-09-09'])
  })
})

describe('the server', () => {
  it('answers over HTTP what it answers without', async () => {
    const replay = replayAt('2025-09-09T12:00:00Z', [listed])
    const server = await serveReplay(replay, { host: '127.0.0.1', port: 0 })
    try {
      const oai = await fetch(
        `${server.oaiUrl}?verb=GetRecord&identifier=oai:arXiv.org:2509.06001&metadataPrefix=arXiv`,
      )
      expect(oai.status).toBe(200)
      expect(numbersOf(await oai.text())).toEqual(['2509.06001'])
      const feed = await fetch(`${server.rssUrl}/rss/cs.AI`)
      const again = await fetch(`${server.rssUrl}/rss/cs.AI`, {
        headers: { 'if-none-match': feed.headers.get('etag') ?? '' },
      })
      expect([feed.status, again.status]).toEqual([200, 304])
      const api = await fetch(`${server.apiUrl}?id_list=2509.06001`)
      expect(await api.text()).toBe(ask(replay, '/api/query?id_list=2509.06001').body)
      expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404)
    } finally {
      await server.close()
    }
  })

  it('reads a posted form, as long id lists need it', async () => {
    const server = await serveReplay(replayAt('2025-09-09T12:00:00Z', [listed]), { host: '127.0.0.1', port: 0 })
    try {
      const answer = await fetch(server.apiUrl, {
        method: 'POST',
        body: new URLSearchParams({ id_list: '2509.06001' }),
      })
      expect(numbersOf(await answer.text())).toEqual(['2509.06001'])
    } finally {
      await server.close()
    }
  })
})

describe('the announcements file', () => {
  it('is one announcement a line', () => {
    expect(parseAnnouncements(`${JSON.stringify(listed)}\n\n${JSON.stringify(known)}\n`, 'papers.ndjson')).toEqual([
      listed,
      known,
    ])
  })

  it('names the line and the field of what is wrong', () => {
    const wrong = JSON.stringify({ ...listed, announced: '9 September' })
    expect(() => parseAnnouncements(`${JSON.stringify(listed)}\n${wrong}`, 'papers.ndjson')).toThrow(
      'papers.ndjson, line 2: announced: is not a day YYYY-MM-DD',
    )
    expect(() => parseAnnouncements('{', 'papers.ndjson')).toThrow('papers.ndjson, line 1: not a JSON object')
  })
})
