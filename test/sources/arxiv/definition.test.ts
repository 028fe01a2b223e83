import { expect, test } from 'vitest'
import { arxiv } from '../../../src/sources/arxiv/definition.ts'
import { harvestPlan, oaiSet } from '../../../src/sources/arxiv/plan.ts'

const read = (values: Readonly<Record<string, string>>) => arxiv.settings.safeParse(values)
const loopback = {
  ARXIV_API_URL: 'http://127.0.0.1:1/api/query',
  ARXIV_OAI_URL: 'http://localhost:1/oai',
  ARXIV_RSS_URL: 'http://[::1]:1',
}

test('without a setting arXiv’s own addresses are asked for everything, every three seconds', () => {
  expect(read({}).data).toEqual({
    apiUrl: 'https://export.arxiv.org/api/query',
    oaiUrl: 'https://oaipmh.arxiv.org/oai',
    rssUrl: 'https://rss.arxiv.org',
    sets: [],
    spacingMs: 3_000,
    backfillSince: 'year',
  })
})

test('the catalogue is filled back to a day, wholly, or not at all', () => {
  for (const since of ['2020-01-31', 'all', 'none'])
    expect(read({ BACKFILL_SINCE: since }).data).toMatchObject({ backfillSince: since })
  expect(read({ BACKFILL_SINCE: 'yesterday' }).error?.issues[0]?.message).toBe('is no day YYYY-MM-DD, nor all or none')
})

test('the pause may be shorter only while all three addresses are this machine', () => {
  expect(read({ ...loopback, ARXIV_SPACING_MS: '10' }).data).toMatchObject({ spacingMs: 10 })
  for (const name of ['ARXIV_API_URL', 'ARXIV_OAI_URL', 'ARXIV_RSS_URL']) {
    const issue = read({ ...loopback, [name]: 'https://127.0.0.1.example.org/', ARXIV_SPACING_MS: '2999' }).error
      ?.issues[0]
    expect([issue?.path, issue?.message]).toEqual([
      ['ARXIV_SPACING_MS'],
      expect.stringContaining('must be at least 3000'),
    ])
  }
  expect(read({ ARXIV_SPACING_MS: '5000' }).data).toMatchObject({ spacingMs: 5_000 })
})

test('a set that arXiv does not have is named', () => {
  expect(read({ ARXIV_SETS: 'cs, hep-th stat.ML,astro-ph.CO' }).data).toMatchObject({
    sets: ['cs', 'hep-th', 'stat.ML', 'astro-ph.CO'],
  })
  for (const sets of ['cs.XX', 'csAI', 'cmp-lg', 'physics:hep-th', '*']) {
    expect(read({ ARXIV_SETS: sets }).error?.issues[0]).toMatchObject({
      path: ['ARXIV_SETS'],
      message: expect.stringContaining(`"${sets}"`),
    })
  }
})

test('an address that is none is named', () => {
  expect(read({ ARXIV_OAI_URL: 'oaipmh.arxiv.org' }).error?.issues[0]).toMatchObject({ path: ['ARXIV_OAI_URL'] })
})

test.each([
  ['cs', 'cs'],
  ['cs.AI', 'cs:cs:AI'],
  ['math.PR', 'math:math:PR'],
  ['hep-th', 'physics:hep-th'],
  ['astro-ph.CO', 'physics:astro-ph:CO'],
  ['physics', 'physics:physics'],
  ['physics.optics', 'physics:physics:optics'],
  ['math-ph', 'physics:math-ph'],
  ['q-bio.NC', 'q-bio:q-bio:NC'],
])('%s is the set %s', (name, set) => {
  expect(oaiSet(name)).toBe(set)
})

test('a day of everything is a handful of requests, and each category is in one feed', () => {
  const plan = harvestPlan([])
  expect(plan.windows).toEqual(['*'])
  expect(plan.feeds.length).toBeLessThanOrEqual(6)
  const members = plan.feeds.flatMap((feed) => feed.split('+'))
  expect(new Set(members).size).toBe(members.length)
  for (const name of ['cs.AI', 'cs.RO', 'math', 'hep-th', 'q-bio', 'eess']) expect(members).toContain(name)
})

test('chosen sets ask for no more than they need', () => {
  expect(harvestPlan(['cs.AI', 'cs'])).toMatchObject({ windows: ['cs'] })
  expect(harvestPlan(['stat.ML', 'hep-th'])).toMatchObject({
    windows: ['physics:hep-th', 'stat:stat:ML'],
    feeds: ['stat.ML', 'hep-th'],
  })
  expect(harvestPlan(['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG', 'stat.ML']).windows).toEqual(['*'])
  expect(harvestPlan(['cs']).wants(['math.PR', 'cs.LG'])).toBe(true)
  expect(harvestPlan(['cs']).wants(['math.PR'])).toBe(false)
})

test('three formats of recorded answers can be parsed', () => {
  expect(Object.keys(arxiv.formats)).toEqual(['arxiv-api', 'arxiv-oai', 'arxiv-rss'])
})
