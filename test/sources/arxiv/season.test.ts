import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Household } from './household.ts'

const night = fc.record({
  papers: fc.nat(4),
  /** Of the new ones, how many OAI-PMH leaves out until the next night. */
  late: fc.nat(1),
  editsOfOld: fc.nat(2),
  feedWorks: fc.boolean(),
  oaiWorks: fc.boolean(),
  /** The process is killed behind that many batches of the night's first passes. */
  stops: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
})

test('over any weeks of faults and stops, everything announced after the first harvest is news once, and nothing else ever', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 8 }), async (nights) => {
      const house = new Household('2026-03-02T17:00:00Z')
      const { arxiv } = house
      arxiv.papers = ['1901.00001', '2602.00500', '2603.00001', '2603.00002'].map((id) => ({
        id,
        changed: '2026-03-02',
      }))
      await house.harvest()
      let number = 2
      const announced: string[] = []
      let late: string[] = []
      const days = announcementDays.slice(0, nights.length + 1)
      for (const [index, day] of days.entries()) {
        // The last night is a quiet one in which everything works, so that what came late can come.
        const plan = nights[index] ?? { papers: 1, late: 0, editsOfOld: 0, feedWorks: true, oaiWorks: true, stops: [] }
        const changed = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
        const fresh = Array.from({ length: plan.papers }, () => `2603.${String(++number).padStart(5, '0')}`)
        announced.push(...fresh)
        const shown = [...late, ...fresh.slice(plan.late)]
        late = fresh.slice(0, plan.late)
        arxiv.papers.push(
          ...shown.map((id) => ({ id, changed })),
          ...Array.from({ length: plan.editsOfOld }, (_, n) => ({ id: `1706.0${day.slice(8)}0${n}`, changed })),
        )
        arxiv.feedDay = changed
        arxiv.feeds.set(
          changed,
          fresh.map((id) => ({ id, type: 'new' })),
        )
        arxiv.fault = (url) => {
          const works = url.pathname.startsWith('/rss') ? plan.feedWorks : plan.oaiWorks
          return works ? undefined : new Response('Rate exceeded.')
        }
        await house.at(`${changed}T05:20:00Z`)
        for (const batches of plan.stops) {
          await house.harvest({ batches }).catch(() => 0)
          house.restart()
        }
        for (let hour = 0; hour < 3; hour++) {
          await house.harvest().catch(() => 0)
          await house.clock.advance(3_600_000)
        }
      }
      expect(house.news.toSorted()).toEqual(announced)
    }),
    { numRuns: 60 },
  )
})

const announcementDays = ['02', '03', '04', '05', '08', '09', '10', '11', '12'].map((day) => `2026-03-${day}`)
