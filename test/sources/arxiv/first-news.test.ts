import { expect, test } from 'vitest'
import type { Learnt } from '../../../src/catalog/change.ts'
import { noFirstNews, withFirstNews } from '../../../src/sources/arxiv/first-news.ts'
import { aPaper } from '../../support/builders.ts'

const record = (mark: string): Learnt => ({
  paper: aPaper({ id: `arxiv:${mark}` }),
  origin: 'history',
  rank: 1,
  mark,
})
const sighting = (mark: string, evening: string) => ({ number: Number(mark.replace('.', '')), evening, set: 'cs' })
const monday = Date.parse('2025-09-08T15:00:00Z')

test('of a first harvest what was announced after somebody began to follow is news, with the day of its listing', () => {
  const { records, known } = withFirstNews(noFirstNews(monday), ['2509.00001', '2509.00002'].map(record), [
    sighting('2509.00001', '2025-09-07'),
    sighting('2509.00002', '2025-09-08'),
  ])
  expect(records.map(({ origin, paper }) => [origin, paper.announced])).toEqual([
    ['history', undefined],
    ['announced', '2025-09-09'],
  ])
  expect(known.before).toBe(250900001)
})

test('what is numbered below an earlier announcement, or is of an earlier month, is history, however late it was edited', () => {
  const first = withFirstNews(noFirstNews(monday), [], [sighting('2509.00005', '2025-09-07')])
  const { records } = withFirstNews(first.known, ['2509.00003', '2508.09999'].map(record), [
    sighting('2509.00003', '2025-09-10'),
    sighting('2508.09999', '2025-09-10'),
  ])
  expect(records.map(({ origin }) => origin)).toEqual(['history', 'history'])
})
