import { describe, expect, it } from 'vitest'
import type { Delivered } from '../../src/delivery/courier.ts'
import type { RoundSteps } from '../../src/jobs/round.ts'
import { runRound } from '../../src/jobs/round.ts'
import { SimulatedClock } from '../support/simulated-clock.ts'

const idle: Delivered = { posted: 0, parked: 0, refused: 0, edited: 0, waiting: 0 }

function setUp(send: (clock: SimulatedClock) => Delivered) {
  const clock = new SimulatedClock('2025-09-01T09:00:00Z')
  const ran: string[] = []
  const rounds: RoundSteps = {
    harvest: async (_, since) => {
      ran.push(`harvest ${since}`)
      return { harvested: 5, new: 3, revised: 1, failures: 0 }
    },
    match: async () => {
      ran.push('match')
      return { matched: 2 }
    },
    decide: async () => ran.push('decide'),
    send: async () => {
      ran.push('send')
      return send(clock)
    },
  }
  const run = () => clock.run(runRound({ rounds, house: { clock } }, new AbortController().signal, '2025-08-30'))
  return { clock, ran, run }
}

describe('one round', () => {
  it('learns, matches, decides and sends, in that order, and counts', async () => {
    const { ran, run } = setUp(() => ({ ...idle, posted: 2, parked: 1 }))
    expect(await run()).toEqual({ harvested: 5, new: 3, revised: 1, matched: 2, posted: 2, parked: 1, failures: 0 })
    expect(ran).toEqual(['harvest 2025-08-30', 'match', 'decide', 'send'])
  })

  it('waits for what a platform has put off', async () => {
    let calls = 0
    const { run, clock } = setUp(() =>
      ++calls === 1 ? { ...idle, posted: 1, nextAt: clock.now() + 105_000 } : { ...idle, posted: 1 },
    )
    expect(await run()).toMatchObject({ posted: 2 })
    expect(calls).toBe(2)
  })

  it('does not wait for tomorrow', async () => {
    let calls = 0
    const { run, clock } = setUp(() => {
      calls++
      return { ...idle, parked: 1, nextAt: clock.now() + 24 * 3_600_000 }
    })
    expect(await run()).toMatchObject({ parked: 1 })
    expect(calls).toBe(1)
  })
})
