import { expect, test } from 'vitest'
import { tellAlarms } from '../../src/jobs/alarms.ts'
import type { SourceStatus } from '../../src/sources/source.ts'
import { openMemoryStore } from '../support/memory-store.ts'

const alarm = { key: 'hole 2026-03-02', text: 'A paper is lacking.', over: 'It is whole again.' }
const status = (...alarms: readonly (typeof alarm)[]): SourceStatus => ({
  name: 'arxiv',
  state: 'fresh',
  completeThrough: null,
  detail: '',
  sets: [],
  alarms,
})

test('a trouble is told once, and once more when it is over', async () => {
  const said: string[] = []
  const house = { store: openMemoryStore(), log: () => {}, tell: async (text: string) => void said.push(text) }
  for (const each of [status(), status(alarm), status(alarm), status(), status()]) await tellAlarms(house, [each])
  expect(said).toEqual(['A paper is lacking.', 'It is whole again.'])
})

test('what could not be told is told by the next round', async () => {
  let works = false
  const said: string[] = []
  const tell = async (text: string) => {
    if (!works) throw new Error('nobody is there')
    said.push(text)
  }
  const house = { store: openMemoryStore(), log: () => {}, tell }
  await tellAlarms(house, [status(alarm)])
  works = true
  await tellAlarms(house, [status(alarm)])
  expect(said).toEqual(['A paper is lacking.'])
})
