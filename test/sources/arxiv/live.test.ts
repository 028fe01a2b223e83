import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../src/catalog/query.ts'
import type { PaperId } from '../../../src/papers/paper.ts'
import { authorsQuery, liveQuery } from '../../../src/sources/arxiv/live-query.ts'
import { Household } from './household.ts'

const translate = (text: string) => {
  const parsed = parseQuery(text)
  return parsed.kind === 'query' ? liveQuery(parsed.query, '2026-03-02') : parsed.message
}

test.each([
  ['author:"Jared Kaplan"', 'au:"Jared Kaplan"'],
  ['author:"Kaplan, Jared D."', 'au:"Jared Kaplan"'],
  ['cat:cs.LG', 'cat:cs.LG'],
  ['cat:cs', 'cat:cs.*'],
  ['cat:hep-th', 'cat:hep-th'],
  ['title:"sparse autoencoders"', 'ti:"sparse autoencoders"'],
  ['author:"Neel Nanda" cat:cs.LG -survey', '((au:"Neel Nanda") AND (cat:cs.LG))'],
  ['cat:cs.LG OR cat:cs.AI', '((cat:cs.LG) OR (cat:cs.AI))'],
  ['author:"Neel Nanda" since:2025-01-01', '((au:"Neel Nanda") AND (submittedDate:[202501010000 TO 202603022359]))'],
  ['-survey', undefined],
])('%s is asked as %s', (text, expected) => {
  expect(translate(text)).toBe(expected)
})

test('no query has an underscore, an open bracket or a bare word in it', () => {
  expect(translate('author:"Kaplan_J" title:foo_bar')).not.toContain('_')
  expect(authorsQuery(['Jared Kaplan', 'Yang "Liu) OR (all:x'])).toMatch(
    /^\(\(au:"Jared Kaplan"\) OR \(au:"[A-Za-z ]+"\)\)$/,
  )
})

interface Entry {
  readonly id: string
  readonly author: string
  readonly title?: string
}

/** A query API with these entries, newest first as they stand. */
function api(
  house: Household,
  entries: readonly Entry[],
  over: { readonly total?: number; readonly emptyAt?: readonly number[] } = {},
) {
  let nth = 0
  house.arxiv.fault = (url) => {
    if (url.pathname !== '/api') return undefined
    nth += 1
    const ids = url.searchParams.get('id_list')?.split(',')
    const start = Number(url.searchParams.get('start'))
    const wanted = ids === undefined ? entries : entries.filter((entry) => ids.includes(entry.id.replace(/v\d+$/, '')))
    const page =
      over.emptyAt?.includes(nth) === true
        ? []
        : wanted.slice(start, start + Number(url.searchParams.get('max_results')))
    const body = page.map(
      ({ id, author, title = `On ${id}` }) =>
        `<entry><id>http://arxiv.org/abs/${id}</id><title>${title}</title><summary>About it.</summary><published>20${id.slice(0, 2)}-${id.slice(2, 4)}-01T00:00:00Z</published><updated>2026-01-01T00:00:00Z</updated><author><name>${author}</name></author><category term="cs.LG"/></entry>`,
    )
    return new Response(
      `<feed><title>q</title><opensearch:totalResults>${over.total ?? wanted.length}</opensearch:totalResults>${body.join('')}</feed>`,
    )
  }
}

const never = new AbortController().signal
const morning = '2026-03-02T12:00:00Z'

function live(house: Household) {
  const { search, historyOf, fetch, wait } = house.source
  if (!search || !historyOf || !fetch || !wait) throw new Error('arXiv can be asked live')
  return { search, historyOf, fetch, wait }
}

describe('history of authors', () => {
  test('is asked for many in one request, and only their own papers are kept', async () => {
    const house = new Household(morning)
    api(house, [
      { id: '2501.00002v1', author: 'Jared Kaplan' },
      { id: '2401.00001v3', author: 'J. Kaplan' },
      { id: '2301.00003v1', author: 'Jared Kaplansky' },
      { id: '2601.00004v1', author: 'Yang Liu' },
    ])
    const learnt = await house.clock.run(live(house).historyOf(['Jared Kaplan', 'Yang Liu'], never))
    expect(learnt.map(({ paper, origin, rank }) => [paper.id, paper.version, origin, rank])).toEqual([
      ['arxiv:2401.00001', 3, 'history', 3],
      ['arxiv:2501.00002', 1, 'history', 3],
      ['arxiv:2601.00004', 1, 'history', 3],
    ])
    expect(house.arxiv.asked).toHaveLength(1)
  })

  const many = Array.from({ length: 450 }, (_, n) => ({
    id: `2501.${String(450 - n).padStart(5, '0')}v1`,
    author: 'Jared Kaplan',
  }))

  test('reads all pages of two hundred, and asks again for an empty one', async () => {
    const house = new Household(morning)
    api(house, many, { emptyAt: [2] })
    expect(await house.clock.run(live(house).historyOf(['Jared Kaplan'], never))).toHaveLength(450)
    expect(house.arxiv.asked).toHaveLength(4)
  })

  test('passes over a page that stays empty, and has it by a later harvest', async () => {
    const house = new Household(morning)
    await house.harvest()
    api(house, many, { emptyAt: [2, 3] })
    const learnt = await house.clock.run(live(house).historyOf(['Jared Kaplan'], never))
    expect(learnt).toHaveLength(250)
    await house.clock.advance(3_600_000)
    await house.harvest()
    expect(house.learnt.size).toBe(200)
    const asked = house.arxiv.count('/api?')
    await house.clock.advance(3_600_000)
    await house.harvest()
    expect(house.arxiv.count('/api?')).toBe(asked)
  })

  test('trusts no total: a full page may be followed by another', async () => {
    const house = new Household(morning)
    api(house, many, { total: 3 })
    expect(await house.clock.run(live(house).historyOf(['Jared Kaplan'], never))).toHaveLength(450)
  })

  test('sees that the order is another than asked for, and does not take the first thousand for the newest', async () => {
    const house = new Household(morning)
    const mixed = Array.from({ length: 1_400 }, (_, n) => ({
      id: `${20 + (n % 5)}01.${String(n).padStart(5, '0')}v1`,
      author: 'Jared Kaplan',
    }))
    api(house, mixed.slice(0, 300))
    expect(await house.clock.run(live(house).historyOf(['Jared Kaplan'], never))).toHaveLength(300)
    expect(house.events).toContain('source.order-ignored')
    api(house, mixed)
    await expect(house.clock.run(live(house).historyOf(['Jared Kaplan'], never))).rejects.toThrow('in another order')
  })

  test('ends after a thousand papers', async () => {
    const house = new Household(morning)
    api(
      house,
      Array.from({ length: 3_000 }, (_, n) => ({ id: `2501.${String(n).padStart(5, '0')}v1`, author: 'Wei Wang' })),
    )
    expect(await house.clock.run(live(house).historyOf(['Wei Wang'], never))).toHaveLength(1_000)
  })
})

describe('search', () => {
  test('gives what matches, best first, as history', async () => {
    const house = new Household(morning)
    api(house, [
      { id: '2501.00001v1', author: 'Ada Lovelace', title: 'A survey of engines' },
      { id: '2401.00002v1', author: 'Ada Lovelace', title: 'Engines that compute' },
      { id: '2601.00003v1', author: 'Ada Lovelace', title: 'Engines that sing' },
    ])
    const found = await house.clock.run(live(house).search('title:engines -survey', 1, never))
    expect(found.map(({ paper, origin }) => [paper.title, origin])).toEqual([['Engines that compute', 'history']])
  })

  test('says what is wrong with a query that can’t be asked', async () => {
    const house = new Household(morning)
    await expect(live(house).search('-survey', 5, never)).rejects.toMatchObject({
      name: 'SourceError',
      failure: 'rejected',
    })
    await expect(live(house).search('title:(', 5, never)).rejects.toMatchObject({ failure: 'rejected' })
    expect(house.arxiv.asked).toEqual([])
  })

  test('an error feed is an error', async () => {
    const house = new Household(morning)
    house.arxiv.fault = () =>
      new Response('<feed><title>arXiv</title><entry><title>Error</title><summary>bad query</summary></entry></feed>', {
        status: 400,
      })
    await expect(house.clock.run(live(house).search('engines', 5, never))).rejects.toThrow('bad query')
  })
})

test('papers are fetched by id in batches of a hundred; unknown ones are left out', async () => {
  const house = new Household(morning)
  api(house, [
    { id: '2501.00007v2', author: 'Ada Lovelace' },
    { id: '2501.00008v1', author: 'Ada Lovelace' },
  ])
  const ids = Array.from({ length: 130 }, (_, n) => `arxiv:2501.${String(n).padStart(5, '0')}` as PaperId)
  const learnt = await house.clock.run(live(house).fetch([...ids, 'doi:10.1/x' as PaperId], never))
  expect(learnt.map(({ paper, mark }) => [paper.id, paper.version, mark])).toEqual([
    ['arxiv:2501.00007', 2, '2501.00007'],
    ['arxiv:2501.00008', 1, '2501.00008'],
  ])
  expect(house.arxiv.asked.filter((url) => url.includes('00000'))).toHaveLength(1)
})

test('someone who waits is told for how long', async () => {
  const house = new Household(morning)
  api(house, [{ id: '2501.00007v2', author: 'Ada Lovelace' }])
  expect(live(house).wait()).toBe(0)
  await house.clock.run(live(house).fetch(['arxiv:2501.00007' as PaperId], never))
  expect(live(house).wait()).toBe(3_000)
})
