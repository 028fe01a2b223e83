import { join } from 'node:path'
import type { Learnt } from '../src/catalog/change.ts'
import { openCatalog } from '../src/catalog/sqlite/open.ts'
import { systemClock } from '../src/clock.ts'
import { systemRandom } from '../src/random.ts'
import { oaiRank } from '../src/sources/arxiv/oai.ts'
import { bareIndex } from './bare-index.ts'
import { corpus, papersOf } from './corpus.ts'
import { inFolder } from './folder.ts'
import { compare, type Figure, perSecond, report } from './measure.ts'

// Catalogue ingest: papers into an empty catalogue, a page of OAI at a time and each page a transaction, against bare FTS5 inserts of the same
// texts in the same transactions (bare-index.ts). Ours also keeps the papers, their ids and days, every name with the keys of its comparison, an
// index of names, categories and days in which one MATCH answers any query, and the change log.

const GOAL = 0.7
const page = 2_500
const { events, note } = corpus()
const papers = papersOf({ events, note })
const records = papers.map((paper): Learnt => ({ paper, origin: 'announced', rank: oaiRank }))

const figures = await inFolder(async (folder): Promise<readonly Figure[]> => {
  let run = 0
  const ours = async () => {
    const catalog = await openCatalog(join(folder, `catalog-${run}.sqlite`), {
      clock: systemClock,
      random: systemRandom,
    })
    for (let at = 0; at < records.length; at += page) await catalog.upsert('arxiv', records.slice(at, at + page), at)
    await catalog.close()
  }
  const bare = () => bareIndex(join(folder, `bare-${run}.sqlite`), papers, page).close()
  const taken = await compare(ours, bare, { warmUp: 1, runs: 5, before: () => run++ })
  return [
    {
      name: 'catalogue ingest',
      ours: `${perSecond(papers.length, taken.ours)} papers`,
      bare: perSecond(papers.length, taken.bare),
      ratio: (1 / taken.ratio).toFixed(2),
      goal: { text: `≥ ${GOAL}`, met: 1 / taken.ratio >= GOAL },
      note: `${papers.length} papers, ${page} a transaction; bare: a table of the same texts with our tokenizer, in the same transactions, as SQLite sets it up; a quarter of our time makes the keys by which other spellings of a name are found, the rest beyond bare keeps the papers, their ids, names and days; ${note}`,
    },
  ]
})
report(figures)
