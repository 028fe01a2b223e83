import { describe, expect, test } from 'vitest'
import { parseApi } from '../../../src/sources/arxiv/api.ts'
import { parseOaiPapers } from '../../../src/sources/arxiv/oai.ts'
import { parseRss } from '../../../src/sources/arxiv/rss.ts'
import { hasRecordings, recording, recordingsOf } from './fixture.ts'

if (!hasRecordings) console.warn('skipped: no recorded answers of arXiv beside the project')

describe.skipIf(!hasRecordings)('real recorded answers', () => {
  const oaiCounts: Readonly<Record<string, number>> = {
    '2016-empty.xml': 0,
    '2016-listrecords-cs.xml': 46,
    '2023-multi.xml': 3,
  }

  test('of OAI-PMH give every record', () => {
    for (const name of recordingsOf('arxiv-oai')) {
      const papers = parseOaiPapers(recording(`arxiv-oai/${name}`))
      expect([name, papers.length]).toEqual([name, oaiCounts[name] ?? 1])
      expect(
        papers.every((paper) => paper.authors.length > 0 && paper.categories.length > 0 && paper.abstract !== ''),
      ).toBe(true)
    }
  })

  test('of the query API give every entry, or the error that they are', () => {
    for (const name of recordingsOf('arxiv-api')) {
      const body = recording(`arxiv-api/${name}`)
      if (/<title>Error<\/title>/.test(body)) {
        expect(() => parseApi(body)).toThrow('refused')
        continue
      }
      expect([name, parseApi(body).length]).toEqual([name, body.match(/<entry>/g)?.length ?? 0])
    }
  })

  test('tell one paper alike through four formats', () => {
    const [dublinCore] = parseOaiPapers(recording('arxiv-oai/2026-oai_dc_1706.03762.xml'))
    const [raw] = parseOaiPapers(recording('arxiv-oai/2026-oai_raw_1706.03762.xml'))
    expect(raw).toMatchObject({
      id: 'arxiv:1706.03762',
      version: 7,
      title: 'Attention Is All You Need',
      categories: ['cs.CL', 'cs.LG'],
      published: '2017-06-12T17:57:34Z',
    })
    expect(dublinCore).toMatchObject({
      id: raw?.id,
      title: raw?.title,
      categories: raw?.categories,
      published: '2017-06-12',
      updated: '2023-08-02',
    })
    expect(dublinCore?.authors.map((author) => author.name)).toEqual(raw?.authors.map((author) => author.name))
    expect(raw?.authors).toHaveLength(8)
  })

  test('keep old-style ids, versions and the people of an old query', () => {
    expect(parseApi(recording('arxiv-api/id_quant-ph_0201082v1_s0_m100_86989fe779ef.xml'))[0]).toMatchObject({
      id: 'arxiv:quant-ph/0201082',
      version: 1,
    })
    const authors = parseApi(recording('arxiv-api/2016-search_query_au_del_maestro.xml')).flatMap(
      (paper) => paper.authors,
    )
    expect(new Set(authors.map((author) => author.name))).toContain('A. Del Maestro')
  })

  test('of the feed of cs.AI give types, days and names', () => {
    const papers = parseRss(recording('arxiv-rss/atom_cs.AI_2025-08-20_subset.xml'))
    expect(papers).toHaveLength(7)
    expect(papers[0]).toMatchObject({
      id: 'arxiv:2508.13426',
      version: 1,
      announced: '2025-08-20',
      categories: ['cs.CL', 'cs.AI'],
    })
    expect(papers.flatMap((paper) => paper.authors.map((author) => author.name))).toContain(
      'Paulo André Lima de Castro',
    )
  })
})
