import { expect, test } from 'vitest'
import { createPace, POSTING } from '../../../src/platforms/slack/pace.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'

const START = Date.parse('2026-11-24T09:00:00Z')
const unhurried = new AbortController().signal

/** The moments, in ms since the start, at which requests in these lanes went. */
async function moments(lanes: readonly string[]): Promise<readonly number[]> {
  const clock = new SimulatedClock(START)
  const pace = createPace(clock, POSTING)
  const went: number[] = []
  const all = (async () => {
    for (const lane of lanes) {
      await pace.turn(lane, unhurried)
      went.push(clock.now() - START)
    }
  })()
  await clock.run(all)
  return went
}

test('one channel gets at most one message a second', async () => {
  const went = await moments(['C1', 'C1', 'C1', 'C1'])
  expect(went.slice(1).every((at, place) => at - (went[place] ?? 0) >= 1000)).toBe(true)
  expect(went.at(-1)).toBeLessThan(3 * 1100)
})

test('a workspace gets at most 300 messages a minute, and hardly fewer', async () => {
  const went = await moments(Array.from({ length: 900 }, (_, at) => `C${at}`))
  for (const [place, at] of went.entries()) {
    const inMinute = went.slice(place).filter((later) => later < at + 60_000).length
    expect(inMinute).toBeLessThanOrEqual(300)
  }
  expect(went.filter((at) => at < 120_000).length).toBeGreaterThanOrEqual(0.95 * 600)
})

test('those who come together do not go together', async () => {
  const clock = new SimulatedClock(START)
  const pace = createPace(clock, POSTING)
  const went: number[] = []
  const all = ['C1', 'C2', 'C3', 'C4'].map(async (lane) => {
    await pace.turn(lane, unhurried)
    went.push(clock.now())
  })
  await clock.run(Promise.all(all))
  expect(new Set(went).size).toBe(4)
  expect(Math.max(...went) - Math.min(...went)).toBeLessThan(1000)
})

test('nobody stands in line for longer than ten seconds', async () => {
  const clock = new SimulatedClock(START)
  const pace = createPace(clock, { laneMs: 20_000, allMs: 1 })
  expect(await pace.turn('C1', unhurried)).toEqual({ kind: 'go' })
  expect(await pace.turn('C1', unhurried)).toEqual({ kind: 'later', waitMs: 20_000 })
})

test('who is given up while waiting does not go', async () => {
  const clock = new SimulatedClock(START)
  const pace = createPace(clock, POSTING)
  await pace.turn('C1', unhurried)
  const giveUp = new AbortController()
  const turn = pace.turn('C1', giveUp.signal)
  giveUp.abort(new Error('stop'))
  await expect(turn).rejects.toThrow('stop')
})

test('who stands in line waits, too, when Slack wants quiet', async () => {
  const clock = new SimulatedClock(START)
  const pace = createPace(clock, POSTING)
  await pace.turn('C1', unhurried)
  const second = pace.turn('C2', unhurried)
  pace.hold(5000)
  expect(await clock.run(second)).toEqual({ kind: 'go' })
  expect(clock.now() - START).toBe(5000)
  pace.hold(30_000)
  expect(await clock.run(pace.turn('C3', unhurried))).toEqual({ kind: 'later', waitMs: 30_000 })
})
