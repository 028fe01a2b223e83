import { XMLParser } from 'fast-xml-parser'
import { parseApi } from '../src/sources/arxiv/api.ts'
import { parseOaiPapers } from '../src/sources/arxiv/oai.ts'
import { parseRss } from '../src/sources/arxiv/rss.ts'
import { bodyOf, busiestDays, corpus, lastDay, replayOn } from './corpus.ts'
import { compare, type Figure, perSecond, report } from './measure.ts'

// Parse + normalise: bytes of an answer to papers, against fast-xml-parser alone on the same bytes. Attributes are read by both: an answer of the
// query API says its categories in them.

const GOAL = 0.5
const { events, note } = corpus()
const whole = replayOn(lastDay(events), events)
const [busiest] = busiestDays(events)
if (busiest === undefined) throw new Error('The corpus has no day.')
const ids = [...new Set(events.map(({ id }) => id))].slice(0, 1000)

const answers = [
  { name: 'OAI', parse: parseOaiPapers, body: bodyOf(whole, '/oai?verb=ListRecords&metadataPrefix=arXiv') },
  { name: 'query API', parse: parseApi, body: bodyOf(whole, `/api/query?max_results=1000&id_list=${ids.join(',')}`) },
  { name: 'RSS', parse: parseRss, body: bodyOf(replayOn(busiest.day, events), '/rss/cs') },
]

const bare = new XMLParser({ ignoreAttributes: false })
const figures: Figure[] = []
for (const { name, parse, body } of answers) {
  const count = parse(body).length
  const {
    ours,
    bare: alone,
    ratio,
  } = await compare(
    () => parse(body),
    () => bare.parse(body),
  )
  figures.push({
    name: `parse + normalise, ${name}`,
    ours: `${perSecond(count, ours)} papers`,
    bare: `${perSecond(count, alone)}`,
    ratio: (1 / ratio).toFixed(2),
    goal: { text: `≥ ${GOAL}`, met: 1 / ratio >= GOAL },
    note: `${count} papers, ${(Buffer.byteLength(body) / 1e6).toFixed(1)} MB; ${note}`,
  })
}
report(figures)
