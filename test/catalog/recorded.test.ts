import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalog } from '../../src/catalog/catalog.ts'
import { parseQuery, queryMatches } from '../../src/catalog/query.ts'
import { openCatalog } from '../../src/catalog/sqlite/open.ts'
import type { Clock } from '../../src/clock.ts'
import type { Paper } from '../../src/papers/paper.ts'
import { systemRandom } from '../../src/random.ts'
import { aPaper } from '../support/builders.ts'

const data = new URL('../../../shared/data/', import.meta.url)
const days = ['2025-09-03', '2025-10-01', '2025-10-21']
const isThere = existsSync(data)
if (!isThere) console.info('skipped: recorded papers are not here, so the catalogue is not tried on them')

describe.skipIf(!isThere)('a catalogue of recorded papers', () => {
  const clock: Clock = {
    now: () => Date.parse('2025-11-28'),
    sleep: () => Promise.resolve(),
    timeout: () => new AbortController().signal,
  }
  const dir = mkdtempSync(join(tmpdir(), 'paperboy-recorded-'))
  const papers = new Map<string, Paper>()
  let catalog: Catalog
  beforeAll(async () => {
    catalog = await openCatalog(join(dir, 'catalog.sqlite'), { clock, random: systemRandom })
    for (const day of days) {
      const batch = recorded(day)
      for (const paper of batch) if (!papers.has(paper.id)) papers.set(paper.id, paper)
      await catalog.upsert(
        'recorded',
        [...batch].map((paper) => ({ paper, origin: 'announced' as const, rank: 1 })),
      )
    }
  })
  afterAll(async () => {
    await catalog.close()
    rmSync(dir, { recursive: true })
  })

  it.each([
    'diffusion -survey',
    '"large language model" cat:cs.CL since:2025-10',
    'author:"Yang Liu" OR author:wang title:agent*',
    '(vision OR speech) NOT cat:cs.CV until:2025-09-30',
    'Schrödinger OR naïve OR α OR 2d',
    '-the',
    'author:"J. Li" benchmark',
  ])('finds by %s what matches paper by paper', async (text) => {
    const parsed = parseQuery(text)
    if (parsed.kind === 'error') throw new Error(parsed.message)
    const { hits } = await catalog.search(parsed.query, { limit: 5000 })
    const expected = [...papers.values()].filter((paper) => queryMatches(parsed.query, paper)).map((paper) => paper.id)
    expect(hits.map((hit) => hit.paper.id).toSorted()).toEqual(expected.toSorted())
  })

  it('holds an author’s page in the order in which it was given', async () => {
    const page: { papers: { id: string; title: string; authors: string[] }[] } = JSON.parse(
      readFileSync(new URL('author-page/kaplan-jared.json', data), 'utf8'),
    )
    const given = page.papers.map(({ id, title, authors }) =>
      aPaper({ id: `arxiv:${id}`, title, authors: authors.map((name) => ({ name })), published: '', updated: '' }),
    )
    await catalog.upsert(
      'import',
      given.map((paper) => ({ paper, origin: 'history' as const, rank: 0 })),
    )
    const found = await catalog.papersBy(['Kaplan, Jared'], { limit: 50 })
    expect(found.map((paper) => paper.id)).toEqual(given.map((paper) => paper.id))
  })
})

function recorded(day: string): readonly Paper[] {
  return gunzipSync(readFileSync(new URL(`arxiv-days/${day}.jsonl.gz`, data)))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const record: { id: string; title: string; summary: string; authors: string[]; categories: string[] } =
        JSON.parse(line)
      return aPaper({
        id: `arxiv:${record.id}`,
        title: record.title,
        abstract: record.summary,
        authors: record.authors.map((name) => ({ name })),
        categories: record.categories,
        published: day,
        updated: day,
      })
    })
}
