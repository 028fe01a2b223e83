import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseApi, readApi } from '../../../src/sources/arxiv/api.ts'
import { parseOai, parseOaiPapers } from '../../../src/sources/arxiv/oai.ts'
import { parseRss, readFeed } from '../../../src/sources/arxiv/rss.ts'
import { SourceError } from '../../../src/sources/source.ts'
import { fixture } from './fixture.ts'

const doors = [
  { door: 'OAI-PMH', parse: parseOaiPapers, file: 'oai-list.xml', papers: 2 },
  { door: 'feed', parse: parseRss, file: 'feed.rss.xml', papers: 2 },
  { door: 'query API', parse: parseApi, file: 'api.xml', papers: 2 },
]

describe.each(doors)('an answer of the $door', ({ parse, file, papers }) => {
  test('is read whole', () => {
    expect(parse(fixture(file))).toHaveLength(papers)
  })

  test('that is cut short anywhere is never believed', () => {
    const bytes = Buffer.from(fixture(file).trimEnd())
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => parse(bytes.subarray(0, length).toString('utf8'))).toThrow(SourceError)
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['', 'is empty'],
    ['  \n', 'is empty'],
    ['Rate exceeded.', '"Rate exceeded."'],
    ['{"error":"busy"}', 'is JSON'],
    ['<!DOCTYPE html><html><body>Access Denied</body></html>', 'is an HTML page'],
    ['<html><body><p>Sorry</p></body></html>', 'is an HTML page'],
    ['Service unavailable', 'it begins with "Service unavailable"'],
    ['<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><OAI-PMH>&b;</OAI-PMH>', '<!DOCTYPE>'],
    ['<?xml version="1.0"?><opml version="2.0"></opml>', '<opml>'],
    ['<__proto__>x</__proto__>', ''],
  ])('that is something else says so: %s', (body, sentence) => {
    const failed = attempt(() => parse(body))
    expect(failed).toMatchObject({ name: 'SourceError', failure: 'unreadable' })
    expect(failed.message).toContain(sentence)
  })
})

test('a record of OAI-PMH gives names in parts, days, and text that is decoded once', () => {
  expect(parseOaiPapers(fixture('oai-list.xml'))[0]).toEqual({
    id: 'arxiv:2509.00123',
    aliases: ['doi:10.1000/abc.1'],
    title: 'On entropies of order α & the tags &lt;b&gt;',
    abstract: 'We order entropies. The order is x < y.',
    authors: [
      { name: 'Alfréd Rényi', given: 'Alfréd', family: 'Rényi', affiliation: 'Budapest; Debrecen' },
      { name: 'Aidan N. Gomez Jr.', given: 'Aidan N.', family: 'Gomez', suffix: 'Jr.' },
      { name: 'The ATLAS Collaboration', family: 'The ATLAS Collaboration' },
    ],
    categories: ['cs.LG', 'math.PR'],
    venue: 'arXiv.org Machine Learning',
    published: '2025-08-29',
    updated: '2025-08-29',
    links: {
      abstract: 'https://arxiv.org/abs/2509.00123',
      pdf: 'https://arxiv.org/pdf/2509.00123',
      doi: 'https://doi.org/10.1000/ABC.1',
    },
    comment: "It's 12 pages",
    journalRef: 'J. Tests 1, 2 (2025)',
  })
})

test('an id and a title that look like numbers stay text, and a withdrawal is seen', () => {
  expect(parseOaiPapers(fixture('oai-list.xml'))[1]).toMatchObject({
    id: 'arxiv:math/0309136',
    title: '1984',
    withdrawn: true,
    updated: '2025-09-02',
  })
})

test('a deleted record keeps its header and has no paper; the token leads on', () => {
  const answer = parseOai(fixture('oai-list.xml'))
  expect(answer).toMatchObject({
    kind: 'records',
    responseDate: '2025-09-03T02:46:10Z',
    resumptionToken: 'verb%3DListRecords%26skip%3D2',
  })
  expect(answer.kind === 'records' && answer.records[2]).toEqual({
    identifier: 'oai:arXiv.org:2508.99999',
    datestamp: '2025-09-03',
  })
})

test('one record that can’t be read does not hold up the others, but a recorded answer with it is refused', () => {
  const broken = fixture('oai-list.xml').replace('<title>1984</title>', '<title> </title>')
  const answer = parseOai(broken)
  expect(answer.kind === 'records' && answer.records.map((record) => record.paper?.id)).toEqual([
    'arxiv:2509.00123',
    undefined,
    undefined,
  ])
  expect(() => parseOaiPapers(broken)).toThrow('arxiv:math/0309136 without a title')
})

test('no matching records are no papers; any other refusal is an error with its code', () => {
  expect(parseOaiPapers(fixture('oai-none.xml'))).toEqual([])
  const refused = fixture('oai-none.xml').replace('noRecordsMatch', 'badArgument')
  expect(attempt(() => parseOaiPapers(refused))).toMatchObject({
    failure: 'rejected',
    message: expect.stringContaining('badArgument'),
  })
})

test('a list of nothing and an answer to another request are not taken for an empty result', () => {
  const head = '<OAI-PMH><responseDate>2025-09-03T02:46:10Z</responseDate>'
  expect(() => parseOai(`${head}<ListRecords></ListRecords></OAI-PMH>`)).toThrow('lists no record')
  expect(() => parseOai(`${head}<Identify></Identify></OAI-PMH>`)).toThrow('another request')
  expect(() => parseOai('<OAI-PMH><error code="noRecordsMatch"/></OAI-PMH>')).toThrow('no responseDate')
})

test('a feed tells version, type and announcement day, and its creators are split into names', () => {
  const feed = readFeed(fixture('feed.rss.xml'))
  expect(feed.day).toBe('2025-09-03')
  expect(feed.items.map((item) => item.type)).toEqual(['new', 'replace-cross'])
  expect(feed.items[0]?.paper).toMatchObject({
    id: 'arxiv:2509.00123',
    version: 1,
    announced: '2025-09-03',
    abstract: "We plan with small models; it's enough that a & b < c.",
    authors: [
      { name: 'Paulo André Lima de Castro', affiliation: 'Porto, Portugal' },
      { name: 'Sammy Davis Jr.' },
      { name: 'Yang Liu' },
    ],
  })
  const replaced = feed.items[1]?.paper
  expect(replaced).toMatchObject({ version: 3, journalRef: 'Games 7 (2025)', aliases: ['doi:10.1000/games.7'] })
  expect(replaced?.authors.map((author) => author.name)).toEqual(['Ada Lovelace', 'Charles Babbage'])
  expect(replaced).not.toHaveProperty('announced')
})

test('a feed without items is a day without announcements; a refused one is an error', () => {
  expect(parseRss(fixture('feed-empty.rss.xml'))).toEqual([])
  expect(attempt(() => parseRss(fixture('feed-empty.rss.xml'), 400))).toMatchObject({ failure: 'rejected' })
  const error = fixture('feed-empty.rss.xml').replace('cs.AI updates on arXiv.org', 'Feed error for query: cs.XX')
  expect(attempt(() => parseRss(error))).toMatchObject({ failure: 'rejected' })
})

test('an entry of the query API has its primary category first, instants and affiliations', () => {
  expect(parseApi(fixture('api.xml'))[0]).toMatchObject({
    id: 'arxiv:2403.16981',
    version: 2,
    categories: ['math.ST', 'cs.IT'],
    venue: 'arXiv.org Statistics Theory',
    published: '2024-03-25T17:42:32Z',
    updated: '2025-05-24T05:50:33Z',
    authors: [{ name: 'Ankit Pensia', affiliation: 'IBM' }, { name: 'Po-Ling Loh' }],
    links: { html: 'https://arxiv.org/html/2403.16981v2' },
  })
})

test('an error feed is not a paper, whatever its status', () => {
  for (const status of [200, 400]) {
    expect(attempt(() => parseApi(fixture('api-error.xml'), status))).toMatchObject({
      failure: 'rejected',
      message: expect.stringContaining('incorrect id format for abc'),
    })
  }
  expect(attempt(() => parseApi(fixture('api.xml'), 400))).toMatchObject({ failure: 'rejected' })
})

test('an Atom feed of something else is not an empty result', () => {
  expect(() => readApi('<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>')).toThrow(
    'without a number of results',
  )
})

function attempt(task: () => unknown): SourceError {
  try {
    task()
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
  throw new Error('expected a SourceError')
}
