import { Cron } from 'croner'
import type { Logger } from 'node-cron'
import { schedule, validate } from 'node-cron'
import type { Log } from '../log.ts'

/** What is to be run when a cron expression says so, in a time zone. */
export interface Tick {
  readonly name: string
  readonly cron: string
  /** IANA. */
  readonly timezone: string
  run(): Promise<void>
}

/** Begins to run something again and again; what it gives back ends that. */
export type Ticker = (tick: Tick) => () => void

/**
 * Ticks by the computer's clock. A tick is left out while the one before is still at work, and made up when the process was
 * too busy for it. Throws when the expression is none.
 */
export function cronTicker(log: Log): Ticker {
  return ({ name, cron, timezone, run }) => {
    if (!validate(cron)) throw new Error(`“${cron}” is no cron expression; an hourly one is “17 * * * *”.`)
    const task = schedule(cron, run, { name, timezone, noOverlap: true, logger: loggerFor(name, log) })
    task.on('execution:missed', run)
    return () => void task.destroy()
  }
}

/** The milliseconds between the next two ticks after `now`, epoch milliseconds; an hour where there are no two. */
export function intervalOf(cron: string, timezone: string, now: number): number {
  const [first, second] = new Cron(cron, { timezone, paused: true }).nextRuns(2, new Date(now))
  return first === undefined || second === undefined ? HOUR : second.getTime() - first.getTime()
}

const HOUR = 3_600_000

function loggerFor(job: string, log: Log): Logger {
  const say = (level: string) => (message: string | Error) => log({ event: 'job.cron', job, level, message })
  return { info: say('info'), warn: say('warn'), error: say('error'), debug: () => {} }
}
