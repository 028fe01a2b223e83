import { z } from 'zod'
import type { Learnt } from '../../catalog/change.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Json } from '../../store/json.ts'
import type { PoliteHttp } from '../polite-http.ts'
import type { Batch, Reach } from '../source.ts'
import { addDays, type Day, utcDay } from './calendar.ts'
import { listAddress } from './list-address.ts'
import { refusal } from './oai.ts'
import { beginAgainAt, orderAfter } from './page-order.ts'
import { historyFrom, inBatches, readPage } from './page-records.ts'
import type { HarvestPlan } from './plan.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const place = z.object({
  /** Everything changed since then is in. */
  reached: day,
  /** What is being read: its days, and where in them. */
  open: z
    .object({
      /** Where its days begin; it may have begun anew further on. */
      start: day,
      from: day,
      until: day,
      token: z.string().optional(),
      tokenAt: z.number().optional(),
      through: day.optional(),
      isMixed: z.literal(true).optional(),
    })
    .optional(),
})
const backfillSchema = z.object({
  form: z.literal(1),
  /** The default, a year before the first start, does not move on with the days. */
  since: day,
  records: z.number().int(),
  places: z.record(z.string(), place),
})
type Backfill = z.output<typeof backfillSchema>
type Place = z.output<typeof place>

export interface Backfiller {
  readonly clock: Clock
  readonly http: PoliteHttp
  readonly log: Log
  readonly oaiUrl: string
  readonly plan: HarvestPlan
  /** A day, or how far back without one. */
  readonly since: BackfillSince
}

export type BackfillSince = Day | 'all' | 'none' | 'year'

/** https://oaipmh.arxiv.org/oai?verb=Identify */
const earliest = '2005-09-16'
const daysAtOnce = 31
const tokenLifeMs = 30 * 60_000
const mostPages = 3_000

/**
 * Fills the catalogue backwards, a month of OAI-PMH's records after another, all of it history. Goes on from the last page that was kept or, when its token
 * has expired, from the last day that was read whole. Yields nothing when it is done.
 */
export async function* backfillArxiv(
  kept: Json | undefined,
  signal: AbortSignal,
  house: Backfiller,
): AsyncGenerator<Batch> {
  const begun = backfillOf(kept, house)
  if (begun === undefined) return
  let backfill = begun
  for (let key = nextWindow(backfill); key !== undefined; key = nextWindow(backfill)) {
    for await (const { records, place: next } of readMonth(key, backfill, signal, house)) {
      const after = {
        ...backfill,
        places: { ...backfill.places, [key]: next },
        records: backfill.records + records.length,
      }
      for (const { records: some, isLast } of inBatches(records))
        yield { records: some, cursor: cursorOf(isLast ? after : backfill) }
      backfill = after
    }
  }
}

/** How far back the catalogue reaches by what was kept; undefined where nothing is to be filled. */
export function reachOf(
  kept: Json | undefined,
  house: Pick<Backfiller, 'plan' | 'since' | 'clock'>,
): Reach | undefined {
  const backfill = backfillOf(kept, house)
  if (backfill === undefined) return undefined
  const reached = Object.values(backfill.places)
    .map((each) => each.reached)
    .toSorted()
    .at(-1)
  const back = kept === undefined ? undefined : reached
  const isDone = nextWindow(backfill) === undefined
  return { ...(back === undefined ? {} : { back }), since: backfill.since, isDone, records: backfill.records }
}

function backfillOf(kept: Json | undefined, house: Pick<Backfiller, 'plan' | 'since' | 'clock'>): Backfill | undefined {
  if (house.since === 'none') return undefined
  const today = utcDay(house.clock.now())
  const read = backfillSchema.safeParse(kept).data
  const since = sinceOf(house.since, read?.since, today)
  const places = house.plan.windows.map((key): [string, Place] => {
    const known = read?.places[key]
    return [key, known ?? { reached: today }]
  })
  return { form: 1, since, records: read?.records ?? 0, places: Object.fromEntries(places) }
}

function sinceOf(wanted: BackfillSince, kept: Day | undefined, today: Day): Day {
  if (wanted === 'all') return earliest
  if (wanted === 'year' || wanted === 'none') return kept ?? addDays(today, -365)
  return wanted < earliest ? earliest : wanted
}

/** The one that lags most. */
function nextWindow({ places, since }: Backfill): string | undefined {
  const open = Object.entries(places).filter(([, each]) => each.reached > since)
  return open.toSorted(([, a], [, b]) => (a.reached < b.reached ? 1 : a.reached > b.reached ? -1 : 0))[0]?.[0]
}

async function* readMonth(
  key: string,
  backfill: Backfill,
  signal: AbortSignal,
  house: Backfiller,
): AsyncGenerator<{ readonly records: Learnt[]; readonly place: Place }> {
  const before = backfill.places[key] ?? { reached: utcDay(house.clock.now()) }
  const from = [addDays(before.reached, -daysAtOnce), backfill.since].toSorted().at(-1) ?? backfill.since
  let open = reopened(before.open ?? { start: from, from, until: before.reached }, house.clock.now())
  let restarts = 0
  for (let page = 0; page < mostPages; page++) {
    const asked = house.clock.now()
    const address = listAddress(key, open, house.oaiUrl)
    const place = open
    const read = await readPage(house.http, address, { priority: 'backfill', signal }, (answer) => ({
      token: answer.token,
      order: orderAfter(place, answer.records),
      records: historyFrom(answer.records, house.plan.wants, house.log),
    }))
    if (read.kind === 'error') {
      if (restarts++ >= 2) throw refusal(read)
      open = withoutToken(open)
      continue
    }
    const { token, order, records } = read.taken
    if (token === undefined || token === open.token) {
      yield { records, place: { reached: open.start } }
      return
    }
    open = { ...withoutOrder(open), token, tokenAt: asked, ...order }
    yield { records, place: { reached: before.reached, open } }
  }
}

type Open = NonNullable<Place['open']>

function reopened(open: Open, now: number): Open {
  return now - (open.tokenAt ?? now) < tokenLifeMs ? open : withoutToken(open)
}

/** Days that were read whole are not read again. */
function withoutToken(open: Open): Open {
  return { start: open.start, from: beginAgainAt(open.from, open), until: open.until }
}

function withoutOrder({ through: _through, isMixed: _isMixed, ...open }: Open): Open {
  return open
}

function cursorOf(backfill: Backfill): Json {
  return JSON.parse(JSON.stringify(backfill))
}
