import { expect, test } from 'vitest'
import { recent } from '../src/recent.ts'
import { SimulatedClock } from './support/simulated-clock.ts'

function counted(answers: readonly (() => Promise<number>)[] = []) {
  const clock = new SimulatedClock('2026-11-24T09:00:00Z')
  let asked = 0
  const kept = recent(clock, 1000, () => (answers[asked++] ?? (async () => asked))())
  return { clock, kept, asked: () => asked }
}

test('many who want it at once get one answer, and a later one a fresh one', async () => {
  const { clock, kept, asked } = counted()
  expect(await Promise.all([kept.get(), kept.get()])).toEqual([1, 1])
  await clock.advance(999)
  expect(await kept.get()).toBe(1)
  await clock.advance(1)
  expect(await kept.get()).toBe(2)
  expect(asked()).toBe(2)
})

test('what is forgotten is asked for again', async () => {
  const { kept } = counted()
  await kept.get()
  kept.forget()
  expect(await kept.get()).toBe(2)
})

test('a failure is told to whoever waits for it, and not kept', async () => {
  const { kept } = counted([() => Promise.reject(new Error('no disk'))])
  await expect(kept.get()).rejects.toThrow('no disk')
  expect(await kept.get()).toBe(2)
})
