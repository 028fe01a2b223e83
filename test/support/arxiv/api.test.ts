import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Announcement } from '../../../src/cli/replay/event.ts'
import { anAnnouncement, manyAnnouncements } from './announcements.ts'
import { ask, numbersOf, replayAt, shapeOf, texts } from './ask.ts'

const NOON = '2025-09-09T12:00:00Z'
const query = (events: readonly Announcement[], params: Record<string, string>) =>
  ask(replayAt(NOON, events), `/api/query?${new URLSearchParams(params)}`)
const found = (events: readonly Announcement[], search: string) =>
  numbersOf(query(events, { search_query: search, max_results: '100' }).body)

const kaplan = anAnnouncement({
  id: '2509.00001',
  title: 'Scaling Laws for Lanterns',
  authors: [
    { keyname: 'Kaplan', forenames: 'Jared' },
    { keyname: 'Müller', forenames: 'Jean-Luc' },
  ],
  categories: ['cs.LG', 'stat.ML'],
  comments: '12 pages, 3 figures',
  journalRef: 'J. Lanterns 3',
  created: '2025-09-05',
})
const other = anAnnouncement({
  id: '2509.00002',
  title: 'Laws of Lamp Scaling',
  authors: [
    { keyname: 'Kaplan', forenames: 'Mira' },
    { keyname: 'Jared', forenames: 'Tom' },
  ],
  categories: ['cs.AI'],
  created: '2025-09-06',
})
const both = [kaplan, other]

// info.arxiv.org/help/api/user-manual, 5.1
describe('search_query, as documented', () => {
  it.each([
    ['ti:lanterns', ['2509.00001']],
    ['ti:"scaling laws"', ['2509.00001']],
    ['ti:scaling', ['2509.00001', '2509.00002']],
    ['abs:suffices', ['2509.00001', '2509.00002']],
    ['co:figures', ['2509.00001']],
    ['jr:lanterns', ['2509.00001']],
    ['cat:stat.ML', ['2509.00001']],
    ['cat:cs.*', ['2509.00001', '2509.00002']],
    ['id:2509.00002', ['2509.00002']],
    ['all:mira', ['2509.00002']],
    ['ti:lantern*', ['2509.00001']],
    ['ti:scaling AND cat:cs.AI', ['2509.00002']],
    ['ti:lanterns OR ti:lamp', ['2509.00001', '2509.00002']],
    ['ti:scaling ANDNOT ti:lamp', ['2509.00001']],
    ['(ti:lanterns OR ti:lamp) AND cat:cs.AI', ['2509.00002']],
  ])('%s', (search, numbers) => {
    expect([...found(both, search)].sort()).toEqual(numbers)
  })

  it('submittedDate is version 1’s date in UTC, to the minute; a date alone is its whole day', () => {
    expect(found(both, 'submittedDate:[202509050000 TO 202509052359]')).toEqual(['2509.00001'])
    expect(found(both, 'submittedDate:[20250906 TO 20250906]')).toEqual(['2509.00002'])
    const revised = { ...kaplan, version: 2, updated: '2025-09-08' }
    expect(found([revised], 'submittedDate:[20250908 TO 20250908]')).toEqual([])
  })
})

// github.com/arXiv/arxiv-search, as deployed in November 2025
describe('search_query, as deployed', () => {
  it('a quoted author is all its words within one name, in any order', () => {
    expect(found(both, 'au:"Jared Kaplan"')).toEqual(['2509.00001'])
    expect(found(both, 'au:"Kaplan Jared"')).toEqual(['2509.00001'])
  })

  it('an initial is a word of its own and does not match a full forename', () => {
    expect(found(both, 'au:"Kaplan J"')).toEqual([])
  })

  it.each(['au:Muller', 'au:müller', 'au:Mueller'])('diacritics are folded on both sides: %s', (search) => {
    expect(found(both, search)).toEqual(['2509.00001'])
  })

  it('a hyphened name is one word', () => {
    expect([found(both, 'au:"Jean-Luc"'), found(both, 'au:Jean')]).toEqual([['2509.00001'], []])
  })

  it('an unquoted second word becomes OR all:', () => {
    expect(query(both, { search_query: 'au:Jared Kaplan' }).body).toContain('search_query=au:Jared OR all:Kaplan&amp;')
    expect(found(both, 'au:Mira Lanterns')).toHaveLength(2)
  })

  it('there is no precedence: a AND b OR c is a AND (b OR c)', () => {
    expect(found(both, 'cat:cs.AI AND ti:lamp OR ti:lanterns')).toEqual(['2509.00002'])
    expect(query(both, { search_query: 'ti:a ANDNOT ti:b AND ti:c' }).body).toContain('ti:a+ANDNOT+(ti:b+AND+ti:c)')
  })

  it('a prefix before a parenthesis holds for all in it', () => {
    expect(query(both, { search_query: 'ti:(lamp OR tower)' }).body).toContain('search_query=ti:lamp OR ti:tower&amp;')
  })

  it('AND NOT and NOT are ANDNOT', () => {
    expect(found(both, 'ti:scaling AND NOT ti:lamp')).toEqual(['2509.00001'])
    expect(found(both, 'ti:scaling NOT ti:lamp')).toEqual(['2509.00001'])
  })

  it('underscores are spaces for the first term only', () => {
    expect(found(both, 'au:Kaplan_Mira')).toEqual(['2509.00002'])
    expect(found(both, 'au:Kaplan_Mira OR au:Kaplan_Jared')).toEqual(['2509.00002'])
    expect(found(both, 'ti:laws_of AND au:Kaplan_Mira')).toEqual([])
  })

  it('lastUpdatedDate filters by submission', () => {
    const revised = { ...kaplan, version: 2, updated: '2025-09-08' }
    expect(found([revised], 'lastUpdatedDate:[20250908 TO 20250908]')).toEqual([])
    expect(found([revised], 'lastUpdatedDate:[20250905 TO 20250905]')).toEqual(['2509.00001'])
  })

  it('an open end (TO *) is mangled into words, and the filter is lost', () => {
    expect(found(both, 'submittedDate:[209901010000 TO *]')).toHaveLength(2)
    expect(query(both, { search_query: 'submittedDate:[209901010000 TO *]' }).body).toContain('all:TO')
  })
})

describe('id_list', () => {
  const second = {
    ...kaplan,
    version: 2,
    updated: '2025-09-08',
    title: 'Scaling Laws, Revised',
    announce: 'replace' as const,
  }
  const papers = [kaplan, second, other, anAnnouncement({ id: 'quant-ph/0201082', created: '2002-01-15' })]

  it('without a version the current one, with one that version', () => {
    const { body } = query(papers, { id_list: '2509.00001,2509.00001v1' })
    expect(texts(body, 'title').slice(1)).toEqual(['Scaling Laws, Revised', 'Scaling Laws for Lanterns'])
    expect(texts(body, 'id').slice(1)).toEqual([
      'http://arxiv.org/abs/2509.00001v2',
      'http://arxiv.org/abs/2509.00001v1',
    ])
  })

  it('takes old numbers; unknown numbers and versions are left out', () => {
    const { body } = query(papers, { id_list: 'quant-ph/0201082v1,0000.0000,2509.00002v7' })
    expect([numbersOf(body), texts(body, 'opensearch:totalResults')]).toEqual([['quant-ph/0201082'], ['1']])
  })

  it('with a search_query only what answers it', () => {
    expect(numbersOf(query(papers, { id_list: '2509.00001,2509.00002', search_query: 'ti:lamp' }).body)).toEqual([
      '2509.00002',
    ])
  })

  it('a search finds current versions only', () => {
    expect([found(papers, 'ti:revised'), found(papers, 'ti:"laws for"')]).toEqual([['2509.00001'], []])
  })

  it('a deleted record is not found', () => {
    expect(numbersOf(query([kaplan, { ...kaplan, deleted: true }], { id_list: '2509.00001' }).body)).toEqual([])
  })
})

describe('paging and order', () => {
  it('ten results unless told otherwise, totals of all', () => {
    const { body } = query(manyAnnouncements(25), { search_query: 'cat:cs.AI' })
    expect([
      numbersOf(body).length,
      texts(body, 'opensearch:totalResults'),
      texts(body, 'opensearch:itemsPerPage'),
    ]).toEqual([10, ['25'], ['10']])
  })

  it('start is counted from 0; beyond the end there is an empty feed', () => {
    const at = (start: string) => query(manyAnnouncements(25), { search_query: 'cat:cs.AI', start })
    expect([numbersOf(at('20').body).length, numbersOf(at('25').body).length]).toEqual([5, 0])
    expect(texts(at('20').body, 'opensearch:startIndex')).toEqual(['20'])
  })

  it('at most 2,000 a request', () => {
    const { body } = query(manyAnnouncements(2100), { search_query: 'cat:cs.AI', max_results: '3000' })
    expect(numbersOf(body)).toHaveLength(2000)
  })

  it('sorts by the submission of version 1 or of the current version', () => {
    const events = [{ ...kaplan, version: 2, updated: '2025-09-08' }, other]
    const sorted = (sortBy: string, sortOrder: string) =>
      numbersOf(query(events, { search_query: 'ti:scaling', sortBy, sortOrder }).body)
    expect(sorted('submittedDate', 'ascending')).toEqual(['2509.00001', '2509.00002'])
    expect(sorted('submittedDate', 'descending')).toEqual(['2509.00002', '2509.00001'])
    expect(sorted('lastUpdatedDate', 'ascending')).toEqual(['2509.00002', '2509.00001'])
  })
})

describe('errors', () => {
  it.each([
    [{ id_list: 'abc' }, 'incorrect id format for abc', 'incorrect_id_format_for_abc'],
    [{ search_query: 'x', start: 'one' }, 'start must be an integer', 'start_must_be_an_integer'],
    [{ search_query: 'x', start: '-1' }, 'start must be non-negative', 'start_must_be_non-negative'],
    [{ search_query: 'x', max_results: 'ten' }, 'max_results must be an integer', 'max_results_must_be_an_integer'],
    [{ search_query: 'x', max_results: '-1' }, 'max_results must be non-negative', 'max_results_must_be_non-negative'],
  ])('%j is a feed with one entry "Error", status 400', (params, message, anchor) => {
    const answer = query(both, params)
    expect(answer.status).toBe(400)
    expect(texts(answer.body, 'title')).toEqual(['arXiv Search Results', 'Error'])
    expect([texts(answer.body, 'summary'), texts(answer.body, 'opensearch:totalResults')]).toEqual([[message], ['1']])
    expect(answer.body).toContain(`<id>https://arxiv.org/api/errors#${anchor}</id>`)
  })

  it.each([
    [{}],
    [{ search_query: 'x', sortBy: 'title' }],
    [{ search_query: 'x', sortOrder: 'up' }],
    [{ search_query: '(ti:x' }],
    [{ search_query: 'ti:x)' }],
    [{ search_query: 'x', start: '30000' }],
  ])('%j is status 400', (params) => {
    expect(query(both, params).status).toBe(400)
  })

  it('max_results=0 is a failure of the server', () => {
    expect(query(both, { search_query: 'x', max_results: '0' }).status).toBe(500)
  })
})

describe('an entry', () => {
  it('has the 2026 form: http ids, https links, version, times to the second', () => {
    const { body } = query([{ ...kaplan, version: 2, updated: '2025-09-08', doi: '10.1000/l.3' }], {
      id_list: '2509.00001',
    })
    expect(body).toContain('<id>http://arxiv.org/abs/2509.00001v2</id>')
    expect(body).toContain(
      '<link href="https://arxiv.org/pdf/2509.00001v2" rel="related" type="application/pdf" title="pdf"/>',
    )
    expect(body).toContain('<link rel="related" href="https://doi.org/10.1000/l.3" title="doi"/>')
    expect(texts(body, 'published')[0]).toMatch(/^2025-09-05T\d\d:\d\d:\d\dZ$/)
    expect(texts(body, 'updated')[1]).toMatch(/^2025-09-08T\d\d:\d\d:\d\dZ$/)
    expect(texts(body, 'name')).toEqual(['Jared Kaplan', 'Jean-Luc Müller'])
  })

  it('leaves a space before a name that has no forenames', () => {
    const atlas = anAnnouncement({ authors: [{ keyname: 'The ATLAS Collaboration' }] })
    expect(texts(query([atlas], { id_list: '2509.06001' }).body, 'name')).toEqual([' The ATLAS Collaboration'])
  })
})

const recorded = new URL('../../../../shared/data/arxiv-api/', import.meta.url)
describe.skipIf(!existsSync(recorded))('beside real answers of 2026 (skipped where ../shared is missing)', () => {
  const real = (file: string) => readFileSync(new URL(file, recorded), 'utf8')

  it('an entry with comment, journal reference and DOI has the same elements in the same order', () => {
    const paper = anAnnouncement({
      id: '1207.7214',
      comments: 'c',
      journalRef: 'j',
      doi: 'd',
      authors: [{ keyname: 'A' }],
    })
    expect(shapeOf(query([paper], { id_list: '1207.7214' }).body, 'feed')).toEqual(
      shapeOf(real('api_1207.7214.xml'), 'feed'),
    )
  })

  it('an error and an empty answer have the same elements in the same order', () => {
    expect(shapeOf(query([], { id_list: 'abc' }).body, 'feed')).toEqual(shapeOf(real('api_error_start.xml'), 'feed'))
    expect(shapeOf(query([], { id_list: '0000.0000' }).body, 'feed')).toEqual(
      shapeOf(real('api_zero_results.xml'), 'feed'),
    )
  })

  it('the feed’s title and id are made of the query as in every recorded answer', () => {
    const addresses = readdirSync(recorded).filter((file) => file.endsWith('.url') && !file.includes('abc'))
    expect(addresses.length).toBeGreaterThan(10)
    for (const file of addresses) {
      const [, address = ''] = real(file).trim().split(' ')
      const answer = ask(replayAt(NOON, []), `/api/query${new URL(address).search}`).body
      const theirs = real(file.replace('.url', '.xml'))
      const made = (body: string) => [texts(body, 'id')[0], texts(body, 'title')[0], /<link [^>]+>/.exec(body)?.[0]]
      expect(made(answer)).toEqual(made(theirs))
    }
  })
})
