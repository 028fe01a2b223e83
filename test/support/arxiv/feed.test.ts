import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Announcement } from '../../../src/cli/replay/event.ts'
import { anAnnouncement, manyAnnouncements } from './announcements.ts'
import { ask, numbersOf, replayAt, shapeOf, texts } from './ask.ts'

const TUESDAY = '2025-09-09T12:00:00Z'
const feed = (path: string, events: readonly Announcement[], at = TUESDAY) => ask(replayAt(at, events), path)
const kinds = (path: string, events: readonly Announcement[]) => {
  const { body } = feed(path, events)
  const found = texts(body, 'arxiv:announce_type')
  return numbersOf(body).map((number, index) => `${number} ${found[index]}`)
}

// info.arxiv.org/help/rss, help/rss_specifications; github.com/arXiv/arxiv-feed
describe('an item', () => {
  const full = anAnnouncement({
    version: 3,
    announce: 'replace',
    title: "Fermat's <last> theorem",
    authors: [
      { keyname: 'Gomez', forenames: 'Aidan N.', suffix: 'Jr.' },
      { keyname: 'García', forenames: 'André' },
    ],
    categories: ['cs.CL', 'cs.AI'],
    doi: '10.1000/lantern.3',
    journalRef: 'J. Lanterns 3',
  })
  const { body, headers } = feed('/rss/cs.AI', [full])

  it('has the guid with the version, the link without, and every category', () => {
    expect(body).toContain('<guid isPermaLink="false">oai:arXiv.org:2509.06001v3</guid>')
    expect(texts(body, 'link')).toEqual(['http://rss.arxiv.org/rss/cs.AI', 'https://arxiv.org/abs/2509.06001'])
    expect(texts(body, 'category')).toEqual(['cs.CL', 'cs.AI'])
  })

  it('says number, kind and abstract in its description', () => {
    expect(texts(body, 'description')[1]).toBe(
      'arXiv:2509.06001v3 Announce Type: replace-cross \nAbstract: We count lanterns. A sparse attention map suffices for it.',
    )
  })

  it('has all authors in one string joined by commas, accents in TeX', () => {
    expect(texts(body, 'dc:creator')).toEqual(["Aidan N. Gomez Jr., Andr\\'e Garc\\'ia"])
  })

  it('is dated midnight Eastern of the listing date, in summer and in winter', () => {
    expect(texts(body, 'pubDate')).toEqual(['Tue, 09 Sep 2025 00:00:00 -0400', 'Tue, 09 Sep 2025 00:00:00 -0400'])
    const winter = feed('/rss/cs.AI', [], '2025-11-12T12:00:00Z').body
    expect(texts(winter, 'pubDate')).toEqual(['Wed, 12 Nov 2025 00:00:00 -0500'])
  })

  it('has DOI and journal reference where the paper has', () => {
    expect([texts(body, 'arxiv:DOI'), texts(body, 'arxiv:journal_reference')]).toEqual([
      ['10.1000/lantern.3'],
      ['J. Lanterns 3'],
    ])
  })

  it('escapes only what must be', () => {
    expect(texts(body, 'title')[1]).toBe("Fermat's &lt;last&gt; theorem")
    expect(headers['content-type']).toContain('application/rss+xml')
  })
})

describe('what a feed lists', () => {
  it('new only where the primary category was asked for, else cross; replacements likewise', () => {
    const events = [
      anAnnouncement({ id: '2509.06001', categories: ['cs.AI', 'cs.CL'] }),
      anAnnouncement({ id: '2508.00001', version: 2, announce: 'replace', categories: ['cs.AI', 'cs.CL'] }),
    ]
    expect(kinds('/rss/cs.AI', events)).toEqual(['2509.06001 new', '2508.00001 replace'])
    expect(kinds('/rss/cs.CL', events)).toEqual(['2509.06001 cross', '2508.00001 replace-cross'])
    expect(kinds('/rss/cs.CL+cs.AI', events)).toEqual(['2509.06001 new', '2508.00001 replace'])
    expect(kinds('/rss/cs', events)).toEqual(['2509.06001 new', '2508.00001 replace'])
    expect(kinds('/rss/math', events)).toEqual([])
  })

  it('new, cross, replace, replace-cross; within a kind the higher number first', () => {
    const events = [
      anAnnouncement({ id: '2509.00001', version: 2, announce: 'replace', categories: ['cs.CL', 'cs.AI'] }),
      anAnnouncement({ id: '2509.00002', version: 2, announce: 'replace' }),
      anAnnouncement({ id: '2509.00003' }),
      anAnnouncement({ id: '2509.00004', categories: ['cs.CL', 'cs.AI'] }),
      anAnnouncement({ id: '2509.00005' }),
    ]
    expect(kinds('/rss/cs.AI', events)).toEqual([
      '2509.00005 new',
      '2509.00003 new',
      '2509.00004 cross',
      '2509.00002 replace',
      '2509.00001 replace-cross',
    ])
  })

  it('a later cross-listing only in the categories that were added', () => {
    const crossed = anAnnouncement({ announce: 'cross', categories: ['cs.AI', 'stat.ML'] })
    const events = [anAnnouncement({ announced: '2025-09-08' }), crossed]
    expect(kinds('/rss/stat.ML', events)).toEqual(['2509.06001 cross'])
    expect(kinds('/rss/cs.AI', events)).toEqual([])
  })

  it('replacements by version 6 or higher not at all', () => {
    const replaced = (version: number) => anAnnouncement({ version, announce: 'replace' })
    expect(kinds('/rss/cs.AI', [replaced(5)])).toEqual(['2509.06001 replace'])
    expect(kinds('/rss/cs.AI', [replaced(6)])).toEqual([])
  })

  it('one item a paper, the foremost kind', () => {
    const events = [anAnnouncement({ version: 2, announce: 'replace' }), anAnnouncement()]
    expect(kinds('/rss/cs.AI', events)).toEqual(['2509.06001 new'])
  })

  it('at most 2,000 items', () => {
    expect(numbersOf(feed('/rss/cs.AI', manyAnnouncements(2001)).body)).toHaveLength(2000)
  })

  it('only the day’s announcements: a missed day is gone', () => {
    expect(numbersOf(feed('/rss/cs.AI', [anAnnouncement()], '2025-09-10T12:00:00Z').body)).toEqual([])
  })

  it('nothing on Saturday and Sunday, which skipDays say, and nothing on a holiday', () => {
    const saturday = feed('/rss/cs.AI', [anAnnouncement({ announced: '2025-09-13' })], '2025-09-13T12:00:00Z')
    expect([saturday.status, numbersOf(saturday.body), texts(saturday.body, 'day')]).toEqual([
      200,
      [],
      ['Sunday', 'Saturday'],
    ])
    expect(numbersOf(feed('/rss/cs.AI', [anAnnouncement()], '2025-11-27T12:00:00Z').body)).toEqual([])
  })
})

describe('the transport', () => {
  it('an ETag that stands all day, 304 to whoever has it', () => {
    const morning = replayAt('2025-09-09T05:00:00Z', [anAnnouncement()])
    const { etag = '' } = ask(morning, '/rss/cs.AI').headers
    const again = ask(replayAt('2025-09-10T01:00:00Z', [anAnnouncement()]), '/rss/cs.AI', { 'if-none-match': etag })
    expect([again.status, again.body]).toEqual([304, ''])
    const tomorrow = ask(replayAt('2025-09-10T05:00:00Z', [anAnnouncement()]), '/rss/cs.AI', { 'if-none-match': etag })
    expect(tomorrow.status).toBe(200)
  })

  it('may be cached until the next midnight Eastern', () => {
    expect(feed('/rss/cs.AI', [], '2025-09-10T03:00:00Z').headers['cache-control']).toBe('max-age=3600')
  })

  it('an unknown category is status 400 with a feed that says so', () => {
    const answer = feed('/rss/cs.AI+cs.ZZ', [anAnnouncement()])
    expect([answer.status, texts(answer.body, 'description'), numbersOf(answer.body)]).toEqual([
      400,
      ["Bad archive 'cs.ZZ'."],
      [],
    ])
  })
})

describe('Atom', () => {
  it('lists the same', () => {
    const { body } = feed('/atom/cs.AI', manyAnnouncements(3))
    expect(numbersOf(body)).toEqual(numbersOf(feed('/rss/cs.AI', manyAnnouncements(3)).body))
    expect(texts(body, 'published')[0]).toBe('2025-09-09T00:00:00-04:00')
  })

  const recorded = new URL('../../../../shared/data/arxiv-rss/atom_cs.AI_2025-08-20_subset.xml', import.meta.url)
  it.skipIf(!existsSync(recorded))('its elements come as in a real one (skipped where ../shared is missing)', () => {
    const real = shapeOf(readFileSync(recorded, 'utf8'), 'feed')
    const ours = shapeOf(feed('/atom/cs.AI', [anAnnouncement({ categories: ['cs.CL', 'cs.AI'] })]).body, 'feed')
    expect(ours).toEqual(real.slice(0, ours.length))
  })
})
