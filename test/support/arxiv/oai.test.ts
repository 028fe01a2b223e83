import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { anAnnouncement, manyAnnouncements } from './announcements.ts'
import { ask, numbersOf, replayAt, shapeOf, texts } from './ask.ts'

const noon = '2025-09-09T12:00:00Z'
const LIST = '/oai?verb=ListRecords&metadataPrefix=arXiv'
const oai = (instant: string, events: Parameters<typeof replayAt>[1], query: string, pageSize?: number) =>
  ask(replayAt(instant, events, pageSize), query)
const errorOf = (body: string) => /<error code='(\w+)'>/.exec(body)?.[1]
const tokenOf = (body: string) => texts(body, 'resumptionToken')[0] ?? ''

// info.arxiv.org/help/oa; github.com/arXiv/oaipmh
describe('a record in the arXiv format', () => {
  const full = anAnnouncement({
    version: 2,
    updated: '2025-09-08',
    announce: 'replace',
    title: `Fermat's "last" <theorem> & more`,
    authors: [{ keyname: 'Gomez', forenames: 'Aidan N.', suffix: 'Jr.' }, { keyname: 'The ATLAS Collaboration' }],
    categories: ['cs.AI', 'hep-th', 'physics.optics'],
    comments: '12 pages',
    journalRef: 'J. Lanterns 3 (2025) 1-9',
    doi: '10.1000/lantern.3',
  })
  const body = oai(noon, [full], `${LIST}&from=2025-09-09`).body

  it('has names in parts, the suffix apart, a collaboration as a keyname alone', () => {
    expect(texts(body, 'keyname')).toEqual(['Gomez', 'The ATLAS Collaboration'])
    expect(texts(body, 'forenames')).toEqual(['Aidan N.'])
    expect(texts(body, 'suffix')).toEqual(['Jr.'])
  })

  it('says categories in one element, primary first, and a set a category', () => {
    expect(texts(body, 'categories')).toEqual(['cs.AI hep-th physics.optics'])
    expect(texts(body, 'setSpec')).toEqual(['cs:cs:AI', 'physics:hep-th', 'physics:physics:optics'])
  })

  it('escapes quotes and apostrophes as numeric references', () => {
    expect(texts(body, 'title')).toEqual(['Fermat&#39;s &#34;last&#34; &lt;theorem&gt; &amp; more'])
  })

  it('has no version; created is the current version’s day, updated the record’s last change', () => {
    expect(body).not.toContain('version="v')
    expect([texts(body, 'created'), texts(body, 'updated')]).toEqual([['2025-09-08'], ['2025-09-09']])
  })

  it('has no updated where the record was not touched since its announcement', () => {
    expect(texts(oai(noon, [anAnnouncement()], `${LIST}&from=2025-09-09`).body, 'updated')).toEqual([])
  })

  it('is the latest version only', () => {
    const bodies = oai(
      '2025-09-10T12:00:00Z',
      [anAnnouncement(), { ...full, announced: '2025-09-10' }],
      `${LIST}&from=2025-09-09`,
    ).body
    expect([numbersOf(bodies), texts(bodies, 'comments')]).toEqual([['2509.06001'], ['12 pages']])
  })
})

describe('other formats', () => {
  it('arXivRaw lists every version with its date', () => {
    const second = anAnnouncement({ version: 2, updated: '2025-09-08', announce: 'replace', announced: '2025-09-10' })
    const path = '/oai?verb=GetRecord&identifier=oai:arXiv.org:2509.06001&metadataPrefix=arXivRaw'
    const { body } = oai('2025-09-10T12:00:00Z', [anAnnouncement(), second], path)
    expect(texts(body, 'date').map((date) => date.slice(0, 16))).toEqual(['Sun, 07 Sep 2025', 'Mon, 08 Sep 2025'])
    expect(texts(body, 'authors')).toEqual(['Ngozi Okafor'])
  })

  it('oai_dc has names with the family first and both dates', () => {
    const path = '/oai?verb=GetRecord&identifier=oai:arXiv.org:2509.06001&metadataPrefix=oai_dc'
    const { body } = oai(noon, [anAnnouncement({ version: 2, updated: '2025-09-08' })], path)
    expect([texts(body, 'dc:creator'), texts(body, 'dc:date')]).toEqual([
      ['Okafor, Ngozi'],
      ['2025-09-07', '2025-09-08'],
    ])
  })

  it('an unknown format is cannotDisseminateFormat, status 200', () => {
    const answer = oai(noon, [anAnnouncement()], '/oai?verb=ListRecords&metadataPrefix=marc')
    expect([answer.status, errorOf(answer.body)]).toEqual([200, 'cannotDisseminateFormat'])
  })
})

describe('selecting', () => {
  const papers = [
    anAnnouncement({ id: '2509.06001', categories: ['cs.AI'] }),
    anAnnouncement({ id: '2509.06002', categories: ['hep-th', 'cs.LG'] }),
    anAnnouncement({ id: '2509.06003', categories: ['physics.optics'], announced: '2025-09-10' }),
  ]
  const at = '2025-09-10T12:00:00Z'

  it.each([
    ['cs', ['2509.06001', '2509.06002']],
    ['cs:cs:AI', ['2509.06001']],
    ['physics:hep-th', ['2509.06002']],
    ['physics', ['2509.06002', '2509.06003']],
    ['physics:physics', ['2509.06003']],
  ])('set %s holds all below it, cross-lists too', (set, numbers) => {
    expect(numbersOf(oai(at, papers, `${LIST}&set=${set}`).body)).toEqual(numbers)
  })

  it('from and until are days, both inclusive', () => {
    expect(numbersOf(oai(at, papers, `${LIST}&from=2025-09-10`).body)).toEqual(['2509.06003'])
    expect(numbersOf(oai(at, papers, `${LIST}&from=2025-09-09&until=2025-09-09`).body)).toEqual([
      '2509.06001',
      '2509.06002',
    ])
  })

  it('a datestamp is the last change, so a revised paper leaves its old day', () => {
    const revised = anAnnouncement({ version: 2, announce: 'replace', announced: '2025-09-10' })
    const { body } = oai(at, [anAnnouncement(), revised], `${LIST}&until=2025-09-09`)
    expect(errorOf(body)).toBe('noRecordsMatch')
  })

  it.each([
    ['a set that does not exist', `${LIST}&set=cs:AI`],
    ['a day that is none', `${LIST}&from=2025-9-1`],
    ['from after until', `${LIST}&from=2025-09-09&until=2025-09-08`],
    ['from tomorrow', `${LIST}&from=2025-09-11`],
    ['from before the earliest datestamp', `${LIST}&from=2005-09-15`],
    ['until in the far future', `${LIST}&until=2025-09-12`],
    ['no metadataPrefix', '/oai?verb=ListRecords'],
    ['an argument that is repeated', `${LIST}&metadataPrefix=arXiv`],
    ['an argument that does not exist', `${LIST}&page=2`],
    ['an identifier in another form', '/oai?verb=GetRecord&metadataPrefix=arXiv&identifier=2509.06001'],
  ])('%s is badArgument, status 200, and the request is not echoed', (_, path) => {
    const answer = oai(at, papers, path)
    expect([answer.status, errorOf(answer.body)]).toEqual([200, 'badArgument'])
    expect(answer.body).toContain('<request>http://oaipmh.arxiv.org/oai</request>')
  })

  it('nothing found is noRecordsMatch, which caches may keep until 00:00 UTC', () => {
    const answer = oai('2025-09-09T23:00:00Z', [], `${LIST}&from=2025-09-09`)
    expect([answer.status, errorOf(answer.body)]).toEqual([200, 'noRecordsMatch'])
    expect(answer.headers['surrogate-control']).toBe('max-age=3600')
  })

  it('an unknown paper is idDoesNotExist, an unknown verb badVerb', () => {
    const unknown = oai(at, papers, '/oai?verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:2509.99999')
    expect([errorOf(unknown.body), errorOf(oai(at, papers, '/oai?verb=List').body)]).toEqual([
      'idDoesNotExist',
      'badVerb',
    ])
  })

  it('a deleted record keeps its header and nothing else', () => {
    const gone = anAnnouncement({ announced: '2025-09-10', announce: 'replace', deleted: true })
    const { body } = oai(at, [anAnnouncement(), gone], LIST)
    expect(body).toContain('<header status="deleted">')
    expect([texts(body, 'datestamp'), body.includes('<metadata>')]).toEqual([['2025-09-10'], false])
  })
})

describe('paging', () => {
  const many = manyAnnouncements(7)
  const follow = (token: string) => `/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`

  it('pages of 2,500 records, 20,000 identifiers', () => {
    const events = manyAnnouncements(2501)
    const page = oai(noon, events, `${LIST}&from=2025-09-09`).body
    expect([numbersOf(page).length, tokenOf(page) !== '']).toEqual([2500, true])
    const ids = oai(noon, events, '/oai?verb=ListIdentifiers&metadataPrefix=arXiv&from=2025-09-09').body
    expect([numbersOf(ids).length, ids.includes('resumptionToken')]).toEqual([2501, false])
  })

  it('the tokens lead through all records once; the last page has an empty token; none says a total or a cursor', () => {
    const replay = replayAt(noon, many, 3)
    const first = ask(replay, `${LIST}&from=2025-09-09`).body
    const second = ask(replay, follow(tokenOf(first))).body
    const third = ask(replay, follow(tokenOf(second))).body
    expect([first, second, third].flatMap(numbersOf)).toEqual(many.map((paper) => paper.id))
    expect(third).toContain('<resumptionToken/>')
    expect(first).toMatch(/<resumptionToken expires='2025-09-10T00:00:00Z'>/)
    expect(first).not.toMatch(/completeListSize|cursor/)
  })

  it('a record that changes while its day is paged leaves that day, and the next one is skipped unseen', () => {
    // The token counts what it left out of its first day; only a later harvest that overlaps finds the skipped record.
    const days = [...manyAnnouncements(3), ...manyAnnouncements(4, { announced: '2025-09-10' }, 4)]
    const replay = replayAt('2025-09-10T12:00:00Z', days, 2)
    const first = ask(replay, `${LIST}&from=2025-09-01`).body
    replay.add([{ ...anAnnouncement(days[0]), version: 2, announce: 'replace' }], Date.parse('2025-09-10T11:00:00Z'))
    const seen = [...numbersOf(first)]
    for (let token = tokenOf(first); token !== ''; ) {
      const { body } = ask(replay, follow(token))
      seen.push(...numbersOf(body))
      token = tokenOf(body)
    }
    const all = days.map((paper) => paper.id)
    expect(all.filter((id) => !seen.includes(id))).toEqual(['2509.00003'])
    expect(seen.filter((id) => id === '2509.00001')).toHaveLength(2)
  })

  it('a token ends at the next 00:00 UTC: badResumptionToken', () => {
    const token = tokenOf(oai('2025-09-09T23:59:59Z', many, `${LIST}&from=2025-09-09`, 3).body)
    expect(errorOf(oai('2025-09-09T23:59:59Z', many, follow(token), 3).body)).toBeUndefined()
    expect(errorOf(oai('2025-09-10T00:00:00Z', many, follow(token), 3).body)).toBe('badResumptionToken')
  })

  it('a token of another verb or a made-up one is badResumptionToken; one with other arguments badArgument', () => {
    const token = tokenOf(oai(noon, many, `${LIST}&from=2025-09-09`, 3).body)
    const other = `/oai?verb=ListIdentifiers&resumptionToken=${encodeURIComponent(token)}`
    expect(errorOf(oai(noon, many, other).body)).toBe('badResumptionToken')
    expect(errorOf(oai(noon, many, follow('made up %FF')).body)).toBe('badResumptionToken')
    expect(errorOf(oai(noon, many, `${follow(token)}&metadataPrefix=arXiv`).body)).toBe('badArgument')
  })
})

describe('the repository', () => {
  it('identifies itself: day granularity, persistent deletion, responseDate to the second', () => {
    const { body } = oai(noon, [], '/oai?verb=Identify')
    expect([texts(body, 'granularity'), texts(body, 'deletedRecord'), texts(body, 'responseDate')]).toEqual([
      ['YYYY-MM-DD'],
      ['persistent'],
      ['2025-09-09T12:00:00Z'],
    ])
  })

  it('lists its sets, group:archive:CATEGORY, and its formats', () => {
    const sets = texts(oai(noon, [], '/oai?verb=ListSets').body, 'setSpec')
    expect(sets).toEqual(
      expect.arrayContaining(['cs', 'cs:cs', 'cs:cs:AI', 'physics', 'physics:hep-th', 'physics:astro-ph:CO']),
    )
    expect(sets.filter((set) => /hep-th|cmp-lg/.test(set))).toEqual(['physics:hep-th'])
    expect(texts(oai(noon, [], '/oai?verb=ListMetadataFormats').body, 'metadataPrefix')).toEqual([
      'oai_dc',
      'arXiv',
      'arXivRaw',
    ])
  })
})

const recorded = new URL('../../../../shared/data/arxiv-oai/', import.meta.url)
describe.skipIf(!existsSync(recorded))('beside real answers of 2026 (skipped where ../shared is missing)', () => {
  const compare = (file: string, prefix: string, event: Parameters<typeof anAnnouncement>[0], within: string) => {
    const real = readFileSync(new URL(file, recorded), 'utf8')
    const paper = anAnnouncement({ announced: '2025-09-09', ...event })
    const path = `/oai?verb=GetRecord&identifier=oai:arXiv.org:${paper.id}&metadataPrefix=${prefix}`
    const ours = oai(noon, [paper], path).body
    // Report numbers are not replayed, and arXiv writes some addresses more.
    const real2 = shapeOf(real, within).filter((name) => name !== 'report-no')
    const collapse = (names: readonly string[]) => names.filter((name, index) => name !== names[index - 1])
    expect(collapse(shapeOf(ours, within))).toEqual(collapse(real2))
  }

  it('the elements of an arXiv record come in the same order', () => {
    const given = { id: '1207.7214', version: 2, created: '2012-07-31', updated: '2012-08-31' }
    const authors = [{ keyname: 'The ATLAS Collaboration' }]
    compare(
      '2026-oai_arxiv_1207.7214.xml',
      'arXiv',
      { ...given, authors, comments: 'c', journalRef: 'j', doi: 'd' },
      'OAI-PMH',
    )
  })

  it('the elements of an arXivRaw record come in the same order', () => {
    compare(
      '2026-oai_raw_1706.03762.xml',
      'arXivRaw',
      { id: '1706.03762', version: 7, comments: 'c', categories: ['cs.CL', 'cs.LG'] },
      'OAI-PMH',
    )
  })
})
