import { describe, expect, it } from 'vitest'
import type { JobSteps } from '../../src/jobs/jobs.ts'
import { startJobs } from '../../src/jobs/jobs.ts'
import type { Tick } from '../../src/jobs/ticker.ts'
import { cronTicker } from '../../src/jobs/ticker.ts'
import type { LogEvent } from '../../src/log.ts'
import type { Store } from '../../src/store/store.ts'
import { openMemoryStore } from '../support/memory-store.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const HOUR = 3_600_000

/** Jobs whose steps write down that they were run, and whose ticks are the test's. */
function setUp(over: Partial<JobSteps> = {}, options: { clock?: SimulatedClock; store?: Store } = {}) {
  const clock = options.clock ?? new SimulatedClock('2025-09-01T09:00:00Z')
  const store = options.store ?? openMemoryStore()
  const ran: string[] = []
  const logged: LogEvent[] = []
  const ticks = new Map<string, Tick>()
  const step = (name: string) => async (): Promise<Record<string, never>> => {
    ran.push(name)
    return {}
  }
  const jobs = startJobs({
    rounds: {
      harvest: step('harvest'),
      match: step('match'),
      decide: step('decide'),
      send: step('send'),
      tidy: step('tidy'),
      ...over,
    },
    pollCron: '17 * * * *',
    clock,
    store,
    log: (event) => logged.push(event),
    tick: (tick) => {
      ticks.set(tick.name, tick)
      return () => ticks.delete(tick.name)
    },
  })
  const ranSince = async (ms = 0): Promise<readonly string[]> => {
    await clock.advance(ms)
    return ran.splice(0)
  }
  return { jobs, clock, store, ran, ranSince, logged, ticks }
}

describe('at the start', () => {
  it('what is open is sent, sources are asked, and the news goes out at once', async () => {
    const { ranSince, jobs } = setUp()
    expect(await ranSince()).toEqual(['send', 'harvest', 'match', 'decide', 'send', 'tidy'])
    await jobs.stop()
  })

  it('tidying is made up only when a day has passed', async () => {
    const first = setUp()
    await first.ranSince()
    await first.jobs.stop()
    const soon = setUp({}, { clock: new SimulatedClock('2025-09-02T08:00:00Z'), store: first.store })
    expect(await soon.ranSince()).not.toContain('tidy')
    await soon.jobs.stop()
    const later = setUp({}, { clock: new SimulatedClock('2025-09-02T10:00:00Z'), store: first.store })
    expect(await later.ranSince()).toContain('tidy')
  })

  it('tidying that failed is made up', async () => {
    const first = setUp({
      tidy: async () => {
        throw new Error('the disk is full')
      },
    })
    await first.ranSince()
    expect(await first.store.jobs.get(['tidy'])).toMatchObject({ error: 'the disk is full' })
    const again = setUp({}, { store: first.store })
    expect(await again.ranSince()).toContain('tidy')
  })
})

describe('each minute', () => {
  it('what is due is matched, decided and sent', async () => {
    const { ranSince, ticks } = setUp()
    await ranSince()
    await ticks.get('due')?.run()
    expect(await ranSince()).toEqual(['match', 'decide', 'send'])
  })
})

describe('sending', () => {
  it('goes on when the courier said that there is more to do', async () => {
    let sent = 0
    const { clock, ranSince } = setUp({
      send: async () => (++sent === 2 ? { nextAt: clock.now() + HOUR } : {}),
    })
    await ranSince()
    expect(sent).toBe(2)
    await ranSince(HOUR - 1)
    expect(sent).toBe(2)
    await ranSince(1)
    expect(sent).toBe(3)
  })

  it('is not done twice at a time', async () => {
    let atOnce = 0
    let most = 0
    const { jobs, clock } = setUp({
      send: async () => {
        most = Math.max(most, ++atOnce)
        await clock.sleep(1000)
        atOnce--
        return {}
      },
    })
    await clock.run(Promise.all([jobs.run('send'), jobs.run('send'), jobs.run('decide'), jobs.run('send')]))
    expect(most).toBe(1)
  })
})

describe('a step that fails', () => {
  it('is logged, and the others are run all the same', async () => {
    const { ranSince, logged, ticks } = setUp({
      harvest: async () => {
        throw new Error('no answer')
      },
    })
    await ranSince()
    await ticks.get('harvest')?.run()
    expect(await ranSince()).toEqual(['match', 'decide', 'send'])
    expect(logged).toContainEqual(expect.objectContaining({ event: 'job.failed', job: 'harvest' }))
  })

  it('is made up after ten minutes when what was harvested found no room, not an hour later', async () => {
    let full = true
    const { ranSince, ticks, ran } = setUp({
      harvest: async () => {
        ran.push(full ? 'harvest fails' : 'harvest')
        if (full) throw new Error('the disk is full')
      },
    })
    await ranSince()
    full = false
    await ticks.get('due')?.run()
    expect(await ranSince(10 * 60_000)).not.toContain('harvest')
    await ticks.get('due')?.run()
    expect(await ranSince()).toEqual(['harvest', 'match', 'decide', 'send'])
    await ticks.get('due')?.run()
    expect(await ranSince()).not.toContain('harvest')
  })

  it('does not keep others from running when its record can not be written', async () => {
    const memory = openMemoryStore()
    const jobs: Store['jobs'] = {
      ...memory.jobs,
      set: async () => {
        throw new Error('the disk is full')
      },
    }
    const { ranSince, logged } = setUp({}, { store: { ...memory, jobs } })
    expect(await ranSince()).toContain('harvest')
    expect(logged).toContainEqual(expect.objectContaining({ event: 'job.unrecorded' }))
  })
})

describe('stopping', () => {
  it('tells what is under way, waits for it, and begins nothing more', async () => {
    let ended = false
    const { jobs, clock, ran, ticks } = setUp({
      harvest: (signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            ended = true
            resolve(undefined)
          }),
        ),
    })
    await clock.advance(0)
    await clock.run(jobs.stop())
    expect(ended).toBe(true)
    expect(ran).toEqual(['send'])
    expect(ticks.size).toBe(0)
    await jobs.run('match')
    expect(ran).toEqual(['send'])
  })

  it('waits no longer than eight seconds', async () => {
    const { jobs, clock } = setUp({ harvest: () => new Promise(() => {}) })
    await clock.advance(0)
    const before = clock.now()
    await clock.run(jobs.stop())
    expect(clock.now() - before).toBe(8000)
  })
})

describe('ticks', () => {
  it('come by the clock until they are ended', async () => {
    let ticked = 0
    const first = new Promise<void>((resolve) => {
      const end = cronTicker(() => {})({
        name: 'each-second',
        cron: '* * * * * *',
        timezone: 'UTC',
        run: async () => {
          ticked++
          end()
          resolve()
        },
      })
    })
    await first
    expect(ticked).toBe(1)
  })

  it('of what is no cron expression are refused with a sentence', () => {
    const tick = { name: 'x', cron: 'hourly', timezone: 'UTC', run: async () => {} }
    expect(() => cronTicker(() => {})(tick)).toThrow('“hourly” is no cron expression')
  })
})
