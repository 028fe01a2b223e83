import { expect, test } from 'vitest'
import { daysTable, fillingText, reachText, whyNothing } from '../../commands/completeness.ts'
import type { ChannelId } from '../../src/message/channel.ts'
import { renderText } from '../../src/platforms/text/render.ts'
import type { LedgerDay, SourceState, SourceStatus } from '../../src/sources/source.ts'
import { openMemoryStore } from '../support/memory-store.ts'

const channel = 'web:demo/papers' as ChannelId

const monday: LedgerDay = {
  day: '2026-03-02',
  kind: 'announced',
  assigned: 12,
  announced: 9,
  withheld: 1,
  pending: 2,
  isComplete: false,
  sets: {},
  missing: ['2603.00013', '2603.00014'],
}

function status(state: SourceState, detail: string, more: Partial<SourceStatus> = {}): SourceStatus {
  return { name: 'arxiv', state, completeThrough: null, detail, sets: [], days: [monday], ...more }
}

test('the calendar shows what became of each evening’s numbers, and what is lacking', () => {
  const quiet: LedgerDay = { ...monday, day: '2026-03-06', kind: 'quiet', missing: [] }
  const text = renderText({ summary: '', nodes: [daysTable([quiet, monday])] })
  expect(text).toMatch(/6 Mar 2026\s+–\s+–\s+–\s+–\s+no announcement/)
  expect(text).toMatch(/2 Mar 2026\s+12\s+9\s+1\s+2\s+lacks 2603\.00013, 2603\.00014/)
})

test('a channel with nothing to post hears why: the source, the calendar, or that nothing is theirs', async () => {
  const store = openMemoryStore()
  const why = (one: SourceStatus) => whyNothing({ store, channel, sourceStatus: async () => [one] })
  expect(await why(status('stalled', 'It has not come in for hours.'))).toBe('It has not come in for hours.')
  expect(await why(status('quiet', 'It keeps a holiday; next on 2026-03-08.'))).toContain('next on 8 Mar 2026')
  expect(await why(status('fresh', ''))).toContain('2 Mar 2026, 9 papers, is in; nothing in it is by or about')
})

test('while the catalogue is filled, answers say how far it reaches', () => {
  const reach = { since: '2025-03-02', back: '2025-12-01', isDone: false, records: 1200 }
  expect(reachText([status('fresh', '', { reach })])).toBe(
    'The catalogue reaches back to 1 Dec 2025; it is being filled back to 2 Mar 2025.',
  )
  expect(reachText([status('fresh', '', { reach: { ...reach, isDone: true } })])).toBeUndefined()
  const half = { ...reach, back: '2025-08-31' }
  expect(fillingText(half, Date.parse('2026-03-02'), 200_000_000)).toBe(
    '50 % (1200 records), 200 MB on the disk, about 399 MB in the end',
  )
})
