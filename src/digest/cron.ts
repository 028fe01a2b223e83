import { Cron } from 'croner'
import type { WallTime } from './local-time.ts'
import { wallAt } from './local-time.ts'

/** Reads a cron expression of five fields that comes at least once; day of month and day of week are joined by OR, as cron does. */
export function parseCron(expression: string): { readonly expression: string } | { readonly error: string } {
  const fields = expression.split(/\s+/u).join(' ')
  const wrong = `'${fields}' is not a cron expression of five fields, such as 0 9 * * 1 (Mondays at 09:00)`
  try {
    if (!/^[^\s@]+( [^\s@]+){4}$/.test(fields)) return { error: `${wrong}.` }
    const never = cronOf(fields).nextRun(new Date(Date.UTC(2024, 0, 1))) === null
    return never ? { error: `'${fields}' never comes.` } : { expression: fields }
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'it can not be read'
    return { error: `${wrong}: ${why}.` }
  }
}

/**
 * The times on the wall before or after one, nearest first. The expression is read as if the wall were UTC,
 * so that changes of clocks are settled in one way for all kinds of schedules.
 */
export function* cronWalls(expression: string, from: WallTime, direction: 'before' | 'after'): Generator<WallTime> {
  const cron = cronOf(expression)
  let reference = new Date(Date.UTC(from.year, from.month - 1, from.day, from.hour, from.minute))
  // An expression of every minute gives 1,440 of them in a day; the bound is far above.
  for (let steps = 0; steps < 20_000; steps++) {
    const next = direction === 'after' ? cron.nextRun(reference) : cron.previousRuns(1, reference)[0]
    if (next === undefined || next === null) return
    yield wallAt(next.getTime(), 'UTC')
    reference = next
  }
}

function cronOf(expression: string): Cron {
  return new Cron(expression, { timezone: 'UTC', mode: '5-part', paused: true })
}
