import type { Clock } from '../clock.ts'
import { isoAt } from '../clock.ts'
import type { Log } from '../log.ts'
import type { JobRecord } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { createLane } from './lane.ts'
import type { Ticker } from './ticker.ts'
import { cronTicker } from './ticker.ts'

/** The program's own work. A step may be run at any time, in any order, again and again. */
export interface JobSteps {
  harvest(signal: AbortSignal): Promise<unknown>
  match(signal: AbortSignal): Promise<unknown>
  decide(signal: AbortSignal): Promise<unknown>
  /** Says when there is more to send, epoch ms. */
  send(signal: AbortSignal): Promise<{ readonly nextAt?: number }>
  tidy(signal: AbortSignal): Promise<unknown>
  /** Long work that makes way for everything else: run again and again, it goes on where it was. */
  backfill?(signal: AbortSignal): Promise<unknown>
}

export type JobName = keyof JobSteps

export interface Jobs {
  /** Runs a step now, or once more when it is under way, and what follows from it. Never rejects. */
  run(name: JobName): Promise<void>
  /** Begins nothing more, tells what is under way to end, and waits for it, for at most 8 seconds. */
  stop(): Promise<void>
}

export interface JobsHouse {
  readonly rounds: JobSteps
  /** When sources are asked whether there is news. */
  readonly pollCron: string
  /** Of `pollCron`, IANA; UTC without it. */
  readonly timezone?: string
  readonly clock: Clock
  readonly store: Store
  readonly log: Log
  readonly tick?: Ticker
}

/** What follows at once from what, so that news goes out as soon as it is learnt. */
const FOLLOWING: Readonly<Record<JobName, readonly JobName[]>> = {
  harvest: ['match', 'decide', 'send'],
  match: ['decide', 'send'],
  decide: ['send'],
  send: [],
  tidy: [],
  backfill: [],
}

/** Those of which the last run is remembered. The others begin within a minute of any start anyway. */
const RECORDED: readonly JobName[] = ['harvest', 'tidy']

const STOP_MS = 8000
const HARVEST_AGAIN_MS = 10 * 60_000
const DAY = 24 * 3_600_000
/** Nothing is sent so urgently that it may not wait for this. */
const SHORTEST_WAIT_MS = 100

/**
 * Starts the jobs: a harvest at once and by `pollCron`, a look at what is due each minute, sending whenever the courier has
 * something to do, and once a day tidying, at once when that was missed.
 */
export function startJobs(house: JobsHouse): Jobs {
  const { rounds, clock, store, log, timezone = 'UTC' } = house
  const stopping = new AbortController()
  const { signal } = stopping
  const underWay = new Set<Promise<void>>()
  let timer = new AbortController()
  let harvestFailedAt = Number.POSITIVE_INFINITY

  const lanes = Object.fromEntries(
    (Object.keys(FOLLOWING) as JobName[]).map((name) => [name, createLane(() => perform(name))]),
  ) as Readonly<Record<JobName, () => Promise<void>>>

  function run(name: JobName): Promise<void> {
    const task = runChain(name)
    underWay.add(task)
    return task.finally(() => underWay.delete(task))
  }

  async function runChain(name: JobName): Promise<void> {
    for (const step of [name, ...FOLLOWING[name]]) {
      if (signal.aborted) return
      await lanes[step]()
    }
  }

  async function perform(name: JobName): Promise<void> {
    if (signal.aborted) return
    const startedAt = isoAt(clock.now())
    await record(name, { startedAt })
    let failure: { error?: string } = {}
    try {
      if (name === 'send') sendAgainAt((await rounds.send(signal)).nextAt)
      else await rounds[name]?.(signal)
    } catch (error) {
      log({ event: 'job.failed', job: name, error })
      failure = { error: error instanceof Error ? error.message : String(error) }
    }
    if (name === 'harvest') harvestFailedAt = failure.error === undefined ? Number.POSITIVE_INFINITY : clock.now()
    await record(name, { startedAt, endedAt: isoAt(clock.now()), ...failure })
  }

  async function record(name: JobName, entry: JobRecord): Promise<void> {
    if (!RECORDED.includes(name)) return
    await store.jobs.set([name], entry).catch((error: unknown) => log({ event: 'job.unrecorded', job: name, error }))
  }

  function sendAgainAt(nextAt: number | undefined): void {
    timer.abort()
    if (nextAt === undefined || signal.aborted) return
    timer = new AbortController()
    clock.sleep(Math.max(SHORTEST_WAIT_MS, nextAt - clock.now()), timer.signal).then(
      () => run('send'),
      () => {},
    )
  }

  async function makeUpTidying(): Promise<void> {
    const last = await store.jobs.get(['tidy']).catch(() => undefined)
    const ended = last?.error === undefined ? last?.endedAt : undefined
    if (ended === undefined || clock.now() - Date.parse(ended) >= DAY) await run('tidy')
  }

  const tick = house.tick ?? cronTicker(log)
  const ticks = [
    tick({ name: 'harvest', cron: house.pollCron, timezone, run: () => run('harvest') }),
    // What was matched too late for a round of its own, or what a round left behind, is made up within a minute; a harvest
    // that could not be kept, as on a full disk, after ten: a source that does not answer is no such failure.
    tick({
      name: 'due',
      cron: '* * * * *',
      timezone: 'UTC',
      run: () => run(clock.now() - harvestFailedAt >= HARVEST_AGAIN_MS ? 'harvest' : 'match'),
    }),
    ...(rounds.backfill === undefined
      ? []
      : [tick({ name: 'backfill', cron: '*/10 * * * *', timezone: 'UTC', run: () => run('backfill') })]),
    tick({ name: 'tidy', cron: '41 3 * * *', timezone: 'UTC', run: () => run('tidy') }),
  ]
  void run('send')
  // Sources know by their own memory whether anything is due, so that asking too often asks nobody.
  void run('harvest').then(makeUpTidying)

  return {
    run,
    async stop() {
      for (const end of ticks) end()
      stopping.abort(new Error('The program is stopping.'))
      timer.abort()
      const patience = new AbortController()
      await Promise.race([Promise.allSettled(underWay), clock.sleep(STOP_MS, patience.signal).catch(() => {})])
      patience.abort()
    },
  }
}
