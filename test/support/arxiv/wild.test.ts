import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { parseAnnouncements } from '../../../src/cli/replay/event.ts'
import { anAnnouncement } from './announcements.ts'
import { ask, numbersOf, replayAt, texts } from './ask.ts'

const NOON = '2025-09-09T12:00:00Z'
const words = fc.constantFrom(
  'ti:',
  'au:',
  'cat:',
  'submittedDate:',
  '(',
  ')',
  '"',
  'AND',
  'OR',
  'NOT',
  'ANDNOT',
  '_',
  '[',
  'TO',
  '*',
  'lamp',
  'Kaplan',
  ' ',
  '+',
  '\n',
)
const queries = fc.oneof(
  fc.string(),
  fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
)
// XML 1.0 has no place for control characters and lone surrogates.
const prose = fc
  .string({ unit: 'grapheme' })
  .filter((text) => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text) && text.trim() !== '')

describe('whatever is asked', () => {
  it('the query API answers with a well-formed feed, status 200 or 400', () => {
    const replay = replayAt(NOON, [anAnnouncement()])
    fc.assert(
      fc.property(queries, fc.string(), (search_query, id_list) => {
        const answer = ask(replay, `/api/query?${new URLSearchParams({ search_query, id_list })}`)
        expect([200, 400]).toContain(answer.status)
        if (!/\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/u.test(search_query + id_list)) texts(answer.body, 'title')
      }),
    )
  })

  it('OAI answers a made-up token with badResumptionToken', () => {
    const replay = replayAt(NOON, [anAnnouncement()])
    fc.assert(
      fc.property(fc.string(), (resumptionToken) => {
        const { body } = ask(replay, `/oai?${new URLSearchParams({ verb: 'ListRecords', resumptionToken })}`)
        expect(body).toContain("<error code='badResumptionToken'>")
      }),
    )
  })
})

describe('whatever a paper is called', () => {
  it('its title comes through every form unchanged', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, htmlEntities: true })
    const titleIn = (body: string) =>
      parser.parse(body.replace(/^[\s\S]*?(?=<(record|entry|item)>)|(?<=<\/(record|entry|item)>)[\s\S]*$/g, ''))
    fc.assert(
      fc.property(prose, (title) => {
        const replay = replayAt(NOON, [anAnnouncement({ title })])
        const record = titleIn(ask(replay, '/oai?verb=ListRecords&metadataPrefix=arXiv').body)
        expect(record.record.metadata.arXiv.title).toBe(title)
        expect(titleIn(ask(replay, '/api/query?id_list=2509.06001').body).entry.title).toBe(title)
        expect(titleIn(ask(replay, '/rss/cs.AI').body).item.title).toBe(title)
        expect(titleIn(ask(replay, '/atom/cs.AI').body).entry.title).toBe(title)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the papers bundled for the demo', () => {
  const file = new URL('../../../demo/papers.ndjson', import.meta.url)
  const events = parseAnnouncements(readFileSync(file, 'utf8'), 'papers.ndjson')

  it('show on their day in the feeds and in OAI', () => {
    for (const day of new Set(events.flatMap((event) => event.announced ?? []))) {
      const listed = events.filter((event) => event.announced === day).map((event) => event.id)
      const replay = replayAt(`${day}T12:00:00Z`, events)
      const oai = numbersOf(ask(replay, `/oai?verb=ListRecords&metadataPrefix=arXiv&from=${day}`).body)
      const areas = [...new Set(events.map((event) => (event.categories[0] ?? '').split('.')[0]))].join('+')
      expect([...oai].sort()).toEqual([...listed].sort())
      expect([...numbersOf(ask(replay, `/rss/${areas}`).body)].sort()).toEqual([...listed].sort())
    }
  })
})
