import { isoAt } from '../../clock.ts'
import type { Pause, SourceHouse } from '../definition.ts'
import { createPoliteHttp } from '../polite-http.ts'
import type { Reach, Source, SourceStatus } from '../source.ts'
import { type BackfillSince, backfillArxiv, reachOf } from './backfill.ts'
import { harvestArxiv } from './harvest.ts'
import { liveArxiv } from './live.ts'
import { harvestPlan } from './plan.ts'
import { holeBook } from './result-holes.ts'
import { announcedThrough, arxivStatus, settledThrough } from './status.ts'

export interface ArxivSettings {
  readonly apiUrl: string
  readonly oaiUrl: string
  readonly rssUrl: string
  /** Archives and categories; none: all. */
  readonly sets: readonly string[]
  readonly spacingMs: number
  readonly backfillSince: BackfillSince
}

const maxBytes = 64_000_000
const timeoutMs = 90_000

/** arXiv through its three doors: OAI-PMH and the announcement feeds for what is new, the query API for what was. */
export function createArxiv(settings: ArxivSettings, house: SourceHouse): Source {
  const http = createPoliteHttp({
    ...house,
    spacingMs: settings.spacingMs,
    bases: [settings.apiUrl, settings.oaiUrl, settings.rssUrl],
    maxBytes,
    timeoutMs,
  })
  const plan = harvestPlan(settings.sets)
  const { clock, log } = house
  const holes = holeBook()
  const { readPage, ...live } = liveArxiv({ clock, log, http, holes, apiUrl: settings.apiUrl })
  const filler = { clock, log, http, plan, oaiUrl: settings.oaiUrl, since: settings.backfillSince }
  return {
    name: 'arxiv',
    title: 'arXiv',
    harvest: (memory, options) =>
      harvestArxiv(memory, options, { ...settings, clock, log, http, plan, holes, readPage }),
    backfill: (memory, { signal }) => backfillArxiv(memory.backfill, signal, filler),
    status: (memory, now) =>
      withPause(
        withTrouble(withReach(arxivStatus(memory, plan, now), reachOf(memory.backfill, filler)), http.trouble()),
        http.pause(),
      ),
    announcedThrough,
    settledThrough,
    ...live,
    askTime: (signal) => http.get(`${settings.oaiUrl}?verb=Identify`, { priority: 'repair', signal }),
    wait: http.wait,
  }
}

function withReach(status: SourceStatus, reach: Reach | undefined): SourceStatus {
  return reach === undefined ? status : { ...status, reach }
}

/** While a harvest still tries, the cursor can't say yet that arXiv does not answer. */
function withTrouble(status: SourceStatus, trouble: string | undefined): SourceStatus {
  if (trouble === undefined || status.state === 'failed') return status
  const detail = `arXiv does not answer: ${trouble}. It is asked again by itself; ${status.detail}`
  return { ...status, state: status.state === 'fresh' || status.state === 'quiet' ? status.state : 'failed', detail }
}

/** A 403 is for an admin: arXiv takes requests that go on after it for an attack (https://info.arxiv.org/help/robots.html). */
function withPause(status: SourceStatus, pause: Pause | undefined): SourceStatus {
  if (pause?.kind !== 'forbidden') return status
  const text = `arXiv refuses us: ${pause.reason}. Nothing is asked before ${isoAt(pause.until)}; see https://info.arxiv.org/help/robots.html, and write to arXiv before trying sooner.`
  const alarm = { key: 'forbidden', text, over: 'arXiv may be asked again.' }
  return { ...status, state: 'failed', detail: `${text} ${status.detail}`, alarms: [alarm, ...(status.alarms ?? [])] }
}
