import { expect, it } from 'vitest'
import { clockTrouble, noteClock } from '../src/clock-check.ts'
import { openMemoryStore } from './support/memory-store.ts'
import { SimulatedClock } from './support/simulated-clock.ts'

it('a clock that stands before what was done already is told in a sentence, and no longer once it is right', async () => {
  const store = openMemoryStore()
  expect(await clockTrouble(store, new SimulatedClock('2025-09-10T12:00:00Z'))).toBeUndefined()
  await noteClock(store, new SimulatedClock('2025-09-10T12:00:00Z'))
  const wrong = new SimulatedClock('1970-01-01T00:00:00Z')
  expect(await clockTrouble(store, wrong)).toMatch(/clock says 1970-01-01.*at work at 2025-09-10/)
  await noteClock(store, wrong)
  expect(await clockTrouble(store, new SimulatedClock('2025-09-10T11:30:00Z'))).toBeUndefined()
  expect(await clockTrouble(store, new SimulatedClock('2025-09-11T00:00:00Z'))).toBeUndefined()
})
