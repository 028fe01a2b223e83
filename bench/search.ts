import { join } from 'node:path'
import { parseQuery } from '../src/catalog/query.ts'
import { openCatalog } from '../src/catalog/sqlite/open.ts'
import { systemClock } from '../src/clock.ts'
import { systemRandom } from '../src/random.ts'
import { oaiRank } from '../src/sources/arxiv/oai.ts'
import { bareIndex } from './bare-index.ts'
import { corpus, papersOf } from './corpus.ts'
import { inFolder } from './folder.ts'
import { collectGarbage, digits, type Figure, quantile, report } from './measure.ts'

// Search: what people type, from the text of the query to ten papers, against the ten best rows of a bare FTS5 table for the same words
// where it can be asked for them.

const queries: readonly { readonly kind: string; readonly ours: string; readonly bare?: string }[] = [
  { kind: 'a common word', ours: 'model', bare: 'model' },
  { kind: 'a common word in titles', ours: 'title:learning', bare: 'title : learning' },
  { kind: 'a rare word', ours: 'steganography', bare: 'steganography' },
  { kind: 'two words', ours: 'sparse autoencoders', bare: 'sparse autoencoders' },
  { kind: 'a phrase', ours: '"chain of thought"', bare: '"chain of thought"' },
  { kind: 'an author', ours: 'author:"Yang Liu"', bare: 'authors : "Yang Liu"' },
  { kind: 'an author with many namesakes', ours: 'author:"J. Wang"', bare: 'authors : wang' },
  { kind: 'an author and words', ours: 'author:"Yang Liu" reasoning', bare: '(authors : "Yang Liu") AND reasoning' },
  { kind: 'a category since a day', ours: 'cat:cs.CL since:2025-11-01' },
  { kind: 'words in a category since a month', ours: 'diffusion cat:cs.CV since:2025-10', bare: 'diffusion' },
  { kind: 'a prefix', ours: 'transform*', bare: 'transform*' },
  { kind: 'all but a word', ours: 'benchmark -survey', bare: 'benchmark NOT survey' },
]
const rounds = 40
const limit = 10
const { events, note } = corpus()
const papers = papersOf({ events, note })

report(
  await inFolder(async (folder) => {
    const catalog = await openCatalog(join(folder, 'catalog.sqlite'), { clock: systemClock, random: systemRandom })
    await catalog.upsert(
      'arxiv',
      papers.map((paper) => ({ paper, origin: 'history', rank: oaiRank })),
    )
    const bare = bareIndex(join(folder, 'bare.sqlite'), papers, papers.length)
    const best = bare.prepare('SELECT * FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ?')
    const search = async (text: string) => {
      const read = parseQuery(text)
      if (read.kind === 'error') throw new Error(read.message)
      return (await catalog.search(read.query, { limit })).hits.length
    }
    const times = new Map(queries.map((query) => [query, { ours: [] as number[], bare: [] as number[] }]))
    for (let round = -3; round < rounds; round++) {
      collectGarbage()
      for (const [query, taken] of times) {
        const began = performance.now()
        await search(query.ours)
        const between = performance.now()
        if (query.bare !== undefined) best.all(query.bare, limit)
        const ended = performance.now()
        if (round < 0) continue
        taken.ours.push(between - began)
        if (query.bare !== undefined) taken.bare.push(ended - between)
      }
    }
    const all = [...times.values()]
    const figures = [
      figure(
        'search, all of these',
        all.flatMap(({ ours }) => ours),
        all.flatMap(({ bare: other }) => other),
      ),
      ...[...times].map(([{ kind, ours }, taken]) => figure(`search: ${kind}, \`${ours}\``, taken.ours, taken.bare)),
    ]
    await catalog.close()
    bare.close()
    return figures
  }),
)

function figure(name: string, ours: readonly number[], bare: readonly number[]): Figure {
  const shown = (times: readonly number[]) =>
    `p50 ${digits(quantile(times, 0.5))} ms, p99 ${digits(quantile(times, 0.99))} ms`
  const compared =
    bare.length === 0 ? {} : { bare: shown(bare), ratio: digits(quantile(ours, 0.5) / quantile(bare, 0.5)) }
  return {
    name,
    ours: shown(ours),
    ...compared,
    note: `${papers.length} papers, ${ours.length} searches; ${note}`,
  }
}
