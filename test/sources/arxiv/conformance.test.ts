import { describeSource } from '../../conformance/source.ts'
import { Household } from './household.ts'

describeSource('arXiv', () => {
  const house = new Household('2026-03-02T17:00:00Z')
  const { arxiv, clock } = house
  arxiv.papers = [
    { id: '1901.00001', changed: '2026-03-01', created: '2019-01-01' },
    { id: '2603.00001', changed: '2026-03-02' },
    { id: '2603.00002', changed: '2026-03-02' },
  ]
  arxiv.feedDay = '2026-03-02'
  arxiv.feeds.set('2026-03-02', [{ id: '2603.00002', type: 'new' }])
  return {
    source: house.source,
    now: () => clock.now(),
    run: (task) => clock.run(task),
    announce: async () => {
      await house.at('2026-03-03T06:00:00Z')
      arxiv.papers.push(...[3, 4, 5].map((n) => ({ id: `2603.0000${n}`, changed: '2026-03-03' })), {
        id: '1706.03762',
        changed: '2026-03-03',
      })
      arxiv.feedDay = '2026-03-03'
      arxiv.feeds.set('2026-03-03', [{ id: '2603.00004', type: 'new' }])
      return ['arxiv:2603.00003', 'arxiv:2603.00004', 'arxiv:2603.00005']
    },
    breakAnswers: (broken) => {
      arxiv.fault = broken
        ? () => new Response('<OAI-PMH><responseDate>2026-03-03T05:00:00Z</responseDate><ListRec')
        : undefined
    },
  }
})
