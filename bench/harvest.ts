import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { XMLParser } from 'fast-xml-parser'
import { openCatalog } from '../src/catalog/sqlite/open.ts'
import { createReplay } from '../src/cli/replay/replay.ts'
import { isoAt, systemClock } from '../src/clock.ts'
import { systemRandom } from '../src/random.ts'
import { createArxiv } from '../src/sources/arxiv/source.ts'
import type { SourceMemory } from '../src/sources/source.ts'
import { ArxivHouse } from '../test/simulation/arxiv-house.ts'
import { manyAnnouncements } from '../test/support/arxiv/announcements.ts'
import { arxivSettings } from './arxiv-settings.ts'
import { bodyOf, corpus } from './corpus.ts'
import { inFolder } from './folder.ts'
import { compare, digits, type Figure, inMB, perSecond, report } from './measure.ts'

// The harvest of arXiv: what a day costs in requests, a busy OAI-PMH day into the catalogue against fast-xml-parser alone on the same bytes and what it takes
// of memory beyond an idle process, and how long after an announcement its papers can be matched.

const RATIO = 0.5
const MEMORY = 60e6
const REQUESTS = 24
const records = 4_000
const HOUR = 3_600_000

report([...(await inFolder(busyDay)), ...(await simulatedDays())])

/** A day of 4,000 records as one harvest: two pages, and what else a pass asks for. */
async function busyDay(folder: string): Promise<readonly Figure[]> {
  const { events, note } = corpus()
  const latest = new Map(events.map((event) => [event.id, event]))
  const day = [...latest.values()].slice(0, records).map((event, at) => ({
    ...event,
    id: `2511.${String(at + 1).padStart(5, '0')}`,
    announced: '2025-11-19',
    announce: 'new' as const,
  }))
  const now = Date.parse('2025-11-19T12:00:00Z')
  const replay = createReplay({ events: day, now: () => now, oaiPageSize: 2_500 })
  const first = bodyOf(replay, '/oai?verb=ListRecords&metadataPrefix=arXiv')
  const token = /<resumptionToken[^>]*>([^<]+)</.exec(first)?.[1] ?? ''
  const bodies = [first, bodyOf(replay, `/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`)]
  const empty = bodyOf(replay, '/rss/econ')
  const bare = new XMLParser({ ignoreAttributes: false })
  // Answers are made before, not while it is measured; the feeds are empty, for they are another matter.
  const answers = async (input: string | URL | Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input)
    if (pathname.startsWith('/rss/')) return new Response(empty)
    if (pathname === '/oai') return new Response(bodies[searchParams.has('resumptionToken') ? 1 : 0])
    return new Response(replay.answer({ method: 'GET', url: new URL(String(input)), headers: {} }).body)
  }
  let run = 0
  const harvest = async () => {
    const catalog = await openCatalog(join(folder, `catalog-${run++}.sqlite`), {
      clock: systemClock,
      random: systemRandom,
    })
    const source = createArxiv(arxivSettings, {
      clock: { ...systemClock, now: () => now },
      random: systemRandom,
      fetch: answers,
      spacing: { read: async () => undefined, write: async () => {} },
      userAgent: 'paperboy/bench',
      log: () => {},
    })
    const memory: SourceMemory = {}
    for await (const batch of source.harvest(memory, { signal: new AbortController().signal })) {
      await catalog.upsert('arxiv', batch.records, batch.cursor)
    }
    await catalog.close()
  }
  const peak = peakBeyondIdle(folder, now, bodies)
  const taken = await compare(
    harvest,
    () => {
      for (const body of bodies) bare.parse(body)
    },
    { warmUp: 1, runs: 5 },
  )
  const about = `${records} records, ${(Buffer.byteLength(bodies.join('')) / 1e6).toFixed(1)} MB of OAI-PMH, into an empty catalogue, with what else a pass asks for; ${note}`
  return [
    {
      name: 'harvest: a busy day, with catalogue writes',
      ours: `${perSecond(records, taken.ours)} records`,
      bare: perSecond(records, taken.bare),
      ratio: (1 / taken.ratio).toFixed(2),
      goal: { text: `≥ ${RATIO}`, met: 1 / taken.ratio >= RATIO },
      note: `parsing and checking with fast-xml-parser takes nearly as long as it does alone, and the full-text index and the names’ keys as long again; ${about}`,
    },
    {
      name: 'harvest: memory beyond idle, at most',
      ours: inMB(peak),
      goal: { text: `≤ ${inMB(MEMORY)}`, met: peak <= MEMORY },
      note: `resident, in a process that does nothing else and has harvested nothing before, looked at before and after each batch; what is over the goal is the names’ memory for the match that follows, V8’s young objects and compiled code, and SQLite’s pages; ${about}`,
    },
  ]
}

/** In a process of its own, for this one holds the papers of many days. */
function peakBeyondIdle(folder: string, now: number, pages: readonly string[]): number {
  const names = pages.map((_, at) => `page-${at + 1}.xml`)
  pages.forEach((page, at) => {
    writeFileSync(join(folder, names[at] ?? ''), page)
  })
  const script = fileURLToPath(new URL('harvest-memory.ts', import.meta.url))
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', script, folder, isoAt(now), String(records), ...names],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`The harvest whose memory was to be measured failed: ${stderr}`)
  return Number(stdout)
}

/** Two simulated weeks of a thousand papers a day, looked at each hour as the program does. */
async function simulatedDays(): Promise<readonly Figure[]> {
  const start = Date.parse('2026-03-02T17:00:00Z')
  const house = new ArxivHouse({ start, oaiPageSize: 2_500 })
  const evenings = new Map<string, { readonly shown: number; readonly id: string }>()
  let number = 0
  for (let at = 1; at <= 14; at++) {
    const listed = new Date(start + (at - 1) * 24 * HOUR + 24 * HOUR).toISOString().slice(0, 10)
    if ([0, 6].includes(new Date(listed).getUTCDay())) continue
    const papers = manyAnnouncements(1_000, { announced: listed, created: '2026-03-01' }, number + 1)
    number += 1_000
    house.arxiv.replay.add(papers)
    // 22:30 US Eastern of the evening before, in winter; the clock changes on 8 March.
    const shown = Date.parse(`${listed}T0${listed > '2026-03-08' ? 2 : 3}:30:00Z`)
    evenings.set(listed, { shown, id: papers.at(-1)?.id ?? '' })
  }
  const perDay = new Map<string, number>()
  const delays: number[] = []
  let asked = 0
  await house.harvest()
  asked = house.arxiv.requests.length
  for (let hour = 0; hour < 14 * 24; hour++) {
    // At seven minutes past, as POLL_CRON has it.
    await house.clock.advance(nextPoll(house.clock.now()) - house.clock.now())
    await house.harvest()
    const day = isoAt(house.clock.now()).slice(0, 10)
    perDay.set(day, (perDay.get(day) ?? 0) + house.arxiv.requests.length - asked)
    asked = house.arxiv.requests.length
    for (const [listed, { shown, id }] of evenings) {
      if (!house.learnt.has(id)) continue
      delays.push(house.clock.now() - shown)
      evenings.delete(listed)
    }
  }
  await house.close()
  const counts = [...perDay.values()]
  const [most, mean] = [Math.max(...counts), counts.reduce((sum, count) => sum + count, 0) / counts.length]
  const note =
    'two simulated weeks of 1,000 papers an evening, looked at hourly; sources know of no followers, so their number changes nothing'
  return [
    ...[10, 10_000, 1_000_000].map((authors): Figure => {
      return {
        name: `harvest: requests a day, ${authors.toLocaleString('en')} followed authors`,
        ours: `${digits(mean)}, at most ${most}`,
        bare: `${authors.toLocaleString('en')} with one request an author`,
        ratio: (mean / authors).toPrecision(2),
        goal: { text: `≤ ${REQUESTS}`, met: most <= REQUESTS },
        note: `${note}; the versions of posted papers are one request a day more`,
      }
    }),
    {
      name: 'harvest: from arXiv’s metadata to matching',
      ours: `${digits(Math.min(...delays) / 60_000)}–${digits(Math.max(...delays) / 60_000)} min`,
      note: `after 22:30 US Eastern, ${delays.length} evenings; matching follows a harvest at once; ${note}`,
    },
  ]
}

function nextPoll(now: number): number {
  const poll = Math.floor(now / HOUR) * HOUR + 7 * 60_000
  return poll > now ? poll : poll + HOUR
}
